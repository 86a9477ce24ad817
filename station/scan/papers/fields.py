"""Where the values of a known paper stand: labels walked in reading order, each given to a field."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from station.dossier.reading import Box
from station.scan.papers.description import LABELLED, FieldRule, Grammar, Paper, Place, Section
from station.scan.papers.extent import value_behind
from station.scan.papers.labels import Hit, find_labels
from station.scan.papers.layout import Row, apart, box_of, height_of, joined_lines, side_by_side, text_of
from station.scan.papers.letterhead import dateline_of, issuer_of, title_of
from station.scan.papers.misread_labels import with_misread
from station.scan.papers.tables import read_table
from station.scan.text.engine import Word


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
        return joined_lines([text_of(line) for line in self.lines])

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
    found += _after_labels(open_rows, paper, title_rows.stop)
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


def _after_labels(rows: Sequence[Row], paper: Paper, first_row: int) -> list[Found]:
    hits = with_misread(find_labels(rows, paper.labels), rows, paper, first_row)
    after = {(hit.row, at): hit for hit in hits for at in range(hit.start, hit.end)}
    height = height_of([word for row in rows for word in row])
    found = []
    for hit, rule in _assigned(hits, paper.sections):
        lines = value_behind(rows, after, hit, rule, height)
        if rule.key:
            found.append(Found(rule, lines, rows[hit.row][hit.start : hit.end]))
    return _ended_by_others(found, height)


def _ended_by_others(found: Sequence[Found], height: float) -> list[Found]:
    """No value goes on into another one beside it: where that begins, in the next column, under a label of its own."""
    begins = {id(one.lines[0][0]) for one in found if one.lines}

    def end(line: Row) -> int:
        beside = (at for at in range(1, len(line)) if id(line[at]) in begins)
        return next((at for at in beside if 2 * (line[at].box[0] - line[at - 1].box[2]) > height), len(line))

    return [replace(one, lines=tuple(line[: end(line)] for line in one.lines)) for one in found]


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
