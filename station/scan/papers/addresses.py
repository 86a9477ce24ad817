"""Addresses as read: what is closed knowledge in them is set right, the rest is left as it is.

Closed are the words between the names («phương Phú Lợi» cannot be printed where «phường Phú Lợi» stands in every
address), the commas before each level, and the marks of units that the gazetteer has, where just one fits. Streets and
hamlets are never rewritten, nor is a letter: a unit that differs in one is only offered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from rapidfuzz.distance import Levenshtein

from station.dossier.addresses import Located, Named, locate
from station.dossier.text import folded, spelling
from station.dossier.units import KINDS, Gazetteer, Level, Unit, key_of
from station.scan.papers.syllables import is_syllable

_UNITS = {
    folded(unit): unit
    for unit in (
        "số", "ngõ", "ngách", "hẻm", "đường", "phố", "thôn", "ấp", "khóm", "tổ dân phố", "khu phố", "phường", "xã",
        "thị trấn", "thị xã", "quận", "huyện", "tỉnh", "thành phố", "đặc khu",
    )
}  # fmt: skip
_LEVELS = r"(?:phường|xã|thị trấn|thị xã|quận|huyện|tỉnh|thành phố|đặc khu|ngõ)"
_COMMA = re.compile(rf"(?<=[\w)])[.;]? (?={_LEVELS} [\w])", re.IGNORECASE)
_NO_COMMA_AFTER = re.compile(
    r"(?<!\w)(?:ủy ban nhân dân|công an|hội đồng nhân dân|bảo hiểm|nhân dân|y tế|đa khoa|phụ sản|sản nhi|nhi|khu vực|"
    r"y học cổ truyền|mầm non|tiểu học|của|thuộc|ubnd|đội|tại|số|tư pháp|"
    r"thị|thôn|ấp|khóm|xã|phường|thị trấn|thị xã|quận|huyện|tỉnh|thành phố|đặc khu|đường|phố|ngõ)$",
    re.IGNORECASE,
)
_OFFICES = ("Ủy ban nhân dân", "Hội đồng nhân dân", "Công an")
"""What may stand before a unit without a comma, and is as closed a list as the units."""

_OPENINGS = (*_OFFICES[:2], "Tổ dân phố", "Trung tâm Y tế", "Bệnh viện đa khoa", "Bệnh viện Phụ sản")
"""What many addresses begin with, and is long enough to be known with two letters misread at the edge of a line."""

_OFFICES_FOLDED = {folded(office) for office in (*_OFFICES, "UBND", "HĐND")}
_MISREAD = 2
_LETTERS_A_MISTAKE = 7
_AROUND_COMMA = re.compile(r"(?!(?<=\d),\d)\s*(?:[.;]*,[.,;]*|\.{2,})\s*(?=\S)")
_STRAY_DOT = re.compile(r" \.(?=[^\W\d_])")
_TORN = re.compile(r"(?<!\S)([BCDĐGHKLMNPQRSTVX]) ([^\W\d_]{2,})")
_LOST = {folded(kind) for kinds in KINDS.values() for kind in kinds}
"""A kind at the end has lost its name."""

_COUNTED = {
    "số", "tổ", "thôn", "ấp", "khóm", "xóm", "khu", "khối", "đội", "ngõ", "ngách", "hẻm", "kiệt", "đường", "phố",
    "lộ", "lô", "tầng", "phòng", "căn", "cụm", "bản", "buôn", "làng", "km", "ql", "tl", "dt", "đt", "tháng", "phường",
    "quận", "xã", "huyện", "tdp", "kp", "nhà", "hộ", "tòa", "toà", "block", "ô", "dãy", "gia", "bon", "plei", "tuyến",
    "trục", "đoạn", "hồ", "kênh", "cầu",
}  # fmt: skip
"""What numbers stand behind, besides the names of units."""

_OFFERED = 3
"""How many units a person is offered for one that nobody knows."""


def address(text: str, gazetteer: Gazetteer) -> str:
    """The address with unit words and known units spelt as they must be, and its levels parted by commas."""
    words = _with_units(_with_opening(_with_signs(text)).split())
    joined = " ".join(words)
    parted = _COMMA.sub(
        lambda match: " " if _NO_COMMA_AFTER.search(joined[: match.end() - 1].rstrip(" .;")) else ", ", joined
    )
    return _with_names(parted, gazetteer)


def is_known(text: str, gazetteer: Gazetteer) -> bool:
    """Whether the address ends in a commune and a province that there are or were, spelt as they are."""
    located = locate(text, gazetteer)
    return located.known and not _questioned(located)


def names_no_unit(text: str, gazetteer: Gazetteer) -> bool:
    """Whether something calls itself a unit and is none: misread, cut off («tỉnh Thái»), or made up."""
    return folded(text.rpartition(",")[2]) in _LOST or bool(_questioned(locate(text, gazetteer)))


def parted(text: str, gazetteer: Gazetteer) -> tuple[str, str]:
    """What people wrote as they liked, and the units behind it; an office before a unit belongs to the unit."""
    located = locate(text, gazetteer)
    cut = located.named[0].begin if located.named else len(text)
    return ("", text) if folded(text[:cut]) in _OFFICES_FOLDED else (text[:cut], text[cut:])


def miscounts(text: str) -> bool:
    """Whether a number stands behind a word that nothing is counted by: «Khám 8» for «Khóm 8»."""
    return any(
        word[0].isdigit() and before.isalpha() and before.casefold() not in _COUNTED
        for part in text.split(",")
        for before, word in pairwise(part.split())
    )


def with_known_units(text: str, reads: Sequence[str], gazetteer: Gazetteer) -> str:
    """The address with the units of a read that names known ones, where its own are none."""
    known = [read for read in reads if is_known(read, gazetteer)]
    if not known or is_known(text, gazetteer):
        return text
    read = max(known, key=known.count)
    head, tail = parted(read, gazetteer)
    words = text.split()
    return " ".join((*words[: len(head.split())], tail)) if len(words) == len(read.split()) else read


def offered(text: str, gazetteer: Gazetteer) -> tuple[str, ...]:
    """The address with the units that were meant, perhaps, in place of one that there is not."""
    located = locate(text, gazetteer)
    return tuple(
        _replaced(text, named, unit)
        for named in _questioned(located)
        for unit in _distinct((*named.near, *_namesakes(named, located, gazetteer)))
    )[:_OFFERED]


def _questioned(located: Located) -> list[Named]:
    return [named for named in located.named if not named.unit or (named.near and not _loosely_spelt(named))]


def _distinct(units: Iterable[Unit]) -> Iterable[Unit]:
    first: dict[str, Unit] = {}
    for unit in units:
        first.setdefault(spelling(unit.name), unit)
    return first.values()


def _loosely_spelt(named: Named) -> bool:
    """A number, an alias, or an old name of no Vietnamese words: these were spelt in many ways, all of them right."""
    unit = named.units[0]
    if any(map(str.isdigit, named.name)) or (unit.spelt and unit.within) or key_of(named.name) != key_of(unit.name):
        return True
    words = re.findall(r"[^\W\d_]+", unit.name)
    return unit.old and unit.level is not Level.PROVINCE and not all(is_syllable(word) for word in words)


def _with_signs(text: str) -> str:
    """One comma and a space between parts, whatever dots and spaces were read around it; «N ội» is one word."""
    text = _AROUND_COMMA.sub(", ", text.replace("„", ","))
    text = _STRAY_DOT.sub(" ", text)
    return _TORN.sub(lambda torn: torn[1] + torn[2] if _is_torn(torn[1], torn[2]) else torn[0], text)


def _is_torn(head: str, rest: str) -> bool:
    return rest[0].islower() and folded(rest[0]) in "aeiouy" and is_syllable(head + rest)


def _with_opening(text: str) -> str:
    """«Ủy han nhân dân» can only be «Ủy ban nhân dân», and «4ổ dân phố» only «Tổ dân phố»."""
    words = text.split()
    for opening in _OPENINGS:
        length = len(opening.split())
        here = " ".join(words[:length])
        far = Levenshtein.distance(folded(here), folded(opening), score_cutoff=_MISREAD)
        if (
            len(words) > length
            and far <= min(_MISREAD, len(opening) // _LETTERS_A_MISTAKE)
            and spelling(here) != spelling(opening)
        ):
            return " ".join((opening.upper() if here.isupper() else opening, *words[length:]))
    return text


def _with_units(words: list[str]) -> list[str]:
    done: list[str] = []
    at = 0
    while at < len(words):
        for length in (3, 2, 1):
            here = words[at : at + length]
            unit = _UNITS.get(folded(" ".join(here)))
            # A unit word is followed by a name or a number, never by the comma that ends a name.
            follows = words[at + length] if at + length < len(words) else ""
            if unit and len(here) == length and follows and _may_be_unit(done, here[0]) and _begins_name(follows, unit):
                done += [_in_case_of(unit, here[0])] if length == 1 else _in_case_of(unit, here[0]).split()
                at += length
                break
        else:
            done.append(words[at])
            at += 1
    return done


def _may_be_unit(before: list[str], word: str) -> bool:
    """Names are capitalised, so a capital word is a unit only where a level begins: «xã Dương Hòa» has no «đường»."""
    return word[0].islower() or not before or before[-1].endswith(",")


def _begins_name(word: str, unit: str) -> bool:
    return word[0].isupper() or word[0].isdigit() or unit in ("ngõ", "số") or word.startswith("số")


def _in_case_of(unit: str, printed: str) -> str:
    if printed.isupper() and len(printed) > 1:
        return unit.upper()
    return unit[0].upper() + unit[1:] if printed[0].isupper() else unit


def _with_names(text: str, gazetteer: Gazetteer) -> str:
    """Known units with their marks, where one spelling alone can be meant."""
    located = locate(text, gazetteer)
    for named in reversed(located.named):  # from the end, so that places in the text stay
        if named.unit and named.near and not _loosely_spelt(named):
            meant = [*_distinct(_namesakes(named, located, gazetteer))]
            if len(meant) == 1:
                text = _replaced(text, named, meant[0])
    return text


def _namesakes(named: Named, located: Located, gazetteer: Gazetteer) -> list[Unit]:
    """Units with the same letters: in the district that is named, else in the province of today and of before."""
    if named.level is Level.PROVINCE:
        return [*gazetteer.provinces(named.name)]
    district = next((other.unit for other in located.named if other.level is Level.DISTRICT), None)
    within = (district,) if district and named.level is Level.COMMUNE else ()
    return [
        unit
        for above in within or gazetteer.provinces(located.province.name if located.province else "")
        for unit in gazetteer.inside(above, named.level).get(key_of(named.name), ())
        if named.kind in ("", unit.kind)
    ]


def _replaced(text: str, named: Named, unit: Unit) -> str:
    name = unit.name.upper() if named.name.isupper() and len(named.name) > 1 else unit.name
    return text[: named.start] + name + text[named.start + len(named.name) :]
