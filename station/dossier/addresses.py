"""Which administrative units an address names, and what they are called today.

An address is counted from its end: province, (old) district, commune, and before them whatever people write there:
hamlet, street, number, an institution. That head is never looked at, and never changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from station.dossier.text import spelling
from station.dossier.units import KINDS, ByKey, Gazetteer, Level, Unit, key_of

_SHORT = {
    "tp": "thành phố", "tx": "thị xã", "tt": "thị trấn", "p": "phường", "x": "xã",
    "q": "quận", "h": "huyện", "t": "tỉnh",
}  # fmt: skip
_KINDS = {kind for kinds in KINDS.values() for kind in kinds}
_KIND = re.compile(rf"(?<!\w)({'|'.join(sorted(_KINDS, key=len, reverse=True))})\s+(?=\S)", re.IGNORECASE)
_SHORT_KIND = re.compile(r"^(tp|tx|tt|p|x|q|h|t)(?:\s*\.\s*|\s+(?=\S)|(?=\d))(?=\S)", re.IGNORECASE)
_AROUND = " .;"
"""Signs around a part that are none of it."""

_COUNTRY = key_of("Việt Nam")
_ALIASES = {"hcm": "Hồ Chí Minh", "saigon": "Hồ Chí Minh", "brvt": "Bà Rịa - Vũng Tàu"}
_SHORTEST = 4
"""Letters of a name from which on one wrong letter does not make another name altogether."""


@dataclass(frozen=True, slots=True)
class Named:
    """One unit as an address names it: where its kind begins in the text, and where its name starts.

    `units` are those of that name, one but for namesakes; `near` are those whose marks or one letter are otherwise.
    """

    kind: str
    name: str
    begin: int
    start: int
    level: Level
    units: tuple[Unit, ...] = ()
    near: tuple[Unit, ...] = ()

    @property
    def unit(self) -> Unit | None:
        return self.units[0] if self.units else None


@dataclass(frozen=True, slots=True)
class Located:
    """The units of an address, the largest last; empty where it names none that could be looked up."""

    named: tuple[Named, ...] = ()

    @property
    def commune(self) -> Unit | None:
        return next((named.unit for named in self.named if named.level is Level.COMMUNE), None)

    @property
    def province(self) -> Unit | None:
        return next((named.unit for named in self.named if named.level is Level.PROVINCE), None)

    @property
    def known(self) -> bool:
        """Commune and province are named, and there is such a commune there."""
        return bool(self.commune and self.province) and not self.unknown

    @property
    def unknown(self) -> tuple[Named, ...]:
        """What calls itself a unit and is none."""
        return tuple(named for named in self.named if named.unit is None)


@dataclass(frozen=True, slots=True)
class Offer:
    """An address as it is written today: its head as printed, today's commune and province behind it."""

    address: str
    commune: Unit
    province: Unit


@dataclass(frozen=True, slots=True)
class _Part:
    """One part between commas: where its kind begins, and where its name does."""

    kind: str
    name: str
    begin: int
    start: int


def locate(address: str, gazetteer: Gazetteer) -> Located:
    """Find the units that an address names, by what is printed; of several readings the one that explains most."""
    parts = _parts(address)
    if parts and key_of(parts[-1].name) == _COUNTRY:
        parts.pop()
    if not parts:
        return Located()
    last = parts[-1]
    if last.kind and last.kind not in KINDS[Level.PROVINCE]:
        return Located()
    provinces = gazetteer.provinces(_ALIASES.get(key_of(last.name), last.name))
    if not provinces:
        near = _near(last.name, gazetteer.all_provinces, "")
        claims = last.kind == "tỉnh" or (last.kind and near)
        return Located((_named(last, Level.PROVINCE, (), near),)) if claims else Located()
    readings = [reading for province in provinces for reading in _readings(parts, province, gazetteer)]
    return Located(max(readings, key=_worth))


def today(address: str, gazetteer: Gazetteer) -> tuple[Offer, ...]:
    """How an address on units before 1 July 2025 is written today; several where its commune was divided.

    Empty where the address names today's units already, an institution, or no commune that can be looked up. What is
    printed stays what it is: an offer is for a person to take.
    """
    located = locate(address, gazetteer)
    if not located.known or located.commune is None or not located.commune.old:
        return ()
    first = located.named[0]
    head = address[: first.begin]
    if head.strip() and not head.rstrip().endswith(","):
        return ()  # an institution keeps the name that it had: «Ủy ban nhân dân xã …»
    offers = []
    for commune in dict.fromkeys(today for unit in first.units for today in gazetteer.today_of(unit)):
        province = gazetteer.above(commune)
        above = province.full_name.upper() if address.isupper() else province.full_name
        offers.append(Offer(f"{head}{_as_printed(commune, address, first)}, {above}", commune, province))
    return tuple(offers)


