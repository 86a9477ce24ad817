"""A hand that shook while it took the picture: told by edges that run out along one way alone, and taken back."""

from __future__ import annotations

import math
from dataclasses import dataclass

import cv2
import numpy as np

from station.scan.image.arrays import Colour, Gray
from station.scan.image.deblur import Kernel, deblurred
from station.scan.image.shrink import shrink
from station.scan.image.spread import SIDE, learnt

PIECE, LEARNT_FROM = 512, 384
"""Pixels of a side of the piece with most print, on which edges are looked at, and from which the spread is learnt."""

COARSE, FINE_PRINT, STRONG = 4, 7, 30
"""Where most print is: how much smaller that is looked for, the pixels there that print is wide at most, and the
contrast beyond which a pixel counts for no more, lest a portrait outweigh lines of print."""

WAYS = 12
"""Ways in half a turn along which edges are measured."""

STEEPEST = (0.92, 0.94)
"""Which pixels are edges, of all; and of these, how many are less steep than the edge that is measured."""

GROUND, INK_TO_PAPER = 41, (0.01, 0.97)
"""Pixels over which the paper's light changes, and which of all pixels, from the darkest, are ink and
paper beside it."""

SOFT, ONE_WAY = 4.8, 1.12
"""Pixels from paper to ink along the way on which edges run out furthest, from which a hand may have shaken, and how
much further than at a right angle. Steady pictures of print have 3.4 to 4.9 pixels, and then as many both ways."""

FURTHEST = 24.0
"""Pixels beyond which edges do not run out that way, but hardly cross it: rules alone, the rim of a picture."""

LEAST_LENGTH, LEAST_LONG = 4.5, 1.25
"""Pixels of a shake that is worth taking back, and by how many times it is longer than it is wide."""

FIRST_GUESS = 0.95
"""How long a shake is taken to be before it is learnt, by the pixels from paper to ink."""

NOISE = 0.01
"""Power of a camera's noise beside the print's."""

FINE = 9
"""Steps to a pixel in which a shake is drawn."""


@dataclass(frozen=True)
class Shake:
    """The way that each point went while the picture was taken: pixels, and degrees from level, turning downwards."""

    length: float
    way: float


def shake_of(image: Colour) -> Shake | None:
    """How the hand shook; None where it held still, or what is printed does not tell."""
    gray = np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), np.uint8)
    piece = most_printed(gray, PIECE)
    if min(piece.shape) < 2 * SIDE:
        return None
    width, beside, way = widest(piece)
    if not SOFT <= width <= FURTHEST or width < ONE_WAY * beside:
        return None
    spread = learnt(most_printed(piece, LEARNT_FROM), line(Shake(FIRST_GUESS * width, way)))
    shake, elongation = _shake_like(spread)
    return shake if LEAST_LENGTH <= shake.length < SIDE and elongation >= LEAST_LONG else None


def steadied(image: Colour, shake: Shake) -> Colour:
    """The picture as a steady hand had taken it; colours keep the softness that JPEG leaves them in any case."""
    gray = np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), np.uint8)
    change = cv2.subtract(deblurred(gray, line(shake), NOISE), gray, dtype=cv2.CV_16S)
    return np.asarray(cv2.add(image, cv2.merge([change] * 3), dtype=cv2.CV_8U), np.uint8)


def line(shake: Shake) -> Kernel:
    """The spread of a straight and even shake, at least `SIDE` wide."""
    side = (max(SIDE, math.ceil(shake.length) + 2) | 1) * FINE
    turn, reach = math.radians(shake.way), shake.length * FINE / 2
    steps = np.linspace(-reach, reach, int(4 * reach) + 1)
    drawn = np.zeros((side, side), np.float32)
    across, down = (np.round((side - 1) / 2 + part * steps).astype(int) for part in (math.cos(turn), math.sin(turn)))
    drawn[down, across] = 1
    kernel = cv2.resize(cv2.GaussianBlur(drawn, (0, 0), FINE / 2), (side // FINE,) * 2, interpolation=cv2.INTER_AREA)
    return np.asarray(kernel / kernel.sum(), np.float32)


def most_printed(gray: Gray, side: int) -> Gray:
    """The square piece, or all that there is of it, with most fine contrast in it."""
    if max(gray.shape) <= side:
        return gray
    small = shrink(gray, COARSE).astype(np.float32)
    print_ = np.minimum(np.abs(small - cv2.blur(small, (FINE_PRINT, FINE_PRINT))), STRONG)
    tall, wide = (min(side // COARSE, length) for length in small.shape)
    sums = cv2.boxFilter(print_, -1, (wide, tall), anchor=(0, 0), normalize=False)
    sums = sums[: small.shape[0] - tall + 1, : small.shape[1] - wide + 1]
    top, left = (COARSE * int(place) for place in np.unravel_index(int(np.argmax(sums)), sums.shape))
    return gray[top : top + side, left : left + side]


def widest(gray: Gray) -> tuple[float, float, float]:
    """How many pixels edges take from paper to ink where they run out furthest; at a right angle to it; and which way
    that is, in degrees. Nought where there are no edges."""
    seen = gray.astype(np.float32)
    soft = cv2.GaussianBlur(seen, (0, 0), 0.8)
    across, down = (cv2.Sobel(soft, cv2.CV_32F, *way, scale=1 / 8) for way in ((1, 0), (0, 1)))
    steep = cv2.magnitude(across, down)
    edges = steep > np.quantile(steep[::2, ::2], STEEPEST[0])
    if not edges.any():
        return 0.0, 0.0, 0.0
    turns = np.arange(WAYS) * np.pi / WAYS
    slopes = np.abs(np.outer(np.cos(turns), across[edges]) + np.outer(np.sin(turns), down[edges]))
    least, most = np.quantile((seen - cv2.blur(seen, (GROUND, GROUND)))[::2, ::2], INK_TO_PAPER)
    widths = (most - least) / np.maximum(1e-6, np.quantile(slopes, STEEPEST[1], axis=1))
    place = int(np.argmax(widths))
    before, after = widths[place - 1], widths[(place + 1) % WAYS]
    between = 0.5 * (before - after) / min(-1e-6, before - 2 * widths[place] + after)
    way = (place + between) * 180 / WAYS % 180
    return float(widths[place]), float(widths[(place + WAYS // 2) % WAYS]), float(way)


def _shake_like(spread: Kernel) -> tuple[Shake, float]:
    """The straight shake that spreads as far as this, and how many times longer than wide it is."""
    rows, columns = np.mgrid[: len(spread), : len(spread)] - (len(spread) - 1) / 2
    across, down = float((spread * columns).sum()), float((spread * rows).sum())
    places = np.stack([(columns - across).ravel(), (rows - down).ravel()])
    (narrow, wide), ways = np.linalg.eigh((places * spread.ravel()) @ places.T)
    way = math.degrees(math.atan2(ways[1, 1], ways[0, 1])) % 180
    return Shake(math.sqrt(12 * wide), way), math.sqrt(wide / max(narrow, 1e-6))
