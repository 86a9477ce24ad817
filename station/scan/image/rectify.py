"""The sheet or card in a photograph: its four corners, or none, and the cut-out seen from straight above.

Candidates come from several ways of telling the sheet from what it lies on (brightness, colour, both against the
rim); each is fitted to the edges nearby, and the one with the best-supported sides of a known shape wins. A wrong
cut costs more than none (docs/reading.md), so a doubtful quadrilateral is no quadrilateral.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace

import cv2
import numpy as np

from station.scan.image.arrays import Colour, Lab, Mask, Matrix, Points, Quad
from station.scan.image.shrink import to_side
from station.scan.image.straight_edges import edge_quads

A4 = 297 / 210
CARD = 85.6 / 53.98  # ISO/IEC 7810 ID-1
BETWEEN = (A4 * CARD) ** 0.5
SQUAREST, SLIMMEST = 0.9 * A4, 1.1 * CARD  # foreshortening moves a sheet's proportion by up to a tenth
TILTED = 1.2 * CARD  # a card held aslant, where nothing else speaks against it
CARD_SIZE = (1264, 797)  # 375 dpi
PAGE_LONG_SIDE = 2806  # 240 dpi

SEARCH_SIDE = 640
SMALLEST_SHARE, LARGEST_SHARE = 0.12, 0.97
SUPPORT = 0.8
"""Share of a side's samples that must show a step from sheet to surroundings."""

FAINT, EXACT = 0.5, 0.03
"""What suffices of that for a card that is known to lie there, and how near its proportion must then be to a card's."""

AMBIGUOUS = (1.44, 1.56)
"""Proportions that A4 and cards have when they are seen aslant."""

PAGE_PRINT, CARD_PRINT = 0.0108, 0.0145
"""Height of letters by the longer side: on A4 at most, and on a card at least, where the proportion does not tell."""

CERTAIN = 0.85
UNDOUBTED = 0.95
"""Support from which a quadrilateral may be slimmer than a card seen from nearly above."""

EDGES_SUPPORT = 0.65
"""Support from which a quadrilateral of straight edges is worth fitting."""

BARE = 10.0
"""Lightness by which the rim of a bare scan varies, and differs from the paper inside, at most."""

JUMP, MOST_JUMPS = 10.0, 6
"""A jump of colour between neighbouring samples, and how many of 196 a sheet may have: a shadow, a finger, a seal."""

RIM = 5.0
"""Pixels at the search size within which a side lies on the image's own rim."""

CUT = 0.035
"""How far from a sheet's and a card's proportion the visible part of a cut one is."""

BEYOND_FRAMES, UNLIKE = 9.0, 6.0
"""Pixels from a side at which colours are compared, and how much they differ between a sheet and a desk."""

REFINED_SIDE = 2000
"""Pixels of the longer side at which corners are told to half a pixel: finer than any use of them."""

WHOLE = 0.012
"""A quadrilateral whose corners all lie this near the image's own is the image: a scan, not a photograph."""


@dataclass(frozen=True)
class Sheet:
    """What was found: `quad` in pixels of the image, or None where the image itself is the sheet.

    Where `edges` is false, the quad is a level box around print on an empty bed, and nothing is known of its shape.
    """

    quad: Quad | None
    card: bool
    score: float = 0.0
    edges: bool = True


def find_sheet(image: Colour) -> Sheet:
    """The best-supported quadrilateral of a card's or an A4 page's shape."""
    height, width = image.shape[:2]
    lab, scale = _searched(image)
    best = whole(image)
    for quad in _fitted(lab):
        if plausible(quad, lab.shape) and SQUAREST < proportion(quad) < TILTED:
            score = support(lab, quad)
            if score > max(best.score, SUPPORT if proportion(quad) < SLIMMEST else UNDOUBTED):
                best = Sheet(quad, proportion(quad) > BETWEEN, score)
        if best.score > CERTAIN:
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


def _searched(image: Colour) -> tuple[Lab, float]:
    """The image as it is searched, and its pixels for one of the image's."""
    small, factor = to_side(image, SEARCH_SIDE)
    lab = np.asarray(cv2.cvtColor(cv2.GaussianBlur(small, (3, 3), 0), cv2.COLOR_BGR2LAB), np.float32)
    return lab, 1 / factor


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
        if all(abs(proportion(rough) / known - 1) > CUT for known in (A4, CARD)):
            return True
    return False


