"""The page's text without what was filled in by hand: a reader of print makes words of a pen's strokes, too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from statistics import fmean

from station.scan.papers.description import Paper
from station.scan.papers.extent import without_colon
from station.scan.papers.fields import Found
from station.scan.papers.labels import find_labels
from station.scan.papers.layout import Row, apart

FORM = 0.5
"""Share of the labelled values that were written by hand, from which a form was filled in so and nothing behind its
labels is print."""

SURE = 0.9
"""How sure the reader is of print without a label, beside how sure of the labels; of names under signatures it has 0.2
to 0.9 and of printed notes 0.9 and more."""


def printed(rows: Sequence[Row], paper: Paper, values: Sequence[Found], written: Sequence[Found]) -> Iterator[Row]:
    """The rows without what is written by hand; `written` are those of the values that turned out to be so."""
    by_hand = {id(word) for value in written for word in value.words}
    left = [tuple(word for word in row if id(word) not in by_hand) for row in rows]
    labelled = [value for value in values if value.label and value.lines]
    filled = [value for value in labelled if any(id(word) in by_hand for word in value.words)]
    if not filled or len(filled) < FORM * len(labelled):
        yield from left
        return
    top = min(value.label[0].box[1] for value in filled)
    sure = SURE * fmean(word.confidence for value in filled for word in value.label)
    labels, behind = _labels(left, paper)
    for row in left:
        if not row or max(word.box[3] for word in row) <= top:
            yield row
            continue
        alone = tuple(word for word in row if id(word) not in labels | behind)
        kept = labels | {id(word) for piece in apart(alone) if _is_print(piece, sure) for word in piece}
        yield tuple(word for word in row if id(word) in kept)


def _labels(rows: Sequence[Row], paper: Paper) -> tuple[set[int], set[int]]:
    """The words, by identity, of labels with their colons, and those behind them on their rows, up to the next one.

    Behind a heading, which has no colon and asks for nothing, there is print.
    """
    hits = find_labels(rows, paper.labels)
    starts = {(hit.row, hit.start) for hit in hits}
    labels: set[int] = set()
    behind: set[int] = set()
    for hit in hits:
        row = rows[hit.row]
        end = next((at for at in range(hit.end, len(row)) if (hit.row, at) in starts), len(row))
        value = without_colon(row[hit.end : end])
        colon = row[hit.end - 1].text.endswith((":", ";")) or len(value) < end - hit.end
        asks = colon or hit.phrase not in paper.stops
        labels |= {id(word) for word in row[hit.start : end - len(value) if asks else hit.end]}
        behind |= {id(word) for word in value if asks}
    return labels, behind


def _is_print(piece: Row, sure: float) -> bool:
    """Whether what stands by itself is a note in brackets, or is read like the labels and no figure of a value."""
    if piece[0].text.startswith("(") or piece[-1].text.endswith(")"):
        return True
    lettered = any(letter.isalpha() for word in piece for letter in word.text)
    return lettered and fmean(word.confidence for word in piece) >= sure
