"""Where the values of a known paper stand: labels walked in reading order, each value up to the next label."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from station.dossier.reading import Box
from station.dossier.text import folded
from station.scan.papers.description import LABELLED, FieldRule, Grammar, Paper, Place, Section
from station.scan.papers.labels import Hit, find_labels
from station.scan.papers.layout import WIDE_GAP, Row, apart, box_of, height_of, side_by_side, text_of, until_gap
from station.scan.papers.letterhead import dateline_of, issuer_of, title_of
from station.scan.papers.tables import read_table
from station.scan.text.engine import Word

_BULLET = re.compile(r"[(\[]?(\d{1,2}|[a-zđ]|[IVX]{1,4})[.)]", re.IGNORECASE)
_PLACE_AND_DATE = re.compile(r"ngay\W*(date)?\W*\d{1,2}\W*thang\W*(month)?\W*\d{1,2}\W*nam\W*(year)?\W*\d{2,4}\W*$")
_LINE_PITCH = 2.6
_INDENT = 2.0
_MARGIN = 4.0
_MARK = "mau specimen"
_ALIGNED = 0.6
_DASHES = frozenset("-–—•+*")
_LABEL_WORDS = 8
_LABEL_END = 4
_SHORT_LINE = 2
_WRAPPING = frozenset((Grammar.LEXICON, Grammar.NAME))
_SHAPED = frozenset(
    (Grammar.ID_NUMBER, Grammar.DATE, Grammar.YEAR, Grammar.SEX, Grammar.PHONE, Grammar.DIGITS, Grammar.EMAIL)
)
"""Values that are known by their look: they may stand below their label though another label follows it."""

_ROOM = 0.08
"""Share of the page's width that a ragged right edge may leave empty."""


@dataclass(frozen=True)
class Found:
    """The words of one value, line by line, before they are brought to a normal form.

    `label` are the words of its label, where it has one; without `lines` the place behind the label is blank.
    """

    rule: FieldRule
    lines: tuple[Row, ...]
    label: Row = ()

    @property
    def text(self) -> str:
        return " ".join(text_of(line) for line in self.lines)

    @property
    def boxes(self) -> tuple[Box, ...]:
        return tuple(box_of(line) for line in self.lines)

    @property
    def words(self) -> tuple[Word, ...]:
        return tuple(word for line in self.lines for word in line)

    @property
    def printed(self) -> Found:
        """Without strokes behind the print; without lines where something before or within it is written by hand."""
        if not any(word.handwritten for word in self.words):
            return self
        behind = len(list(takewhile(lambda word: word.handwritten, reversed(self.words))))
        front = self.words[: len(self.words) - behind]
        if not front or any(word.handwritten for word in front):
            return replace(self, lines=())
        kept = {id(word) for word in front}
        lines = (tuple(word for word in line if id(word) in kept) for line in self.lines)
        return replace(self, lines=tuple(line for line in lines if line))


def arranged(rows: Sequence[Row], paper: Paper) -> list[Row]:
    """The rows in the order in which the paper is read: sections printed side by side one after the other."""
    rows = list(rows)
    for left, right in zip(paper.sections, paper.sections[1:], strict=False):
        if right.beside:
            rows = _columns_apart(rows, paper, left, right)
    return rows


def find_values(rows: Sequence[Row], paper: Paper, title_rows: range = range(0)) -> list[Found]:
    """Every value that the paper's description asks for and whose label or place is on the page.

    `rows` are `arranged`. Places left blank are among them, without words.
    """
    found: list[Found] = []
    open_rows = list(rows)
    for table in paper.tables:
        members, open_rows = read_table(open_rows, table)
        found += [Found(rule, (words,)) for rule, words in members]
    found += _after_labels(open_rows, paper)
    for rule in paper.rules:
        if rule.place is Place.TITLE:
            title = tuple(rows[at] for at in title_rows) or title_of(rows)
            found += [Found(rule, title)] if title else []
        elif rule.place is Place.LETTERHEAD:
            lines = dateline_of(rows) if rule.grammar is Grammar.DATE else issuer_of(rows)
            found += [Found(rule, lines)] if lines else []
        elif rule.place is Place.PATTERN:
            found += _by_pattern(open_rows, rule)
    return found


def _after_labels(rows: Sequence[Row], paper: Paper) -> list[Found]:
    hits = find_labels(rows, paper.labels)
    after = {(hit.row, at): hit for hit in hits for at in range(hit.start, hit.end)}
    height = height_of([word for row in rows for word in row])
    found = []
    for hit, rule in _assigned(hits, paper.sections):
        lines = _value(rows, after, hit, rule, height)
        if rule.key:
            found.append(Found(rule, lines, rows[hit.row][hit.start : hit.end]))
    return found


