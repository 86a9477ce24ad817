"""The dossier (hồ sơ): one citizen's request, its pages, its values, and what has been decided about each.

Values are immutable: every deed makes a new `Dossier`. A sealed dossier never changes again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from station.dossier.entry import Entry, entries_from
from station.dossier.page import Page
from station.dossier.reading import PageReading
from station.dossier.service import Consent, Parked, Payment, Showing, Signature
from station.dossier.supplement_slip import SupplementSlip
from station.errors import RuleError

Thing = TypeVar("Thing")


class State(StrEnum):
    """Where the dossier stands: being worked on, sealed (đã chốt), or thrown away before sealing."""

    OPEN = "open"
    SEALED = "sealed"
    DISCARDED = "discarded"


@dataclass(frozen=True, slots=True)
class Dossier:
    """One request at the counter, with everything that was captured and decided."""

    id: str
    procedure_code: str
    procedure_version: str
    opened_by: str
    opened_at: datetime
    state: State = State.OPEN
    version: int = 0
    pages: tuple[Page, ...] = ()
    entries: tuple[Entry, ...] = ()
    presented: tuple[str, ...] = ()
    """Keys of required papers that the officer noted as seen or received without the machine's help."""
    warnings: tuple[str, ...] = ()
    """Codes of structure warnings about the identified person (its number's structure), never reasons to refuse."""
    number: str | None = None
    sealed_by: str | None = None
    sealed_at: datetime | None = None
    due_at: datetime | None = None
    extra: dict[str, str] = field(default_factory=dict)
    """Raw parts of the card's QR that have no agreed meaning (fields 8–11): shown, never mapped."""
    case: str = ""
    """The key of the procedure's case; empty: the usual one."""
    conditions: dict[str, bool] = field(default_factory=dict)
    """The procedure's questions that were answered."""
    holder: str = ""
    """Who works on it, once it was handed over; empty: who opened it."""
    parked: Parked | None = None
    payment: Payment | None = None
    consents: tuple[Consent, ...] = ()
    showings: tuple[Showing, ...] = ()
    signature: Signature | None = None
    counted: dict[str, int] = field(default_factory=dict)
    """How many of a required paper the officer counted, where more than one is asked for."""
    slips: tuple[SupplementSlip, ...] = ()
    """The slips of papers to bring that were given to the citizen, the newest last."""

    def page(self, page_id: str) -> Page:
        return _one(self.pages, lambda page: page.id == page_id, "dossier.no_such_page")

    def entry(self, entry_id: str) -> Entry:
        return _one(self.entries, lambda entry: entry.id == entry_id, "dossier.no_such_field")

    def entries_of(self, page_id: str | None) -> tuple[Entry, ...]:
        """The values of one page, or of the identified person (None)."""
        return tuple(entry for entry in self.entries if entry.page_id == page_id)

    def value(self, key: str, page_id: str | None = None) -> str | None:
        """The value of a key on a page, or of the identified person."""
        return next((entry.value for entry in self.entries_of(page_id) if entry.key == key), None)

    @property
    def person_name(self) -> str | None:
        return self.value("full_name")

    @property
    def person_id(self) -> str | None:
        return self.value("id_number")

    def must_be_open(self) -> None:
        """Raise `RuleError` unless the dossier may still change."""
        if self.state is not State.OPEN:
            raise RuleError("dossier.not_open", state=self.state.value)

    def with_page(self, page: Page) -> Dossier:
        self.must_be_open()
        return replace(self, pages=(*self.pages, page))

    def without_page(self, page_id: str) -> Dossier:
        """The page and its values are gone from the dossier; numbers close up."""
        self.must_be_open()
        gone = self.page(page_id)
        heir = next((page.id for page in self.pages if page.goes_with == page_id != page.id), page_id)
        kept = [_moved_up(page, gone, heir) for page in self.pages if page is not gone]
        return replace(
            self,
            pages=tuple(replace(page, number=number) for number, page in enumerate(kept, 1)),
            entries=tuple(entry for entry in self.entries if entry.page_id != page_id),
        )

    def with_reading(self, page_id: str, reading: PageReading) -> Dossier:
        """Attach what the machine read. What people already decided about the page's values stays."""
        self.must_be_open()
        page = self.page(page_id)
        read = replace(
            page,
            kind=page.kind if page.kind_set_by else reading.kind,
            kind_confidence=reading.kind_confidence,
            rotation=reading.rotation,
            quality=reading.quality,
            codes=reading.codes,
            mrz=reading.mrz,
            text=reading.text,
            failure=None,
            found=reading.outline,
            again=False,
        )
        decided = (one for one in self.entries_of(page_id) if one.checked_by or one.corrections or one.answer)
        touched = {entry.id: entry for entry in decided}
        fresh = [touched.pop(entry.id, entry) for entry in entries_from(page_id, reading.fields)]
        others = tuple(entry for entry in self.entries if entry.page_id != page_id)
        return replace(self._with_changed_page(read), entries=(*others, *fresh, *touched.values()))

    def with_failure(self, page_id: str, code: str) -> Dossier:
        """The machine could not read this page; the page is kept all the same."""
        self.must_be_open()
        return self._with_changed_page(replace(self.page(page_id), failure=code, again=False))

    def with_kind(self, page_id: str, kind: str, by: str) -> Dossier:
        """A person says which paper this is."""
        self.must_be_open()
        return self._with_changed_page(replace(self.page(page_id), kind=kind, kind_set_by=by, kind_confidence=1.0))

    def with_person(self, entries: Iterable[Entry], warnings: Iterable[str], extra: dict[str, str]) -> Dossier:
        """Fill in, or replace, the identified person."""
        self.must_be_open()
        others = tuple(entry for entry in self.entries if entry.page_id is not None)
        return replace(self, entries=(*entries, *others), warnings=tuple(warnings), extra=dict(extra))

    def with_entry(self, changed: Entry) -> Dossier:
        """Replace the entry of the same id."""
        self.must_be_open()
        self.entry(changed.id)
        return replace(self, entries=tuple(changed if entry.id == changed.id else entry for entry in self.entries))

    def with_new_entry(self, entry: Entry) -> Dossier:
        """A value that nobody had read before."""
        self.must_be_open()
        return replace(self, entries=(*self.entries, entry))

    def with_presented(self, paper_key: str, present: bool) -> Dossier:
        """The officer saw (or did not see) a paper that is not scanned."""
        self.must_be_open()
        others = tuple(key for key in self.presented if key != paper_key)
        return replace(self, presented=(*others, paper_key) if present else others)

    def with_case(self, key: str) -> Dossier:
        """Another case of the procedure: what is asked for and until when may change."""
        self.must_be_open()
        return replace(self, case=key)

    def with_condition(self, key: str, yes: bool | None) -> Dossier:
        """The officer's answer to one of the procedure's questions; None takes it back."""
        self.must_be_open()
        others = {one: answer for one, answer in self.conditions.items() if one != key}
        return replace(self, conditions=others if yes is None else {**others, key: yes})

    def with_counted(self, paper_key: str, count: int | None) -> Dossier:
        """How many of a required paper there are; None: nobody has counted."""
        self.must_be_open()
        others = {one: number for one, number in self.counted.items() if one != paper_key}
        return replace(self, counted=others if count is None else {**others, paper_key: count})

    def with_slip(self, slip: SupplementSlip) -> Dossier:
        """The citizen was told in writing what to bring."""
        self.must_be_open()
        return replace(self, slips=(*self.slips, slip))

    def sealed(self, number: str, by: str, at: datetime, due_at: datetime) -> Dossier:
        """The dossier closed for ever under its provisional number (số tạm)."""
        self.must_be_open()
        return replace(self, state=State.SEALED, number=number, sealed_by=by, sealed_at=at, due_at=due_at)

    def discarded(self) -> Dossier:
        """Given up before sealing; it stays on record as such."""
        self.must_be_open()
        return replace(self, state=State.DISCARDED)

    def _with_changed_page(self, changed: Page) -> Dossier:
        return replace(self, pages=tuple(changed if page.id == changed.id else page for page in self.pages))


def _moved_up(page: Page, gone: Page, heir: str) -> Page:
    """Of the pages that a person joined to one that is gone, the first takes its place and the others go with it."""
    if page.goes_with != gone.id:
        return page
    if page.id != heir:
        return replace(page, goes_with=heir)
    above = heir if gone.goes_with == gone.id else gone.goes_with
    return replace(page, goes_with=above, goes_with_set_by=page.goes_with_set_by if above else None)


def _one(things: Iterable[Thing], fits: Callable[[Thing], bool], code: str) -> Thing:
    for thing in things:
        if fits(thing):
            return thing
    raise RuleError(code)
