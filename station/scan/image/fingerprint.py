"""The perceptual hash of a page, taken from an overview of it once it stands upright and level."""

from __future__ import annotations

import cv2
import numpy as np

from station.dossier.fingerprint import Fingerprint
from station.scan.image.arrays import Gray
from station.scan.image.orientation import Lie, levelled, turned
from station.scan.image.overview import Overview

ACROSS, DOWN = 480, 360
"""Cells on the page's longer side. Letters are told by their upright strokes, so cells are narrower than high."""

PAPER = 225
"""Grey from which a pixel counts as paper."""

DARK, WHITE = 110, 20
"""Ink of a cell, 0 to 255, from which it is surely dark, and below which it is surely white."""


def fingerprint(look: Overview, lie: Lie) -> Fingerprint:
    """The page's dark and white cells, upright and level."""
    level = levelled(turned(look.even, lie.rotation), lie.lean)
    cells = ink_of_cells(level)
    return Fingerprint(cells.shape[1], _rows(cells > DARK), _rows(cells < WHITE))


def ink_of_cells(level: Gray) -> Gray:
    """How much ink each cell holds."""
    height, width = level.shape
    longer = max(height, width)
    size = (max(8, round(width * ACROSS / longer)), max(8, round(height * DOWN / longer)))
    ink = np.clip((PAPER - np.arange(256)) * 2, 0, 255).astype(np.uint8)
    return np.asarray(cv2.resize(cv2.LUT(level, ink), size, interpolation=cv2.INTER_AREA), np.uint8)


def _rows(cells: Gray) -> tuple[int, ...]:
    """Each row as one number, the leftmost cell in the lowest bit."""
    packed = np.packbits(cells, axis=1, bitorder="little")
    return tuple(int.from_bytes(row.tobytes(), "little") for row in packed)
