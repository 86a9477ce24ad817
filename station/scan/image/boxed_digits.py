"""Digits written one by one into the boxes of a form, closed up to the number that they are.

Twelve boxes for a personal number read as twelve words, and their wide spacing spoils the words around them; closed
up they read like any number.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from station.dossier.reading import Box
from station.scan.image.arrays import Gray, Mask
from station.scan.image.components import labelled

FEWEST = 6
"""Boxes in a row from which it is a number and not a table."""


@dataclass(frozen=True)
class ClosedUp:
    """A row of boxes: where it is on the page, and where its digits stand now."""

    boxes: Box
    digits: Box


def rows_of_boxes(frame: Mask, unit: float) -> list[tuple[Box, list[int]]]:
    """Rows of equal boxes in a mask of ruled lines, with the places of their upright strokes."""
    rows = []
    labels, stats = labelled(frame)
    for number, (left, top, wide, tall, _) in enumerate(stats.tolist()):
        if number == 0 or not (1.2 * unit < tall < 4 * unit and wide > FEWEST * unit * 0.7):
            continue
        region = labels[top : top + tall, left : left + wide] == number
        strokes = centres(np.flatnonzero(region.sum(axis=0) > 0.7 * tall))
        widths = np.diff(strokes)
        if len(widths) >= FEWEST and widths.std() < 0.12 * widths.mean() and 0.7 * unit < widths.mean() < 3 * unit:
            rows.append(((left, top, left + wide, top + tall), strokes))
    return rows


def centres(columns: npt.NDArray[np.intp]) -> list[int]:
    """Adjacent columns as one stroke."""
    groups = np.split(columns, np.flatnonzero(np.diff(columns) > 2) + 1)
    return [round(float(group.mean())) for group in groups if len(group)]


def close_up(gray: Gray, box: Box, strokes: list[int], unit: float, ink: int) -> ClosedUp | None:
    """Move the digits of one row together, in place; None, and nothing changed, if it holds none."""
    left, top, right, bottom = box
    inset = max(2, round(0.12 * unit))
    cells = []
    for start, end in pairwise(strokes):
        cell = gray[top + inset : bottom - inset, left + start + inset : left + end - inset]
        used = np.flatnonzero((cell < ink).sum(axis=0) >= 2)
        if len(used) and used[-1] - used[0] >= 2:
            cells.append(cell[:, max(0, used[0] - 1) : used[-1] + 2].copy())
    if not cells:
        return None
    gray[top - 2 : bottom + 2, left - 2 : right + 2] = 255
    place = left
    for cell in cells:
        gray[top + inset : top + inset + cell.shape[0], place : place + cell.shape[1]] = cell
        place += cell.shape[1] + max(2, round(0.15 * unit))
    return ClosedUp(box, (left, top, place, bottom))
