"""Shadow and uneven light taken out: paper becomes white everywhere, print keeps its contrast."""

from __future__ import annotations

import cv2
import numpy as np

from station.scan.image.arrays import Gray
from station.scan.image.shrink import shrink

SCALE = 8
KERNEL = 9
"""At 1/8 scale: 72 pixels, 6 mm at 300 dpi, wider than any stroke of print."""


def even(gray: Gray) -> Gray:
    """Divide by the paper's own brightness, estimated by a grey closing, which keeps hard shadow edges in place."""
    return cv2.divide(gray, paper(gray), scale=255).astype(np.uint8)


def paper(gray: Gray, scale: int = SCALE) -> Gray:
    """How bright the paper is at each pixel, as if nothing were printed on it; estimated at 1/`scale` of the size."""
    height, width = gray.shape
    small = shrink(gray, scale)
    # The brightest of each neighbourhood first, or small print would darken the paper it stands on.
    closed = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((KERNEL, KERNEL), np.uint8))
    smooth = cv2.GaussianBlur(closed, (5, 5), 0)
    size = (small.shape[1] * scale, small.shape[0] * scale)
    grown = cv2.resize(smooth, size, interpolation=cv2.INTER_LINEAR)[:height, :width]
    return np.maximum(grown, 1).astype(np.uint8)


def stretched(gray: Gray) -> Gray:
    """The darkest print black, the paper white: a linear stretch between the 0.5 % and 60 % quantiles."""
    counts = np.cumsum(np.bincount(gray[::3, ::3].ravel(), minlength=256))
    black = int(np.searchsorted(counts, 0.005 * counts[-1]))
    white = int(np.searchsorted(counts, 0.60 * counts[-1]))
    if white - black < 40:  # nothing printed: stretching would only make noise visible
        return gray
    levels = np.clip((np.arange(256) - black) * (255.0 / (white - black)), 0, 255).astype(np.uint8)
    return cv2.LUT(gray, levels).astype(np.uint8)
