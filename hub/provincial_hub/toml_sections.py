"""TOML files that people edit by hand and commands add to: one section at a time, every other line as it stands."""

from __future__ import annotations

import fcntl
import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from provincial_hub.errors import SetupError
from provincial_hub.keeping.durable import write_text

Value = str | bool | datetime | Sequence[str] | Sequence[Mapping[str, str]]


def read(file: Path) -> dict[str, Any]:
    """What the file says, nothing where there is none; raises `SetupError` naming the file and the line."""
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SetupError(f"{file.name}: {error}") from error


def put(file: Path, name: str, values: Mapping[str, Value]) -> None:
    """Put a section in the place of the one of this name, or at the end."""
    lines = [f"[{_quoted(name)}]", *(f"{key} = {_quoted(value)}" for key, value in values.items())]
    with _alone(file):
        text = f"{_without(file, name)}\n".lstrip("\n") + "\n".join(lines) + "\n"
        _write(file, name, text, read(file) | {name: dict(values)})


def cut(file: Path, name: str) -> None:
    """Remove a section; raises `SetupError` where there is none."""
    with _alone(file):
        left = read(file)
        if left.pop(name, None) is None:
            raise SetupError(f"{file.name} has no [{_quoted(name)}]")
        _write(file, name, _without(file, name), left)


@contextmanager
def _alone(file: Path) -> Iterator[None]:
    """A hub that enrols and a command may write the same file at the same moment: neither's section is lost."""
    with file.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _write(file: Path, name: str, text: str, said: Mapping[str, Any]) -> None:
    """Only what says what it should: a section that somebody wrote in another way is not found by its first line."""
    try:
        right = tomllib.loads(text) == said
    except tomllib.TOMLDecodeError:
        right = False
    if not right:
        raise SetupError(f"{file.name}: [{_quoted(name)}] is written in a way that only a person can change")
    write_text(file, text)


def _without(file: Path, name: str) -> str:
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    section = re.compile(rf'^\[(?:"{re.escape(name)}"|{re.escape(name)})\][^\n]*\n(?:(?!\[).*\n?)*', re.MULTILINE)
    return section.sub("", text)


def _quoted(value: Value | Mapping[str, str]) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return f"{{{', '.join(f'{_quoted(name)} = {_quoted(one)}' for name, one in value.items())}}}"
    if isinstance(value, Sequence) and not isinstance(value, str):
        return f"[{', '.join(map(_quoted, value))}]"
    return json.dumps(value, ensure_ascii=False)  # TOML understands each of JSON's strings
