"""Printed labels found again in what an engine read: fuzzy, without marks, spaces and punctuation."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from station.dossier.text import folded
from station.scan.papers.layout import Row
from station.scan.text.engine import Word

_NOT_LETTERS = re.compile(r"[^0-9a-z]+")
_BULLET = re.compile(r"[(\[]?(\d{1,2}|[a-zđ]|[IVX]{1,4})[.,):]{1,2}", re.IGNORECASE)
_DASH = re.compile(r"[-–•+*]")
_NUMBER = re.compile(rf"\d{{1,2}}|{_DASH.pattern}")
_DATE = re.compile(r"\d{1,2}[/.\-]\d{1,2}[/.\-]\d{4}[.,;]?")
_ENTRY = re.compile(r"\d{1,5}(?:[/\-]\w+)*[.,;]?")
_SHORT = 7
_LONG = 12
_ALIKE = str.maketrans("aeftl1", "oottii")
"""Letters that engines confuse in typefaces with round a and plain t, as many cards have."""

_CALLED = "so"
_TELLING = 6
_FEWEST = 3
_LIKELY = 72.0


@dataclass(frozen=True)
class Hit:
    """A phrase found in words `start` to `end` (exclusive) of row `row`; its bullet («4.», «a)») is included."""

    phrase: str
    row: int
    start: int
    end: int
    distance: int
    strong: bool

    @property
    def weight(self) -> int:
        return len(bare(self.phrase)) - 3 * self.distance


@lru_cache(maxsize=16_384)
def bare(text: str) -> str:
    """Letters and digits only, lower case, without marks. Every kind's labels ask it of the same words."""
    return _NOT_LETTERS.sub("", folded(text))


def find_labels(rows: Sequence[Row], phrases: Iterable[str]) -> list[Hit]:
    """Where the phrases stand, in reading order, without overlaps: the longer and cleaner match wins."""
    targets = [(phrase, bare(phrase)) for phrase in phrases]
    found: list[Hit] = []
    for number, row in enumerate(rows):
        words = [bare(word.text) for word in row]
        ends = [_ends_label(word) for word in row]
        line = "".join(words)
        here = [
            hit
            for phrase, target in targets
            if len(target) <= len(line) + 2 and _may_stand(target, line)
            for hit in _hits(number, row, words, ends, phrase, target)
        ]
        taken: set[int] = set()
        for hit in sorted(here, key=lambda hit: (-hit.weight, hit.start)):
            if taken.isdisjoint(range(hit.start, hit.end)):
                taken.update(range(hit.start, hit.end))
                found.append(hit)
    return sorted(found, key=lambda hit: (hit.row, hit.start))


@lru_cache(maxsize=32_768)
def _may_stand(target: str, line: str) -> bool:
    """Whether the letters of a label are anywhere among those of a line. Many kinds have the same labels."""
    if fuzz.partial_ratio(target, line, score_cutoff=_LIKELY):
        return True
    return len(target) >= _LONG and bool(
        fuzz.partial_ratio(target.translate(_ALIKE), line.translate(_ALIKE), score_cutoff=_LIKELY)
    )


def tolerance(target: str, *, ended: bool = False) -> int:
    """How many letters of a label the engine may get wrong; more where a colon ends a long one."""
    if len(target) <= 3:
        return 0
    return 1 if len(target) <= _SHORT else len(target) // (4 if ended and len(target) >= _LONG else 6)


def _hits(number: int, row: Row, words: list[str], ends: list[bool], phrase: str, target: str) -> Iterable[Hit]:
    allowed, with_colon = tolerance(target), tolerance(target, ended=True)
    for start in range(len(words)):
        if not words[start] or (words[start][0] != target[0] and allowed == 0):
            continue
        joined, best = "", None
        for end in range(start, len(words)):
            joined += words[end]
            if len(joined) > len(target) + with_colon:
                break
            most = with_colon if ends[end] else allowed
            if len(joined) >= len(target) - most:
                distance = _distance(target, joined, most)
                if distance <= most and (best is None or distance < best[0]):
                    best = distance, end + 1
            if ends[end]:
                break
        if best is not None:
            distance, end = best
            strong = ends[end - 1] or (end < len(row) and row[end].text[0] in ":;")
            first = _with_bullet(row, start)
            apart = first == 0 or _gap_before(row, first)
            if (
                strong
                or (len(target) > _SHORT and (apart or first < start) and not _names_another(phrase, words[start:end]))
                or _without_colon(row, start, end, phrase, apart=apart)
            ):
                yield Hit(phrase, number, first, end, distance, strong)


