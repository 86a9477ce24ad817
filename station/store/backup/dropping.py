"""Letting go of what no longer counts: generations beyond the newest, pages that nobody names, what was broken off."""

from __future__ import annotations

import shutil
from pathlib import Path

from station.store import durable
from station.store.backup import layout, page_copies
from station.store.backup.layout import BackupFolder


def drop_old(backups: BackupFolder, keep: int) -> None:
    """Keep the newest generations and the pages that they name."""
    finished = backups.finished()
    try:
        for number in finished[: -max(keep, 1)]:
            _drop(backups.generation(number))
        named: set[Path] = set()
        for number in backups.finished():
            content = (backups.generation(number) / layout.PAGES).read_bytes()
            named |= {page.below(backups.pages) for page in page_copies.from_text(content).values()}
    except (ValueError, FileNotFoundError):
        return  # a list that cannot be read: what it named must not be taken for nobody's
    except OSError as error:
        raise durable.failure(error) from error
    page_copies.prune(backups.pages, named)


def _drop(place: Path) -> None:
    (place / layout.MANIFEST).unlink(missing_ok=True)
    durable.sync_folder(place)  # from here on it is none: what is deleted next is not missed
    shutil.rmtree(place)


def clear_unfinished(backups: BackupFolder) -> None:
    """What was broken off costs no room for longer than until the next backup."""
    finished = set(backups.finished())
    for number in backups.begun():
        if number not in finished:
            shutil.rmtree(backups.generation(number), ignore_errors=True)
