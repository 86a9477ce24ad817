"""What was found about a person as the tables of a sheet in plain words, to be shown and to be given to them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from station.actions.make_receipt import Office
from station.actions.ports.rules import Procedures
from station.actions.see_my_data import Asked, Confirmed
from station.dossier.audit import AuditEntry
from station.dossier.entry import Entry
from station.dossier.my_data_sheet import DossierLine, ErasedLine, LookLine, MyData, PaperLine, ValueLine, WordLine
from station.dossier.page import Page
from station.dossier.person_data import HeldDossier
from station.dossier.service import Consent, Showing
from station.errors import RuleError


class PersonWords(Protocol):
    """The words of the sheet; the screens have them."""

    def role(self, held: HeldDossier) -> str: ...
    def standing(self, held: HeldDossier) -> str: ...
    def sent(self, held: HeldDossier) -> str: ...
    def kept(self, held: HeldDossier) -> str: ...
    def field(self, held: HeldDossier, entry: Entry) -> str: ...
    def value(self, entry: Entry) -> str: ...
    def source(self, held: HeldDossier, entry: Entry) -> str: ...
    def page(self, held: HeldDossier, page: Page) -> str: ...
    def consent(self, consent: Consent) -> str: ...
    def showing(self, showing: Showing) -> str: ...
    def deed(self, entry: AuditEntry) -> str: ...
    def who(self, by: str, name: str) -> str: ...
    def confirmed(self, how: Confirmed) -> str: ...


class MakeMyData:
    def __init__(self, procedures: Procedures, office: Office, station: str, words: PersonWords) -> None:
        self._procedures, self._office, self._station, self._words = procedures, office, station, words

    def __call__(self, asked: Asked) -> MyData:
        """In the order of the dossiers, the newest first."""
        held = asked.data.dossiers
        return MyData(
            authority=self._office.authority,
            department=self._office.department,
            station=self._station,
            person_name=asked.data.name,
            person_id=asked.data.number,
            confirmed=self._words.confirmed(asked.confirmed),
            asked_at=asked.data.asked_at,
            officer=self._office.officer_name,
            dossiers=tuple(self._dossier(one) for one in held),
            values=tuple(line for one in held for line in self._values(one)),
            papers=tuple(line for one in held for line in self._papers(one)),
            words=tuple(line for one in held if one.own for line in self._said(one)),
            looks=(
                *(line for one in held for line in self._looks(_number(one), one.looks)),
                *self._looks("", asked.data.searches),
            ),
            erased=tuple(
                ErasedLine(one.number or one.hub_number, one.erased_at, one.certificate) for one in asked.erased
            ),
            practice=self._office.practice,
        )

    def _dossier(self, held: HeldDossier) -> DossierLine:
        dossier = held.dossier
        try:
            name = self._procedures.get(dossier.procedure_code, dossier.procedure_version).name
        except RuleError:
            name = dossier.procedure_code
        return DossierLine(
            number=_number(held),
            official_number=held.progress.official_number if held.progress else "",
            procedure_name=name,
            role=self._words.role(held),
            opened_at=dossier.opened_at,
            standing=self._words.standing(held),
            sent=self._words.sent(held),
            kept=self._words.kept(held),
        )

    def _values(self, held: HeldDossier) -> Iterator[ValueLine]:
        for entry in held.entries:
            if entry.value:
                yield ValueLine(
                    _number(held),
                    self._words.field(held, entry),
                    self._words.value(entry),
                    self._words.source(held, entry),
                )

    def _papers(self, held: HeldDossier) -> Iterator[PaperLine]:
        for page in held.pages:
            yield PaperLine(_number(held), self._words.page(held, page), page.captured_at, bool(page.reused_from))

    def _said(self, held: HeldDossier) -> Iterator[WordLine]:
        said: Sequence[tuple[Consent | Showing, str]] = [
            *((one, self._words.consent(one)) for one in held.dossier.consents),
            *((one, self._words.showing(one)) for one in held.dossier.showings),
        ]
        for one, words in sorted(said, key=lambda pair: pair[0].at):
            yield WordLine(_number(held), one.at, words)

    def _looks(self, number: str, looks: Sequence[AuditEntry]) -> Iterator[LookLine]:
        for entry in looks:
            who = self._words.who(entry.by, self._office.people.name_of(entry.by))
            yield LookLine(number, entry.at, who, self._words.deed(entry))


def _number(held: HeldDossier) -> str:
    return held.dossier.number or ""