def _assigned(hits: Sequence[Hit], sections: Sequence[Section]) -> list[tuple[Hit, FieldRule]]:
    """Give each label to a field: the open section's first, else that of the next section which has it."""
    taken: set[int] = set()
    now = 0
    pairs: list[tuple[Hit, FieldRule]] = []
    for hit in hits:
        order = [now, *range(now + 1, len(sections)), *range(now)]
        for at in order:
            rule = next(
                (
                    rule
                    for rule in sections[at].fields
                    if rule.place in LABELLED and hit.phrase in rule.labels and id(rule) not in taken
                ),
                None,
            )
            if rule is not None:
                taken.add(id(rule))
                pairs.append((hit, rule))
                now = at
                break
    return pairs


def _value(
    rows: Sequence[Row], hits: dict[tuple[int, int], Hit], label: Hit, rule: FieldRule, height: float
) -> tuple[Row, ...]:
    """What stands to the right of a label, and below it where the value wraps or starts on the next line."""
    row = rows[label.row]
    first = until_gap(_without_colon(_until_label(row, label.row, label.end, hits)), height)
    if rule.place is Place.RIGHT:
        return (first,) if first else ()
    if rule.place is Place.BELOW:
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
    alone = not first and label.start == 0 and label.end == len(row)
    alone |= rule.place is Place.BELOW or (not first and following is not None and rule.grammar in _SHAPED)
    for number in range(label.row + 1, min(label.row + max(rule.lines, 2 if alone else 1), len(rows))):
        inside = [at for at, word in enumerate(rows[number]) if left <= word.box[0] < right]
        inside = _from_aligned(rows[number], inside, origin, height)
        if not inside and not lines and right < float("inf"):  # only the neighbouring column goes on here
            continue
        if not inside or (number, inside[0]) in hits or _ends_values(rows[number][inside[0] :]):
            break
        if _begins_item(rows[number][inside[0] :]) or (rule.grammar is Grammar.TEXT and _had_room(lines, rows, number)):
            break
        start = rows[number][inside[0]]
        aligned = abs(start.box[0] - origin.box[0]) < height
        if inside[0] and not aligned and not _gap_before(rows[number], inside[0], height):
            break
        if start.box[1] - above.box[3] > _LINE_PITCH * height or not above.box[1] < start.box[1]:
            break
        if start.box[0] > latest_start:
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
    short = len(row) <= _SHORT_LINE and not _begins_item(row) and not _ends_values(row)
    return row if below and short and not had_room and row[0].box[0] - left < _MARGIN * height else ()


def _from_aligned(row: Row, inside: list[int], origin: Word, height: float) -> list[int]:
    """Without what another column to the left has on this height, where a word stands just below the label."""
    for place, at in enumerate(inside):
        if at and abs(row[at].box[0] - origin.box[0]) < _ALIGNED * height and _gap_before(row, at, _ALIGNED * height):
            return inside[place:]
    return inside


def _begins_item(row: Row) -> bool:
    """A line with a bullet, or with a label that nobody described: it goes on with nothing."""
    if len(row) > 1 and (_BULLET.fullmatch(row[0].text) or row[0].text in _DASHES):
        return True
    return any(word.text.endswith(":") and any(map(str.isalpha, word.text)) for word in row[:_LABEL_WORDS])


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


def _without_colon(words: Row) -> Row:
    """Without what is left of the label: its colon, or its last letters with the colon («N°:»)."""
    while words and not words[0].handwritten and not any(letter.isalnum() for letter in words[0].text):
        words = words[1:]
    if len(words) > 1 and len(words[0].text) <= _LABEL_END and words[0].text.endswith((":", ";")):
        return _without_colon(words[1:])
    return words


def _gap_before(row: Row, at: int, height: float) -> bool:
    return row[at].box[0] - row[at - 1].box[2] > WIDE_GAP / 2 * height


def _ends_values(row: Row) -> bool:
    text = folded(text_of(row))
    return bool(_PLACE_AND_DATE.search(text)) or text.startswith("(ky") or _MARK in text.replace("– ", "")


def _by_pattern(rows: Sequence[Row], rule: FieldRule) -> list[Found]:
    """The last words standing by themselves that the rule's pattern describes as a whole."""
    pattern = re.compile(rule.pattern)
    for row in reversed(rows):
        for words in apart(row):
            if pattern.fullmatch(text_of(words)):
                return [Found(rule, (words,))]
    return []


def _columns_apart(rows: list[Row], paper: Paper, left: Section, right: Section) -> list[Row]:
    """Cut the rows where the right section's opening label begins, down to the first label of neither section."""
    hits = find_labels(rows, paper.labels)
    opens_left = next((hit for hit in hits if hit.phrase in left.fields[0].labels), None)
    opens_right = next((hit for hit in hits if hit.phrase in right.fields[0].labels), None)
    if opens_left is None or opens_right is None:
        return rows
    first, other = rows[opens_left.row][opens_left.start], rows[opens_right.row][opens_right.start]
    height = height_of([word for row in rows for word in row])
    if other.box[0] <= first.box[2] or abs(other.box[1] - first.box[1]) > 2 * height:
        return rows
    inside = {label for rule in (*left.fields, *right.fields) for label in rule.labels}
    start = min(opens_left.row, opens_right.row)
    last = next((hit.row for hit in hits if hit.row > start and hit.phrase not in inside), len(rows))
    return side_by_side(rows, start, last, other.box[0] - height / 2)
