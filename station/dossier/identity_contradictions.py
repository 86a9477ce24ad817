"""One person under two names, births, sexes or numbers, and a number that its owner's data do not fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from station.dossier.addresses import locate
from station.dossier.card_sides import BACKS, FRONTS
from station.dossier.dossier import Dossier
from station.dossier.entry import Entry
from station.dossier.finding import Finding
from station.dossier.grouping import papers
from station.dossier.identity_number import PROVINCES, check_identity_number, offered
from station.dossier.mentions import Mention, agree, is_year
from station.dossier.text import folded
from station.dossier.two_sides import told_against
from station.dossier.units import Gazetteer, Level, Unit, key_of

_FACTS = ("full_name", "birth_date", "birth_year", "sex")
_REGISTERED = ("birth_registration_place", "registered_at")
"""Where a birth was registered: the first three digits of a number are of that province."""
_NAME_WORDS = 3
"""Names of fewer words are shared by too many people to mean one person."""


def identity_contradictions(dossier: Dossier, named: Sequence[Mention], gazetteer: Gazetteer) -> Iterator[Finding]:
    """Everything about who somebody is."""
    yield from _sides(dossier)
    yield from _same_number(dossier, named)
    yield from _namesakes(dossier, named)
    yield from _structure(dossier, named)
    yield from _lost_zeros(dossier, named)
    yield from _province(dossier, named, gazetteer)


def _sides(dossier: Dossier) -> Iterator[Finding]:
    """The two sides of one card say different things: perhaps they are of two cards."""
    for paper in papers(dossier):
        if paper.kinds.isdisjoint(FRONTS | BACKS):
            continue
        said: dict[str, Entry] = {}
        for page in paper.pages:
            for entry in dossier.entries_of(page.id):
                first = said.setdefault(entry.key, entry)
                if first.page_id != page.id and first.value and entry.value and not agree(first, entry):
                    yield told_against(dossier, "sides", entry, first)


def _same_number(dossier: Dossier, named: Sequence[Mention]) -> Iterator[Finding]:
    """One number beside different facts; each paper is held against the first that states the fact."""
    first: dict[tuple[str, str], Entry] = {}
    for mention in named:
        if not mention.number:
            continue
        for key in _FACTS:
            entry = mention.said.get(key)
            if entry is None:
                continue
            fact = "born" if key.startswith("birth") else key
            known = first.setdefault((mention.number, fact), entry)
            if known is not entry and not agree(known, entry):
                yield told_against(dossier, "same_number", entry, known)


def _namesakes(dossier: Dossier, named: Sequence[Mention]) -> Iterator[Finding]:
    """One name and birth beside two numbers; or nearly one name, or another birth, where no number tells two apart."""
    told: set[tuple[str, str, str]] = set()
    for one, other in combinations(named, 2):
        if one.paper == other.paper:
            continue
        for code, theirs, mine in _apart(one, other):
            # What two papers say alike is told against a third once.
            if (code, theirs.id, mine.value) not in told:
                told.add((code, theirs.id, mine.value))
                yield told_against(dossier, code, theirs, mine)


def _apart(one: Mention, other: Mention) -> Iterator[tuple[str, Entry, Entry]]:
    """Why two mentions of one person would not fit: the code, what the other says, what the one says."""
    name, other_name = one.said.get("full_name"), other.said.get("full_name")
    born, other_born = one.born, other.born
    if not (name and other_name and born and other_born) or folded(name.value) != folded(other_name.value):
        return
    same_name, same_birth = agree(name, other_name), agree(born, other_born)
    whole = not (is_year(born.value) or is_year(other_born.value))
    if one.number and other.number:
        if same_name and same_birth and whole and one.number != other.number:
            yield "two_numbers", other.said["id_number"], one.said["id_number"]
    elif same_birth and whole and not same_name:
        yield "two_spellings", other_name, name
    elif same_name and not same_birth and len(name.value.split()) >= _NAME_WORDS:
        yield "two_births", other_born, born


def _structure(dossier: Dossier, named: Sequence[Mention]) -> Iterator[Finding]:
    """What twelve digits tell of their owner; that of the person at the counter is told when they are identified."""
    for mention in named:
        number = mention.number
        if not number or number == dossier.person_id:
            continue
        entry, born, sex = mention.said["id_number"], mention.born, mention.said.get("sex")
        told = check_identity_number(
            number, sex=sex.value if sex else "", birth_date=born.value if born and born.value[:4].isdecimal() else ""
        )
        if "id.year_mismatch" in told and born:
            yield told_against(dossier, "number_year", entry, born, soft=True)
        if "id.sex_mismatch" in told and sex and sex.value in ("male", "female"):
            yield told_against(dossier, "number_sex", entry, sex, soft=True)
        if "id.unknown_province" in told:
            yield told_against(dossier, "number_province", entry, soft=True)


def _lost_zeros(dossier: Dossier, named: Sequence[Mention]) -> Iterator[Finding]:
    """A number of eleven digits may have lost its first: offered, never set."""
    for mention in named:
        if whole := offered(mention.value("id_number")):
            yield told_against(dossier, "lost_zero", mention.said["id_number"], whole=whole[0])


def _province(dossier: Dossier, named: Sequence[Mention], gazetteer: Gazetteer) -> Iterator[Finding]:
    """A birth registered in another province than the number's.

    Where somebody lives, comes from or was born is no hint: people move, and hospitals stand in other provinces.
    """
    for mention in named:
        if mention.role != "subject" or not mention.number:
            continue
        places = [mention.said.get(_REGISTERED[0])]
        if mention.kind == "birth_certificate":
            places += [entry for entry in dossier.entries_of(mention.paper) if entry.key == _REGISTERED[1]]
        name = PROVINCES.get(mention.number[:3], "")
        home = _today(gazetteer.provinces(name), gazetteer)
        for place in filter(None, places if home else ()):
            found = locate(place.value, gazetteer).province
            if found and not home & _today((found,), gazetteer):
                yield told_against(dossier, "number_place", place, mention.said["id_number"], soft=True, province=name)


def _today(provinces: Sequence[Unit], gazetteer: Gazetteer) -> set[str]:
    """Today's provinces that these are or went to."""
    return {
        key_of(now.name)
        for unit in provinces
        if unit.level is Level.PROVINCE and (unit.now or not unit.old)
        for now in gazetteer.today_of(unit)
    }
