"""Reading a generation of a backup again, byte for byte: is it whole, and is it this station's? Needs no secret key."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from station.errors import StoreError
from station.store import durable
from station.store.backup import layout, page_copies
from station.store.backup.envelope import FOR_PROVINCE, FOR_STATION, SLOTS
from station.store.backup.layout import BackupFolder
from station.store.backup.manifest import Manifest, digest
from station.store.backup.page_copies import PageCopy

_OF_PAGES = ("backup.page_missing", "backup.page_damaged")
_NAMES = {layout.DATABASE, layout.FILES, layout.PAGES}


@dataclass(frozen=True, slots=True)
class Fault:
    """`code` is that of an error (`backup.*`), `file` the name of the file below the backup folder."""

    code: str
    file: str


def newest(backups: BackupFolder) -> int:
    """Raises `StoreError("backup.none")`."""
    finished = backups.finished()
    if not finished:
        raise StoreError("backup.none")
    return finished[-1]


def check(backups: BackupFolder, number: int, public_keys: Collection[bytes] = ()) -> list[Fault]:
    """What is wrong with a generation; with `public_keys`, whether one of them has signed it.

    Raises `StoreError`: `backup.no_generation`, `backup.damaged` for a manifest that cannot be read.
    """
    faults = check_files(backups, number, public_keys)
    if any(fault.file.endswith(layout.PAGES) for fault in faults):
        return faults  # what it says of pages is worth nothing
    for page in pages_of(backups, number).values():
        try:
            page_copies.read(page, backups.pages)
        except StoreError as error:
            faults.append(fault_of_page(backups, page, error))
    return faults


def check_files(backups: BackupFolder, number: int, public_keys: Collection[bytes] = ()) -> list[Fault]:
    """The same for everything but the pages: without these files nothing can be brought back."""
    manifest = backups.manifest(number)
    faults = list(_faults_of_files(backups, manifest))
    if public_keys and not any(manifest.is_signed_by(key) for key in public_keys):
        faults.append(Fault("backup.not_signed", _name(backups, backups.generation(number) / layout.MANIFEST)))
    return faults


def fault_of_page(backups: BackupFolder, page: PageCopy, error: StoreError) -> Fault:
    """A page that cannot be read; passes on an error that is none of the page's."""
    if error.code not in _OF_PAGES:
        raise error
    return Fault(error.code, _name(backups, page.below(backups.pages)))


def pages_of(backups: BackupFolder, number: int) -> dict[str, PageCopy]:
    """The pages of a generation by their names; raises `StoreError("backup.damaged")`."""
    try:
        return page_copies.from_text((backups.generation(number) / layout.PAGES).read_bytes())
    except (OSError, ValueError) as error:
        raise StoreError("backup.damaged", generation=number, file=layout.PAGES) from error


def _faults_of_files(backups: BackupFolder, manifest: Manifest) -> Iterator[Fault]:
    place = backups.generation(manifest.generation)
    names = set(manifest.files)
    if not (names >= _NAMES and names - _NAMES in ({FOR_PROVINCE}, {FOR_STATION, SLOTS})):
        yield Fault("backup.damaged", _name(backups, place / layout.MANIFEST))
        return
    for name, told in sorted(manifest.files.items()):
        try:
            whole = digest(place / name) == told
        except FileNotFoundError:
            whole = False
        except OSError as error:
            raise durable.failure(error) from error
        if not whole:
            yield Fault("backup.damaged", _name(backups, place / name))


def _name(backups: BackupFolder, file: Path) -> str:
    return file.relative_to(backups.root).as_posix()
