"""«Dữ liệu của tôi»: everything that this station holds about one person, and who looked at it, for that person."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from station.actions.permits import Deed, Permits
from station.actions.ports.clock import Clock
from station.actions.ports.dossiers import Dossiers
from station.actions.ports.forgetting import Erasing
from station.actions.ports.people import Pseudonyms
from station.actions.ports.trail import Trail
from station.actions.see_dossiers import SEARCHED
from station.dossier.after_seal import as_corrected
from station.dossier.audit import AuditEntry
from station.dossier.dossier import Dossier
from station.dossier.erasure import Erasure
from station.dossier.person_data import HeldDossier, PersonData, about, is_own, name_of, parts
from station.dossier.retention import Standing
from station.errors import InputError, RuleError

_NUMBER = re.compile("[0-9]{9}(?:[0-9]{3})?")
"""A personal identification number, or that of an old identity card."""
MOST_LOOKS = 200
"""Lines of the trail told of one dossier."""


class Confirmed(StrEnum):
    """How it was made sure that the citizen at the counter is this person."""

    CARD = "card"  # their card was read
    OFFICER = "officer"  # the officer compared face and card
    NOT = "not"


@dataclass(frozen=True, slots=True)
class Asked:
    """What was found, and how they were known."""

    data: PersonData
    confirmed: Confirmed
    erased: tuple[Erasure, ...] = ()


class SeeMyData:
    """`kept_until` says when a dossier's time is over."""

    def __init__(
        self,
        dossiers: Dossiers,
        erasing: Erasing,
        trail: Trail,
        pseudonyms: Pseudonyms,
        permits: Permits,
        clock: Clock,
        kept_until: Callable[[Standing], datetime | None],
    ) -> None:
        self._dossiers, self._erasing, self._trail = dossiers, erasing, trail
        self._pseudonyms, self._permits, self._clock, self._kept_until = pseudonyms, permits, clock, kept_until

    def __call__(self, number: str, confirmed: Confirmed, by: str, receipts: Sequence[str] = ()) -> Asked:
        """What is held about the person with this ID number; that it was asked is written to each of the dossiers.

        `receipts` are numbers on receipts that the citizen brought: of erased dossiers nothing else is known. Raises
        `InputError("value.bad_id_number")`, `RuleError("people.identity_not_confirmed")`.
        """
        self._permits.require(Deed.SEE_MY_DATA, by)
        if not _NUMBER.fullmatch(number):
            raise InputError("value.bad_id_number")
        if confirmed is Confirmed.NOT:
            raise RuleError("people.identity_not_confirmed")
        now, found = self._clock.now(), self._dossiers.naming(number)
        held = tuple(self._held(dossier, number) for dossier in found)
        stand = [replace(one.dossier, entries=one.entries) for one in held]
        self._write_down(Deed.SEE_MY_DATA.value, by, found, confirmed)
        return Asked(
            PersonData(number, name_of(stand, number), now, held, tuple(self._searches(number))),
            confirmed,
            tuple(self._erasing.of_numbers(receipts)) if receipts else (),
        )

    def printed(self, asked: Asked, by: str) -> None:
        """It leaves the counter on paper or as a file: that is written down, too."""
        self._permits.require(Deed.SEE_MY_DATA, by)
        self._write_down("print_my_data", by, [held.dossier for held in asked.data.dossiers], asked.confirmed)

    def _held(self, dossier: Dossier, number: str) -> HeldDossier:
        revisions = self._dossiers.revisions(dossier.id)
        stands = as_corrected(dossier, revisions)
        own, standing = is_own(stands, number), self._erasing.standing(dossier.id)
        hold = self._dossiers.hold_of(dossier.id)
        return HeldDossier(
            dossier=dossier,
            own=own,
            entries=about(stands, number),
            pages=dossier.pages if own else (),
            parts=() if own else parts(stands, number),
            progress=self._dossiers.progress(dossier.id),
            kept_until=self._kept_until(standing) if standing else None,
            hold=hold if hold and hold.holds(self._clock.now().date()) else None,
            revisions=tuple(revisions),
            looks=tuple(self._trail.entries(dossier.id, MOST_LOOKS)),
        )

    def _searches(self, number: str) -> Sequence[AuditEntry]:
        like = AuditEntry(SEARCHED, "", self._clock.now(), None, {"number": self._pseudonyms.of(number)})
        return self._trail.told_alike(like, MOST_LOOKS)

    def _write_down(self, deed: str, by: str, found: Iterable[Dossier], confirmed: Confirmed) -> None:
        """Never whose number it was: the trail outlives what was asked about."""
        now = self._clock.now()
        detail: dict[str, str | int] = {"confirmed": confirmed.value}
        with self._dossiers.transaction() as kept:
            kept.audit(AuditEntry(deed, by, now, None, detail))
            for dossier in found:
                kept.audit(AuditEntry(deed, by, now, dossier.id, detail))
