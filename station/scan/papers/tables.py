"""Tables of people: rows found by the dates, sexes and numbers in them, cells by the columns between these.

Ruled lines and wrapped headings confuse engines; what a date or a twelve-digit number looks like does not.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from station.scan.papers.dates import date_line
from station.scan.papers.description import FieldRule, Grammar, Table
from station.scan.papers.labels import find_labels
from station.scan.papers.layout import Row, grouped, height_of, text_of
from station.scan.text.engine import Word

_SHAPES = {
    Grammar.DATE: re.compile(r"\W*\d{1,2}\W?\d{1,2}\W?\d{4}\W*|\W*(18|19|20)\d{2}\W*"),
    Grammar.SEX: re.compile(r"\W*(nam|nữ|nư|nu)\W*"),
    Grammar.ID_NUMBER: re.compile(r"\W*[\do]{10,13}\W*|\W*\d{9}\W*"),
}
"""What cells look like, for each grammar of `description.TELLING`; wide enough for a letter misread: the grammar
decides later what its value is."""

_COLUMN_NUMBER = re.compile(r"[(\[]?\d{1,2}[)\]]?")
_NUMBERED = 3
"""Numbers in a heading from which they number its columns."""

_WIDER = 1.25
_TWO_LINES = 2


def read_table(rows: Sequence[Row], table: Table) -> tuple[list[tuple[FieldRule, Row]], list[Row]]:
    """The cells as (rule with key `members[0].full_name`, words), and the rows that are not the table's."""
    start, end = _extent(rows, table)
    words = [word for row in rows[start:end] for word in row]
    return _cells(words, table), [*rows[:start], *rows[end:]]


def cells_in_order(rows: Sequence[Row], table: Table) -> list[Row]:
    """The rows with the table's words cell by cell: the heading's cells on one row, each person's on one."""
    start, end = _extent(rows, table)
    words = [word for row in rows[start:end] for word in row]
    grid = _grid(words, table)
    if grid is None:
        return list(rows)
    lines = []
    for top, bottom in (*_heading(words, grid.bands[0][0]), *grid.bands):
        band = [word for word in words if top <= _middle(word) < bottom]
        columns = [[word for word in band if grid.column(word) == at] for at in range(-1, len(grid.edges))]
        lines.append(tuple(word for column in columns for word in _in_order(column)))
    below = (tuple(word for word in row if _middle(word) >= grid.bands[-1][1]) for row in rows[start:end])
    return [*rows[:start], *(line for line in (*lines, *below) if line), *rows[end:]]


def _heading(words: Sequence[Word], bottom: float) -> list[tuple[float, float]]:
    """Top and bottom of the heading, and of the row in which its columns are numbered, if it has one."""
    numbers = _column_numbers(word for word in words if _middle(word) < bottom)
    cut = min((word.box[1] for word in numbers), default=bottom)
    return [(float("-inf"), cut), (cut, bottom)]


def _column_numbers(heading: Iterable[Word]) -> list[Word]:
    """«(1) (2) (3)»: empty where the columns are not numbered."""
    numbers = [word for word in heading if _COLUMN_NUMBER.fullmatch(word.text)]
    return numbers if len(numbers) >= _NUMBERED else []


@dataclass(frozen=True)
class _Grid:
    """The left edge of each column, and top and bottom of each person's row."""

    edges: list[float]
    bands: list[tuple[float, float]]

    def column(self, word: Word) -> int:
        """The column that it stands in; -1 left of all, where the running number is."""
        return bisect_right(self.edges, (word.box[0] + word.box[2]) / 2) - 1


def _extent(rows: Sequence[Row], table: Table) -> tuple[int, int]:
    """First row, and the one after the last; empty where the table's opening phrase is not on the page."""
    above = find_labels(rows, table.above)
    if not above:
        return 0, 0
    start = above[0].row + 1
    below = find_labels(rows[start:], table.below)
    end = start + below[0].row if below else len(rows)
    return start, next((at for at in range(start, end) if _is_dated(rows[at])), end)


def _is_dated(row: Row) -> bool:
    dated = date_line(text_of(row))
    return bool(dated and dated.whole)


def _grid(words: list[Word], table: Table) -> _Grid | None:
    """None where no person stands in the table."""
    shaped = {
        at: [word for word in words if _SHAPES[column.grammar].fullmatch(word.text.casefold())]
        for at, column in enumerate(table.columns)
        if column.grammar in _SHAPES
    }
    height = height_of(words)
    heads = _people(shaped, height)
    if not heads:
        return None
    numbers = _column_numbers(word for word in words if _middle(word) < heads[0] - height)
    bands = _bands(heads, words, max((word.box[3] for word in numbers), default=float("-inf")))
    inside = [word for word in words if _middle(word) < bands[-1][1]]
    return _Grid(_edges(_columns(shaped, words, bands, len(table.columns)), inside), bands)


def _cells(words: list[Word], table: Table) -> list[tuple[FieldRule, Row]]:
    grid = _grid(words, table)
    if grid is None:
        return []
    cells: list[tuple[FieldRule, Row]] = []
    for person, (top, bottom) in enumerate(grid.bands):
        inside = [word for word in words if top <= _middle(word) < bottom]
        for at, column in enumerate(table.columns):
            cell = [word for word in inside if grid.column(word) == at and (at or _has_letter(word))]
            if cell:
                rule = replace(column, key=f"{table.prefix}[{person}].{column.key}")
                cells.append((rule, _in_order(cell)))
    return cells


