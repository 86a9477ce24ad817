"""The outside world, as the deeds see it, on one page. `station/app.py` joins the real parts."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from station.dossier.audit import AuditEntry
from station.dossier.delivery import OutboxEvent, Progress
from station.dossier.dossier import Dossier, State
from station.dossier.procedure import Procedure
from station.dossier.reading import PageReading
from station.dossier.receipt import Receipt
from station.errors import StationError


class Clock(Protocol):
    """What time it is; aware datetimes."""

    def now(self) -> datetime: ...


class Procedures(Protocol):
    """The catalogue of procedures (danh mục thủ tục hành chính)."""

    def all(self) -> Sequence[Procedure]: ...

    def get(self, code: str, version: str | None = None) -> Procedure:
        """Raises `RuleError("dossier.no_such_procedure")`."""
        ...


class Pages(Protocol):
    """Page images, encrypted on disk. When `keep` returns, the page survives a power cut."""

    def keep(self, content: bytes) -> str:
        """Store durably and return the SHA-256 (hex) of `content`; raises `StoreError`."""
        ...

    def read(self, sha256: str) -> bytes:
        """The bytes as they were kept; raises `StoreError` when missing or damaged."""
        ...


@dataclass(frozen=True, slots=True)
class Summary:
    """One line of the list of dossiers."""

    id: str
    number: str | None
    procedure_code: str
    person_name: str | None
    person_id: str | None
    state: State
    opened_at: datetime
    sealed_at: datetime | None
    pages: int
    progress: Progress | None


class Transaction(Protocol):
    """Everything written here is kept together or not at all, and durable when the block ends."""

    def load(self, dossier_id: str) -> Dossier:
        """The dossier as it stands now; raises `RuleError("dossier.unknown")`."""
        ...

    def save(self, dossier: Dossier) -> Dossier:
        """Write it and return it with its version counted up; `StoreError` if somebody else wrote in between."""
        ...

    def audit(self, entry: AuditEntry) -> None:
        """Append to the hash-chained trail."""
        ...

    def enqueue(self, event: OutboxEvent) -> None: ...

    def next_seq(self) -> int:
        """The next event number of this station, from 1, without gaps."""
        ...

    def next_number(self, series: str) -> int:
        """The next number of a series (one a day), from 1, without gaps."""
        ...


class Dossiers(Protocol):
    """The dossiers kept on this machine."""

    def transaction(self) -> AbstractContextManager[Transaction]: ...

    def get(self, dossier_id: str) -> Dossier: ...

    def find(self, words: str = "", limit: int = 200) -> Sequence[Summary]:
        """Newest first. `words` match name, ID number, dossier number, with or without marks and case."""
        ...

    def progress(self, dossier_id: str) -> Progress | None: ...


@dataclass(frozen=True, slots=True)
class Device:
    """A way to get pages. `ready` is False with `remedy` (an error code) where a person must do something."""

    id: str
    name: str
    kind: str
    sources: tuple[str, ...] = ("flatbed",)
    ready: bool = True
    remedy: str | None = None


@dataclass(frozen=True, slots=True)
class ScanJob:
    """What to scan: from the flatbed one page, from the `adf` until it is empty. Resolution in dots per inch."""

    device_id: str
    source: str = "flatbed"
    resolution: int = 300
    colour: bool = True


@dataclass(frozen=True, slots=True)
class CapturedImage:
    """One page as it came from outside. `origin` says from where, without a path (`sane`, `folder`, `tray`…)."""

    content: bytes
    media_type: str
    origin: str


class PageSources(Protocol):
    """Scanners, folders, trays: everything that yields page images. Each runs in a child process."""

    def devices(self) -> Sequence[Device]: ...

    def scan(self, job: ScanJob, deliver: Callable[[CapturedImage], None], cancel: threading.Event) -> None:
        """Call `deliver` for each page as soon as it is complete; return when there are no more.

        A page counts as taken when `deliver` returns. Raises `DeviceError` (with earlier pages delivered);
        `DeviceError("device.cancelled")` after `cancel` was set.
        """
        ...

    def open_file(self, content: bytes, name: str, deliver: Callable[[CapturedImage], None]) -> None:
        """Split a file (image, multi-page TIFF, PDF) into pages; raises `InputError` before the first page."""
        ...


class PageReader(Protocol):
    """Reads pages in worker processes. Returns at once; `done` is called from another thread."""

    def read(self, content: bytes, done: Callable[[PageReading | StationError], None]) -> None: ...


class CodeReader(Protocol):
    """Finds machine-readable codes in an image (a photographed or scanned card)."""

    def read_codes(self, content: bytes) -> Sequence[str]:
        """Exact UTF-8 texts, in reading order; raises `InputError("code.undecodable")` for any other bytes."""
        ...


class ReceiptWriter(Protocol):
    """Makes the receipt (Mẫu 01, TT 03/2025/TT-VPCP) as a PDF."""

    def write(self, receipt: Receipt) -> bytes: ...
