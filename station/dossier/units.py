"""Administrative units (đơn vị hành chính) of today and before 1 July 2025, looked up by name.

Since that day a province has communes and nothing between (Luật Tổ chức chính quyền địa phương 72/2025/QH15); papers
printed before name the old province, district and commune. The tables are data: `resources/units/`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from station.dossier.text import folded

_SIGNS = re.compile(r"[^a-z0-9]+")
_LETTERS = re.compile(r"[^\W\d_]+")
_ZEROS = re.compile(r"(?<!\d)0+(?=\d)")


class Level(StrEnum):
    """How high a unit stands; there are no districts today."""

    PROVINCE = "province"
    DISTRICT = "district"
    COMMUNE = "commune"


KINDS: Mapping[Level, tuple[str, ...]] = {
    Level.PROVINCE: ("tỉnh", "thành phố"),
    Level.DISTRICT: ("quận", "huyện", "thị xã", "thành phố"),
    Level.COMMUNE: ("phường", "xã", "thị trấn", "đặc khu"),
}


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit. `within` is the code of the unit above; `now` are the codes of today's units that an old one went to.

    The first of several in `now` has most of its land. `spelt` is another spelling of the name that is in use. A
    province that was gone before 2025 is known by its name alone: it is old, and has nothing inside and no `now`.
    """

    code: str
    level: Level
    kind: str
    name: str
    within: str = ""
    old: bool = False
    now: tuple[str, ...] = ()
    spelt: str = ""

    @property
    def full_name(self) -> str:
        """With its kind, as it stands within a sentence: «xã Diễn Châu»."""
        return f"{self.kind} {self.name}"


ByKey = Mapping[str, tuple[Unit, ...]]
"""Units by `key_of` their name; a key has several where names differ in marks or kind only."""


@dataclass(frozen=True, eq=False, repr=False)
class Gazetteer:
    """All units, today's and old. Empty, it knows no place."""

    today: tuple[Unit, ...] = ()
    before: tuple[Unit, ...] = ()
    _indexed: dict[tuple[str, bool, Level], ByKey] = field(default_factory=dict)

    def __repr__(self) -> str:
        return f"Gazetteer({len(self.today)} units of today, {len(self.before)} of before)"

    def provinces(self, name: str) -> tuple[Unit, ...]:
        """The provinces of that name: today's before the old one."""
        return self.all_provinces.get(key_of(name), ())

    @cached_property
    def all_provinces(self) -> ByKey:
        """Today's provinces and the old ones."""
        return _by_key(unit for unit in (*self.today, *self.before) if unit.level is Level.PROVINCE)

    @cached_property
    def words(self) -> frozenset[str]:
        """Every word of a unit's name, without case: «krông» and «kmăl», though they are no Vietnamese syllables."""
        names = (name for unit in (*self.today, *self.before) for name in (unit.name, unit.spelt))
        return frozenset(word for name in names for word in _LETTERS.findall(name.casefold()))

    def inside(self, unit: Unit, level: Level) -> ByKey:
        """The units of a level inside another: of a province, or of an old district."""
        where = (unit.code, unit.old, level) if unit.level is Level.PROVINCE else (f"/{unit.code}", True, level)
        if where not in self._indexed:
            self._indexed[where] = _by_key(self._inside(unit, level))
        return self._indexed[where]

    def above(self, unit: Unit) -> Unit:
        """The unit of the same time that this one belongs to: a commune's province, or its old district."""
        level = Level.DISTRICT if unit.old and unit.level is Level.COMMUNE else Level.PROVINCE
        return self._by_code[unit.old, level, unit.within]

    def today_of(self, unit: Unit) -> tuple[Unit, ...]:
        """Today's units that have an old unit's land; a unit of today is its own answer."""
        if not unit.old:
            return (unit,)
        level = Level.COMMUNE if unit.level is Level.DISTRICT else unit.level
        return tuple(self._by_code[False, level, code] for code in unit.now)

    def _inside(self, unit: Unit, level: Level) -> Iterable[Unit]:
        children = self._children.get((unit.old, unit.level, unit.code), ())
        for child in children:
            if child.level is level:
                yield child
            elif unit.level is Level.PROVINCE:
                yield from self._inside(child, level)

    @cached_property
    def _children(self) -> dict[tuple[bool, Level, str], list[Unit]]:
        children: dict[tuple[bool, Level, str], list[Unit]] = {}
        for unit in (*self.today, *self.before):
            if unit.level is not Level.PROVINCE:
                above = Level.DISTRICT if unit.old and unit.level is Level.COMMUNE else Level.PROVINCE
                children.setdefault((unit.old, above, unit.within), []).append(unit)
        return children

    @cached_property
    def _by_code(self) -> dict[tuple[bool, Level, str], Unit]:
        return {(unit.old, unit.level, unit.code): unit for unit in (*self.today, *self.before)}


NOWHERE = Gazetteer()
"""Knows no place."""


def key_of(name: str) -> str:
    """What all ways of writing a name have in common: no case, marks, spaces and signs, y as i, no leading noughts."""
    return _SIGNS.sub("", _ZEROS.sub("", folded(name))).replace("y", "i")


def _by_key(units: Iterable[Unit]) -> ByKey:
    found: dict[str, tuple[Unit, ...]] = {}
    for unit in units:
        for key in {key_of(unit.name), key_of(unit.spelt) if unit.spelt else key_of(unit.name)}:
            found[key] = (*found.get(key, ()), unit)
    return found
