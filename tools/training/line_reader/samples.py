"""Training samples: a drawn piece of paper, worn, prepared and cut by the station's own code, and what it says."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np

from station.scan.image import illumination, ink, leaders
from station.scan.image.arrays import Gray
from station.scan.text.line_crop import Segment, crop, for_network
from tools.training.line_reader.sheet import ANY, Pixels, Printed, Stock, drawn
from tools.training.line_reader.wear import worn
from tools.training.line_reader.wording import told

DRAWN_AT = 1.5
"""Drawn so much larger than it is seen: print has no pixels."""


LEGIBLE, SMALL = (6.2, 20.0), (8.0, 13.0)
"""X-heights in pixels; between 8 and 13, as of 10-point print at 150 to 200 dpi, marks are just lost or just kept."""


@dataclass(frozen=True)
class Sample:
    """A strip of 36 rows as the network gets it, before its levels are stretched, and its text."""

    strip: Gray
    text: str


def samples(dice: random.Random, stock: Stock = ANY) -> Iterator[Sample]:
    """The lines of one piece of paper."""
    smallest, largest = SMALL if dice.random() < 0.35 else LEGIBLE
    x_height = float(np.exp(dice.uniform(np.log(smallest), np.log(largest))))
    sheet = drawn(dice, x_height * DRAWN_AT, stock)
    matrix = _placed(sheet.pixels.shape, dice)
    size = round(sheet.pixels.shape[1] / DRAWN_AT), round(sheet.pixels.shape[0] / DRAWN_AT)
    soft = cv2.GaussianBlur(sheet.pixels, (0, 0), 0.4 * DRAWN_AT)
    seen = cv2.warpAffine(soft, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    seen = worn(seen, x_height, dice)
    gray, grown = prepared(seen, dice, coloured=sheet.coloured)
    matrix = np.diag([grown, grown]) @ matrix
    for line in sheet.lines:
        yield Sample(for_network(crop(gray, _found(line, matrix, dice))), told(line.text))


def prepared(pixels: Pixels, dice: random.Random, *, coloured: bool) -> tuple[Pixels, float]:
    """As `station.scan.image.prepare` does it, and by how much it was enlarged."""
    gray = ink.without_coloured_ink(pixels) if coloured else cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    even = illumination.even(gray)
    grown = dice.choice((1.0, 1.0, dice.uniform(1.0, 1.35), dice.uniform(1.0, 2.0)))
    if grown != 1.0:
        even = cv2.resize(even, None, fx=grown, fy=grown, interpolation=cv2.INTER_CUBIC)
    plain = illumination.stretched(even)
    return (leaders.without_leaders(plain) if dice.random() < 0.7 else plain), grown


def _placed(shape: tuple[int, ...], dice: random.Random) -> Pixels:
    """Smaller, and a little aslant; what levelling leaves over."""
    lean = dice.choice((0.0, dice.gauss(0, 0.003), dice.gauss(0, 0.008)))
    shear = dice.choice((0.0, dice.gauss(0, 0.02)))
    middle = shape[1] / 2
    return np.array([[1 / DRAWN_AT, shear / DRAWN_AT, 0], [lean / DRAWN_AT, 1 / DRAWN_AT, -lean * middle / DRAWN_AT]])


def _found(line: Printed, matrix: Pixels, dice: random.Random) -> Segment:
    """Where the line finder would see the line: about there."""
    scale = float(np.sqrt(abs(np.linalg.det(matrix[:, :2]))))
    x_height = line.x_height * scale
    ends = np.array([[line.left, line.base, 1], [line.right, line.base, 1]]) @ matrix.T
    ends[:, 1] += dice.gauss(0, 0.05) * x_height + np.array([dice.gauss(0, 0.03), dice.gauss(0, 0.03)]) * x_height
    ends[:, 0] += np.array([dice.gauss(0, 0.2), dice.gauss(0, 0.2)]) * x_height
    return Segment(tuple((x, y) for x, y in ends.tolist()), x_height * float(np.exp(dice.gauss(0, 0.055))), 1.0)
