"""Where things lie in a backup folder.

backup.json                   whose backups these are: nobody else's are ever written here
pages/ab/NAME.HASH            page files as the store keeps them, shared by all generations; HASH is the beginning
                              of the SHA-256 of the file, which may be sealed anew under the same NAME
generations/000017/           one night's state
    database                  SQLCipher under a key of its own
    files                     settings, resources and key slots, sealed under that key
    key.age                   that key, for the province's recovery key; or, where there is none,
    key.sealed keys.json      that key, for the station's own key slots
    pages.txt                 the page files that belong to it
    manifest.json             written last: without it there is no generation
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from station.errors import StoreError
from station.store import durable
from station.store.backup.manifest import Manifest

FORMAT = 1
DATABASE, FILES, PAGES, MANIFEST = "database", "files", "pages.txt", "manifest.json"
MOST_BYTES = 1 << 20
"""Of a file that says what the others are: a disk from outside may hold anything under its name."""
_NUMBER = re.compile(r"[0-9]{6}")


@dataclass(frozen=True, slots=True)
class BackupFolder:
    """One station's backups on some disk."""

    root: Path

    @property
    def owner(self) -> Path:
        return self.root / "backup.json"

    @property
    def pages(self) -> Path:
        return self.root / "pages"

    @property
    def generations(self) -> Path:
        return self.root / "generations"

    def generation(self, number: int) -> Path:
        return self.generations / f"{number:06d}"

    def begun(self) -> list[int]:
        """The numbers of all generations, those that were never finished too, in their order."""
        try:
            names = [place.name for place in self.generations.iterdir()] if self.generations.exists() else []
        except OSError as error:
            raise durable.failure(error) from error
        return sorted(int(name) for name in names if _NUMBER.fullmatch(name))

    def finished(self) -> list[int]:
        """The numbers of those that are there, in their order."""
        return [number for number in self.begun() if (self.generation(number) / MANIFEST).exists()]

    def manifest(self, number: int) -> Manifest:
        """Raises `StoreError`: `backup.no_generation`, `backup.damaged`."""
        try:
            content = read_at_most(self.generation(number) / MANIFEST, MOST_BYTES)
        except FileNotFoundError as error:
            raise StoreError("backup.no_generation", generation=number) from error
        except OSError as error:
            raise durable.failure(error) from error
        found = Manifest.parse(content or b"")
        if found is None or found.generation != number:
            raise StoreError("backup.damaged", generation=number, file=MANIFEST)
        return found

    def owner_key(self) -> str | None:
        """The id of the signing key of the station whose backups these are; None where the folder is not in use.

        Raises `StoreError("backup.not_a_backup")` for a file that is something else.
        """
        try:
            told: Any = json.loads(read_at_most(self.owner, MOST_BYTES) or b"")
        except FileNotFoundError:
            return None
        except OSError as error:
            raise durable.failure(error) from error
        except (ValueError, RecursionError):
            told = None
        if not isinstance(told, dict) or told.get("format") != FORMAT or not isinstance(told.get("key_id"), str):
            raise StoreError("backup.not_a_backup")
        return str(told["key_id"])

    def take_for(self, station: str, key_id: str) -> None:
        """Say whose backups will lie here."""
        said = {"format": FORMAT, "station": station, "key_id": key_id}
        durable.write(self.owner, json.dumps(said, indent=1).encode())


def read_at_most(file: Path, most: int) -> bytes | None:
    """The content; None where there is more of it. Raises `OSError`."""
    with file.open("rb") as opened:
        content = opened.read(most + 1)
    return content if len(content) <= most else None
