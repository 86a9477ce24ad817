"""What a single page says about its place in a pile: page numbers, a heading of its own, how it begins and ends."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from station.dossier.entry import Entry
from station.dossier.page import Page
from station.dossier.text import folded

_EDGE = 4
"""A page number stands in the first or the last lines."""
_HEAD = 14
"""A title stands in the first lines, under the state's heading."""
_TAIL = 12
"""Signatures stand in the last lines."""
_FEW_WORDS = 3
"""A page with fewer words is a blank back: print shining through makes one or two."""
_ENOUGH_WORDS = 12
"""With fewer words two pages are alike by chance."""

_MARKED = re.compile(
    r"\b(?:trang|page|to so|to thu|to)\W{0,3}(\d{1,3})\b(?:\W{0,3}(?:/|tren|of|trong)\W{0,3}(\d{1,3})\b)?"
)
_SHARE = re.compile(r"\W{0,3}(\d{1,2})\s?/\s?(\d{1,2})\W{0,3}")
_DASHED = re.compile(r"[-–—~]\s?(\d{1,2})\s?[-–—~]")
_BARE = re.compile(r"(\d{1,2})")

_STATE = ("cong hoa xa hoi chu nghia viet nam", "doc lap - tu do - hanh phuc", "socialist republic of viet nam")
_TITLE = re.compile(
    r"(?:ban sao )?(?:giay|to khai|don|trich luc|xac nhan thong tin|chung nhan|bien ban|hop dong|quyet dinh|thong bao|"
    r"phieu|ban cam|ban khai|ban tuong trinh|van ban|the can cuoc|the bao hiem|can cuoc|so ho|so yeu|ly lich|hoa don|"
    r"bang tot|chung chi|dang ky|cong van|to trinh|bao cao|ket luan|di chuc|vi bang|hoc ba)\b"
)
_SIGNED = re.compile(
    r"\bky\b.{0,12}\b(?:ho|ten)\b|dong dau|noi nhan|^(?:tm|kt|tl)\b|chu tich|thu truong|giam doc|"
    r"truong (?:phong|cong an)|"
    r"nguoi (?:ke khai|khai|de nghi|yeu cau|lam don|viet don|lap|uy quyen|lam chung|giam ho|ky)|dai dien ben|ben [ab]$"
)
_ITEM = re.compile(r"(?:(dieu|muc|khoan)\s+)?(\d{1,3})(?:[.):]|\s)\s*(?=\D)")
_NUMBER = re.compile(r"(?<!\d)(?:\d{12}|\d{9})(?!\d)")
_ENDS = ".;:!?"
_TELLING = frozenset({"number", "copy_number", "serial", "subject.full_name", "subject.id_number", "plate"})


@dataclass(frozen=True, slots=True)
class PageNumber:
    """«Trang 2/3»: the page's own number and of how many. `plain` is a number that stands alone and may be anything."""

    number: int
    of: int | None = None
    plain: bool = False


