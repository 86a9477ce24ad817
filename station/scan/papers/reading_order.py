"""The page's text in the order in which a person reads it: cells of a table one by one, a label before its value."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from station.scan.papers.description import Paper
from station.scan.papers.fields import Found
from station.scan.papers.layout import Row, text_of
from station.scan.papers.tables import cells_in_order


def text_in_order(rows: Sequence[Row], paper: Paper, found: Iterable[Found]) -> str:
    """One line a row; `found` are the values with their labels, as the paper's description lists them."""
    for table in paper.tables:
        rows = cells_in_order(rows, table)
    if paper.by_fields:
        rows = _by_fields(rows, found)
    return "\n".join(text_of(row) for row in rows)


def _by_fields(rows: Sequence[Row], found: Iterable[Found]) -> list[Row]:
    """What stands above the first label, then every label with its value, then what is left.

    On a card, labels stand above their values in columns, and beside a portrait: no order of heights reads well.
    """
    units = [(*one.label, *one.words) for one in found if one.label]
    inside = {id(word) for unit in units for word in unit}
    apart = [tuple(word for word in row if id(word) not in inside) for row in rows]
    first = next((at for at, row in enumerate(rows) if len(apart[at]) < len(row)), len(rows))
    return [*rows[:first], *units, *(row for row in apart[first:] if row)]
