"""A whole look over a station's folder: every file, every row, every promise; changes nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sql

from station.dossier.conservation import Gap, gaps
from station.dossier.health import Symptom, Trouble
from station.dossier.trail import SignedHead
from station.errors import InputError, StoreError
from station.paths import DataFolder
from station.store import durable, migrations, schema
from station.store.database import Database
from station.store.health import check, write_ahead_log
from station.store.health.ledger import Ledger
from station.store.keys import KeyRing, Keys, Secrets
from station.store.keys import database_rotation as rotation
from station.store.keys import rotation as keys_rotation
from station.store.keys.dossier_keys import DossierKeys
from station.store.keys.secret_rows import seen_secrets
from station.store.pages import Pages
from station.store.trail.audit import first_broken
from station.store.versions import VERSIONS

MOST_PLACES = 20
"""Of one kind: a disk that dies breaks thousands of pages, and nobody reads so many lines."""

_NAMED = """
    SELECT page.sha256, coalesce(dossier.number, dossier.id) AS dossier
    FROM page JOIN dossier ON dossier.serial = page.dossier
    UNION SELECT json_extract(signature, '$.sha256'), coalesce(number, id) FROM dossier WHERE signature <> 'null'
    UNION SELECT value, coalesce(dossier.number, dossier.id)
    FROM outbox, json_each(outbox.pages) JOIN dossier ON dossier.id = outbox.dossier_id
"""
_UNINDEXED = """
    SELECT coalesce(number, id) FROM dossier WHERE serial NOT IN (SELECT rowid FROM search)
    UNION SELECT 'row ' || rowid FROM search WHERE rowid NOT IN (SELECT serial FROM dossier)
"""
_FOREIGN_RECEIPTS = """
    SELECT DISTINCT coalesce(dossier.number, receipt.dossier_id)
    FROM receipt, json_each(receipt.pages) LEFT JOIN dossier ON dossier.id = receipt.dossier_id
    WHERE dossier.id IS NULL OR NOT EXISTS
        (SELECT 1 FROM page WHERE page.dossier = dossier.serial AND page.sha256 = json_each.value)
        AND json_each.value IS NOT json_extract(dossier.signature, '$.sha256')
"""
_HEADS = """
    SELECT trail_checkpoint.seq, trail_checkpoint.text, audit.hash
    FROM trail_checkpoint LEFT JOIN audit ON audit.seq = trail_checkpoint.seq ORDER BY trail_checkpoint.seq