@dataclass(frozen=True, slots=True)
class PageClues:
    """Everything that one page says; compared with its neighbours by `papers.py`."""

    blank: bool
    page_number: PageNumber | None
    heading: bool
    """The state's heading or a title: here a paper begins."""
    signed: bool
    """Ends in signatures: here a paper ends."""
    first_item: tuple[str, int] | None
    last_item: tuple[str, int] | None
    """The number of the first and last numbered line, with the word before it («Điều 4», or plainly «12.»)."""
    begins_small: bool
    ends_open: bool
    numbers: frozenset[str]
    """Identity numbers on the page."""
    names: frozenset[str]
    """Folded names of people that were read from the page."""
    about: Mapping[str, str]
    """What tells one paper of a kind from another: its number, and whose it is."""
    folded: str
    words: Counter[str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page with what it says about its place."""

    page: Page
    clues: PageClues


@lru_cache(maxsize=512)
def clues_of(page: Page, entries: tuple[Entry, ...]) -> PageClues:
    """Look at one page and the values read from it. Kept, since a screen asks again at every change of any page."""
    values = [entry for entry in entries if entry.value]
    lines = [line for line in map(str.strip, page.text.splitlines()) if line]
    plain = [folded(line) for line in lines]
    words = Counter(word for line in plain for word in re.findall(r"\w+", line) if len(word) > 1)
    spoken = [line for line in lines if len(line.split()) > 1]
    return PageClues(
        blank=_is_blank(page, values, words),
        page_number=_page_number(plain),
        heading=_has_heading(lines, plain),
        signed=any(_SIGNED.search(line) for line in plain[-_TAIL:]),
        first_item=next(_items(plain), None),
        last_item=next(_items(reversed(plain)), None),
        begins_small=bool(spoken) and spoken[0][0].islower(),
        ends_open=bool(spoken) and spoken[-1][-1] not in _ENDS and spoken[-1].split()[-1].islower(),
        numbers=frozenset(_NUMBER.findall(page.text)) | _values(values, "id_number"),
        names=frozenset(map(folded, _values(values, "full_name"))),
        about={entry.key: folded(entry.value) for entry in values if entry.key in _TELLING},
        folded=" ".join(plain),
        words=words,
    )


def alike(one: PageClues, other: PageClues) -> bool:
    """The same page scanned again: nearly every word of one stands on the other too, and nearly every figure."""
    enough = min(one.words.total(), other.words.total()) >= _ENOUGH_WORDS
    return enough and _shared(one.words, other.words) >= 0.85 and _shared(_figures(one), _figures(other)) >= 0.8


def _is_blank(page: Page, values: list[Entry], words: Counter[str]) -> bool:
    if page.kind is None or values or page.codes or page.mrz or page.kind_set_by:
        return False
    told_blank = any(issue.code == "page.blank" for issue in (*page.quality, *page.issues))
    return told_blank or (page.kind == "other" and words.total() < _FEW_WORDS)


def _page_number(lines: list[str]) -> PageNumber | None:
    edges = [*reversed(lines[-_EDGE:]), *lines[:_EDGE]]
    for line in edges:
        if len(line) <= 40 and (told := _MARKED.search(line)):
            return _sane(told[1], told[2])
    for pattern in (_SHARE, _DASHED):
        for line in edges:
            if told := pattern.fullmatch(line):
                found = _sane(told[1], told[2] if pattern is _SHARE else None)
                if found:
                    return found
    for line in (*lines[-1:], *lines[:1]):
        if told := _BARE.fullmatch(line):
            return PageNumber(int(told[1]), plain=True)
    return None


def _sane(number: str, of: str | None) -> PageNumber | None:
    one, all_ = int(number), int(of) if of else None
    return PageNumber(one, all_) if one >= 1 and (all_ is None or one <= all_) else None


def _has_heading(lines: list[str], plain: list[str]) -> bool:
    for line, bare in list(zip(lines, plain, strict=True))[:_HEAD]:
        if any(words in bare for words in _STATE):
            return True
        letters = [letter for letter in line if letter.isalpha()]
        shouted = sum(letter.isupper() for letter in letters) >= 0.8 * len(letters) >= 5
        if shouted and _TITLE.match(bare):
            return True
    return False


def _items(lines: Iterable[str]) -> Iterator[tuple[str, int]]:
    for line in lines:
        if found := _ITEM.match(line):
            yield found[1] or "", int(found[2])


def _values(entries: list[Entry], key: str) -> frozenset[str]:
    return frozenset(entry.value for entry in entries if entry.key.rpartition(".")[2] == key)


def _figures(clues: PageClues) -> Counter[str]:
    return Counter(word for word in clues.words.elements() if word.isdigit())


def _shared(one: Counter[str], other: Counter[str]) -> float:
    """The share of the shorter one that the other has too: a reading may lack some lines."""
    least = min(one.total(), other.total())
    return (one & other).total() / least if least else 1.0
