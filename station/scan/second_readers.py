"""Other models than the page's, for single values on the lines of one page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, chain, pairwise

import numpy as np

from station.dossier.reading import Box
from station.scan.image.arrays import Gray
from station.scan.papers.layout import joined_lines
from station.scan.text.engine import Line, PageText, TextEngine
from station.scan.text.found_text import FoundText
from station.scan.text.hand import Uneven, Word, uneven
from station.scan.text.value_reader import ValueReader

INK_IS_DARKER = 140
"""Printed letters are darker than this on a stretched page; pens and seals, once their colour is gone, are not."""

SMALL = 9.5
"""Pixels of small letters, as they came from the scanner, below which models agree on what is not there: 10-point
print at 150 dpi has 9."""


class SecondReaders:
    """See `station.scan.papers.second_readers.SecondReaders`. Without models nothing is read a second time."""

    def __init__(
        self,
        lines: FoundText,
        scale: float,
        values: Sequence[ValueReader] = (),
        engines: Sequence[TextEngine] = (),
        *,
        card: bool = False,
    ) -> None:
        """`values` read lines, the `engines` of the same models blocks, whose lines nobody has found.

        `scale` is how many pixels of the page, as it came, one of the lines' image is; nobody fills in a `card`.
        """
        self._lines = lines
        self._scale = scale
        self._values = values
        self._engines = engines
        self._card = card

    def lines(self, values: Sequence[Sequence[Box]]) -> list[list[str]]:
        strips = [self._strips(boxes) for boxes in values]
        told = [reader.read_lines([*chain.from_iterable(strips)]) for reader in self._values]
        ends = [*accumulate(map(len, strips), initial=0)]
        return [[joined_lines(texts[start:end]) for texts in told] for start, end in pairwise(ends)]

    def small_print(self, boxes: Sequence[Box]) -> bool:
        heights = (self._lines.x_height(box) for box in boxes)
        return any(height is not None and height * self._scale < SMALL for height in heights)

    def uneven(self, values: Sequence[Sequence[Sequence[Box]]], labels: Sequence[Sequence[Box]]) -> Uneven:
        if self._card:
            return Uneven()
        written = [[self._words(line) for line in value] for value in values]
        return uneven(written, [self._words(label) for label in labels])

    def dark_print(self, box: Box) -> list[PageText]:
        left, top, right, bottom = (max(0, edge) for edge in self._lines.on_image(box))
        part = self._lines.image[top:bottom, left:right]
        if not part.size:
            return []
        dark = np.clip(part.astype(np.float32) * (255 / INK_IS_DARKER), 0, 255).astype(np.uint8)
        return [self._placed(engine.read_block(dark), left, top) for engine in self._engines]

    def _strips(self, boxes: Sequence[Box]) -> list[Gray]:
        return [strip for box in boxes if (strip := self._lines.part(box)) is not None]

    def _words(self, boxes: Sequence[Box]) -> list[Word]:
        parts = ((box, self._lines.part(box)) for box in boxes)
        return [((box[0] + box[2]) / 2, strip) for box, strip in parts if strip is not None]

    def _placed(self, part: PageText, right: int, down: int) -> PageText:
        """The words of a part where they stand in the whole page."""
        offset = (right, down, right, down)
        lines = (
            Line(tuple(self._lines.levelled(replace(word, box=_added(word.box, offset))) for word in line.words))
            for line in part.lines
        )
        return PageText(tuple(lines))


def _added(box: Box, offset: Box) -> Box:
    left, top, right, bottom = (edge + by for edge, by in zip(box, offset, strict=True))
    return left, top, right, bottom
