"""Sheets drawn as a camera sees them."""

from __future__ import annotations

from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

Array = npt.NDArray[Any]


def photographed(sheet: Array, quad: Array, desk: tuple[int, int, int] = (60, 80, 70)) -> Array:
    """The sheet as it lies on a desk of this colour (BGR), its corners at `quad`: 1125 × 1500 pixels."""
    rng = np.random.default_rng(3)
    table = np.clip(rng.normal(desk, 6, (1500, 1125, 3)), 0, 255).astype(np.uint8)
    height, width = sheet.shape[:2]
    corners = np.array([[0, 0], [width - 1, 0], [width - 1, height - 1], [0, height - 1]], np.float32)
    matrix = cv2.getPerspectiveTransform(corners, quad.astype(np.float32))
    mask = cv2.warpPerspective(np.full((height, width), 255, np.uint8), matrix, (1125, 1500))
    seen = cv2.warpPerspective((sheet * 0.85).astype(np.uint8), matrix, (1125, 1500), flags=cv2.INTER_AREA)
    return np.where(mask[:, :, None] > 127, seen, table)
