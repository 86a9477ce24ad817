"""Which kind of paper a page is: by its title first, then by the labels that stand on it; «other» when unsure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from station.scan.papers.description import Paper, Papers
from station.scan.papers.labels import bare, find_labels
from station.scan.papers.layout import Row, text_of

OTHER = "other"

_TITLE_LIKE = 82.0
_TITLE_ROWS = 3
_SURE = 0.5
_TITLE_SHARE = 0.65
_UNTITLED = 0.9
_ENOUGH_LABELS = 6
_ENOUGH_OWN = 2
_ENOUGH_UNTITLED = 3


@dataclass(frozen=True)
class Kind:
    """The kind, how sure, and the rows that hold the title (`title_rows` is empty if none was found)."""

    kind: str
    confidence: float
    title_rows: range = range(0)


def classify(rows: Sequence[Row], papers: Papers, likely: Sequence[str] = ()) -> Kind:
    """The kind whose title and labels fit best, or `other`: no page is forced into a kind.

    `likely` are kinds for which a machine-readable code speaks: one of them needs less print.
    """
    best = max((_fit(rows, paper) for paper in papers.papers), key=lambda kind: kind.confidence)
    if best.confidence < _SURE and likely:
        fits = [_fit(rows, paper) for paper in papers.papers if paper.kind in likely]
        best = max(fits, key=lambda kind: kind.confidence)
        if best.confidence > 0 or len(likely) == 1:
            return Kind(best.kind, max(best.confidence, _SURE), best.title_rows)
    return best if best.confidence >= _SURE else Kind(OTHER, 1.0 - best.confidence, best.title_rows)


def _fit(rows: Sequence[Row], paper: Paper) -> Kind:
    title, at = _title(rows, paper)
    if not title:
        share, own = _labels(rows, paper)
        return Kind(paper.kind, _UNTITLED * share if paper.anchors or own >= _ENOUGH_UNTITLED else 0.0)
    return Kind(paper.kind, _TITLE_SHARE * title + (1 - _TITLE_SHARE) * _labels(rows, paper)[0], at)


def _title(rows: Sequence[Row], paper: Paper) -> tuple[float, range]:
    """How well a row, or two or three rows together, say one of the titles and nothing else."""
    best, where = 0.0, range(0)
    for at in range(len(rows)):
        joined = ""
        for end in range(at, min(at + _TITLE_ROWS, len(rows))):
            joined += bare(text_of(rows[end]))
            if len(joined) > 160:
                break
            score = max(
                (
                    *(fuzz.ratio(bare(title), joined) for title in paper.titles),
                    *(_starts(bare(start), joined) for start in paper.title_starts),
                ),
                default=0.0,
            )
            if score >= _TITLE_LIKE and score / 100 > best:
                best, where = score / 100, range(at, end + 1)
    return best, where


def _starts(start: str, line: str) -> float:
    if len(line) <= len(start):
        return 0.0
    return 0.97 * fuzz.ratio(start, line[: len(start)])


def _labels(rows: Sequence[Row], paper: Paper) -> tuple[float, int]:
    """The share of the labels that are there, a handful is enough to be sure; and how many no other kind has."""
    phrases = tuple(dict.fromkeys((*paper.anchors, *paper.labels)))
    wanted = min(len(phrases), _ENOUGH_LABELS)
    if not wanted:
        return 0.0, 0
    found = {hit.phrase for hit in find_labels(rows, phrases)}
    share = min(len(found) / wanted, 1.0)
    # Names and dates of birth stand on every paper; what stands on this kind only tells more.
    own = len(found & paper.own)
    if paper.own:
        share *= 0.5 + 0.5 * min(own / min(len(paper.own), _ENOUGH_OWN), 1.0)
    if paper.anchors:
        share *= 0.5 + 0.5 * len(found & set(paper.anchors)) / len(paper.anchors)
    return share, own
