"""The outside world, as the deeds see it, on one page. `station/app.py` joins the real parts."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from pathlib import Path
from typing import Any, Protocol

from station.dossier.attempts import Attempts
from station.dossier.audit import AuditEntry
from station.dossier.backup_state import BackupState
from station.dossier.capture import CapturedImage, Device, ScanJob
from station.dossier.conservation import BroughtBack, Counts
from station.dossier.correction import Revision
from station.dossier.courier import Taken, Written
from station.dossier.delivery import Link, OutboxEvent, Progress
from station.dossier.dossier import Dossier
from station.dossier.erasure import Erasure, ErasureOrder
from station.dossier.form_order import IssuedForm
from station.dossier.health import Symptom
from station.dossier.hub_changes import HubWord, Returned
from station.dossier.intake import Feeding, TakenImage
from station.dossier.judgement import Judgement
from station.dossier.outline import Outline
from station.dossier.people import Person, Roster
from station.dossier.picture import Picture
from station.dossier.printed_form import FormName, PrintedForm
from station.dossier.procedure import Procedure, TimeUnit
from station.dossier.question import Question
from station.dossier.queue import Queue
from station.dossier.reading import PageReading
from station.dossier.retention import Due, Hold, Standing
from station.dossier.service import Rating
from station.dossier.summary import Summary
from station.dossier.trail import SignedHead
from station.dossier.why_stuck import LinkQuality
from station.dossier.why_stuck import Queue as Waiting
from station.errors import StationError


class Clock(Protocol):
    """What time it is; aware datetimes."""

    def now(self) -> datetime: ...


class Procedures(Protocol):
    """The catalogue of procedures (danh mục thủ tục hành chính)."""

    def all(self, day: date | None = None) -> Sequence[Procedure]:
        """Those received at this level, each in its newest version, or in the newest that is valid on a day."""
        ...

    def get(self, code: str, version: str | None = None) -> Procedure:
        """Raises `RuleError("dossier.no_such_procedure")`."""
        ...

    def before(self, procedure: Procedure) -> Procedure | None:
        """The version that this one replaced."""
        ...


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

    def sealed_of(self, person_id: str, limit: int = 50) -> Sequence[Dossier]:
        """The sealed dossiers of the person with this number, the newest first."""
        ...

    def sealed_with_page(self, sha256: str, person_id: str) -> str | None:
        """The id of the newest sealed dossier of this person that has a page of this image."""
        ...


class HubWords(Protocol):
    """What the hub has said of the dossiers kept here."""

    def of(self, dossier_id: str) -> HubWord:
        """Everything since the seal of one dossier; raises `RuleError("dossier.unknown")`."""
        ...

    def questions(self) -> Sequence[Question]:
        """Those that nobody has answered, the oldest first."""
        ...

    def returned(self) -> Sequence[Returned]:
        """Dossiers that came back and were not made again, the oldest first."""
        ...


class Erasing(Protocol):
    """Dossiers that nobody works on any more, and erasing them for good."""

    def standings(self, opened_before: datetime) -> Sequence[Standing]:
        """Of all sealed and discarded dossiers that were opened before then, the oldest first."""
        ...

    def standing(self, dossier_id: str) -> Standing | None:
        """None for a dossier that is open, or that is not there."""
        ...

    def hub_time(self) -> datetime | None:
        """The latest time that the hub has signed."""
        ...

    def erase(self, dossier_id: str, order: ErasureOrder, judge: Callable[[Standing], Due]) -> Erasure:
        """Rows and key in one transaction, in which `judge` is asked last; it raises what forbids it."""
        ...

    def finish(self) -> int:
        """Clear what erased dossiers left in the files; raises `StoreError`, and may be tried again."""
        ...

    def on_certificate(self, certificate: str) -> Sequence[Erasure]:
        """What was erased under this number, in its order."""
        ...

    def newest(self, limit: int = 200) -> Sequence[Erasure]:
        """What was erased last."""
        ...

    def of_numbers(self, numbers: Sequence[str]) -> Sequence[Erasure]:
        """By the numbers on citizens' receipts, the station's own or the hub's."""
        ...


class Examined(Protocol):
    """The store, as it can be looked over."""

    def examine(self) -> Sequence[Symptom]:
        """Everything that is wrong; takes time in proportion to the store."""
        ...


class Ground(Protocol):
    """What the station stands on."""

    def free_space(self) -> int:
        """Bytes that are free where the store lies; raises `StoreError`."""
        ...

    def is_writable(self) -> bool:
        """Whether a file can be written there now, and is durable."""
        ...

    def newest_moment(self) -> datetime | None:
        """The latest moment that is known to be past."""
        ...

    def hub_time(self) -> datetime | None:
        """The latest time that the hub has signed."""
        ...


