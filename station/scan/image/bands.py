"""Some bands of a picture for the whole of it: whole rows of memory, and not one pixel of each."""

from __future__ import annotations

import cv2
import numpy as np

from station.scan.image.arrays import Colour, Gray


def bands(image: Colour, count: int, deep: int, axis: int = 0) -> Gray:
    """So many bands of so many rows (axis 1: columns), from the first to the last, side by side, in grey."""
    starts = np.linspace(0, max(0, image.shape[axis] - deep), count).astype(int).tolist()
    parts = [image[start : start + deep] if axis == 0 else image[:, start : start + deep] for start in starts]
    return np.asarray(cv2.cvtColor(np.concatenate(parts, axis), cv2.COLOR_BGR2GRAY), np.uint8)