def on_rim(start: Points, end: Points, shape: tuple[int, ...]) -> bool:
    """Whether a side lies along one of the image's own."""
    ends = np.array([start, end])
    height, width = shape[:2]
    near = (ends < RIM, ends > np.array([width - 1, height - 1]) - RIM)
    return bool(any(each.all(axis=0).any() for each in near))


def whole(image: Colour) -> Sheet:
    """The image taken as the sheet."""
    height, width = image.shape[:2]
    return Sheet(None, card=is_card(max(height, width) / min(height, width), 0.02))


def outlined(corners: Quad) -> Sheet:
    """The sheet that a person framed: a card if it has the proportion of one."""
    return Sheet(corners, proportion(corners) > BETWEEN, 1.0)


def cut_out(image: Colour, sheet: Sheet, page_side: int = PAGE_LONG_SIDE) -> tuple[Colour, Matrix]:
    """The sheet seen from above, and the matrix from its pixels to the image's; the image itself if no quad.

    A card comes out at 375 dpi, a page with its longer side as long as asked.
    """
    if sheet.quad is None:
        return image, np.eye(3)
    if not sheet.edges:
        (left, top), (right, bottom) = sheet.quad[0].astype(int).tolist(), sheet.quad[2].astype(int).tolist()
        return image[top : bottom + 1, left : right + 1], np.array([[1, 0, left], [0, 1, top], [0, 0, 1]], np.float64)
    across, down = sides(sheet.quad)
    if sheet.card:
        wide, tall = CARD_SIZE if across >= down else CARD_SIZE[::-1]
    else:
        short = round(page_side / A4)
        wide, tall = (short, page_side) if down >= across else (page_side, short)
    target = np.array([[0, 0], [wide - 1, 0], [wide - 1, tall - 1], [0, tall - 1]], np.float32)
    back = cv2.getPerspectiveTransform(target, sheet.quad.astype(np.float32))
    seen = cv2.warpPerspective(
        image, back, (wide, tall), flags=cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(seen, np.uint8), np.asarray(back, np.float64)


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
    return abs(proportion / CARD - 1) <= tolerance


def candidates(lab: Lab) -> Iterator[Quad]:
    """Rough quadrilaterals from masks of what differs from the rim."""
    for mask in masks(lab):
        if not SMALLEST_SHARE < cv2.countNonZero(mask) / mask.size < LARGEST_SHARE:
            continue
        closed = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
        opened = cv2.morphologyEx(closed, cv2.MORPH_OPEN, np.ones((9, 9), np.uint8))
        outlines, _ = cv2.findContours(opened, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
        for outline in sorted(outlines, key=cv2.contourArea, reverse=True)[:2]:
            if cv2.contourArea(outline) < SMALLEST_SHARE * mask.size:
                continue
            if (quad := four_corners(outline)) is not None:
                yield quad


def recombined(lab: Lab, quads: list[Quad]) -> Iterator[Quad]:
    """Quadrilaterals from the best sides of all: a shadow across the sheet may leave no candidate whole."""
    pools: list[list[tuple[Points, Points]]] = []
    for side in range(4):
        lines: list[tuple[float, Points, Points]] = []
        for quad in quads:
            start, end = quad[side], quad[(side + 1) % 4]
            if any(abs(normal(a, b) @ ((start + end) / 2 - a)) < 4 for _, a, b in lines):
                continue
            lines.append((side_support(lab, start, end), start, end))
        best = sorted(lines, key=lambda line: -line[0])[:3]
        pools.append([(start, end - start) for _, start, end in best])
    for combination in itertools.product(*pools):
        corners = [crossing(combination[side - 1], combination[side]) for side in range(4)]
        if all(corner is not None for corner in corners):
            yield np.array(corners, np.float64)


def masks(lab: Lab) -> Iterator[Mask]:
    """Where the image is brighter than several thresholds, or differs in colour from the rim."""
    height, width = lab.shape[:2]
    lightness = lab[:, :, 0].astype(np.uint8)
    rim = np.zeros((height, width), bool)
    rim[:4], rim[-4:], rim[:, :4], rim[:, -4:] = True, True, True, True
    # Chroma per lightness changes little under a shadow; the offset keeps noise in the dark small.
    tint = (lab[:, :, 1:] - 128.0) / (lab[:, :, :1] + 30.0) * 128.0
    for plane in (tint, lab):
        levels = np.clip(distance(plane, np.median(plane[rim], axis=0)) * 2, 0, 255).astype(np.uint8)
        otsu, _ = cv2.threshold(levels, 0, 255, cv2.THRESH_OTSU)
        noise = float(np.percentile(levels[rim], 97))
        for threshold in (otsu, 0.6 * otsu, 0.35 * otsu, noise + 2):
            yield ((levels > threshold) * 255).astype(np.uint8)
    otsu, _ = cv2.threshold(lightness, 0, 255, cv2.THRESH_OTSU)
    outside = float(np.median(lightness[rim]))
    inside = float(np.percentile(lightness[::4, ::4], 85))
    for threshold in (otsu, 0.8 * otsu, 1.15 * otsu, 0.5 * (outside + inside), 0.75 * outside + 0.25 * inside):
        yield ((lightness > threshold) * 255).astype(np.uint8)


def distance(plane: Lab, colour: Points) -> Lab:
    """How far each pixel's colour is from one colour."""
    away = plane - np.asarray(colour, np.float32)
    return np.asarray(np.sqrt(np.einsum("ijk,ijk->ij", away, away)), np.float32)


def four_corners(outline: Points) -> Quad | None:
    """The quadrilateral that the convex hull comes down to."""
    hull = cv2.convexHull(outline)
    length = cv2.arcLength(hull, closed=True)
    for tolerance in (0.015, 0.025, 0.04, 0.06):
        corners = cv2.approxPolyDP(hull, tolerance * length, closed=True)
        if len(corners) == 4:
            return in_order(corners.reshape(4, 2).astype(np.float64))
    return None


def in_order(corners: Points) -> Quad:
    """Clockwise from the corner nearest the top left."""
    middle = corners.mean(axis=0)
    turn = np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0])
    ordered = corners[np.argsort(turn)]
    return np.asarray(np.roll(ordered, -int(np.argmin(ordered.sum(axis=1))), axis=0))


