"""The page's words in the order in which a person reads it: cells of a table one by one, a label before its value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from station.scan.papers.description import Paper
from station.scan.papers.fields import Found
from station.scan.papers.layout import Row, apart, text_of
from station.scan.papers.tables import cells_in_order

_DOUBTFUL = 0.4
"""Confidence of words outside all fields that are taken for a portrait's or a pattern's."""


def rows_in_order(rows: Sequence[Row], paper: Paper, found: Iterable[Found]) -> Sequence[Row]:
    """The words row by row; `found` are the values with their labels, as the paper's description lists them."""
    for table in paper.tables:
        rows = cells_in_order(rows, table)
    return _by_fields(rows, paper, found) if paper.by_fields else rows


def _by_fields(rows: Sequence[Row], paper: Paper, found: Iterable[Found]) -> list[Row]:
    """What stands above the labels, then every label with its value as the description lists them, then what is left.

    On a card, labels stand above their values in columns, and beside a portrait or fingerprints, of which an engine
    makes doubtful words: no order of heights reads well.
    """
    place = {rule.key: at for at, rule in reversed(list(enumerate(paper.rules)))}
    labelled = sorted((one for one in found if one.label), key=lambda one: place[one.rule.key])
    units = [(*one.label, *one.words) for one in labelled]
    if not units:
        return list(rows)
    inside = {id(word) for unit in units for word in unit}
    kept = (tuple(word for word in row if id(word) not in inside and word.confidence > _DOUBTFUL) for row in rows)
    rest = [piece for row in kept if row for piece in apart(row) if any(map(str.isalnum, text_of(piece)))]
    lefts = sorted(one.label[0].box[0] for one in labelled)
    left = lefts[len(lefts) // 2]
    right = max(word.box[2] for unit in units for word in unit)
    top = min(one.label[0].box[1] for one in labelled)
    column = [piece for piece in rest if piece[-1].box[2] > left and piece[0].box[0] < right]
    above = [piece for piece in column if piece[0].box[3] <= top]
    below = [piece for piece in column if piece[0].box[3] > top]
    beside = [piece for piece in rest if piece[-1].box[2] <= left or piece[0].box[0] >= right]
    # What stands lower than all that is beside comes last: a signature.
    lowest = max((piece[0].box[3] for piece in beside), default=0)
    last = [piece for piece in below if beside and piece[0].box[1] > lowest]
    return [*above, *units, *(piece for piece in below if piece not in last), *beside, *last]
