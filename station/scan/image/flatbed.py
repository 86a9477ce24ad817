"""A card lying somewhere on a scanner's A4 glass, or copied onto an empty sheet: the part of the image that holds it.

A card there takes a fourteenth of the image: too little to be looked for among sheets, and read at the page's scale its
print is too small. What lies alone on an empty bed can be cut out without knowing its edges.
"""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from station.dossier.reading import Box
from station.scan.image.arrays import Colour, Lab, Mask
from station.scan.image.searched import at_search_size, in_lab
from station.scan.image.sheet.finding import find_card, find_sheet
from station.scan.image.sheet.kinds import Sheet
from station.scan.image.sheet.quads import corners_of

BED_LIKE = (1.25, 1.6)
"""Proportions of an image that can be a whole flatbed: A4 and Letter, a little cut or not."""

DIFFERENT = 11.0
"""Distance in L*a*b* from which a pixel is not the bed."""

SPECK = 6
"""Pixels of dust at most."""

RIM = 0.025
"""Share of the longer side along the image's edges that is not looked at: lids and copies leave black there."""

JOINED = 21
"""Pixels at the search size, 10 mm on A4: what lies nearer together is one thing."""

LONGEST, SHORTEST = 0.42, 0.11
"""A card's sides at any angle, by the longer side of the bed."""

HOLE = 0.032
"""Share of the longer side below which a mark is a punched hole or a clip, and nothing to read."""

COPIED = (0.22, 0.34, 1.3, 2.1)
"""Length by the bed's and proportion of the print on a card: the card's own less its empty rim."""

REACH = 0.34
"""A card's diagonal by the longer side of the bed: no further from one end of its print is its other end."""

AROUND = 20
"""Pixels at the search size that are left around what was found."""

MOST = 4
"""Things that lie on a bed of cards."""


def card_on_bed(image: Colour) -> Sheet | None:
    """The largest card on an otherwise empty bed; a level box around its print where its edges cannot be seen.

    Print in a corner of a pale card, far from the rest, is a thing of its own: it must lie on the card that is found.
    """
    height, width = image.shape[:2]
    if not BED_LIKE[0] < max(height, width) / min(height, width) < BED_LIKE[1]:
        return None
    small, scale = at_search_size(image)
    things = _things(in_lab(small))
    if not things or len(things) > MOST:
        return None
    largest = max(things, key=lambda thing: (thing[2] - thing[0]) * (thing[3] - thing[1]))
    reach = round(REACH * max(small.shape))
    wide = (largest[2] - reach, largest[3] - reach, largest[0] + reach, largest[1] + reach)
    apart = [thing for thing in things if not _card_sized(thing, max(small.shape))]
    if largest in apart or not all(_within(piece, wide) for piece in apart):
        return None
    for find, box in ((find_sheet, largest), (find_card, wide)):
        left, top, right, bottom = part = _around(box, scale, width, height)
        found = find(image[top:bottom, left:right])
        if found and found.card and _holds(found := _moved(found, part), apart, scale):
            return found
    if apart or not _card_shaped(largest, max(small.shape)):
        return None
    left, top, right, bottom = _around(largest, scale, width, height)
    return Sheet(corners_of(left, top, right - 1, bottom - 1), card=True, edges=False)


def _within(thing: Box, box: Box) -> bool:
    return box[0] <= thing[0] and box[1] <= thing[1] and thing[2] <= box[2] and thing[3] <= box[3]


def _holds(sheet: Sheet, pieces: list[Box], scale: float) -> bool:
    """Whether there is a sheet, and the middle of each piece, in pixels of the search, lies on it."""
    if sheet.quad is None:
        return False
    corners = (sheet.quad * scale).astype(np.float32)
    middles = (((left + right) / 2, (top + bottom) / 2) for left, top, right, bottom in pieces)
    return all(cv2.pointPolygonTest(corners, middle, measureDist=False) >= 0 for middle in middles)


def _around(thing: Box, scale: float, width: int, height: int) -> Box:
    """A box of the search with room around it, in pixels of the image."""
    left, top, right, bottom = thing
    return (
        max(0, round((left - AROUND) / scale)),
        max(0, round((top - AROUND) / scale)),
        min(width, round((right + AROUND) / scale)),
        min(height, round((bottom + AROUND) / scale)),
    )


def _moved(sheet: Sheet, part: Box) -> Sheet:
    """A sheet found in a part of the image, as one of the image."""
    return sheet if sheet.quad is None else replace(sheet, quad=sheet.quad + np.array(part[:2]))


def copied_cards(lab: Lab) -> list[Box]:
    """The cards on a bed of this size where nothing else lies, told by their print; in pixels of the search."""
    height, width = lab.shape[:2]
    side = max(height, width)
    if not BED_LIKE[0] < side / min(height, width) < BED_LIKE[1]:
        return []
    things = _things(lab)
    if len(things) > MOST or not all(_card_shaped(thing, side) for thing in things):
        return []
    return [
        (max(0, left - AROUND), max(0, top - AROUND), min(width, right + AROUND), min(height, bottom + AROUND))
        for left, top, right, bottom in things
    ]


def _things(lab: Lab) -> list[Box]:
    """What differs from the bed, joined to things; specks and the rims of a copy left out."""
    height, width = lab.shape[:2]
    margin = max(1, round(RIM * max(height, width)))
    inner = lab[margin:-margin, margin:-margin]
    if not inner.size:
        return []
    rim = np.concatenate([inner[:3].reshape(-1, 3), inner[-3:].reshape(-1, 3), inner[:, :3].reshape(-1, 3)])
    different: Mask = (np.linalg.norm(lab - np.median(rim, axis=0), axis=2) > DIFFERENT).astype(np.uint8)
    different[:margin], different[-margin:], different[:, :margin], different[:, -margin:] = 0, 0, 0, 0
    count, labels, stats, _ = cv2.connectedComponentsWithStats(different, connectivity=8)
    kept = (stats[:, cv2.CC_STAT_AREA] > SPECK) & ~_at_margin(stats, margin, width, height)
    kept[0] = False
    joined = cv2.dilate(kept[labels].astype(np.uint8), np.ones((JOINED, JOINED), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    half = JOINED // 2
    return [
        (left + half, top + half, left + wide - half, top + tall - half)
        for left, top, wide, tall, _ in stats[1:count].tolist()
        if max(wide, tall) - JOINED > HOLE * max(height, width)
    ]


def _at_margin(stats: Mask, margin: int, width: int, height: int) -> Mask:
    """Which marks hang on the image's margin: shadows of the lid, black rims, punched holes cut by them."""
    left, top = stats[:, cv2.CC_STAT_LEFT], stats[:, cv2.CC_STAT_TOP]
    right, bottom = left + stats[:, cv2.CC_STAT_WIDTH], top + stats[:, cv2.CC_STAT_HEIGHT]
    touches = (left <= margin) | (top <= margin) | (right >= width - margin) | (bottom >= height - margin)
    wide, tall = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    return np.asarray(touches & (np.minimum(wide, tall) < 0.1 * max(width, height)))


def _card_shaped(thing: Box, side: int) -> bool:
    """Whether print without visible edges around it may be a card's copy, lying level."""
    wide, tall = sorted((thing[2] - thing[0], thing[3] - thing[1]), reverse=True)
    return COPIED[0] < wide / side < COPIED[1] and COPIED[2] < wide / tall < COPIED[3]


def _card_sized(thing: Box, side: int) -> bool:
    wide, tall = thing[2] - thing[0], thing[3] - thing[1]
    return max(wide, tall) < LONGEST * side and min(wide, tall) > SHORTEST * side
