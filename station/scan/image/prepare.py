"""From a photograph or scan to an even, upright, grey page, in plain order, with the way back to the input's pixels."""

from __future__ import annotations

from dataclasses import dataclass, replace

import cv2
import numpy as np

from station.dossier.outline import Outline
from station.dossier.reading import Box, QualityIssue
from station.scan.image import flatbed, illumination, ink, leaders, orientation, quality
from station.scan.image.arrays import Colour, Gray, Matrix, Points
from station.scan.image.orientation import Lie
from station.scan.image.overview import overview
from station.scan.image.sheet import kinds
from station.scan.image.sheet.cutting import cut_out
from station.scan.image.sheet.finding import find_sheet
from station.scan.image.sheet.kinds import Sheet
from station.scan.image.sheet.quads import corners_of
from station.scan.image.steps import ALL, Step

LARGEST_PAGE = 5262
"""Pixels of the longer side to which a larger image is reduced: A4 at 450 dpi."""

SMALLEST_PAGE, SMALLEST_CARD = 2000, 1264
"""Pixels of the longer side below which a page (170 dpi on A4) or card (375 dpi) is enlarged before it is read: every
line is cut out at one height afterwards, so more pixels would only cost time."""

TURNED = 1.5
"""How much larger than what it surrounds a level box is where the print leans too much to be looked at in that."""

LEVEL_ENOUGH = 0.05
"""Degrees of lean that are not worth a resampling."""


MOST_LEFT = 2.5
"""Degrees that print can still lean on a paper straightened by its edges; more is a card whose few lines mislead."""


@dataclass(frozen=True)
class Prepared:
    """A page ready for the text engines.

    `gray` is without leaders, `plain` with them (lines and boxes still there). `card` is true for ID-1 size
    (85.6 × 54 mm). `rotation` is how many degrees clockwise the input was turned. `to_page` maps pixels of `gray`
    to pixels of the input. `outline` is where in the input the paper was found, None where the whole input is the
    paper.
    """

    gray: Gray
    plain: Gray
    card: bool
    rotation: int
    quality: tuple[QualityIssue, ...]
    to_page: Matrix
    outline: Outline | None = None

    @property
    def scale(self) -> float:
        """The input's pixels for one of these."""
        return _scale(self.to_page)


def prepare(image: Colour, outline: Outline | None = None, steps: frozenset[Step] = ALL) -> Prepared:
    """The chain of `steps.Step`: what comes out is an even, upright page.

    An outline that a person dragged is used as it is; without one the paper is looked for. `steps` are those of the
    chain that are done: fewer than all only to measure what one is worth.
    """
    image, to_page = within_reason(image)
    cut = _cut(image, to_page, outline, steps)
    look = overview(cut.pixels, _scale(cut.to_page))
    sheet = kinds.by_print(cut.sheet, quality.letters_by_side(look))
    if sheet.card is not cut.sheet.card:
        cut = _cut_out(image, to_page, sheet, cut.outline)
        look = overview(cut.pixels, _scale(cut.to_page))
    lie = orientation.lie_of(look)
    straightened = cut.outline is not None and cut.sheet.edges
    level = Step.LEVEL in steps and (not straightened or abs(lie.lean) < MOST_LEFT)
    lie = Lie(lie.rotation if Step.ORIENT in steps else 0, lie.lean if level else 0.0)
    gray = ink.without_coloured_ink(cut.pixels) if Step.INK in steps else plain_gray(cut.pixels)
    even = illumination.even(gray) if Step.LIGHT in steps else gray
    smallest = SMALLEST_CARD if cut.sheet.card else SMALLEST_PAGE
    standing, back = upright(even, lie, smallest if Step.ENLARGE in steps else 0)
    plain = illumination.stretched(standing) if Step.STRETCH in steps else standing
    return Prepared(
        gray=plain if cut.sheet.card else leaders.without_leaders(plain, steps),  # cards have no leaders
        plain=plain,
        card=cut.sheet.card,
        rotation=lie.rotation,
        quality=quality.issues(look, 0.0 if straightened else lie.lean, whole=cut.outline is None),
        to_page=cut.to_page @ back,
        outline=cut.outline,
    )