def _people(shaped: dict[int, list[Word]], height: float) -> list[float]:
    """The heights of the rows: where at least two of the telling cells stand at one height."""
    middles = sorted((_middle(word), column) for column, found in shaped.items() for word in found)
    groups: list[list[tuple[float, int]]] = []
    for middle, column in middles:
        if groups and middle - groups[-1][0][0] < height:
            groups[-1].append((middle, column))
        else:
            groups.append([(middle, column)])
    return [
        sum(middle for middle, _ in group) / len(group) for group in groups if len({column for _, column in group}) > 1
    ]


def _columns(
    shaped: dict[int, list[Word]], words: Sequence[Word], bands: Sequence[tuple[float, float]], columns: int
) -> list[tuple[float, float]]:
    """Left and right of what stands in each column; without a shape that is what stands between its neighbours."""
    known = {
        at: (min(word.box[0] for word in found), max(word.box[2] for word in found))
        for at, found in shaped.items()
        if found
    }
    people = [word for word in words if bands[0][0] <= _middle(word) < bands[-1][1] and _has_letter(word)]
    reached: list[tuple[float, float]] = []
    for at in range(columns):
        if at in known:
            reached.append(known[at])
            continue
        before = max((known[other][1] for other in known if other < at), default=min(word.box[0] for word in words) - 1)
        after = min((known[other][0] for other in known if other > at), default=max(word.box[2] for word in words) + 1)
        cells = [word.box for word in people if before <= (word.box[0] + word.box[2]) / 2 < after]
        reached.append((min((box[0] for box in cells), default=before), max((box[2] for box in cells), default=after)))
    return reached


def _edges(columns: Sequence[tuple[float, float]], words: Sequence[Word]) -> list[float]:
    """Where each column begins: in the middle of the widest gap that all words leave between it and the one before.

    A heading may be wider than all that stands below it. Before the first column there are running numbers, or none.
    """
    ends = [min(word.box[0] for word in words), *(right for _, right in columns)]
    return [_widest_paper(end, left, words) for end, (left, _) in zip(ends, columns, strict=False)]


def _widest_paper(left: float, right: float, words: Sequence[Word]) -> float:
    """The middle of the widest stretch from `left` to `right` above and below which no word stands."""
    reach, widest = left, (0.0, (left + right) / 2)
    for box in sorted(word.box for word in words if word.box[2] > left and word.box[0] < right):
        widest = max(widest, (box[0] - reach, (box[0] + reach) / 2))
        reach = max(reach, box[2])
    return max(widest, (right - reach, (right + reach) / 2))[1]


def _bands(heads: list[float], words: Sequence[Word], highest: float) -> list[tuple[float, float]]:
    """Top and bottom of each person's row; the first begins below `highest`.

    Lines of one cell stand closer than rows do: rows part at the widest gap between two people, and half-way where no
    gap is wider. Above the first and below the last a row goes on as long as its lines stand close.
    """
    lines = _line_heights(words)
    usual = min((below - above for above, below in pairwise(lines)), default=0.0)
    pitch = min((low - high for high, low in pairwise(heads)), default=max(_TWO_LINES * usual, 120.0))
    cuts = [_widest_gap(high, low, lines) for high, low in pairwise(heads)]
    above = [line for line in reversed(lines) if heads[0] - pitch < line < heads[0] - 1]
    below = [line for line in lines if heads[-1] + 1 < line < heads[-1] + pitch]
    top = max(highest, _run(heads[0], above, usual, heads[0] - pitch / 2))
    bottom = _run(heads[-1], below, usual, heads[-1] + pitch / 2)
    return list(zip([top, *cuts], [*cuts, bottom], strict=True))


def _widest_gap(high: float, low: float, lines: Sequence[float]) -> float:
    inside = [high, *(line for line in lines if high + 1 < line < low - 1), low]
    gaps = sorted(pairwise(inside), key=lambda gap: gap[0] - gap[1])
    clear = len(gaps) == 1 or gaps[0][1] - gaps[0][0] > _WIDER * (gaps[1][1] - gaps[1][0])
    return sum(gaps[0]) / 2 if clear else (high + low) / 2


def _run(head: float, lines: Sequence[float], usual: float, edge: float) -> float:
    """The edge of a row whose lines lead away from its head: behind the last that stands close to the one before.

    Where no gap ends them they may be a heading's: then it is `edge`.
    """
    last = head
    for line in lines:
        if abs(line - last) > _WIDER * usual:
            return (last + line) / 2
        last = line
    return edge


def _line_heights(words: Iterable[Word]) -> list[float]:
    """The middles of the printed lines, top to bottom; words of all columns that stand at one height are one line."""
    return [sum(map(_middle, row)) / len(row) for row in grouped(words)]


def _in_order(words: Iterable[Word]) -> Row:
    """Line by line, each from left to right."""
    return tuple(word for row in grouped(words) for word in row)


def _has_letter(word: Word) -> bool:
    return any(map(str.isalpha, word.text))


def _middle(word: Word) -> float:
    return (word.box[1] + word.box[3]) / 2
