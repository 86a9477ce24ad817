"""Which kind of paper a page is: by its title first, then by the labels that stand on it; «other» when unsure.

A title with a word replaced is another paper's title («Giấy phép lái tàu»), or this one's badly read: then only labels
that no other kind has can tell. So it is with a title in small letters: lists of papers name kinds that they are not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from station.dossier.kinds import OTHER
from station.scan.papers.description import Paper, Papers
from station.scan.papers.labels import bare, find_labels, tolerance
from station.scan.papers.layout import Row, text_of

_TITLE_ROWS = 3
_LONGEST = 160
_SURE = 0.5
_UNSURE = 0.45
_TITLE_SHARE = 0.65
_UNTITLED = 0.9
_ENOUGH_LABELS = 6
_ENOUGH_OWN = 2
_MANY_LABELS = 5
_ENOUGH_UNTITLED = 3
_CAPITALS = 0.6
_LOST_OF_WORD = 0.5
_ADDED = 3


@dataclass(frozen=True)
class Kind:
    """The kind, how sure, and the rows that hold the title (`title_rows` is empty if none was found)."""

    kind: str
    confidence: float
    title_rows: range = range(0)


@dataclass(frozen=True)
class Fit:
    """How well one description fits a page: the evidence and what it comes to.

    `title` is how like its title a row is, 0 to 1; `intact` says that no word of it is lost or replaced. `labels` are
    the phrases found, `own` those of them that no other kind has.
    """

    kind: str
    confidence: float
    title: float
    title_rows: range
    intact: bool
    labels: tuple[str, ...]
    own: tuple[str, ...]


def classify(rows: Sequence[Row], papers: Papers, likely: Sequence[str] = ()) -> Kind:
    """The kind whose title and labels fit best, or `other`: no page is forced into a kind.

    `likely` are kinds for which a machine-readable code speaks: one of them needs less print.
    """
    return chosen(fits_of(rows, papers), likely)


def fits_of(rows: Sequence[Row], papers: Papers) -> tuple[Fit, ...]:
    """How well every description fits, the best first."""
    fits = [_fit(rows, paper) for paper in papers.papers if paper.kind != OTHER]
    return tuple(sorted(fits, key=lambda fit: -fit.confidence))


def chosen(fits: Sequence[Fit], likely: Sequence[str] = ()) -> Kind:
    """The best fit if it is sure, or sure enough for a kind that is likely; else `other`."""
    best = next(iter(fits), None)
    if best is None:
        return Kind(OTHER, 1.0)
    if best.confidence < _SURE and likely:
        best = next((fit for fit in fits if fit.kind in likely), best)
        if best.kind in likely and (best.confidence > 0 or len(likely) == 1):
            return Kind(best.kind, max(best.confidence, _SURE), best.title_rows)
    if best.confidence < _SURE:
        return Kind(OTHER, 1.0 - best.confidence)
    return Kind(best.kind, best.confidence, best.title_rows)


def _fit(rows: Sequence[Row], paper: Paper) -> Fit:
    title, at, intact = _title(rows, paper)
    share, found, telling = _labels(rows, paper)
    own = tuple(phrase for phrase in found if phrase in paper.own and phrase in telling)
    fit = Fit(paper.kind, 0.0, title, at, intact, found, own)
    if not title:
        return replace(fit, confidence=_UNTITLED * share if paper.anchors or len(own) >= _ENOUGH_UNTITLED else 0.0)
    confidence = _TITLE_SHARE * title + (1 - _TITLE_SHARE) * share
    if not intact and len(own) < (1 if len(found) >= _MANY_LABELS else _ENOUGH_OWN):
        confidence = min(confidence, _UNSURE)
    return replace(fit, confidence=confidence)


def _title(rows: Sequence[Row], paper: Paper) -> tuple[float, range, bool]:
    """How well a row, or two or three rows together, say one of the titles and nothing else."""
    best, where, intact = 0.0, range(0), False
    least = 100.0 - paper.tolerance
    denied = [bare(title) for title in paper.not_titles]
    for at in range(len(rows)):
        for end, joined in _joined(rows, at):
            for title, score in _scores(paper, joined):
                whole = score >= least and _is_whole(title, joined) and _in_capitals(rows[at:end])
                if score < least or (whole, score / 100) <= (intact, best):
                    continue
                if all(fuzz.ratio(other, joined[: len(other) + 2]) < score for other in denied):
                    best, where, intact = score / 100, range(at, end), whole
    return best, where, intact


def _joined(rows: Sequence[Row], at: int) -> Iterator[tuple[int, str]]:
    """The letters of one row, of two and of three, from row `at`; with the row behind the last."""
    joined = ""
    for end in range(at, min(at + _TITLE_ROWS, len(rows))):
        joined += bare(text_of(rows[end]))
        if len(joined) > _LONGEST:
            return
        yield end + 1, joined


def _scores(paper: Paper, joined: str) -> Iterator[tuple[str, float]]:
    for title in paper.titles:
        yield title, fuzz.ratio(bare(title), joined)
    for start in paper.title_starts:
        letters = bare(start)
        if len(joined) > len(letters):
            yield start, 0.97 * fuzz.ratio(letters, joined[: len(letters)])


def _is_whole(title: str, joined: str) -> bool:
    """Whether every word of the title is there, misread by less than half, and no other word beside them."""
    letters = bare(title)
    line = joined if abs(len(joined) - len(letters)) <= len(letters) // 2 else joined[: len(letters)]
    lost = [0] * len(letters)
    for edit in Levenshtein.opcodes(letters, line):
        if edit.tag == "insert" and edit.dest_end - edit.dest_start >= _ADDED:
            return False
        for place in range(edit.src_start, edit.src_end):
            lost[place] = edit.tag != "equal"
    at = 0
    for word in title.split():
        length = len(bare(word))
        if length and sum(lost[at : at + length]) > max(1, _LOST_OF_WORD * length):
            return False
        at += length
    return True


def _in_capitals(rows: Sequence[Row]) -> bool:
    letters = [letter for row in rows for letter in text_of(row) if letter.isalpha()]
    return sum(map(str.isupper, letters)) >= _CAPITALS * len(letters)


def _labels(rows: Sequence[Row], paper: Paper) -> tuple[float, tuple[str, ...], set[str]]:
    """The share of the labels that are there, a handful is enough to be sure; which; and which were read well enough
    to tell kinds apart: another paper's words can look like a label that is badly read."""
    phrases = tuple(dict.fromkeys((*paper.anchors, *paper.labels)))
    wanted = min(len(phrases), _ENOUGH_LABELS)
    if not wanted:
        return 0.0, (), set()
    hits = find_labels(rows, phrases)
    found = {hit.phrase for hit in hits}
    telling = {hit.phrase for hit in hits if hit.distance < max(1, tolerance(bare(hit.phrase)))}
    share = min(len(found) / wanted, 1.0)
    # Names and dates of birth stand on every paper; what stands on this kind only tells more.
    if paper.own:
        share *= 0.5 + 0.5 * min(len(found & paper.own) / min(len(paper.own), _ENOUGH_OWN), 1.0)
    if paper.anchors:
        share *= 0.5 + 0.5 * len(found & set(paper.anchors)) / len(paper.anchors)
    return share, tuple(phrase for phrase in phrases if phrase in found), telling
