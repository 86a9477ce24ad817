"""`stations.toml`, `people.toml` and `recovery.txt`, in which earlier hubs kept what now stands in the database."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from provincial_hub.clock import vietnam_time
from provincial_hub.errors import SetupError
from provincial_hub.keeping.durable import sync_folder
from provincial_hub.keeping.ledger import Ledger
from provincial_hub.keeping.person_books import PersonBooks
from provincial_hub.keeping.station_books import StationBooks
from provincial_hub.stations.people import People, read_file
from provincial_hub.stations.recovery_key import recovery_key, set_recovery_key
from provincial_hub.stations.registry import checked_name

_TAKEN_IN = ".taken-in"
_DIGEST = re.compile(r"[0-9a-f]{64}")


async def take_in(root: Path, ledger: Ledger) -> None:
    """Take each file in where its table is empty, once: it is renamed. Raises `SetupError` where one is wrong."""
    takes: dict[str, Callable[[Path, Ledger], Awaitable[None]]] = {
        "stations.toml": _stations,
        "people.toml": _people,
        "recovery.txt": _recovery_key,
    }
    for name, take in takes.items():
        file = root / name
        if file.exists():
            await take(file, ledger)
            file.replace(file.with_name(name + _TAKEN_IN))
            sync_folder(root)


async def _stations(file: Path, ledger: Ledger) -> None:
    rows = _read_stations(file)
    async with ledger.transaction(StationBooks) as books:
        if await books.count():
            return
        for name, digest, keys in rows:
            await books.enrol(name, digest, keys, vietnam_time().isoformat())


async def _people(file: Path, ledger: Ledger) -> None:
    named, four_eyes = read_file(file)
    people = People(ledger, vietnam_time)
    if not await people.every():
        await people.put(named, four_eyes)


async def _recovery_key(file: Path, ledger: Ledger) -> None:
    async with ledger.transaction(PersonBooks) as books:
        if await recovery_key(books) is None:
            recipient = file.read_text(encoding="ascii", errors="replace").strip()
            await set_recovery_key(books, recipient, vietnam_time().isoformat())


def _read_stations(file: Path) -> list[tuple[str, str, dict[str, str | None]]]:
    try:
        told: dict[str, Any] = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SetupError(f"{file.name}: {error}") from error
    rows = []
    for name, section in told.items():
        known = section if isinstance(section, dict) else {}
        digest = known.get("token_sha256")
        if not isinstance(digest, str) or not _DIGEST.fullmatch(digest):
            raise SetupError(f'{file.name}: ["{name}"] wants token_sha256')
        keys = {key: known[key] for key in ("receipt_key", "trail_key") if isinstance(known.get(key), str)}
        rows.append((checked_name(name), digest, {**dict.fromkeys(("receipt_key", "trail_key")), **keys}))
    if len({digest for _, digest, _ in rows}) < len(rows):
        raise SetupError(f"{file.name}: two stations have the same token")
    return rows