def _distance(target: str, read: str, most: int) -> int:
    """More than `most` where they differ more. In long labels letters that look alike differ little."""
    distance = Levenshtein.distance(target, read, score_cutoff=most)
    if distance <= most or len(target) < _LONG:
        return distance
    alike = Levenshtein.distance(target.translate(_ALIKE), read.translate(_ALIKE), score_cutoff=most)
    return min(most, alike + 1) if alike <= most else most + 1


def _names_another(phrase: str, words: Sequence[str]) -> bool:
    """Whether a word of it is another one: «HỘ KINH DOANH» begins a business's name and is no «Vốn kinh doanh»."""
    meant = [bare(word) for word in phrase.split()]
    return len(meant) == len(words) and any(
        2 * Levenshtein.distance(right, read) > max(len(right), len(read))
        for right, read in zip(meant, words, strict=True)
    )


def _ends_label(word: Word) -> bool:
    return word.text.endswith((":", ";"))


def _without_colon(row: Row, start: int, end: int, phrase: str, *, apart: bool) -> bool:
    """Many forms print no colon, and leaders swallow it: then a label must be spelt exactly, marks and capitals.

    By itself on a line, or behind the dash of a list, it is one however short it is («Tại», «Kính gửi»), and so is what
    stands apart in capitals.
    """
    text = " ".join(word.text for word in row[start:end])
    if end < len(row) and _speaks_for(phrase, row, start, end):
        return True
    exact = _letters(text) == _letters(phrase)
    capitals = len(_letters(phrase)) >= _TELLING and apart and _letters(text) == _letters(phrase).upper()
    if not phrase[0].isupper() or not (exact or capitals):
        return False
    listed = start == 1 and bool(_DASH.fullmatch(row[0].text))
    first = _with_bullet(row, start) == 0 and (listed or end == len(row))
    if capitals or (first and len(_letters(phrase)) >= _FEWEST):
        return True
    if len(_letters(phrase)) >= _TELLING:
        return end < len(row) or len(_letters(phrase)) > _SHORT
    if not apart or end == len(row):
        return False
    # «Số 63 đường Lê Lợi» begins an address, «Số 27/2024» is a number; «Ông LÊ VĂN AN» names somebody.
    numbered = any(map(str.isdigit, row[end].text)) and (end + 1 == len(row) or _gap_before(row, end + 1))
    return numbered or text.endswith(".") or (row[end].text.isupper() and len(row[end].text) > 1)


def _speaks_for(phrase: str, row: Row, start: int, end: int) -> bool:
    """What can only be the value of such a label: «Số 51 ngày 14/08/2021», «Email ten@thu.example».

    «…, cấp ngày 14/08/2021» is the end of another value, and may have its own line, unless the paper asks for it alone;
    on that line it may stand beside the end of the other column's.
    """
    if bare(phrase) in ("email", "thudientu"):
        return "@" in row[end].text
    if bare(phrase) == "capngay":
        return bool(_DATE.fullmatch(row[end].text))
    alone = _ends_entry(row, start) if start else row[0].text[0].isupper()
    return bare(phrase) == "ngay" and alone and bool(_DATE.fullmatch(row[end].text))


def _ends_entry(row: Row, end: int) -> bool:
    """Whether a number in a register stands before a word, «51», «51/2021»: behind it the day of the entry follows, and
    behind a leader only where it is called a number."""
    number = row[end - 1].text
    called = end > 1 and bare(row[end - 2].text) == _CALLED
    return bool(_ENTRY.fullmatch(number)) and not _DATE.fullmatch(number) and (called or not _gap_before(row, end))


def _letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalpha())


def _with_bullet(row: Row, start: int) -> int:
    """Where the label begins with its number, of which a leader may have left the figure only."""
    if start == 1 and _NUMBER.fullmatch(row[0].text):
        return 0
    return start - 1 if start > 0 and _BULLET.fullmatch(row[start - 1].text) else start


def _gap_before(row: Row, at: int) -> bool:
    height = row[at].box[3] - row[at].box[1]
    return row[at].box[0] - row[at - 1].box[2] > 1.5 * height
