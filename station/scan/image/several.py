"""Several papers on one glass: cards side by side, a card beside a sheet, photographs; where each of them lies."""

from __future__ import annotations

import cv2
import numpy as np

from station.scan.image import flatbed
from station.scan.image.arrays import Colour, Lab, Mask, Quad
from station.scan.image.overview import Overview
from station.scan.image.quality import letter_marks
from station.scan.image.searched import at_search_size, in_lab
from station.scan.image.sheet.fitting import fit
from station.scan.image.sheet.kinds import CARD
from station.scan.image.sheet.quads import corners_of, in_order, plausible_angles, proportion, sides

SHORTEST, LONGEST = 0.07, 0.8
"""A paper's sides by the image's longer one; 21 mm, a passport photograph, on A4."""

FILLED = 0.88
"""Share of the rectangle around it that a paper fills."""

DIFFERENT = 9.0
"""Distance in L*a*b* from which a pixel is not the bed; more where the bed itself is uneven."""

CARD_LIKE, CARD_LENGTH = 0.07, (0.27, 0.31)
"""How far from ID-1 a card's proportion may be, and its length by that of the glass."""

FEWEST_LETTERS = 25
"""Letters beside the papers found from which something else lies there, too."""

MARGIN = 12
"""Pixels at the search size around print whose paper cannot be told from the bed."""


def papers(image: Colour, look: Overview) -> list[Quad]:
    """The papers where there are two or more, in pixels of the image; none where it is one page or one card.

    `look` is the overview of the same image. Pictures pasted on a page are no papers of their own.
    """
    small, scale = at_search_size(image)
    lab = in_lab(small)
    solid = solids(lab)
    beside = _letters_outside(look, solid, max(small.shape) / max(look.even.shape))
    if len(beside) >= FEWEST_LETTERS:
        cards = [quad for quad in solid if _is_card(quad, max(small.shape))]
        rest = np.concatenate([beside.min(axis=0) - MARGIN, beside.max(axis=0) + MARGIN])
        if not cards or any(_overlaps(quad, rest) for quad in cards):
            return []
        solid = [*cards, _box(rest, small.shape)]
    if not solid:
        solid = [_box(np.array(box, np.float64), small.shape) for box in flatbed.copied_cards(lab)]
    return [(quad + 0.5) / scale - 0.5 for quad in solid] if len(solid) >= 2 else []


def solids(lab: Lab) -> list[Quad]:
    """Papers that differ from what they lie on: filled, with four corners, neither tiny nor the whole image."""
    height, width = lab.shape[:2]
    side = max(height, width)
    rim = np.concatenate(
        [lab[:3].reshape(-1, 3), lab[-3:].reshape(-1, 3), lab[:, :3].reshape(-1, 3), lab[:, -3:].reshape(-1, 3)]
    )
    bed = np.median(rim, axis=0)
    noise = float(np.percentile(np.linalg.norm(rim - bed, axis=1), 60))
    found: Mask = (np.linalg.norm(lab - bed, axis=2) > max(DIFFERENT, 2 * noise)).astype(np.uint8)
    closed = cv2.morphologyEx(found, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8))
    outlines, _ = cv2.findContours(closed, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    quads = []
    for outline in outlines:
        rectangle = cv2.minAreaRect(outline)
        shorter, longer = sorted(rectangle[1])
        if shorter < SHORTEST * side or longer > LONGEST * side:
            continue
        if cv2.contourArea(outline) < FILLED * shorter * longer:
            continue
        rough = in_order(np.asarray(cv2.boxPoints(rectangle), np.float64))
        exact = fit(lab, rough, 5.0)
        quads.append(exact if exact is not None and plausible_angles(exact) else rough)
    return sorted(quads, key=lambda quad: (round(float(quad[:, 1].mean()) / (0.1 * side)), float(quad[:, 0].mean())))


def _letters_outside(look: Overview, quads: list[Quad], scale: float) -> Quad:
    """Middles of the letters outside all the papers, in pixels of the search."""
    letters = letter_marks(look.marks)
    middles = (letters[:, :2] + letters[:, 2:4] / 2) * scale
    if not len(middles) or not quads:
        return middles
    inside: Mask = np.zeros(look.even.shape, np.uint8)
    for quad in quads:
        cv2.fillConvexPoly(inside, np.round(quad / scale).astype(np.int32), 1)
    inside = np.asarray(cv2.dilate(inside, np.ones((9, 9), np.uint8)), np.uint8)
    places = (letters[:, :2] + letters[:, 2:4] // 2).astype(np.intp)
    return np.asarray(middles[inside[places[:, 1], places[:, 0]] == 0])


def _is_card(quad: Quad, side: int) -> bool:
    length = max(sides(quad)) / side
    return abs(proportion(quad) / CARD - 1) < CARD_LIKE and CARD_LENGTH[0] < length < CARD_LENGTH[1]


def _overlaps(quad: Quad, box: Quad) -> bool:
    left, top, right, bottom = box.tolist()
    (near, above), (far, below) = quad.min(axis=0).tolist(), quad.max(axis=0).tolist()
    return bool(near < right and far > left and above < bottom and below > top)


def _box(box: Quad, shape: tuple[int, ...]) -> Quad:
    left, top = max(0.0, float(box[0])), max(0.0, float(box[1]))
    return corners_of(left, top, min(shape[1] - 1.0, float(box[2])), min(shape[0] - 1.0, float(box[3])))
