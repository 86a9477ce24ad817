"""TOML files that people edit by hand and commands add to: one section at a time, every other line as it stands."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from provincial_hub.errors import SetupError
from provincial_hub.keeping.durable import write_text

Value = str | bool | list[str]


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
    # Of JSON's strings and lists TOML understands every one.
    lines = [f"[{_quoted(name)}]", *(f"{key} = {_quoted(value)}" for key, value in values.items())]
    before = _without(file, name)
    write_text(file, f"{before}\n".lstrip("\n") + "\n".join(lines) + "\n")


def cut(file: Path, name: str) -> None:
    """Remove a section; raises `SetupError` where there is none."""
    if name not in read(file):
        raise SetupError(f"{file.name} has no [{_quoted(name)}]")
    write_text(file, _without(file, name))


def _without(file: Path, name: str) -> str:
    text = file.read_text(encoding="utf-8") if file.exists() else ""
    section = re.compile(rf'^\[(?:"{re.escape(name)}"|{re.escape(name)})\][^\n]*\n(?:(?!\[).*\n?)*', re.MULTILINE)
    return section.sub("", text)


def _quoted(value: Value) -> str:
    return json.dumps(value, ensure_ascii=False)