class Ledger(Protocol):
    """What went in and where it is now, counted by query."""

    def counts(self, start: datetime | None = None, end: datetime | None = None) -> Counts:
        """Of what went in from `start` on and before `end`; of everything without them."""
        ...

    def brought_back(self, start: datetime | None = None, end: datetime | None = None) -> tuple[BroughtBack, ...]:
        """The restorations that were made or settled in that time, and every one that the hub was not asked about."""
        ...


class PageSources(Protocol):
    """Scanners, folders, trays: everything that yields page images. Each runs in a child process."""

    def devices(self) -> Sequence[Device]: ...

    def scan(self, job: ScanJob, deliver: Callable[[CapturedImage], None], cancel: threading.Event) -> None:
        """Call `deliver` for each page as soon as it is complete; return when there are no more.

        A page counts as taken when `deliver` returns. Raises `DeviceError` (with earlier pages delivered);
        `DeviceError("device.cancelled")` after `cancel` was set.
        """
        ...

    def open_file(
        self, content: bytes, name: str, deliver: Callable[[CapturedImage], None], cancel: threading.Event
    ) -> None:
        """Split a file (image, multi-page TIFF, PDF) into pages; raises `InputError` before the first page.

        `DeviceError("device.cancelled")` if `cancel` is set before that: a file arrives whole or not at all.
        """
        ...


class PageReader(Protocol):
    """Reads pages in worker processes. Returns at once; `done` is called from another thread."""

    def read(
        self,
        content: bytes,
        done: Callable[[PageReading | StationError], None],
        outline: Outline | None = None,
        early: Callable[[PageReading], None] | None = None,
    ) -> None:
        """Read the image, or what lies inside `outline`. `early` may be told before what is known by then."""
        ...


class PageGate(Protocol):
    """Says what is wrong with an image before it is read, in a fraction of the time; `done` as with `PageReader`."""

    def judge(self, content: bytes, done: Callable[[Judgement | StationError], None]) -> None: ...

    def find_same(self, one: str, others: Sequence[str], done: Callable[[int | StationError | None], None]) -> None:
        """Which of the other fingerprints is the first of the same page; None if none is."""
        ...


class Pictures(Protocol):
    """Images from outside as plain pixels, for the screens."""

    def picture(self, content: bytes, side: int, rotation: int = 0, outline: Outline | None = None) -> Picture:
        """Its longer side at most `side`, turned clockwise; raises `InputError` and `ReadingError`."""
        ...


class CodeReader(Protocol):
    """Finds machine-readable codes in an image (a photographed or scanned card)."""

    def read_codes(self, content: bytes) -> Sequence[str]:
        """Exact UTF-8 texts, in reading order; raises `InputError("code.undecodable")` for any other bytes."""
        ...


class FormWriter(Protocol):
    """Makes the forms of TT 03/2025/TT-VPCP as PDF."""

    def write(self, name: FormName, form: PrintedForm) -> bytes:
        """The same values always give the same bytes."""
        ...

    def images(self, pdf: bytes, dpi: int) -> Sequence[bytes]:
        """The PDF's pages as PNG, for the screen and for printers that take no PDF."""
        ...


class ReceiptSigner(Protocol):
    """Signs receipts with the station's own key."""

    @property
    def station(self) -> str: ...

    @property
    def key_id(self) -> str: ...

    def sign(self, text: str) -> bytes: ...


class Deadlines(Protocol):
    """When a result is due (thời hạn giải quyết), by the working-day calendar."""

    def due_at(self, received_at: datetime, time: int, unit: TimeUnit) -> datetime: ...

    def years_without_schedule(self, first: date, last: date) -> tuple[int, ...]:
        """Years between two days whose holidays are only foreseen: «chưa có lịch nghỉ chính thức»."""
        ...


class Courier(Protocol):
    """The way to the hub without a line: files on a stick. Each raises `InputError` with `courier.*` or `file.*`."""

    def write(self, folder: Path, *, whole: bool = False) -> Written:
        """Write all that waits, encrypted to the hub."""
        ...

    def take(self, file: Path) -> Taken:
        """Take in the hub's answer."""
        ...

    def learn_key(self, file: Path) -> None:
        """Take the hub's key for parcels from its signed file."""
        ...


class Connection(Protocol):
    """The way to the hub, as the officer sees it."""

    @property
    def online(self) -> bool:
        """Whether the station tries to reach the hub at all."""
        ...

    def link(self) -> Link:
        """How the line is, as far as is known now."""
        ...

    def switch(self, *, online: bool) -> None:
        """Work offline on purpose, or try again."""
        ...

    def seen(self, progress: Progress) -> Progress:
        """What the store knows of a delivery, with what only the line knows: why it waits, when it is tried again."""
        ...

    def quality(self) -> LinkQuality:
        """How good the line is, by what was sent over it."""
        ...

    def queue(self) -> Waiting:
        """All that waits, in the order in which it goes; costs time in proportion to it."""
        ...

    def limit(self, bytes_a_second: int | None) -> None:
        """Take no more than this of the line; None: as much as there is."""
        ...

    def metered(self, on: bool) -> None:
        """Each byte is paid for: facts and previews go, pages wait."""
        ...

    def send_all_now(self) -> None:
        """Try again at once, and send the pages that wait by now in spite of `metered`."""
        ...

    def on_progress(self, told: Callable[[str], None]) -> None:
        """Call `told(dossier_id)` from another thread whenever a dossier's delivery moved."""
        ...


