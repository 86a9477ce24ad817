"""Relations that cannot be: a mother younger than her child, a birth after death, a marriage before its age."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from station.dossier.dossier import Dossier
from station.dossier.entry import Entry
from station.dossier.finding import Finding
from station.dossier.grouping import paper_of
from station.dossier.mentions import Mention, agree, is_year
from station.dossier.text import folded, spelling
from station.dossier.two_sides import told_against

LEAST_PARENT_AGE = 12
MARRIAGE_AGE = {"wife": 18, "husband": 20}
"""Luật Hôn nhân và gia đình 2014, article 8: 18 for a woman, 20 for a man."""
_PARENTS = ("mother", "father")
_BIRTH_PAPERS = frozenset({"birth_certificate", "birth_registration_form", "birth_notice"})
_PATRONYMIC = "kinh"
"""Family names go from parent to child among the Kinh; other peoples name their children by other rules."""

Family = dict[str, Mention]
"""Those whom one paper names, by role."""


def family_contradictions(dossier: Dossier, named: Sequence[Mention]) -> Iterator[Finding]:
    """Everything about who is related to whom."""
    families: dict[str, Family] = {}
    for mention in named:
        if mention.paper:
            families.setdefault(mention.paper, {}).setdefault(mention.role, mention)
    births = {paper: one for paper, one in families.items() if any(who.kind in _BIRTH_PAPERS for who in one.values())}
    for paper, family in births.items():
        yield from _generations(dossier, paper, family)
        yield from _family_name(dossier, family)
    yield from _parents(dossier, list(births.values()))
    for paper, family in families.items():
        yield from _marriage(dossier, paper, family)
        yield from _dead(dossier, paper, family)


def _generations(dossier: Dossier, paper: str, family: Family) -> Iterator[Finding]:
    child = family["subject"].born if "subject" in family else _own(dossier, paper, "occurred_at")
    if child is None or not _year(child):
        return
    for role in _PARENTS:
        parent = family[role].born if role in family else None
        if parent is None or not _year(parent):
            continue
        age = _year(child) - _year(parent)
        if age <= 0:
            yield told_against(dossier, f"{role}_younger", parent, child)
        elif age < LEAST_PARENT_AGE:
            yield told_against(dossier, f"{role}_too_young", parent, child, age=str(age))


def _family_name(dossier: Dossier, family: Family) -> Iterator[Finding]:
    """A child that bears neither parent's family name: allowed, seldom, and more often a misreading."""
    if not {"subject", *_PARENTS} <= family.keys():
        return
    child = family["subject"]
    if folded(child.value("ethnicity")) not in ("", _PATRONYMIC):
        return
    names = [family[role].said.get("full_name") for role in ("subject", *_PARENTS)]
    if all(names):
        own, *above = [_family(entry) for entry in names if entry]
        if own not in above:
            mother, father = (family[role].value("full_name") for role in _PARENTS)
            yield told_against(dossier, "family_name", child.said["full_name"], soft=True, mother=mother, father=father)


def _parents(dossier: Dossier, families: Sequence[Family]) -> Iterator[Finding]:
    """Parents of one child whom two papers name differently, or the other way round."""
    for at, one in enumerate(families):
        for other in families[at + 1 :]:
            if not _same_child(dossier, one, other):
                continue
            names = [
                [family[role].said.get("full_name") for role in _PARENTS if role in family] for family in (one, other)
            ]
            (mother, father), (other_mother, other_father) = (_both(pair) for pair in names)
            if mother and father and other_mother and other_father:
                crossed = agree(mother, other_father) and agree(father, other_mother)
                if crossed and not agree(mother, other_mother):
                    yield told_against(dossier, "parents_swapped", other_mother, mother)
                    continue
            yield from _differing_parents(dossier, one, other)


def _differing_parents(dossier: Dossier, one: Family, other: Family) -> Iterator[Finding]:
    for role in _PARENTS:
        if role not in one or role not in other:
            continue
        mine, theirs = one[role], other[role]
        if mine.number and mine.number == theirs.number:
            continue  # told by the number
        for key, code in (("full_name", "two_names"), ("born", "two_births")):
            entry, told = _fact(mine, key), _fact(theirs, key)
            if entry and told and not agree(entry, told):
                yield told_against(dossier, code, told, entry)


def _fact(mention: Mention, key: str) -> Entry | None:
    return mention.born if key == "born" else mention.said.get(key)


def _both(names: list[Entry | None]) -> tuple[Entry | None, Entry | None]:
    return (names[0], names[1]) if len(names) == 2 else (None, None)


def _same_child(dossier: Dossier, one: Family, other: Family) -> bool:
    """Two papers speak of one birth: the child's name or birth date is the same, and nothing says otherwise."""
    births = [_child_born(dossier, family) for family in (one, other)]
    if births[0] and births[1] and births[0].value[:10] != births[1].value[:10]:
        return False
    names = [family["subject"].said.get("full_name") if "subject" in family else None for family in (one, other)]
    if names[0] and names[1]:
        return folded(names[0].value) == folded(names[1].value)
    return bool(births[0] and births[1])


def _child_born(dossier: Dossier, family: Family) -> Entry | None:
    if "subject" in family:
        return family["subject"].born
    return _own(dossier, next(iter(family.values())).paper, "occurred_at")


def _marriage(dossier: Dossier, paper: str, family: Family) -> Iterator[Finding]:
    married = _own(dossier, paper, "registered_on")
    for role, least in MARRIAGE_AGE.items():
        born = family[role].born if role in family else None
        if married and born and (age := _age(born.value, married.value)) is not None and age < least:
            yield told_against(dossier, f"{role}_under_age", born, married, age=str(age), least=str(least))


def _dead(dossier: Dossier, paper: str, family: Family) -> Iterator[Finding]:
    dead = family.get("subject")
    died = _own(dossier, paper, "died_at")
    if dead and dead.kind == "death_notice":
        died = _own(dossier, paper, "occurred_at")
    if dead is None or died is None:
        return
    if dead.born and _before(died.value, dead.born.value):
        yield told_against(dossier, "death_before_birth", died, dead.born)
    if dead.number and dead.number == dossier.person_id:
        yield told_against(dossier, "dead_person", dead.said["id_number"], dossier.entry("person/id_number"))


def _own(dossier: Dossier, paper: str | None, key: str) -> Entry | None:
    """A value of the paper itself, wherever in it it stands."""
    if paper is None:
        return None
    pages = paper_of(dossier, paper).pages
    return next((one for page in pages for one in dossier.entries_of(page.id) if one.key == key and one.value), None)


def _family(name: Entry) -> str:
    words = (folded(name.value) if name.unmarked else spelling(name.value)).split()
    return words[0] if words else ""


def _year(entry: Entry) -> int:
    """0 where no year stands at the beginning."""
    return int(entry.value[:4]) if entry.value[:4].isdecimal() and len(entry.value) >= 4 else 0


def _before(one: str, other: str) -> bool:
    """Whether one day was surely before another; a year alone is before another year only."""
    digits = 4 if is_year(one) or is_year(other) else 10
    return one[:4].isdecimal() and other[:4].isdecimal() and one[:digits] < other[:digits]


def _age(born: str, on: str) -> int | None:
    """Full years; of a birth year alone the most that they can be. None for what is no date."""
    try:
        day = date.fromisoformat(on[:10])
        if is_year(born):
            return day.year - int(born)
        birth = date.fromisoformat(born[:10])
    except ValueError:
        return None
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))
