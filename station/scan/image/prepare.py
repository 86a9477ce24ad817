"""From a photograph or scan to an even, upright, grey page, in plain order, with the way back to the input's pixels."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np

from station.dossier.reading import Box, QualityIssue
from station.scan.image import deskew, flatbed, illumination, ink, leaders, orientation, quality, rectify
from station.scan.image.arrays import Colour, Gray, Matrix
from station.scan.image.boxed_digits import ClosedUp

LARGEST_PAGE = 5262
"""Pixels of the longer side to which a larger image is reduced: A4 at 450 dpi."""

SMALLEST_PAGE = 2000
"""Pixels of the longer side below which a page (170 dpi on A4) is enlarged before it is read."""


@dataclass(frozen=True)
class Prepared:
    """A page ready for the text engines.

    `gray` is without leaders, `plain` with them (lines and boxes still there). `card` is true for ID-1 size
    (85.6 × 54 mm). `rotation` is how many degrees clockwise the input was turned. `to_page` maps pixels of `gray`
    to pixels of the input. `letter` is the height of small print in pixels of `gray`, None on an empty page.
    `closed_up` are boxed digits that stand closer in `gray` than on the page.
    """

    gray: Gray
    plain: Gray
    card: bool
    rotation: int
    quality: tuple[QualityIssue, ...]
    to_page: Matrix
    letter: float | None
    closed_up: tuple[ClosedUp, ...] = ()


def prepare(image: Colour) -> Prepared:
    """The chain of docs/reading.md: rectify, fade ink, even the light, turn upright, level, stretch, drop leaders."""
    image, shrunk = within_reason(image)
    found = rectify.find_sheet(image)
    to_page = shrunk
    if found.quad is None and not found.card and (on_bed := flatbed.card_on_bed(image)):
        found, (left, top, right, bottom) = on_bed
        image = image[top:bottom, left:right]
        to_page = to_page @ np.array([[1, 0, left], [0, 1, top], [0, 0, 1]], np.float64)
    sheet, back = rectify.cut_out(image, found)
    to_page = to_page @ back
    faded = ink.without_coloured_ink(sheet)
    paper = illumination.paper(faded)
    even = np.asarray(cv2.divide(faded, paper, scale=255), np.uint8)
    turn = orientation.rotation(even)
    to_page = to_page @ turned_back(even.shape, turn)
    standing = orientation.turned(even, turn)
    lean, _ = deskew.skew(standing)
    level, back = levelled(standing, lean)
    to_page = to_page @ back
    plain = illumination.stretched(level)
    cleaned = leaders.without_leaders(plain)
    scale = float(np.sqrt(abs(np.linalg.det(to_page[:2, :2]))))  # the input's pixels for one of these
    return Prepared(
        gray=cleaned.gray,
        plain=plain,
        card=found.card,
        rotation=turn,
        quality=quality.issues(plain, paper, 0.0 if found.quad is not None else lean, cleaned.letter, scale),
        to_page=to_page,
        letter=cleaned.letter,
        closed_up=cleaned.closed_up,
    )


def upside_down(prepared: Prepared) -> Prepared:
    """The same page turned by half: for print that is too scarce to tell its way up by its shape."""
    back = turned_back(prepared.gray.shape, 180)
    return replace(
        prepared,
        gray=orientation.turned(prepared.gray, 180),
        plain=orientation.turned(prepared.plain, 180),
        rotation=(prepared.rotation + 180) % 360,
        to_page=prepared.to_page @ back,
        closed_up=(),
    )


def within_reason(image: Colour) -> tuple[Colour, Matrix]:
    """An image larger than A4 at 450 dpi made smaller: more pixels cost time and memory and read no better."""
    scale = LARGEST_PAGE / max(image.shape)
    if scale >= 1.0:
        return image, np.eye(3)
    small = cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return small, np.diag([image.shape[1] / small.shape[1], image.shape[0] / small.shape[0], 1.0])


def box_on_page(prepared: Prepared, box: Box) -> Box:
    """A box in `prepared.gray` as the upright box around it in pixels of the input."""
    for row in prepared.closed_up:
        if (
            row.digits[0] <= (box[0] + box[2]) / 2 <= row.digits[2]
            and row.digits[1] <= (box[1] + box[3]) / 2 <= row.digits[3]
        ):
            box = row.boxes
    left, top, right, bottom = box
    corners = np.array([[left, top, 1], [right, top, 1], [right, bottom, 1], [left, bottom, 1]], np.float64).T
    across, down, scale = prepared.to_page @ corners
    across, down = across / scale, down / scale
    return round(across.min()), round(down.min()), round(across.max()), round(down.max())


def turned_back(shape: tuple[int, ...], degrees: int) -> Matrix:
    """Maps pixels of an image turned clockwise by `degrees` to pixels of the image of this shape before."""
    height, width = shape[:2]
    backs = {
        0: [[1, 0, 0], [0, 1, 0]],
        90: [[0, 1, 0], [-1, 0, height - 1]],
        180: [[-1, 0, width - 1], [0, -1, height - 1]],
        270: [[0, -1, width - 1], [1, 0, 0]],
    }
    return np.array([*backs[degrees], [0, 0, 1]], np.float64)


def levelled(gray: Gray, lean: float) -> tuple[Gray, Matrix]:
    """Turn by the lean, enlarge a small page in the same step; and the matrix back."""
    height, width = gray.shape
    factor = max(1.0, min(2.0, SMALLEST_PAGE / max(height, width)))
    if abs(lean) < 0.05 and factor == 1.0:
        return gray, np.eye(3)
    forth = np.vstack([cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), lean, 1.0), [0, 0, 1]])
    forth = np.diag([factor, factor, 1.0]) @ forth
    level = cv2.warpAffine(
        gray,
        forth[:2],
        (round(width * factor), round(height * factor)),
        flags=cv2.INTER_CUBIC if factor > 1 else cv2.INTER_LINEAR,
        borderValue=255.0,
    )
    return np.asarray(level, np.uint8), np.linalg.inv(forth)
