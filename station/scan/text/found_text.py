"""A page read line by line: each found line is cut out straight and read alone; its words go back to their places."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from station.dossier.reading import Box
from station.scan.image.arrays import Gray
from station.scan.text.bend import Bend, bend_of
from station.scan.text.engine import PageText, StripReader, Word, of_one_height
from station.scan.text.line_crop import BASELINE_ROW, MARGIN, X_HEIGHT, Segment, crop
from station.scan.text.shown_pieces import ALONE
from station.scan.text.spaced_digits import ClosedUp, closed_up
from station.scan.text.words import lines_of

BESIDE = 0.25
"""In x-heights: what is left of the line on both sides of a part that is cut out; beyond it a colon may stand."""

LINE, COMPANY, NEAR = 5.0, 8.0, 30.0
"""In x-heights of a line: how long it is at least, how much of it keeps a lone sign company, and how far away."""


@dataclass(frozen=True)
class FoundText:
    """The lines that were found on an image, to be read whole by one reader and in part by any engine.

    Boxes, those that are told and those that are asked for, are where things stood if the page were flat.
    """

    image: Gray
    segments: Sequence[Segment]

    @cached_property
    def bend(self) -> Bend | None:
        return bend_of(self.segments)

    def on_image(self, box: Box) -> Box:
        """A box in pixels of the image, bent as it is."""
        return self.bend.bent(box) if self.bend else box

    def levelled(self, word: Word) -> Word:
        """A word in pixels of the image as one on a flat page."""
        return replace(word, box=self.bend.levelled(word.box)) if self.bend else word

    def read(self, reader: StripReader) -> PageText:
        """Every printed line; of handwriting only where it stands."""
        words: list[tuple[int, Word]] = []
        strips: dict[int, Gray] = {}
        spaced: dict[int, ClosedUp] = {}
        alone: dict[int, Segment] = {}
        for number, segment in enumerate(self.segments):
            if segment.handwritten:
                words.append((number, Word("", segment.box, segment.confidence, handwritten=True)))
                continue
            if company := in_company(segment, self.segments):
                alone[number] = company
                continue
            strips[number] = crop(self.image, segment)
            if closed := closed_up(strips[number]):
                spaced[number] = closed
        shown = [spaced[number].strip if number in spaced else strip for number, strip in strips.items()]
        for (number, strip), read in zip(strips.items(), reader.read_strips(shown), strict=True):
            if number in spaced:
                words += [(number, word) for word in _opened(read, self.segments[number], spaced[number], strip)]
                continue
            words += [(number, replace(word, box=in_page(word.box, self.segments[number]))) for word in read]
        together = reader.read_strips([crop(self.image, company) for company in alone.values()])
        for (number, company), read in zip(alone.items(), together, strict=True):
            placed = [replace(word, box=in_page(word.box, company)) for word in read]
            words += [(number, word) for word in placed if shared(word.box, self.segments[number].box)]
        words.sort(key=lambda numbered: numbered[0])
        return PageText.of(lines_of((number, self.levelled(word)) for number, word in words))

    def part(self, box: Box) -> Gray | None:
        """The strip of what stands in a box on one line, by itself; None where no line was found."""
        if box not in self._parts:
            self._parts[box] = self._cut(box)
        return self._parts[box]

    @cached_property
    def _parts(self) -> dict[Box, Gray | None]:
        """Asked for by several: is it written by hand, and what do the other models read."""
        return {}

    def _cut(self, box: Box) -> Gray | None:
        box = self.on_image(box)
        segment = self._at(box)
        if segment is None:
            return None
        strip = crop(self.image, between(segment, box[0], box[2]))
        others = round((MARGIN - BESIDE) * X_HEIGHT)
        strip[:, :others] = strip[:, -others:] = 255
        spaced = closed_up(strip)
        return spaced.strip if spaced else strip

    def x_height(self, box: Box) -> float | None:
        """Of the line in a box, in pixels; None where no line was found."""
        segment = self._at(self.on_image(box))
        return segment.x_height if segment else None

    def _at(self, box: Box) -> Segment | None:
        segment = max(self.segments, key=lambda one: shared_there(one, box), default=None)
        return segment if segment and shared_there(segment, box) else None


def _opened(words: Sequence[Word], segment: Segment, spaced: ClosedUp, strip: Gray) -> list[Word]:
    """The signs that were closed up as one word, which stands where they stood, behind those before them."""
    number = [word for word in words if word.box[0] >= spaced.begins]
    placed = [replace(word, box=in_page(word.box, segment)) for word in words if word.box[0] < spaced.begins]
    if number:
        box = in_page((spaced.begins, number[0].box[1], strip.shape[1], number[0].box[3]), segment)
        text, shapes = ("".join(parts) for parts in zip(*((word.text, word.shapes) for word in number), strict=True))
        placed.append(Word(text, box, min(word.confidence for word in number), shapes=shapes))
    return placed


def in_company(segment: Segment, segments: Sequence[Segment]) -> Segment | None:
    """A sign or two by itself, «3» before the row of a table, together with a piece of the line beside it, which is
    printed in the same size: the network learnt from lines. None for all that needs no company, or finds none.
    """
    if segment.handwritten:
        return None
    beside = [
        (max(one.left - segment.right, segment.left - one.right), one)
        for one in segments
        if not one.handwritten and of_one_height(one.box, segment.box) and one.right - one.left > LINE * one.x_height
    ]
    gap, line = min(beside, key=lambda pair: pair[0], default=(0.0, segment))
    if not 0 < gap < NEAR * line.x_height or segment.right - segment.left > ALONE * line.x_height:
        return None
    shown = COMPANY * line.x_height
    if line.left > segment.right:
        piece = between(line, line.left, min(line.right, line.left + shown))
        return replace(piece, baseline=(*segment.baseline, *piece.baseline))
    piece = between(line, max(line.left, line.right - shown), line.right)
    return replace(piece, baseline=(*piece.baseline, *segment.baseline))


def in_page(box: Box, segment: Segment) -> Box:
    """A box in a segment's strip as the upright box in the page."""
    scale = segment.x_height / X_HEIGHT
    lefts, heights = np.array(segment.baseline, np.float64).T
    left, right = (lefts[0] - MARGIN * segment.x_height + edge * scale for edge in (box[0], box[2]))
    base = float(np.interp((left + right) / 2, lefts, heights))
    return (
        round(left),
        round(base + (box[1] - BASELINE_ROW) * scale),
        round(right),
        round(base + (box[3] - BASELINE_ROW) * scale),
    )


def between(segment: Segment, left: float, right: float) -> Segment:
    """The part of a line from left to right; beyond its ends it goes on level."""
    lefts, heights = np.array(segment.baseline, np.float64).T
    inside = [point for point in segment.baseline if left < point[0] < right]
    ends = [(edge, float(np.interp(edge, lefts, heights))) for edge in (left, right)]
    return replace(segment, baseline=(ends[0], *inside, ends[1]))


def shared_there(segment: Segment, box: Box) -> int:
    """Pixels that a box shares with the part of a line beside which it lies: the whole of a line that leans is higher
    than a row."""
    if not shared(segment.box, box):
        return 0
    left, right = max(segment.left, box[0]), min(segment.right, box[2])
    return shared(between(segment, left, right).box, box) if left < right else 0


def shared(one: Box, other: Box) -> int:
    """Pixels that two boxes have in common."""
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return max(0, across) * max(0, down)
