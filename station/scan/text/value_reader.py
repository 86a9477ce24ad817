"""A second reader of single values: one of Tesseract's models as it came, shown a line as Tesseract would show it.

These models never saw a strip of ours: on `line_crop.for_network` they misread every third value. Tesseract cuts a
line close to its ink, with a rim, and sharpens what it scales; so it is done here, and its loops are left to ONNX
Runtime (decision 0136).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np

from station.dossier.text import exact
from station.scan.image.arrays import Gray
from station.scan.image.percentile import percentiles
from station.scan.text.engine import is_blank
from station.scan.text.line_crop import BASELINE_ROW, SEEN_HEIGHT, X_HEIGHT
from station.scan.text.signs import POOL, Likelihoods, Sign, signs_of
from station.scan.text.strip_network import StripNetwork
from station.scan.text.strip_pieces import INK

RIM = 4
"""Pixels of paper that Tesseract leaves around a line (`kImagePadding`)."""

ASCENDER, DESCENDER = X_HEIGHT // 2, X_HEIGHT // 2
"""What it takes a line to reach beyond its small letters, ink or none (`kAscenderFraction`, `kDescenderFraction`)."""

MUCH_SMALLER = 0.7
"""The scale below which Leptonica's `pixScale` takes the mean of an area and sharpens less."""

SHARPENED, SHARPENED_LESS = (5, 0.4), (3, 0.2)
"""How many pixels wide the mean is that a scaled picture is held against, and by which part of the difference it is
sharpened."""

AHEAD = 2.0
"""Logarithms by which a sign that is one of two is ahead of the other somewhere; one that is only wavered to is not."""


class ValueReader:
    """For one thread at a time."""

    def __init__(self, models: Path, model: str) -> None:
        """`model` is `vie` or `vie_fast`. Raises what `model_files.network` does."""
        self._network = StripNetwork(models, f"{model}.onnx")

    def read_lines(self, strips: Sequence[Gray]) -> list[str]:
        """What stands on strips of `line_crop.HEIGHT` rows: NFC, empty where there is nothing."""
        inked = [number for number, strip in enumerate(strips) if not is_blank(strip)]
        told = self._network.likelihoods([close(strips[number]) for number in inked])
        texts = {number: text_of(likely, self._network.signs) for number, likely in zip(inked, told, strict=True)}
        return [texts.get(number, "") for number in range(len(strips))]


def text_of(likely: Likelihoods, signs: Sequence[str]) -> str:
    """What the network reads, NFC, where it wavers the likelier sign alone: «Đ» and «Ị» for «ĐI», never «ĐỊI»."""
    codes = {sign: code for code, sign in enumerate(signs)}
    kept: list[Sign] = []
    for sign in signs_of(likely, signs):
        if kept and kept[-1].end == sign.start and _wavers(likely, kept[-1], sign, codes):
            kept[-1] = _likelier(likely, kept[-1], sign, codes)
        else:
            kept.append(sign)
    return exact("".join(sign.text for sign in kept))


def _wavers(likely: Likelihoods, before: Sign, after: Sign, codes: dict[str, int]) -> bool:
    """Whether two signs with nothing between them are one: wherever it says one of them, the other is as likely."""

    def ahead(said: Sign, other: Sign) -> float:
        steps = likely[said.start : said.end]
        return float((steps[:, codes[said.text]] - steps[:, codes[other.text]]).max())

    return min(ahead(before, after), ahead(after, before)) < AHEAD


def _likelier(likely: Likelihoods, before: Sign, after: Sign, codes: dict[str, int]) -> Sign:
    """Of two signs the one that is likelier alone on the steps of both, with nothing beside it."""
    steps = likely[before.start : after.end]
    alone = {sign: float(np.maximum(steps[:, codes[sign.text]], steps[:, -1]).sum()) for sign in (before, after)}
    return replace(max(alone, key=lambda sign: alone[sign]), start=before.start, end=after.end)


def close(strip: Gray) -> Gray:
    """The part of a strip with ink in it as Tesseract shows it to its network, `SEEN_HEIGHT` rows high."""
    (paper,) = percentiles(strip, 80)
    dark = strip < paper - INK * (paper - float(strip.min()))
    if not dark.any():  # hardly any paper, either
        return scaled(strip)
    rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
    top = min(int(rows[0]), BASELINE_ROW - X_HEIGHT - ASCENDER)
    bottom = max(int(rows[-1]) + 1, BASELINE_ROW + DESCENDER)
    left, right = int(columns[0]), int(columns[-1]) + 1
    return scaled(strip[max(0, top - RIM) : bottom + RIM, max(0, left - RIM) : right + RIM])


def scaled(part: Gray) -> Gray:
    """As Leptonica's `pixScale` does it: without sharpening marks above small letters are lost."""
    factor = SEEN_HEIGHT / part.shape[0]
    size = max(POOL, round(part.shape[1] * factor)), SEEN_HEIGHT
    by, (wide, share) = (cv2.INTER_AREA, SHARPENED_LESS) if factor < MUCH_SMALLER else (cv2.INTER_LINEAR, SHARPENED)
    picture = cv2.resize(part, size, interpolation=by).astype(np.float32)
    sharp = picture + share * (picture - cv2.blur(picture, (wide, wide)))
    return np.asarray(np.clip(np.rint(sharp), 0, 255), np.uint8)
