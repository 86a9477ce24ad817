"""A 3 with a flat top in any typeface: its own lower bowl below a bar and a slanting stroke.

Few typefaces have one and readers take it for a 5, whose bar it shares: what differs is on which side the stroke below
the bar stands.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

Ink = npt.NDArray[np.uint8]

LARGER = 4
"""So much larger than it is needed the figure is put together."""

NOTCH = 0.28, 0.64
"""Of a round 3's height: between these the waist is looked for."""


@dataclass(frozen=True)
class FlatTop:
    """How such a typeface draws it; the shares but the first are of what lies between its thinnest stroke and its
    thickest."""

    waist: float
    """Where the bowl begins, of the height."""

    bar: float
    slant: float
    start: float
    """Where the slanting stroke meets the bowl: 0 where the bowl begins, 1 half its width further right."""

    beak: float
    """How far the bar's left end hangs down, of the way to the waist; with it blurred the figure is nearly a 5."""

    beak_width: float


def by_lot(dice: random.Random) -> FlatTop:
    return FlatTop(
        dice.uniform(0.34, 0.54), dice.uniform(0.1, 0.9), dice.uniform(0, 0.8), dice.uniform(0, 0.4),
        dice.choice((0.0, dice.uniform(0.1, 0.7), dice.uniform(0.3, 0.7))), dice.uniform(0.1, 1),
    )  # fmt: skip


def draw(image: Image.Image, left: float, base: float, cut: ImageFont.FreeTypeFont, top: FlatTop) -> None:
    """Put it where `ImageDraw.text` with the anchor «ls» puts a 3."""
    made = _three(str(cut.path), int(cut.size), top)
    if made is None:
        ImageDraw.Draw(image).text((left, base), "3", font=cut, fill=255, anchor="ls")
        return
    ink, right, down = made
    across, below = round(left * LARGER) + right, round(base * LARGER) + down
    column, row = across // LARGER, below // LARGER
    wide = -(-(across % LARGER + ink.shape[1]) // LARGER)
    high = -(-(below % LARGER + ink.shape[0]) // LARGER)
    large = np.zeros((high * LARGER, wide * LARGER), np.uint8)
    large[below % LARGER :, across % LARGER :][: ink.shape[0], : ink.shape[1]] = ink
    small = cv2.resize(large, (wide, high), interpolation=cv2.INTER_AREA)
    image.paste(255, (column, row), Image.fromarray(small))


@lru_cache(maxsize=500)
def _three(path: str, size: int, top: FlatTop) -> tuple[Ink, int, int] | None:
    """The figure, `LARGER` times as large, and where its corner is from the start of the baseline."""
    cut = ImageFont.truetype(path, size * LARGER, layout_engine=ImageFont.Layout.BASIC)
    left, above, right, below = (int(edge) for edge in cut.getbbox("3", anchor="ls"))
    image = Image.new("L", (right - left, below - above))
    ImageDraw.Draw(image).text((-left, -above), "3", font=cut, fill=255, anchor="ls")
    ink = flattened(np.asarray(image), top)
    return None if ink is None else (ink, left, above)


def flattened(three: Any, top: FlatTop) -> Ink | None:
    """From a round 3 without margins; None where it has no waist to cut it at."""
    inked = three > 127
    height, width = inked.shape
    rows = range(int(NOTCH[0] * height), int(NOTCH[1] * height))
    if not rows or not inked[rows.start : rows.stop].any(axis=1).all():
        return None
    rights = width - inked[:, ::-1].argmax(axis=1)
    waist = min(rows, key=lambda row: (rights[row], abs(row - height * 0.46)))
    if rights[waist] > 0.97 * rights[waist:].max():
        return None
    thin = float(np.median(inked[::-1, width // 3 : 2 * width // 3].argmin(axis=0))) or height * 0.06
    bowl_rows = inked[round(0.5 * (waist + height)) : round(0.8 * height), width // 2 :]
    thick = max(float(np.median(bowl_rows.sum(axis=1))) if bowl_rows.size else thin, thin)
    lower = np.ascontiguousarray(three[max(0, round(waist - thin / 2)) :])
    new_waist = round(top.waist * height)
    made = np.zeros((height, width), np.uint8)
    made[new_waist:] = cv2.resize(lower, (width, height - new_waist), interpolation=cv2.INTER_AREA)
    upper = np.flatnonzero(inked[:waist].any(axis=0))
    left, right = float(upper[0]), float(max(upper[-1], 0.8 * width))
    bar, slant = (thin + (thick - thin) * share for share in (top.bar, top.slant))
    bowl = np.flatnonzero(made[new_waist + round(thin / 2)] > 127)
    if not bowl.size:
        return None
    start = bowl[0] + top.start * (bowl[-1] - bowl[0]) / 2
    image = Image.fromarray(made)
    pen = ImageDraw.Draw(image)
    pen.rectangle((left, 0, right, bar), fill=255)
    pen.polygon(
        [(right - slant, bar / 2), (right, bar / 2), (start + slant, new_waist + thin), (start, new_waist + thin)],
        fill=255,
    )
    if top.beak:
        hangs = bar + top.beak * (new_waist - bar)
        wide = thin + (thick - thin) * top.beak_width
        pen.polygon([(left, 0), (left + wide, 0), (left + 0.6 * wide, hangs), (left, hangs)], fill=255)
    return np.asarray(image)