@dataclass(frozen=True)
class _Cut:
    """The paper alone: its pixels, what it is, where it was in the input, and the way back there."""

    pixels: Colour
    sheet: Sheet
    outline: Outline | None
    to_page: Matrix


def _cut(image: Colour, to_page: Matrix, outline: Outline | None, steps: frozenset[Step]) -> _Cut:
    if outline is not None:
        sheet = kinds.outlined(np.asarray(outline, np.float64) / to_page[0, 0])
    elif Step.RECTIFY in steps:
        sheet = find_sheet(image)
        if sheet.quad is None and not sheet.card and (on_bed := flatbed.card_on_bed(image)):
            sheet = on_bed
    else:
        sheet = kinds.whole(image)
    return _cut_out(image, to_page, sheet, outline)


def _cut_out(image: Colour, to_page: Matrix, sheet: Sheet, outline: Outline | None) -> _Cut:
    pixels, back = cut_out(image, sheet)
    if outline is None and sheet.quad is not None:
        corners = sheet.quad * to_page[0, 0]
        first, second, third, fourth = ((float(across), float(down)) for across, down in corners)
        outline = (first, second, third, fourth)
    return _Cut(pixels, sheet, outline, to_page @ back)


def plain_gray(image: Colour) -> Gray:
    """Grey as the eye weighs colours, ink and all."""
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), np.uint8)


def upright(gray: Gray, lie: Lie, smallest: int) -> tuple[Gray, Matrix]:
    """Turned and levelled, and a small page enlarged, in one resampling; and the matrix back."""
    turned = orientation.turned(gray, lie.rotation)
    back = turned_back(gray.shape, lie.rotation)
    height, width = turned.shape
    factor = max(1.0, min(2.0, smallest / max(height, width)))
    if abs(lie.lean) < LEVEL_ENOUGH and factor == 1.0:
        return turned, back
    forth = np.vstack([cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), lie.lean, 1.0), [0, 0, 1]])
    forth = np.diag([factor, factor, 1.0]) @ forth
    level = cv2.warpAffine(
        turned,
        forth[:2],
        (round(width * factor), round(height * factor)),
        flags=cv2.INTER_CUBIC if factor > 1 else cv2.INTER_LINEAR,
        borderValue=255.0,
    )
    return np.asarray(level, np.uint8), back @ np.linalg.inv(forth)


def _scale(to_page: Matrix) -> float:
    """The input's pixels for one pixel of what this matrix maps from."""
    return float(np.sqrt(abs(np.linalg.det(to_page[:2, :2]))))


def upside_down(prepared: Prepared) -> Prepared:
    """The same page turned by half: for print that is too scarce to tell its way up by its shape."""
    back = turned_back(prepared.gray.shape, 180)
    return replace(
        prepared,
        gray=orientation.turned(prepared.gray, 180),
        plain=orientation.turned(prepared.plain, 180),
        rotation=(prepared.rotation + 180) % 360,
        to_page=prepared.to_page @ back,
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
    return _around(_corners_on_page(prepared, box))


def in_colour(image: Colour, prepared: Prepared, box: Box) -> Colour:
    """What a box in `prepared.gray` holds of the input, in its colours; upright where the paper lies far from level."""
    corners = _corners_on_page(prepared, box)
    left, top, right, bottom = (max(0, edge) for edge in _around(corners))
    if (right - left) * (bottom - top) < TURNED * cv2.contourArea(corners.astype(np.float32)):
        return image[top:bottom, left:right]
    wide, tall = np.ceil([np.hypot(*(corners[end] - corners[0])) for end in (1, 3)]).astype(int).tolist()
    target = corners_of(0, 0, wide, tall).astype(np.float32)
    back = cv2.getPerspectiveTransform(target, corners.astype(np.float32))
    return np.asarray(cv2.warpPerspective(image, back, (wide, tall), flags=cv2.WARP_INVERSE_MAP), np.uint8)


def _corners_on_page(prepared: Prepared, box: Box) -> Points:
    left, top, right, bottom = box
    corners = np.array([[left, top, 1], [right, top, 1], [right, bottom, 1], [left, bottom, 1]], np.float64).T
    across, down, scale = prepared.to_page @ corners
    return np.stack([across / scale, down / scale], axis=1)


def _around(corners: Points) -> Box:
    (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
    return round(left), round(top), round(right), round(bottom)


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
