"""Addresses as read: what is closed knowledge in them is set right, the rest is left as it is.

Closed are the words between the names (`address_words.py`), and the marks of units that the gazetteer has, where just
one fits. The names of streets and hamlets are never rewritten, nor is a letter of a unit: one that differs is offered.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from station.dossier.addresses import Located, Named, locate
from station.dossier.text import folded, spelling
from station.dossier.units import KINDS, Gazetteer, Level, Unit, key_of
from station.scan.papers.address_words import OFFICES, worded
from station.scan.papers.syllables import is_syllable

_OFFICES_FOLDED = {folded(office) for office in (*OFFICES, "UBND", "HĐND")}
_STRAY_LETTER = re.compile(r" [^\W\d_]$")
_LOST = {folded(kind) for kinds in KINDS.values() for kind in kinds}
"""A kind at the end has lost its name."""

_HEALTH = re.compile(
    r"(?:.*, )?(?:trung tâm y tế|trạm y tế|bệnh viện(?: đa khoa)?(?: khu vực)?) (.+?),?\s*", re.IGNORECASE
)
"""Where people are born and die; most are named after the unit in which they lie."""

_OFFERED = 3
"""How many units a person is offered for one that nobody knows."""


def address(text: str, gazetteer: Gazetteer) -> str:
    """The address with unit words and known units spelt as they must be, and its levels parted by commas."""
    parted = worded(text)
    bare = _STRAY_LETTER.sub("", parted)
    return _with_names(bare if is_known(bare, gazetteer) else parted, gazetteer)


def is_known(text: str, gazetteer: Gazetteer) -> bool:
    """Whether the address ends in a commune and a province that there are or were, spelt as they are."""
    located = locate(text, gazetteer)
    return located.known and not _questioned(located)


def is_closed(text: str, gazetteer: Gazetteer) -> bool:
    """Whether the address is units alone, or an office before them: nothing in it that the gazetteer does not know."""
    return is_known(text, gazetteer) and not parted(text, gazetteer)[0]


def names_no_unit(text: str, gazetteer: Gazetteer) -> bool:
    """Whether something calls itself a unit and is none: misread, cut off («tỉnh Thái»), or made up."""
    return folded(text.rpartition(",")[2]) in _LOST or bool(_questioned(locate(text, gazetteer)))


def ends_early(text: str, gazetteer: Gazetteer) -> bool:
    """Whether a house, a numbered hamlet or the first letter of a name is there, and no unit that it lies in: «Số 22
    đường Lê», «Trung tâm Y tế N»."""
    begun = any(map(str.isdigit, text)) or bool(_STRAY_LETTER.search(text))
    return begun and bool(gazetteer.today) and not locate(text, gazetteer).named


def goes_on(printed: str, gazetteer: Gazetteer) -> bool:
    """Whether an address ends with a comma before any province: the rest, on a fold or in a glare, was not read."""
    return printed.rstrip().endswith(",") and bool(gazetteer.today) and locate(printed, gazetteer).province is None


def loses_marks(text: str, reads: Sequence[str], gazetteer: Gazetteer) -> bool:
    """Whether something stands before the units, and no read has one of their names as it is spelt: the gazetteer sets
    their marks right, but nobody knows those of the hamlet or street («Thôn Hựng, xã Tam Nộng»)."""
    head, units = parted(text, gazetteer)
    last = len(units.split())
    said = {word for read in reads for word in spelling(read).split()[-last:]}
    names = " ".join(named.name for named in locate(text, gazetteer).named)
    return bool(head) and not said.issuperset(spelling(names).split())


def misnames_place(text: str, gazetteer: Gazetteer) -> bool:
    """Whether a hospital bears the name of a unit of its province with other marks: «Vĩnh Thanh» for «Vĩnh Thạnh»."""
    head = _HEALTH.fullmatch(parted(text, gazetteer)[0])
    province = locate(text, gazetteer).province
    if not head or not province:
        return False
    alike = [
        unit
        for above in gazetteer.provinces(province.name)
        for level in (Level.COMMUNE, Level.DISTRICT)
        for unit in gazetteer.inside(above, level).get(key_of(head[1]), ())
    ]
    return bool(alike) and all(spelling(unit.name) != spelling(head[1]) for unit in alike)


def parted(text: str, gazetteer: Gazetteer) -> tuple[str, str]:
    """What people wrote as they liked, and the units behind it; an office before a unit belongs to the unit."""
    located = locate(text, gazetteer)
    cut = located.named[0].begin if located.named else len(text)
    return ("", text) if folded(text[:cut]) in _OFFICES_FOLDED else (text[:cut], text[cut:])


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
