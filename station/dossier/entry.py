"""One value of a dossier: what each source read, and what people have decided about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from station.dossier.reading import Box, ReadField, Source, Status
from station.dossier.text import folded


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
