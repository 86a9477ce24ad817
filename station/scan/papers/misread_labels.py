"""Labels too badly read to be known by themselves, known by where they stand: on a card every field is printed, in one
order, and between the labels before and behind a missing one little else begins a line.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from station.scan.papers.description import LABELLED, FieldRule, Paper
from station.scan.papers.labels import Hit, bare
from station.scan.papers.layout import Row, apart

LIKE, FEWEST = 0.5, 4
"""Share of a label's letters that are right, and how many are: less tells it from nothing else."""

WITHIN_LINE = 0.75
"""That share of a label that begins a column within a line, where values begin, too."""

_Place = tuple[int, int]
"""A row and a word in it."""


@dataclass(frozen=True)
class _Guess:
    likeness: float
    order: int
    hit: Hit


def with_misread(hits: Sequence[Hit], rows: Sequence[Row], paper: Paper, first_row: int = 0) -> list[Hit]:
    """The labels found, and those that are told by their place, in reading order. Above `first_row` stand none."""
    rules = [rule for section in paper.sections for rule in section.fields if rule.place in LABELLED]
    orders = {label: order for order, rule in enumerate(rules) for label in rule.labels}
    if not paper.in_order:
        return list(hits)
    taken = {orders[hit.phrase]: hit for hit in hits if hit.phrase in orders}
    places = list(_line_starts(hits, rows, first_row))
    missing = [(order, rule) for order, rule in enumerate(rules) if order not in taken]
    guesses = (guess for order, rule in missing for place in places if (guess := _guess(order, rule, place, rows)))
    for guess in sorted(guesses, key=lambda guess: -guess.likeness):
        at = (guess.hit.row, guess.hit.start)
        free = guess.order not in taken and all(at != (hit.row, hit.start) for hit in taken.values())
        if free and all(((hit.row, hit.start) < at) == (order < guess.order) for order, hit in taken.items()):
            taken[guess.order] = guess.hit
    told = [hit for hit in taken.values() if hit not in hits]
    return sorted([*hits, *told], key=lambda hit: (hit.row, hit.start))


def _line_starts(hits: Sequence[Hit], rows: Sequence[Row], first_row: int) -> Iterator[_Place]:
    """Where lines and columns begin that no label has."""
    inside = {(hit.row, at) for hit in hits for at in range(hit.start, hit.end)}
    for number in range(first_row, len(rows)):
        start = 0
        for piece in apart(rows[number]):
            if (number, start) not in inside:
                yield number, start
            start += len(piece)


def _guess(order: int, rule: FieldRule, place: _Place, rows: Sequence[Row]) -> _Guess | None:
    """The words there that are most like one of the rule's labels; a label is no number."""
    number, start = place
    row, best = rows[number], None
    for label in rule.labels:
        target, joined = bare(label), ""
        for end in range(start, len(row)):
            word = bare(row[end].text)
            if 2 * sum(map(str.isdigit, word)) > len(word) or len(joined) > len(target):
                break
            joined += word
            likeness = Levenshtein.normalized_similarity(target, joined)
            enough = likeness >= (WITHIN_LINE if start else LIKE) and likeness * max(len(target), len(joined)) >= FEWEST
            if enough and (best is None or likeness > best.likeness):
                best = _Guess(likeness, order, Hit(label, number, start, end + 1, len(target), strong=False))
    return best
