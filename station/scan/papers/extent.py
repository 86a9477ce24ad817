"""How far a value reaches: to the right of its label, below it, and on into the lines where it wraps."""

from __future__ import annotations

import re
from collections.abc import Sequence

from station.dossier.text import folded
from station.scan.papers.dates import date_line
from station.scan.papers.description import FieldRule, Grammar, Place
from station.scan.papers.labels import Hit
from station.scan.papers.layout import WIDE_GAP, Row, height_of, text_of, until_gap
from station.scan.text.engine import Word

_BULLET = re.compile(r"[(\[]?(\d{1,2}|[a-zđ]|[IVX]{1,4})[.)]", re.IGNORECASE)
_LINE_PITCH = 2.6
_INDENT = 2.0
_ELSEWHERE = 14.0
"""Letter heights behind a label at which what stands there is another column's."""

_MARGIN = 4.0
_MARK = "mau specimen"
_ALIGNED = 0.6
_BESIDE = 0.4
"""Share of the gap between columns that is enough before a word just below the label; a word's space is none: there
another value runs on from the left."""

_DASHES = frozenset("-–—•+*")
_COLONS = frozenset(":;")
_LABEL_WORDS = 8
_LABEL_END = 4
_SHORT_LINE = 2
_WRAPPING = frozenset((Grammar.LEXICON, Grammar.NAME))
_DATED = frozenset((Grammar.DATE, Grammar.DATETIME, Grammar.EXPIRY, Grammar.ID_PAPER))
_SHAPED = frozenset(
    (Grammar.ID_NUMBER, Grammar.DATE, Grammar.YEAR, Grammar.SEX, Grammar.PHONE, Grammar.DIGITS, Grammar.EMAIL)
)
"""Values that are known by their look: they may stand below their label though another label follows it."""

_ROOM = 0.08
"""Share of the page's width that a ragged right edge may leave empty."""


def value_behind(
    rows: Sequence[Row], hits: dict[tuple[int, int], Hit], label: Hit, rule: FieldRule, height: float
) -> tuple[Row, ...]:
    """What stands to the right of a label, and below it where the value wraps or starts on the next line."""
    row = rows[label.row]
    first = until_gap(without_colon(_until_label(row, label.row, label.end, hits)), height)
    if rule.place is Place.RIGHT:
        return (first,) if first else ()
    if rule.place is Place.BELOW or (first and first[0].box[0] - row[label.end - 1].box[2] > _ELSEWHERE * height):
        first = ()
    lines = [first] if first else []
    following = next((at for at in range(label.end, len(row)) if (label.row, at) in hits), None)
    if first and following is not None:
        return tuple(lines)
    if first and label.start and (wrapped := _at_left_margin(rows, label.row, first, rule, hits)):
        return first, wrapped
    origin = row[label.start]
    left = origin.box[0] - (_MARGIN if label.start == 0 else _INDENT) * height
    right = row[following].box[0] - height / 2 if following is not None else float("inf")
    latest_start = (first[0].box[0] if first else row[label.end - 1].box[2]) + _INDENT * height
    above = origin
    alone = not first and label.start == 0 and all(word.text in _COLONS for word in row[label.end :])
    alone |= rule.place is Place.BELOW or (not first and following is not None and rule.grammar in _SHAPED)
    # A row that begins further right, or ends further left, is another column's: it neither goes on with the value nor
    # ends it.
    below = [
        number
        for number in range(label.row + 1, len(rows))
        if rows[number][0].box[0] <= latest_start and rows[number][-1].box[2] >= left
    ]
    for number in below[: max(rule.lines, 2 if alone else 1) - 1]:
        inside = [at for at, word in enumerate(rows[number]) if left <= word.box[0] < right]
        inside = _from_aligned(rows[number], inside, origin, height)
        if not inside and not lines and right < float("inf"):  # only the neighbouring column goes on here
            continue
        if not inside or (number, inside[0]) in hits or _ends_values(rows[number][inside[0] :], rule):
            break
        if _begins_item(rows[number][inside[0] :]) or (rule.grammar is Grammar.TEXT and _had_room(lines, rows, number)):
            break
        start = rows[number][inside[0]]
        aligned = abs(start.box[0] - origin.box[0]) < height
        if inside[0] and not _gap_before(rows[number], inside[0], _BESIDE * height if aligned else height):
            break
        if start.box[1] - above.box[3] > _LINE_PITCH * height or not above.box[1] < start.box[1]:
            break
        whole = _until_label(rows[number], number, inside[0], hits)
        words = until_gap(tuple(word for word in whole if word.box[0] < right), height)
        lines.append(words)
        above = start
        if len(words) < len(rows[number]) - inside[0]:
            break
    return tuple(lines)