"""
_DOSSIERS = "SELECT serial, coalesce(number, id) AS dossier FROM dossier ORDER BY serial"
_PARTS = (schema.dossier, schema.page, schema.entry, schema.reading, schema.correction)


def of_folder(folder: DataFolder, keys: Keys) -> list[Symptom]:
    """All of it, of a station that is closed; the caller holds its lock."""
    found = list(of_keys(folder, keys))
    if not folder.database.exists():
        return [*found, Symptom(Trouble.DATABASE, "store.database_missing")]
    damaged = write_ahead_log.damage(folder.database)
    if damaged is not None:  # whoever opens the database now loses what could still be saved
        return [*found, Symptom(Trouble.LOG, str(damaged.lost))]
    keys = _keys_of_database(folder, keys)
    database = Database(folder.database, keys.database)
    try:
        found += of_database(database)
        if not any(symptom.trouble in (Trouble.DATABASE, Trouble.OLD_SCHEMA) for symptom in found):
            secrets = seen_secrets(database, Secrets.derived_from(keys.data))
            found += of_content(database, Pages(folder.pages, secrets, DossierKeys(database)), folder)
    finally:
        database.close()
    return found


def of_keys(folder: DataFolder, keys: Keys | None) -> Iterator[Symptom]:
    """Whether `keys.json` can be read, and with the keys, whether each slot is as it was written."""
    try:
        found = KeyRing.slots(folder.keys, keys)
    except StoreError as error:
        yield Symptom(Trouble.KEYS, error.code)
        return
    for place, slot in enumerate(found, 1):
        if slot.genuine is False:
            yield Symptom(Trouble.SLOT, f"{place} ({slot.kind})")


def of_database(database: Database) -> Iterator[Symptom]:
    """Whether every page of the file authenticates and its structure holds; if not, which dossiers cannot be read."""
    try:
        version = migrations.schema_version(database)
        broken = check.broken_places(database)
    except StoreError as error:
        yield Symptom(Trouble.DATABASE, error.code)
        return
    if broken:
        yield Symptom(Trouble.DATABASE, "; ".join(broken[:MOST_PLACES]), _unreadable(database))
    elif version < len(VERSIONS):
        yield Symptom(Trouble.OLD_SCHEMA, str(version))


def of_content(database: Database, pages: Pages, folder: DataFolder) -> Iterator[Symptom]:
    """What a database that is whole says of the rest. Reads every page file."""
    yield from _of_trail(database)
    named = _named(database)
    yield from _of_pages(pages, named)
    yield from _of_files(pages, named, folder)
    with database.reading() as connection:
        unindexed = tuple(connection.execute(sql.text(_UNINDEXED)).scalars())
        foreign = tuple(connection.execute(sql.text(_FOREIGN_RECEIPTS)).scalars())
    if unindexed:
        yield Symptom(Trouble.SEARCH, "", unindexed)
    if foreign:
        yield Symptom(Trouble.RECEIPT, "", foreign)
    counts = Ledger(database, pages.holds).counts()
    for gap in gaps(counts):
        if gap is Gap.SEQUENCE:
            yield Symptom(Trouble.EVENTS, ", ".join(counts.missing[gap][:MOST_PLACES]))
        elif gap is not Gap.NO_FILE:  # told above, page by page
            yield Symptom(Trouble.LEDGER, gap.value, counts.missing.get(gap, ()))


def _of_trail(database: Database) -> Iterator[Symptom]:
    line = first_broken(database)
    if line is not None:
        yield Symptom(Trouble.TRAIL, str(line))
        return
    with database.reading() as connection:
        rows = list(connection.execute(sql.text(_HEADS)))
    for row in rows:
        if not _fits(row.text, row.seq, row.hash):
            yield Symptom(Trouble.TRAIL, str(row.seq))
            return


def _fits(text: str, seq: int, line: str | None) -> bool:
    try:
        head = SignedHead.parse(text)
    except InputError:
        return False
    return head.is_genuine() and (head.seq, head.hash) == (seq, line)


def _of_pages(pages: Pages, named: dict[str, tuple[str, ...]]) -> Iterator[Symptom]:
    for sha256, dossiers in sorted(named.items()):
        try:
            pages.read(sha256)
        except StoreError as error:
            trouble = {"store.page_missing": Trouble.PAGE_MISSING, "store.page_damaged": Trouble.PAGE_DAMAGED}
            if error.code not in trouble:
                raise
            yield Symptom(trouble[error.code], pages.names([sha256])[0], dossiers)


def _of_files(pages: Pages, named: dict[str, tuple[str, ...]], folder: DataFolder) -> Iterator[Symptom]:
    names = set(pages.names(named))
    for file in sorted(folder.pages.glob("*/*")):
        if file.is_file() and not file.name.startswith(durable.TEMPORARY) and file.name not in names:
            yield Symptom(Trouble.ORPHAN, file.name)
    for file in temporary_files(folder):
        yield Symptom(Trouble.TEMPORARY, file.name)


def temporary_files(folder: DataFolder) -> list[Path]:
    """Files that were never finished, in the folder and among the pages."""
    found = [*folder.root.glob(f"{durable.TEMPORARY}*"), *folder.pages.glob(f"*/{durable.TEMPORARY}*")]
    return sorted(file for file in found if file.is_file())


def _named(database: Database) -> dict[str, tuple[str, ...]]:
    named: defaultdict[str, list[str]] = defaultdict(list)
    with database.reading() as connection:
        for row in connection.execute(sql.text(_NAMED)):
            named[row.sha256].append(row.dossier)
    return {sha256: tuple(dossiers) for sha256, dossiers in named.items()}


def _unreadable(database: Database) -> tuple[str, ...]:
    """Those of which a row lies in a broken place, as far as their list can still be read."""
    try:
        with database.reading() as connection:
            listed = [(row.serial, row.dossier) for row in connection.execute(sql.text(_DOSSIERS))]
    except StoreError:
        database.close()  # the engine gives a connection up that has met a broken page
        return ()
    lost = []
    for serial, dossier in listed:
        try:
            with database.reading() as connection:
                for table in _PARTS:
                    mine = table.c.serial if table is schema.dossier else table.c.dossier
                    connection.execute(sql.select(table).where(mine == serial)).all()
        except StoreError:
            database.close()
            lost.append(dossier)
    return tuple(lost)


def _keys_of_database(folder: DataFolder, keys: Keys) -> Keys:
    """Those that follow, where a change of the data key was broken off after its rename."""
    following = keys_rotation.following(folder.keys, keys)
    return following if following is not None and rotation.opens(folder.database, following) else keys
