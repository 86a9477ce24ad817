"""Where the sheet lies in a photograph, and whether it runs out of it."""

from __future__ import annotations

from collections.abc import Iterator

import cv2
import numpy as np

from station.scan.image.arrays import Colour, Lab, Quad
from station.scan.image.searched import at_search_size, in_lab
from station.scan.image.sheet.candidates import candidates, recombined
from station.scan.image.sheet.fitting import fit, refined
from station.scan.image.sheet.kinds import A4, BETWEEN, CARD, Sheet, is_card, whole
from station.scan.image.sheet.quads import on_rim, plausible, plausible_angles, proportion, touches_corners
from station.scan.image.sheet.straight_edges import edge_quads
from station.scan.image.sheet.support import MOST_JUMPS, UNLIKE, contrast, jumps_inside, side_support, support

SQUAREST, SLIMMEST = 0.9 * A4, 1.1 * CARD  # foreshortening moves a sheet's proportion by up to a tenth
TILTED = 1.2 * CARD  # a card held aslant, where nothing else speaks against it
SUPPORT = 0.8
"""Share of a side's samples that must show a step from sheet to surroundings."""

FAINT, EXACT = 0.5, 0.03
"""What suffices of that for a card that is known to lie there, and how near its proportion must then be to a card's."""

CERTAIN = 0.85
"""Support at which no better quadrilateral is looked for, where the proportion is a page's or a card's."""

UNDOUBTED = 0.95
"""Support from which a quadrilateral may be slimmer than a card seen from nearly above."""

EDGES_SUPPORT = 0.65
"""Support from which a quadrilateral of straight edges is worth fitting."""

BARE = 10.0
"""Lightness by which the rim of a bare scan varies, and differs from the paper inside, at most."""

CUT = 0.035
"""How far from a sheet's and a card's proportion one is of which the rim cuts off or a gleam hides a part."""

GLEAM = 1.05
"""How much larger a certain one is than one of more support that has a gleam for a side: then it is the sheet. Smaller
differences are of sheets seen aside, and of those the better supported is the truer."""


def find_sheet(image: Colour) -> Sheet:
    """The best-supported quadrilateral of a card's or an A4 page's shape."""
    height, width = image.shape[:2]
    lab, scale = _searched(image)
    best = whole(image)
    for quad in _fitted(lab):
        if not (plausible(quad, lab.shape) and SQUAREST < proportion(quad) < TILTED):
            continue
        score = support(lab, quad)
        if score <= (SUPPORT if proportion(quad) < SLIMMEST else UNDOUBTED):
            continue
        certain = score > CERTAIN and _has_proportion(quad)
        if score > best.score or (certain and best.quad is not None and _area(quad) > GLEAM * _area(best.quad)):
            best = Sheet(quad, proportion(quad) > BETWEEN, score)
            if certain:
                break
    if best.quad is None and not _bare_rim(lab):
        best = _by_edges(lab, best)
    if best.quad is None:
        return best
    if touches_corners(best.quad, lab.shape):
        return Sheet(None, card=best.card and is_card(max(height, width) / min(height, width), 0.06))
    exact = refined(image, (best.quad + 0.5) / scale - 0.5)
    return Sheet(exact, best.card, best.score)


def find_card(image: Colour) -> Sheet | None:
    """The card that is known to lie on a plain ground in the image, be its edges ever so faint: pale on a pale lid."""
    lab, scale = _searched(image)
    likely = (quad for quad in _fitted(lab) if is_card(proportion(quad), EXACT) and plausible(quad, lab.shape))
    score, quad = max(((support(lab, quad), quad) for quad in likely), key=lambda each: each[0], default=(0.0, None))
    if quad is None or score < FAINT:
        return None
    return Sheet(refined(image, (quad + 0.5) / scale - 0.5), card=True, score=score)


def runs_out(image: Colour) -> bool:
    """Whether a sheet with three sides on the desk runs out of the image on the fourth, by its proportion."""
    lab, _ = _searched(image)
    for rough in candidates(lab):
        at_rim = [on_rim(rough[side], rough[(side + 1) % 4], lab.shape) for side in range(4)]
        if sum(at_rim) != 1 or not plausible_angles(rough):
            continue
        quad = fit(lab, rough)
        if quad is None:
            continue
        free = [side for side in range(4) if not at_rim[side]]
        if min(side_support(lab, quad[side], quad[(side + 1) % 4]) for side in free) < SUPPORT:
            continue
        # A small sheet laid against the edge of the glass is whole.
        if not _has_proportion(rough):
            return True
    return False


def _has_proportion(quad: Quad) -> bool:
    """Whether it has a sheet's or a card's."""
    return any(abs(proportion(quad) / known - 1) <= CUT for known in (A4, CARD))


def _area(quad: Quad) -> float:
    return cv2.contourArea(quad.astype(np.float32))


def _searched(image: Colour) -> tuple[Lab, float]:
    """The image as it is searched, and its pixels for one of the image's."""
    small, scale = at_search_size(image)
    return in_lab(cv2.GaussianBlur(small, (3, 3), 0)), scale


def _fitted(lab: Lab) -> Iterator[Quad]:
    """Candidates fitted to their edges; and their recombinations, for those who are content with no candidate."""
    quads: list[Quad] = []
    for rough in candidates(lab):
        if (quad := fit(lab, rough)) is not None:
            quads.append(quad)
            yield quad
    yield from recombined(lab, quads)


def _bare_rim(lab: Lab) -> bool:
    """Whether the image is paper up to its rim, as most scans are, and there is no desk to find a sheet on."""
    lightness = lab[:, :, 0]
    at = min(3, (min(lightness.shape) - 1) // 2)
    rim = np.concatenate([lightness[at], lightness[-1 - at], lightness[:, at], lightness[:, -1 - at]])
    dark, light = np.percentile(rim, (5, 95)).tolist()
    return bool(light - dark < BARE and abs(dark - float(np.percentile(lightness[::4, ::4], 70))) < BARE)


def _by_edges(lab: Lab, best: Sheet) -> Sheet:
    """The best-supported quadrilateral of straight edges, where no threshold found one."""
    for rough in edge_quads(lab):
        if not (plausible(rough, lab.shape) and SQUAREST < proportion(rough) < SLIMMEST):
            continue
        if support(lab, rough) < EDGES_SUPPORT:
            continue
        quad = fit(lab, rough, 4.0)
        if quad is None or jumps_inside(lab, quad) > MOST_JUMPS or contrast(lab, quad) < UNLIKE:
            continue
        score = support(lab, quad)
        if score > max(best.score, SUPPORT):
            best = Sheet(quad, proportion(quad) > BETWEEN, score)
    return best