def fit(lab: Lab, quad: Quad, reach: float = 8.0) -> Quad | None:
    """Move each side to the strongest colour step within `reach` pixels of it, and intersect the sides anew."""
    lines = []
    for start, end in zip(quad, np.roll(quad, -1, axis=0), strict=True):
        along = np.linspace(0.06, 0.94, 60)[:, None]
        points = start + along * (end - start)
        outward = normal(start, end)
        offsets = np.arange(-reach, reach + 0.5, 0.5)
        profile = sampled(lab, points[:, None, :] + offsets[None, :, None] * outward)
        step = np.linalg.norm(profile[:, 4:] - profile[:, :-4], axis=2)
        # The outermost strong step: print near the edge must not draw the side inwards.
        strong = step >= 0.7 * step.max(axis=1, keepdims=True)
        outermost = step.shape[1] - 1 - np.argmax(strong[:, ::-1], axis=1)
        found = points + (offsets[outermost + 2])[:, None] * outward
        line = cv2.fitLine(found.astype(np.float32), cv2.DIST_HUBER, 0, 0.01, 0.01).ravel()
        lines.append((line[2:].astype(np.float64), line[:2].astype(np.float64)))
    corners = [crossing(lines[side - 1], lines[side]) for side in range(4)]
    if any(corner is None for corner in corners):
        return None
    return np.array(corners, np.float64)


def refined(image: Colour, quad: Quad) -> Quad:
    """Fit once more at a larger size, within the error of the reduced image."""
    large, factor = to_side(image, REFINED_SIDE)
    reach = max(2.0, max(large.shape) / SEARCH_SIDE * 2.5)  # a step needs five samples, however small the image
    lab = np.asarray(cv2.cvtColor(cv2.GaussianBlur(large, (0, 0), 1.5), cv2.COLOR_BGR2LAB), np.float32)
    rough = (quad + 0.5) / factor - 0.5
    again = fit(lab, rough, reach)
    if again is None or np.abs(again - rough).max() > 2 * reach:
        return quad
    return (again + 0.5) * factor - 0.5


def crossing(one: tuple[Points, Points], other: tuple[Points, Points]) -> Points | None:
    """Where two lines (point, direction) meet."""
    matrix = np.stack([one[1] / np.linalg.norm(one[1]), -other[1] / np.linalg.norm(other[1])], axis=1)
    if abs(np.linalg.det(matrix)) < 0.3:
        return None
    return np.asarray(one[0] + np.linalg.solve(matrix, other[0] - one[0])[0] * matrix[:, 0])


def normal(start: Points, end: Points) -> Points:
    """The unit vector that points out of a clockwise quadrilateral."""
    along = (end - start) / max(1e-6, float(np.linalg.norm(end - start)))
    return np.array([along[1], -along[0]])


