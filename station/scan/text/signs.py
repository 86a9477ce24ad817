"""What a network says of each step along a line, as words: the likeliest path, and how sure it is of each word.

The confidence of a word is Tesseract's own (`RecodeBeamSearch`, Apache-2.0), by which other steps were measured.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

import numpy as np
import numpy.typing as npt

from station.scan.image.arrays import Gray
from station.scan.text.engine import Word
from station.scan.text.line_crop import SEEN_HEIGHT
from station.scan.text.three_or_five import ALIKE, shape_of

POOL = 3
"""Columns of a picture in one step."""

Likelihoods = npt.NDArray[np.float32]
"""Steps × signs: the logarithm of each sign's probability."""

OFFSET, STEEPNESS = -0.085, 0.7875
"""Confidence is 1 where a sign's logarithm is `-OFFSET`, and falls by so much for each unit below."""


@dataclass(frozen=True)
class Sign:
    """One sign and the steps on which it stands; `sureness` is the least logarithm there and before it."""

    text: str
    start: int
    end: int
    sureness: float


def words_of(likely: Likelihoods, signs: Sequence[str], picture: Gray) -> list[Word]:
    """Words, left to right, with boxes in the picture's pixels as high as the picture; `signs` are without the last,
    which is none.
    """
    row = list(signs_of(likely, signs))
    if not row:
        return []
    edges = edges_of(row, len(likely))
    words: list[Word] = []
    for blank, numbered in groupby(enumerate(row), key=lambda one: one[1].text == " "):
        if blank:
            continue
        places = list(numbered)
        first, last = places[0][0], places[-1][0]
        sureness = min(sign.sureness for _, sign in places)
        if first:
            sureness = min(sureness, row[first - 1].sureness)
        words.append(
            Word(
                "".join(sign.text for _, sign in places),
                (edges[first] * POOL, 0, edges[last + 1] * POOL, SEEN_HEIGHT),
                float(np.clip(1 + STEEPNESS * (sureness + OFFSET), 0, 1)),
                shapes="".join(
                    shape_of(picture, edges[at] * POOL, edges[at + 1] * POOL)
                    for at, sign in places
                    if sign.text in ALIKE
                ),
            )
        )
    return words


def edges_of(row: Sequence[Sign], steps: int) -> list[int]:
    """On which step each sign begins, and where the last one ends."""
    return [0, *((before.end + after.start) // 2 for before, after in pairwise(row)), steps]


def signs_of(likely: Likelihoods, signs: Sequence[str]) -> Iterator[Sign]:
    """The signs of the likeliest path: what stands on several steps side by side is one."""
    path = likely.argmax(axis=1)
    starts = np.flatnonzero(np.diff(path, prepend=-1))
    runs = list(zip(starts.tolist(), [*starts[1:].tolist(), len(path)], path[starts].tolist(), strict=True))
    sure = _sureness(likely, runs)
    before = 0.0
    held: Sign | None = None
    for start, end, code in runs:
        least = float(sure[start:end].min())
        if code == len(signs):
            before = least
            continue
        if held:
            yield held
        held = Sign(signs[code], start, end, min(before, least))
        before = 0.0
    if held:
        yield replace(held, sureness=min(held.sureness, before))


def _sureness(likely: Likelihoods, runs: Sequence[tuple[int, int, int]]) -> Likelihoods:
    """How sure each step is of the path; where a sign begins or ends, it is as good as nothing beside it."""
    nothing = likely.shape[1] - 1
    sure: Likelihoods = likely.max(axis=1)
    for (_, end, before), (start, _, after) in pairwise(runs):
        if nothing not in (before, after):
            continue
        sign = after if before == nothing else before
        for step in (end - 1, start):
            sure[step] = max(sure[step], np.logaddexp(likely[step, sign], likely[step, nothing]))
    return sure