class People(Protocol):
    """Who may work here, as kept in the encrypted store. Each change is kept with its line of the trail."""

    def roster(self) -> Roster | None:
        """The newest of whose signature counts here; None before the station is enrolled."""
        ...

    def enrol(self, station: str, authority: bytes, document: dict[str, Any], entry: AuditEntry) -> None: ...

    def keep_roster(self, document: dict[str, Any], entry: AuditEntry) -> Roster:
        """Raises `InputError` with a `roster.*` code for one that is not signed, not for us, or not newer."""
        ...

    def extend(self, roster: Roster, until: datetime, entry: AuditEntry) -> None: ...

    def extensions(self, roster: Roster) -> int: ...

    def attempts(self, person_id: str) -> Attempts: ...

    def count_failure(self, person_id: str, entry: AuditEntry) -> None: ...

    def forget_failures(self, person_id: str, entry: AuditEntry) -> None: ...

    def chosen_verifier(self, person_id: str, instead_of: str) -> str:
        """What somebody chose here in place of the roster's passphrase; empty: nothing."""
        ...

    def choose_verifier(self, person_id: str, instead_of: str, verifier: str, entry: AuditEntry) -> None: ...

    def note(self, entry: AuditEntry) -> None:
        """A line of the trail alone."""
        ...


class Pseudonyms(Protocol):
    """Numbers of people as the trail names them."""

    def of(self, number: str) -> str: ...


class Passphrases(Protocol):
    """Verifiers of passphrases."""

    def verifier(self, passphrase: str, person_id: str) -> str:
        """Raises `StoreError` for a passphrase that is too short or too easy."""
        ...

    def is_right(self, verifier: str, passphrase: str) -> bool: ...


class KeySlots(Protocol):
    """Whose passphrases open the keys of the station when nothing else does."""

    def opens(self, person_id: str, passphrase: str) -> bool: ...

    def give(self, person_id: str, passphrase: str, verifier: str) -> None:
        """This person's passphrase opens the keys from now on; nothing where it does already."""
        ...

    def keep_only(self, people: Iterable[str]) -> None:
        """Nobody else's passphrase opens the keys any more."""
        ...


class SecondFactor(Protocol):
    """Something that somebody has, beside what they know."""

    def prove(self, person: Person) -> None:
        """Ask for it, and return once it proved to be theirs; `RuleError` or `DeviceError` otherwise."""
        ...


class Trail(Protocol):
    """The audit trail, as those see it who may read it."""

    def entries(
        self, dossier_id: str | None = None, limit: int = 1000, by: str | None = None, day: date | None = None
    ) -> Sequence[AuditEntry]:
        """Newest first: of one dossier, one person or one day, or of all."""
        ...

    def days(self) -> Sequence[date]:
        """The days that have lines, newest first."""
        ...

    def dossier_called(self, number: str) -> str:
        """The id of the dossier with this number; where there is none, what was asked for may be an id itself."""
        ...

    def numbers(self, dossier_ids: Collection[str]) -> Mapping[str, str]:
        """The numbers of those that have one."""
        ...

    def has_line_since_sign_in(self, like: AuditEntry) -> bool:
        """Whether this person has, since they last signed in, a line on the same dossier, or the same line on none."""
        ...

    def told_alike(self, like: AuditEntry, limit: int = 1000) -> Sequence[AuditEntry]:
        """The lines of the same deed with the same detail, whoever did it; newest first."""
        ...

    def people(self) -> Sequence[str]:
        """Everybody who stands in it."""
        ...

    def verify(self) -> int | None:
        """The number of the first line that is not what was written; None when all is well."""
        ...

    def signed_head(self) -> SignedHead: ...

    def checkpoint(self) -> SignedHead:
        """Sign the head and keep the signature."""
        ...

    def export(self, station: str) -> Iterable[str]:
        """JSON Lines, each line once, with every signed head."""
        ...


class Backups(Protocol):
    """What makes the backups, in a thread of its own."""

    def state(self) -> BackupState: ...

    def begin(self, *, new_disk: bool = False) -> None:
        """Make one now; raises `StoreError("backup.not_set_up")`."""
        ...

    def on_change(self, listener: Callable[[], None]) -> None:
        """Call this from another thread whenever `state` has changed."""
        ...