def sampled(lab: Lab, points: Points) -> Lab:
    """Bilinear colours at many points at once."""
    return np.asarray(
        cv2.remap(
            lab,
            points[..., 0].astype(np.float32),
            points[..., 1].astype(np.float32),
            cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_REPLICATE,
        ),
        np.float32,
    )


def support(lab: Lab, quad: Quad) -> float:
    """How well the sides are borne out, 0 to 1; the weakest counts most."""
    shares = [side_support(lab, start, end) for start, end in zip(quad, np.roll(quad, -1, axis=0), strict=True)]
    weakest, *others = sorted(shares)
    return 0.6 * weakest + 0.4 * float(np.mean(others))


def contrast(lab: Lab, quad: Quad) -> float:
    """How much the colours well inside and well outside differ, on the side where it is least.

    On both sides of a frame, a rule or a line of print lies the same paper.
    """
    along = np.linspace(0.1, 0.9, 40)[:, None]
    least = np.inf
    for start, end in zip(quad, np.roll(quad, -1, axis=0), strict=True):
        points, outward = start + along * (end - start), normal(start, end)
        inner, outer = (sampled(lab, (points + away * outward)[None])[0] for away in (-BEYOND_FRAMES, BEYOND_FRAMES))
        least = min(least, float(np.linalg.norm(np.median(inner, axis=0) - np.median(outer, axis=0))))
    return least


def jumps_inside(lab: Lab, quad: Quad) -> int:
    """How often the colour jumps on a way round just inside the sides: paper is even, checks and boards are not."""
    along = np.linspace(0.04, 0.96, 50)[:, None]
    jumps = 0
    for start, end in zip(quad, np.roll(quad, -1, axis=0), strict=True):
        inner = sampled(lab, (start + along * (end - start) - 4.0 * normal(start, end))[None])[0]
        jumps += int((np.linalg.norm(np.diff(inner, axis=0), axis=1) > JUMP).sum())
    return jumps


def side_support(lab: Lab, start: Points, end: Points) -> float:
    """The share of a side's samples with a step from inside to outside just there, and none further out."""
    height, width = lab.shape[:2]
    along = np.linspace(0.04, 0.96, 50)[:, None]
    points = start + along * (end - start)
    outward = normal(start, end)
    outside = points + 3.0 * outward
    seen = (outside[:, 0] > 0) & (outside[:, 0] < width - 1) & (outside[:, 1] > 0) & (outside[:, 1] < height - 1)
    if seen.mean() < 0.3:  # the side lies on the image's own rim: nothing speaks for or against it
        return 0.55
    inner = sampled(lab, (points - 3.0 * outward)[None])[0]
    outer = sampled(lab, outside[None])[0]
    further = sampled(lab, (points + 6.0 * outward)[None])[0]
    step = np.linalg.norm(inner - outer, axis=1)
    return float(np.mean((step > 6.0) & (step > 0.8 * np.linalg.norm(outer - further, axis=1)) & seen))


def plausible(quad: Quad, shape: tuple[int, ...]) -> bool:
    """Convex, large enough, corners near or inside the image, angles between 60° and 120°."""
    height, width = shape[:2]
    if not cv2.isContourConvex(quad.astype(np.float32)):
        return False
    if cv2.contourArea(quad.astype(np.float32)) < SMALLEST_SHARE * height * width:
        return False
    beyond = 0.08 * max(height, width)
    if (quad < -beyond).any() or (quad > np.array([width, height]) + beyond).any():
        return False
    return plausible_angles(quad)


def plausible_angles(quad: Quad) -> bool:
    """Whether the corners are between 60° and 120°."""
    edges = np.roll(quad, -1, axis=0) - quad
    edges /= np.linalg.norm(edges, axis=1, keepdims=True)
    return all(abs(float(one @ other)) < 0.5 for one, other in itertools.pairwise([*edges, edges[0]]))


def sides(quad: Quad) -> tuple[float, float]:
    """Mean length across and down."""
    lengths = np.linalg.norm(np.roll(quad, -1, axis=0) - quad, axis=1)
    return float(lengths[0] + lengths[2]) / 2, float(lengths[1] + lengths[3]) / 2


def proportion(quad: Quad) -> float:
    """Long side by short side, foreshortening ignored."""
    across, down = sides(quad)
    return max(across, down) / max(1e-6, min(across, down))


def touches_corners(quad: Quad, shape: tuple[int, ...]) -> bool:
    height, width = shape[:2]
    corners = np.array([[0, 0], [width - 1, 0], [width - 1, height - 1], [0, height - 1]], np.float64)
    return bool(np.abs(quad - corners).max() < WHOLE * max(height, width))
