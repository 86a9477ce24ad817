"""`keys.json` as it lies in the data folder: its slots, and the data key that is to follow the present one."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from station.errors import StoreError
from station.store import durable
from station.store.keys.slots import Slot

FIRST, FORMAT = 1, 2
_changing = threading.Lock()


@dataclass
class KeyFile:
    """What the file says. `following` is the next data key, wrapped under the present one; None as a rule."""

    slots: list[Slot] = field(default_factory=list)
    following: dict[str, Any] | None = None

    @classmethod
    def read(cls, file: Path) -> KeyFile:
        """Raises `StoreError("keys.missing")`, `("keys.damaged")`, or what the disk says."""
        try:
            told = json.loads(file.read_bytes())
        except FileNotFoundError as error:
            raise StoreError("keys.missing") from error
        except OSError as error:
            raise durable.failure(error) from error
        except (ValueError, RecursionError) as error:
            raise StoreError("keys.damaged") from error
        known = isinstance(told, dict) and told.get("format") in (FIRST, FORMAT)
        slots = told.get("slots") if known else None
        following = told.get("following") if known else None
        if not isinstance(slots, list) or not all(isinstance(slot, dict) for slot in slots):
            raise StoreError("keys.damaged")
        if not isinstance(following, dict | None):
            raise StoreError("keys.damaged")
        return cls(slots, following)

    def write(self, file: Path, *, replace: bool = True) -> None:
        """Durable on return; raises `FileExistsError` where it is there and must not be replaced."""
        said: dict[str, Any] = {"format": FORMAT, "slots": self.slots}
        if self.following is not None:
            said["following"] = self.following
        durable.write(file, json.dumps(said, indent=1).encode(), replace=replace)


@contextmanager
def changed(file: Path) -> Iterator[KeyFile]:
    """The file's content, written back when the block ends without an error."""
    with _changing:
        content = KeyFile.read(file)
        yield content
        content.write(file)
