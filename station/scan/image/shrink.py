"""Images made smaller by averaging, in the way that is fast: by whole numbers first."""

from __future__ import annotations

import cv2
import numpy as np

from station.scan.image.arrays import Gray


def shrink(image: Gray, factor: int) -> Gray:
    """Each pixel the mean of `factor` by `factor`; sides that do not divide are filled up with their last pixels."""
    height, width = image.shape[:2]
    down, right = -height % factor, -width % factor
    if down or right:
        image = cv2.copyMakeBorder(image, 0, down, 0, right, cv2.BORDER_REPLICATE)
    size = (image.shape[1] // factor, image.shape[0] // factor)
    return np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)


def to_side(image: Gray, side: int) -> tuple[Gray, float]:
    """The image with its longer side no longer than asked, and how many of its pixels one of these is."""
    factor = max(image.shape) / side
    if factor <= 1.0:
        return image, 1.0
    whole = int(factor)
    if whole > 1:
        image, factor = shrink(image, whole), factor / whole
    if factor > 1.0:
        image = cv2.resize(image, None, fx=1 / factor, fy=1 / factor, interpolation=cv2.INTER_AREA)
    return np.asarray(image, np.uint8), factor * whole