def _at_left_margin(
    rows: Sequence[Row], number: int, first: Row, rule: FieldRule, hits: dict[tuple[int, int], Hit]
) -> Row:
    """The short line below that a full line's last value goes on with, at the page's left margin: «Việt / Nam»."""
    if number + 1 == len(rows) or (number + 1, 0) in hits or rule.grammar not in _WRAPPING:
        return ()
    row, height = rows[number + 1], height_of(rows[number])
    margin = max(word.box[2] for line in rows for word in line)
    left = min(line[0].box[0] for line in rows)
    had_room = first[-1].box[2] + height / 4 + row[0].box[2] - row[0].box[0] <= margin - height
    below = 0 < row[0].box[1] - first[-1].box[1] < _LINE_PITCH * height
    short = len(row) <= _SHORT_LINE and not _begins_item(row) and not _ends_values(row, rule)
    return row if below and short and not had_room and row[0].box[0] - left < _MARGIN * height else ()


def _from_aligned(row: Row, inside: list[int], origin: Word, height: float) -> list[int]:
    """Without what another column to the left has on this height, where a word stands just below the label."""
    for place, at in enumerate(inside):
        if at and abs(row[at].box[0] - origin.box[0]) < _ALIGNED * height and _gap_before(row, at, _ALIGNED * height):
            return inside[place:]
    return inside


def _begins_item(row: Row) -> bool:
    """A line with a bullet, or with a label that nobody described: it goes on with nothing.

    A letter with a colon is no label but an abbreviation: «Nốt ruồi C: 1cm dưới sau mép trái».
    """
    if len(row) > 1 and (_BULLET.fullmatch(row[0].text) or row[0].text in _DASHES):
        return True
    return any(word.text.endswith(":") and sum(map(str.isalpha, word.text)) > 1 for word in row[:_LABEL_WORDS])


def _had_room(lines: Sequence[Row], rows: Sequence[Row], number: int) -> bool:
    """Whether the first word of a row would have found room behind the last line: running text had ended there."""
    if not lines:
        return False
    margin = max(word.box[2] for row in rows for word in row)
    first = rows[number][0]
    return lines[-1][-1].box[2] + 2 * (first.box[2] - first.box[0]) + _ROOM * (margin - rows[0][0].box[0]) < margin


def _until_label(row: Row, number: int, start: int, hits: dict[tuple[int, int], Hit]) -> Row:
    end = next((at for at in range(start, len(row)) if (number, at) in hits), len(row))
    words = list(row[start:end])
    if end < len(row) and len(words) > 1 and _BULLET.fullmatch(words[-1].text):
        words.pop()
    return tuple(words)


def without_colon(words: Row) -> Row:
    """Without what is left of the label: its colon, or its last letters with the colon («N°:»)."""
    while words and not words[0].handwritten and not any(letter.isalnum() for letter in words[0].text):
        words = words[1:]
    left_over = words and (len(words[0].text) <= _LABEL_END or words[0].text.startswith("("))
    if len(words) > 1 and left_over and words[0].text.endswith((":", ";")):
        return without_colon(words[1:])
    return words


def _gap_before(row: Row, at: int, height: float) -> bool:
    return row[at].box[0] - row[at - 1].box[2] > WIDE_GAP / 2 * height


def _ends_values(row: Row, rule: FieldRule) -> bool:
    """Whether a row is the date line, a note about signatures or a specimen's mark."""
    text = folded(text_of(row))
    dated = rule.grammar not in _DATED and date_line(text_of(row)) is not None
    return dated or text.startswith("(ky") or _MARK in text.replace("– ", "")
