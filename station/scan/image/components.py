"""The connected components of a mask, with the list of their pixels: choosing some costs what their ink costs.

Looking every pixel of a page up in a table takes as long as everything else; the ink is a twentieth of it.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from station.scan.image.arrays import Labels, Mask, Places, Stats

MOST_SHORT_LABELS = 60_000

BEFORE = np.array([[1, 1, 1], [1, 0, 0], [0, 0, 0]], np.uint8)
"""A pixel's neighbours that a scan along the rows comes to first."""


def labelled(mask: Mask) -> tuple[Labels, Stats]:
    """The connected components of a mask, 8-connected: the label of each pixel, 0 for none, and what OpenCV counts.

    Labels of two bytes take a third of the time of four, so they are used wherever they suffice for certain.
    """
    # No more labels are ever given out than there are pixels that have none of their four neighbours before them.
    before = cv2.dilate(mask, BEFORE)
    short = cv2.countNonZero(cv2.subtract(mask, before)) < MOST_SHORT_LABELS
    kind = cv2.CV_16U if short else cv2.CV_32S
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8, ltype=kind)
    return labels, stats


@dataclass(frozen=True)
class Components:
    """`stats` as OpenCV counts them, the background first; `pixels` are flat indices of all ink, row by row, and
    `of` the component of each."""

    shape: tuple[int, int]
    stats: Stats
    pixels: Places
    of: Labels

    @classmethod
    def of_mask(cls, mask: Mask) -> Components:
        labels, stats = labelled(mask)
        pixels = np.flatnonzero(mask)
        return cls((mask.shape[0], mask.shape[1]), stats, pixels, labels.ravel()[pixels])

    def mask(self, chosen: Labels) -> Mask:
        """The pixels of the components chosen by a table of booleans."""
        mask = np.zeros(self.shape, np.uint8)
        mask.ravel()[self.pixels[chosen[self.of]]] = 255
        return mask

    def first_pixels(self) -> Places:
        """The flat index of each component's first pixel; 0 for the background."""
        first = np.zeros(len(self.stats), np.intp)
        first[self.of[::-1]] = self.pixels[::-1]
        return first

    def counted_in(self, mask: Mask) -> Labels:
        """How many pixels of each component lie in a mask."""
        inside = mask.ravel()[self.pixels] > 0
        return np.bincount(self.of[inside], minlength=len(self.stats))
