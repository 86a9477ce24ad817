"""What a sheet is: a page, a card, or the whole image; told by its proportion, and by its print where that wavers."""

from __future__ import annotations

from dataclasses import dataclass, replace

from station.scan.image.arrays import Colour, Quad
from station.scan.image.sheet.quads import proportion

A4 = 297 / 210
CARD = 85.6 / 53.98  # ISO/IEC 7810 ID-1
BETWEEN = (A4 * CARD) ** 0.5
AMBIGUOUS = (1.44, 1.56)
"""Proportions that A4 and cards have when they are seen aslant."""

PAGE_PRINT, CARD_PRINT = 0.0108, 0.0145
"""Height of letters by the longer side: on A4 at most, and on a card at least, where the proportion does not tell."""


@dataclass(frozen=True)
class Sheet:
    """What was found: `quad` in pixels of the image, or None where the image itself is the sheet.

    Where `edges` is false, the quad is a level box around print on an empty bed, and nothing is known of its shape.
    """

    quad: Quad | None
    card: bool
    score: float = 0.0
    edges: bool = True


def whole(image: Colour) -> Sheet:
    """The image taken as the sheet."""
    height, width = image.shape[:2]
    return Sheet(None, card=is_card(max(height, width) / min(height, width), 0.02))


def outlined(corners: Quad) -> Sheet:
    """The sheet that a person framed: a card if it has the proportion of one."""
    return Sheet(corners, proportion(corners) > BETWEEN, 1.0)


def by_print(sheet: Sheet, letters: float) -> Sheet:
    """A sheet whose proportion may be a card's or a page's seen aslant, by how high its letters are by its longer side.

    `letters` is 0 where there are too few.
    """
    if sheet.quad is None or not sheet.edges or not letters:
        return sheet
    if not AMBIGUOUS[0] < proportion(sheet.quad) < AMBIGUOUS[1]:
        return sheet
    return replace(sheet, card=letters > (PAGE_PRINT if sheet.card else CARD_PRINT))


def is_card(proportion: float, tolerance: float) -> bool:
    """Whether a proportion is ID-1's, but for this share of it."""
    return abs(proportion / CARD - 1) <= tolerance
