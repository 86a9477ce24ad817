"""`station backup` beside an open counter: a file asks the running station, which has the keys, and a file answers.

Whoever may write into the station's folder may ask. What is asked for is encrypted like every backup, so that asking
gains nobody anything.
"""

from __future__ import annotations

import json
import secrets
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from station.errors import StoreError
from station.paths import DataFolder
from station.store import durable
from station.store.lock import FolderLock

_ANSWERS_WITHIN = 30.0
"""Seconds within which a running station takes a request up."""


@dataclass(frozen=True, slots=True)
class Request:
    """`target` is empty for the folder of the settings."""

    id: str
    target: str
    new_disk: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """`taken` alone says that it has been begun; `error` is a code, with the parameters of its sentence."""

    id: str
    generation: int = 0
    generations: int = 0
    copied: int = 0
    error: str = ""
    parameters: dict[str, str | int | float] | None = None

    @property
    def done(self) -> bool:
        return bool(self.generation or self.error)


def ask(folder: DataFolder, target: str, *, new_disk: bool, patience: float = _ANSWERS_WITHIN) -> Answer:
    """Ask and wait until it is done; raises `StoreError`: `backup.no_answer`, or why there is no backup."""
    request = Request(secrets.token_hex(8), target, new_disk)
    durable.write(folder.backup_request, json.dumps(_members(request)).encode())
    until = time.monotonic() + patience
    while True:
        open_ = FolderLock.is_held(folder.root)  # asked first: the last answer may come just before the end
        answer = _read(folder.backup_answer)
        if answer is not None and answer.id == request.id:
            if answer.error:
                raise StoreError(answer.error, **(answer.parameters or {}))
            if answer.done:
                return answer
            if not open_:
                raise StoreError("backup.stopped")
        elif time.monotonic() > until:
            folder.backup_request.unlink(missing_ok=True)
            raise StoreError("backup.no_answer")
        time.sleep(0.2)


def take_request(folder: DataFolder) -> Request | None:
    """What was asked since, once; what makes no sense is thrown away."""
    file = folder.backup_request
    try:
        content = file.read_bytes()
        file.unlink()
        told: Any = json.loads(content)
        request = Request(str(told["id"]), str(told["target"]), told["new_disk"] is True)
    except (OSError, ValueError, KeyError, TypeError):
        return None
    answer(folder, Answer(request.id))
    return request


def answer(folder: DataFolder, said: Answer) -> None:
    """Raises `StoreError`."""
    durable.write(folder.backup_answer, json.dumps(_members(said)).encode())


def _read(file: Path) -> Answer | None:
    try:
        return Answer(**json.loads(file.read_bytes()))
    except (OSError, ValueError, TypeError):
        return None


def _members(value: Request | Answer) -> dict[str, Any]:
    return {name: getattr(value, name) for name in value.__slots__}
