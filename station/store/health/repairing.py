"""Putting right what can be put right without losing anything: nothing is deleted but what was never finished."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import sqlalchemy as sql

from station.dossier.health import Repairs, Symptom, Trouble
from station.errors import StoreError
from station.paths import DataFolder
from station.store import durable
from station.store.database import Database
from station.store.health import check, examination
from station.store.pages import Pages
from station.store.rows import search

QUARANTINE = "quarantine"
"""Where damaged page files go: somebody may still save something of them."""


def repair(
    folder: DataFolder, database: Database, pages: Pages, found: Iterable[Symptom], source: Path | None
) -> Repairs:
    """Put right what was found; pages come back from `source`, a backup folder or a copy of a station's folder.

    May be broken off anywhere and done again. Raises `StoreError` where the disk fails.
    """
    troubles = {symptom.trouble for symptom in found}
    quarantined = brought_back = indexed = 0
    if troubles & {Trouble.PAGE_DAMAGED, Trouble.PAGE_MISSING}:
        for sha256 in sorted(check.named_pages(database)):
            state = _state_of(pages, sha256)
            name = pages.names([sha256])[0]
            if state == "store.page_damaged":
                _quarantine(folder, folder.pages / name[:2] / name)
                quarantined += 1
            if state and source is not None:
                brought_back += _bring_back(folder, pages, sha256, name, source)
    if Trouble.SEARCH in troubles:
        indexed = _index_anew(database)
    return Repairs(quarantined, brought_back, indexed, _remove_temporary(folder))


def _state_of(pages: Pages, sha256: str) -> str:
    """Empty where the page is whole."""
    try:
        pages.read(sha256)
    except StoreError as error:
        if error.code not in ("store.page_missing", "store.page_damaged"):
            raise
        return error.code
    return ""


def _quarantine(folder: DataFolder, file: Path) -> None:
    place = folder.root / QUARANTINE
    durable.make_folder(place)
    try:
        taken = place / file.name
        number = 1
        while taken.exists():
            number += 1
            taken = place / f"{file.name}.{number}"
        file.rename(taken)
        durable.sync_folder(place)
        durable.sync_folder(file.parent)
    except OSError as error:
        raise durable.failure(error) from error


def _bring_back(folder: DataFolder, pages: Pages, sha256: str, name: str, source: Path) -> bool:
    """The first copy that opens and is what the database names; what does not is taken away again."""
    file = folder.pages / name[:2] / name
    for copy in _copies(source, name):
        try:
            content = copy.read_bytes()
        except OSError:
            continue  # another copy may be readable
        durable.make_folder(file.parent)
        durable.write(file, content)
        if not _state_of(pages, sha256):
            return True
        _quarantine(folder, file)
    return False


def _copies(source: Path, name: str) -> Iterator[Path]:
    """In a backup a copy's name has a suffix; in the folder of a station it has none."""
    for place in (source / "pages" / name[:2], source / name[:2]):
        yield from sorted(place.glob(f"{name}*"))


def _index_anew(database: Database) -> int:
    with database.writing() as connection:
        connection.exec_driver_sql("INSERT INTO search (search) VALUES ('delete-all')")
        search.fill(connection)
        return int(connection.execute(sql.text("SELECT count(*) FROM dossier")).scalar_one())


def _remove_temporary(folder: DataFolder) -> int:
    files = examination.temporary_files(folder)
    try:
        for file in files:
            file.unlink(missing_ok=True)
        for place in {file.parent for file in files}:
            durable.sync_folder(place)
    except OSError as error:
        raise durable.failure(error) from error
    return len(files)
