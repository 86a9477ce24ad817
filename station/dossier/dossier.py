"""The dossier (hồ sơ): one citizen's request, its pages, its values, and what has been decided about each.

Values are immutable: every deed makes a new `Dossier`. A sealed dossier never changes again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from typing import TypeVar

from station.dossier.reading import Box, Code, PageReading, QualityIssue, ReadField, Source, Status
from station.dossier.text import folded
from station.errors import RuleError

Thing = TypeVar("Thing")


class State(StrEnum):
    """Where the dossier stands: being worked on, sealed (đã chốt), or thrown away before sealing."""

    OPEN = "open"
    SEALED = "sealed"
    DISCARDED = "discarded"


class Verdict(StrEnum):
    """What the citizen said about a value on the second screen."""

    RIGHT = "right"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Correction:
    """A value changed by a person: the old one is kept, with who and when."""

    old: str
    new: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Answer:
    """The citizen's verdict on the value as it then stood."""

    verdict: Verdict
    at: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """One value of the dossier: what each source read, what people made of it.

    `id` is stable within the dossier: `<page id>/<key>`, or `person/<key>` for the identified person.
    `readings` are all sources' readings of this key on this page, the one vouched for first.
    """

    id: str
    key: str
    value: str
    page_id: str | None = None
    readings: tuple[ReadField, ...] = ()
    corrections: tuple[Correction, ...] = ()
    checked_by: str | None = None
    checked_at: datetime | None = None
    answer: Answer | None = None

    @property
    def trusted(self) -> bool:
        """A person looked at it, or the reader vouches for it and no other source contradicts it."""
        return self.checked_by is not None or (
            bool(self.readings) and self.readings[0].status is Status.ACCEPTED and not self.contradicted
        )

    @property
    def contradicted(self) -> bool:
        """Another source on the same page read something else."""
        return any(_differ(self.readings[0], reading) for reading in self.readings[1:])

    @property
    def unmarked(self) -> bool:
        """Nobody but the card's MRZ says this name, and an MRZ writes without marks."""
        return self.key.rpartition(".")[2] == "full_name" and self.source is Source.MRZ

    @property
    def source(self) -> Source:
        """Where the value that stands now came from."""
        return self.readings[0].source if self.readings and not self.corrections else Source.TYPED

    @property
    def box(self) -> Box | None:
        """Where on the page the value stands, in pixels."""
        return next((reading.box for reading in self.readings if reading.box), None)

    def corrected(self, value: str, by: str, at: datetime) -> Entry:
        """A person typed another value: the old one is kept, and the citizen is asked again."""
        change = Correction(old=self.value, new=value, by=by, at=at)
        return replace(
            self, value=value, corrections=(*self.corrections, change), checked_by=by, checked_at=at, answer=None
        )

    def checked(self, by: str, at: datetime) -> Entry:
        """A person compared the value with the paper and found it right; who had called it wrong is asked again."""
        return replace(self, checked_by=by, checked_at=at, answer=None if self.disputed else self.answer)

    def answered(self, verdict: Verdict, at: datetime) -> Entry:
        """The citizen's word on the value as it stands."""
        return replace(self, answer=Answer(verdict, at))

    @property
    def confirmed(self) -> bool:
        return self.answer is not None and self.answer.verdict is Verdict.RIGHT

    @property
    def disputed(self) -> bool:
        return self.answer is not None and self.answer.verdict is Verdict.WRONG


@dataclass(frozen=True, slots=True)
class Page:
    """One captured page. `sha256` is that of the image bytes as they came; the image is kept by the page store.

    `kind` is None until the page has been read, or when reading failed (`failure` is then the error's code).
    """

    id: str
    number: int
    sha256: str
    size: int
    media_type: str
    origin: str
    captured_at: datetime
    kind: str | None = None
    kind_confidence: float = 0.0
    kind_set_by: str | None = None
    rotation: int = 0
    quality: tuple[QualityIssue, ...] = ()
    codes: tuple[Code, ...] = ()
    mrz: tuple[str, ...] = ()
    text: str = ""
    failure: str | None = None

    @property
    def read(self) -> bool:
        """Nothing more is to be expected from the machine."""
        return self.kind is not None or self.failure is not None


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
        self.page(page_id)
        kept = [page for page in self.pages if page.id != page_id]
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
        )
        decided = (one for one in self.entries_of(page_id) if one.checked_by or one.corrections or one.answer)
        touched = {entry.id: entry for entry in decided}
        fresh = [touched.pop(entry.id, entry) for entry in entries_from(page_id, reading.fields)]
        others = tuple(entry for entry in self.entries if entry.page_id != page_id)
        return replace(self._with_changed_page(read), entries=(*others, *fresh, *touched.values()))

    def with_failure(self, page_id: str, code: str) -> Dossier:
        """The machine could not read this page; the page is kept all the same."""
        self.must_be_open()
        return self._with_changed_page(replace(self.page(page_id), failure=code))

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


def entries_from(page_id: str | None, fields: Iterable[ReadField]) -> list[Entry]:
    """One entry a key of a page, or of the identified person; readings accepted first, then chip, qr, mrz, …"""
    by_key: dict[str, list[ReadField]] = {}
    for read in fields:
        by_key.setdefault(read.key, []).append(read)
    return [
        Entry(
            id=f"{page_id or 'person'}/{key}", key=key, value=ordered[0].value, page_id=page_id, readings=tuple(ordered)
        )
        for key, readings in by_key.items()
        for ordered in [sorted(readings, key=_rank)]
    ]


_ORDER = (Source.CHIP, Source.QR, Source.MRZ, Source.TYPED, Source.OCR)


def _differ(one: ReadField, other: ReadField) -> bool:
    """Case counts for nothing; marks neither where one of the two is an MRZ, which has none."""
    if Source.MRZ in (one.source, other.source):
        return folded(one.value) != folded(other.value)
    return one.value.casefold() != other.value.casefold()


def _rank(read: ReadField) -> tuple[bool, int]:
    return read.status is not Status.ACCEPTED, _ORDER.index(read.source)


def _one(things: Iterable[Thing], fits: Callable[[Thing], bool], code: str) -> Thing:
    for thing in things:
        if fits(thing):
            return thing
    raise RuleError(code)
