"""What the station remembers of its last backup when the disk is not there: `backup_record.json` in its folder."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from station.store import durable


@dataclass(frozen=True, slots=True)
class Record:
    """The newest generation that was made, where, and how many there were then."""

    folder: str
    at: datetime
    generation: int
    generations: int

    @classmethod
    def read(cls, file: Path) -> Record | None:
        """None where there is none that can be read: then the next backup makes one."""
        try:
            told: Any = json.loads(file.read_bytes())
            at = datetime.fromisoformat(told["at"])
            found = cls(str(told["folder"]), at, int(told["generation"]), int(told["generations"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return found if at.tzinfo is not None else None

    def write(self, file: Path) -> None:
        """Raises `StoreError`."""
        said = {"folder": self.folder, "at": self.at.isoformat()}
        durable.write(
            file, json.dumps({**said, "generation": self.generation, "generations": self.generations}).encode()
        )
