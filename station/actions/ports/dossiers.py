"""Where dossiers and their pages are kept, as the deeds see it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from station.dossier.audit import AuditEntry
from station.dossier.correction import Revision
from station.dossier.delivery import OutboxEvent, Progress
from station.dossier.dossier import Dossier
from station.dossier.form_order import IssuedForm
from station.dossier.hub_changes import HubWord
from station.dossier.intake import Feeding, TakenImage
from station.dossier.question import Question
from station.dossier.queue import Queue
from station.dossier.retention import Hold
from station.dossier.service import Rating
from station.dossier.summary import Summary


class Pages(Protocol):
    """Page images, encrypted on disk. When `keep` returns, the page survives a power cut."""

    def keep(self, content: bytes, dossier_id: str) -> str:
        """Store durably under the dossier's key and return the SHA-256 (hex) of `content`; raises `StoreError`."""
        ...

    def read(self, sha256: str) -> bytes:
        """The bytes as they were kept; raises `StoreError` when missing or damaged."""
        ...


class Transaction(Protocol):
    """Everything written here is kept together or not at all, and durable when the block ends."""

    def load(self, dossier_id: str) -> Dossier:
        """The dossier as it stands now; raises `RuleError("dossier.unknown")`."""
        ...

    def save(self, dossier: Dossier) -> Dossier:
        """Write it and return it with its version counted up; `StoreError` if somebody else wrote in between."""
        ...

    def permit(self, deed: str, by: str, dossier_id: str) -> None:
        """Ask before anything is done whether this may be written in this name; `RuleError` with a `people.*` code."""
        ...

    def audit(self, entry: AuditEntry) -> None:
        """Append to the hash-chained trail; asks like `permit`."""
        ...

    def rate(self, rating: Rating) -> None:
        """Keep the citizen's word on the service, over an earlier one."""
        ...

    def keep_form(self, dossier_id: str, form: IssuedForm) -> None:
        """Keep a form as it is issued."""
        ...

    def begin_feeding(self, feeding: Feeding) -> None:
        """A device begins to deliver, or a file is opened."""
        ...

    def end_feeding(self, feeding_id: str, fed: int, reason: str | None, at: datetime) -> None:
        """It has ended; `reason` is the code of why, where it was not that there was no more."""
        ...

    def take(self, image: TakenImage) -> None:
        """Count an image in, together with the page that shows it."""
        ...

    def set_aside(self, dossier_id: str, images: Iterable[str], deed: str) -> None:
        """A person took these images out of the dossier."""
        ...

    def take_back(self, dossier_id: str, images: Iterable[str]) -> None:
        """These images are in the dossier again."""
        ...

    def hold(self, hold: Hold) -> None:
        """Keep a dossier at a lawful request; raises `RuleError("dossier.held")`."""
        ...

    def lift_hold(self, dossier_id: str, by: str, at: datetime) -> None:
        """Raises `RuleError("dossier.not_held")`."""
        ...

    def hub_word(self, dossier_id: str) -> HubWord:
        """Everything since the seal, as it stands now; raises `RuleError("dossier.unknown")`."""
        ...

    def revise(self, revision: Revision) -> None:
        """Keep a correction after the seal; the sealed dossier stays as it is."""
        ...

    def question(self, question_id: str) -> Question:
        """Raises `RuleError("dossier.unknown_question")`."""
        ...

    def answer(self, question_id: str, choices: Mapping[str, str], reason: str, by: str, at: datetime) -> None:
        """A person has chosen between the texts of a question."""
        ...

    def replace_returned(self, dossier_id: str, instead: str) -> None:
        """Another dossier takes the place of one that came back."""
        ...

    def replaces(self, dossier_id: str) -> str | None:
        """Which dossier that came back this one takes the place of."""
        ...

    def enqueue(self, event: OutboxEvent) -> None: ...

    def next_seq(self) -> int:
        """The next event number of this station, from 1; the only gaps are those that a restoration leaves."""
        ...

    def next_number(self, series: str) -> int:
        """The next number of a series (one a day), from 1, without gaps; after a restoration from the next thousand."""
        ...


class Dossiers(Protocol):
    """The dossiers kept on this machine."""

    def transaction(self) -> AbstractContextManager[Transaction]: ...

    def noted(self, entry: AuditEntry) -> None:
        """Write down a deed that changes nothing: somebody saw, printed or exported something."""
        ...

    def get(self, dossier_id: str) -> Dossier: ...

    def find(self, words: str = "", limit: int = 200, named: Callable[[str], Iterable[str]] = ...) -> Sequence[Summary]:
        """Newest first. `words` match names, numbers of people and dossiers, with or without marks and case.

        `named` says which procedures have a word that begins like a folded one.
        """
        ...

    def queue(self, queue: Queue, officer: str, now: datetime, limit: int = 200) -> Sequence[Summary]:
        """The first of one queue, as it stands for this officer now."""
        ...

    def counts(self, officer: str, now: datetime) -> Mapping[Queue, int]:
        """How many dossiers stand in each queue that is counted."""
        ...

    def issued_forms(self, dossier_id: str) -> Sequence[IssuedForm]:
        """The refusals and apologies of a dossier, as they were issued."""
        ...

    def hold_of(self, dossier_id: str) -> Hold | None:
        """The hold on this dossier that nobody has lifted."""
        ...

    def holds(self) -> Sequence[Hold]:
        """All that nobody has lifted, the newest first."""
        ...

    def naming(self, number: str, limit: int = 500) -> Sequence[Dossier]:
        """Those in which somebody has this ID number, the newest first."""
        ...

    def sealed_between(self, start: datetime, end: datetime) -> Sequence[str]:
        """The ids of those sealed from `start` on and before `end`, in the order of their seals."""
        ...

    def progress(self, dossier_id: str) -> Progress | None: ...

    def revisions(self, dossier_id: str) -> Sequence[Revision]:
        """The corrections since the seal, in the order in which they came about here."""
        ...

    def sealed_of(self, person_id: str, limit: int = 50) -> Sequence[Dossier]:
        """The sealed dossiers of the person with this number, the newest first."""
        ...

    def sealed_with_page(self, sha256: str, person_id: str) -> str | None:
        """The id of the newest sealed dossier of this person that has a page of this image."""
        ...
