"""Where a dossier contradicts itself: every source held against every other, and against what can be.

Sources are the card's chip, QR and MRZ, print, declarations, and the structure of a personal number; they are kept one
beside the other and none is taken for the truth. A contradiction is told with both sides, never settled, and never a
reason to refuse: what a paper says may be wrong in itself, and then it is for its issuer to correct (Luật Hộ tịch 2014,
article 26 ff.).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from station.dossier.date_contradictions import date_contradictions
from station.dossier.dossier import Dossier
from station.dossier.family_contradictions import family_contradictions
from station.dossier.finding import Finding
from station.dossier.identity_contradictions import identity_contradictions
from station.dossier.mentions import mentions
from station.dossier.units import NOWHERE, Gazetteer

_KEPT = 4
_answers: tuple[tuple[Dossier, date, Gazetteer, tuple[Finding, ...]], ...] = ()


def contradictions(dossier: Dossier, today: date, gazetteer: Gazetteer = NOWHERE) -> tuple[Finding, ...]:
    """Every contradiction once, what is likely wrong before what is likely innocent; the same for the same dossier.

    All values count, whether or not anybody has looked at them. Without a gazetteer no place is held against a number.
    The last answers are kept, known by the very values that were asked about: window, step and score ask one by one.
    """
    global _answers  # noqa: PLW0603 -- replaced as a whole, so that no thread sees it half changed
    for of_dossier, on, places, answer in _answers:
        if of_dossier is dossier and on == today and places is gazetteer:
            return answer
    answer = tuple(sorted(_each_once(_all(dossier, today, gazetteer)), key=lambda finding: finding.soft))
    _answers = ((dossier, today, gazetteer, answer), *_answers[: _KEPT - 1])
    return answer


def _all(dossier: Dossier, today: date, gazetteer: Gazetteer) -> Iterator[Finding]:
    named = mentions(dossier)
    yield from identity_contradictions(dossier, named, gazetteer)
    yield from family_contradictions(dossier, named)
    yield from date_contradictions(dossier, named, today)


def _each_once(found: Iterator[Finding]) -> Iterator[Finding]:
    """Two values are told against each other once, by the first rule that found them."""
    told: set[frozenset[str | None]] = set()
    for finding in found:
        pair = frozenset((finding.entry_id, finding.other_entry_id or finding.code))
        if pair not in told:
            told.add(pair)
            yield finding
