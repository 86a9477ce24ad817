"""What an examination of the store found, in words: for the panel and for `station doctor`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from station.dossier.health import Symptom, Trouble
from station.language import Language

MOST_NAMED = 12
"""Dossiers or places on one line."""


@dataclass(frozen=True, slots=True)
class Complaint:
    """All symptoms of one trouble: what it is, whom and where it concerns, what to do."""

    serious: bool
    said: str
    where: tuple[str, ...]
    remedy: str


def ordered(found: Sequence[Symptom]) -> list[Symptom]:
    """What is lost or damaged first."""
    return sorted(found, key=lambda symptom: (not symptom.serious, list(Trouble).index(symptom.trouble)))


def complaints(found: Sequence[Symptom], say: Language) -> list[Complaint]:
    """One for each kind of trouble, in their order."""
    made = []
    for trouble, group in groupby(ordered(found), lambda symptom: symptom.trouble):
        symptoms = list(group)
        dossiers = list(dict.fromkeys(one for symptom in symptoms for one in symptom.dossiers))
        places = [symptom.place for symptom in symptoms if symptom.place]
        where = [say("doctor.dossiers", told=_listed(dossiers, say))] if dossiers else []
        where += [say("doctor.places", told=_listed(places, say))] if places else []
        key = f"doctor.trouble.{trouble.value}"
        said = f"{say(f'{key}.say')} ({len(symptoms)})"
        made.append(Complaint(symptoms[0].serious, said, tuple(where), say(f"{key}.do")))
    return made


def verdict(found: Sequence[Symptom], say: Language) -> str:
    """Whether anything is lost or damaged, and how much."""
    serious = sum(symptom.serious for symptom in found)
    return say("doctor.broken", count=serious) if serious else say("doctor.well")


def _listed(names: Sequence[str], say: Language) -> str:
    shown, more = ", ".join(names[:MOST_NAMED]), len(names) - MOST_NAMED
    return say("doctor.and_more", told=shown, count=more) if more > 0 else shown