def _as_printed(unit: Unit, address: str, commune: Named) -> str:
    """In capitals where the address is, and with a capital kind where one was printed or nothing stands before it."""
    name = unit.full_name
    if address.isupper():
        return name.upper()
    capital = not address[: commune.begin].strip() or (commune.kind and address[commune.begin].isupper())
    return name[0].upper() + name[1:] if capital else name


def _parts(address: str) -> list[_Part]:
    parts, at = [], 0
    for text in address.split(","):
        start = at + len(text) - len(text.lstrip(_AROUND))
        at += len(text) + 1
        bare = text.strip(_AROUND)
        kind = _kind_in(bare) or _SHORT_KIND.match(bare)
        if kind:
            word = kind[1].casefold()
            name = bare[kind.end() :]
            parts.append(_Part(_SHORT.get(word, word), name, start + kind.start(), start + kind.end()))
        elif bare:
            parts.append(_Part("", bare, start, start))
    return parts


def _kind_in(part: str) -> re.Match[str] | None:
    """The last kind with a name behind it; of two in a row the first, for there is a «phường Phường Đúc»."""
    found: re.Match[str] | None = None
    end = -1
    for kind in _KIND.finditer(part):
        if kind.start() != end:
            found = kind
        end = kind.end()
    return found


def _readings(parts: Sequence[_Part], province: Unit, gazetteer: Gazetteer) -> Iterable[tuple[Named, ...]]:
    """Ways to read what stands before a province: a commune, or an old district with or without a commune."""
    top = _named(parts[-1], Level.PROVINCE, (province,), _marks_of(parts[-1], province))
    if len(parts) == 1 or (province.old and not province.now):
        return [(top,)]
    communes = gazetteer.inside(province, Level.COMMUNE)
    second = parts[-2]
    readings: list[tuple[Named, ...]] = [] if second.kind else [(top,)]
    if second.kind in ("", *KINDS[Level.COMMUNE]):
        readings.append((*_claimed(second, Level.COMMUNE, communes), top))
    if not province.old or second.kind not in ("", *KINDS[Level.DISTRICT]):
        return readings or [(top,)]
    [*district] = _claimed(second, Level.DISTRICT, gazetteer.inside(province, Level.DISTRICT))
    unit = district[0].unit if district else None
    if unit is None or len(parts) < 3:
        return [*readings, (*district, top)]
    third = parts[-3]
    if third.kind in ("", *KINDS[Level.COMMUNE]):
        communes = gazetteer.inside(unit, Level.COMMUNE)
        return [*readings, (*_claimed(third, Level.COMMUNE, communes), *district, top)]
    return [*readings, (*district, top)]


def _claimed(part: _Part, level: Level, units: ByKey) -> Iterable[Named]:
    """The unit that a part names; nothing where it neither names one nor calls itself one."""
    fitting = [unit for unit in units.get(key_of(part.name), ()) if part.kind in ("", unit.kind)]
    exact = [unit for unit in fitting if spelling(part.name) in (spelling(unit.name), spelling(unit.spelt))]
    if exact:
        return [_named(part, level, tuple(exact))]
    if fitting:
        alike = len({spelling(unit.name) for unit in fitting}) == 1
        return [_named(part, level, tuple(fitting) if alike else (), tuple(fitting))]
    if part.kind:
        return [_named(part, level, (), _near(part.name, units, part.kind))]
    return []


def _near(name: str, units: ByKey, kind: str) -> tuple[Unit, ...]:
    """Units whose name is one letter from what is printed."""
    key = key_of(name)
    if len(key) < _SHORTEST:
        return ()
    return tuple(
        unit
        for other, fitting in units.items()
        if abs(len(other) - len(key)) <= 1 and other.isalpha() and Levenshtein.distance(other, key, score_cutoff=1) <= 1
        for unit in fitting
        if kind in ("", unit.kind)
    )


def _marks_of(part: _Part, province: Unit) -> tuple[Unit, ...]:
    return () if spelling(part.name) in (spelling(province.name), spelling(province.spelt)) else (province,)


def _named(part: _Part, level: Level, units: tuple[Unit, ...], near: tuple[Unit, ...] = ()) -> Named:
    return Named(part.kind, part.name, part.begin, part.start, level, units, near)


def _worth(reading: Sequence[Named]) -> tuple[int, int, int, int, bool]:
    """More known units, fewer unknown ones, fewer wrong marks, more that may be meant; today's before the old."""
    known = [named for named in reading if named.unit]
    unknown = [named for named in reading if not named.unit]
    return (
        len(known) - len(unknown),
        -sum(bool(named.near) for named in known),
        sum(bool(named.kind) for named in reading),
        sum(bool(named.near) for named in unknown),
        not any(named.unit.old for named in known if named.unit),
    )
