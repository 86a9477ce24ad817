"""Reading a TOML file strictly: whatever is unknown, missing or of the wrong type is said with file and place."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from datetime import date, time
from pathlib import Path
from typing import Any, TypeVar

from station.errors import ResourceError

Value = TypeVar("Value")

NAMES = {
    str: "text in quotes",
    int: "whole number",
    bool: "true / false",
    list: "[list]",
    dict: "[table]",
    date: "YYYY-MM-DD",
    time: "HH:MM:SS",
}


class Table:
    """One table of a TOML file. Take every key once, then call `end` to refuse those nobody asked for.

    Raises `ResourceError` with `file` and `place` (the path of the value, `papers[2].kinds`).
    """

    def __init__(self, file: str, path: str, values: dict[str, Any]) -> None:
        self.file = file
        self.path = path
        self._values = values
        self._taken: set[str] = set()

    @classmethod
    def load(cls, file: Path) -> Table:
        """The whole file; `resource.unreadable` names the line where it stops being TOML."""
        try:
            return cls(file.name, "", tomllib.loads(file.read_text(encoding="utf-8")))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
            raise ResourceError("resource.unreadable", file=file.name, place=str(error)) from error

    def take(self, key: str, kind: type[Value], default: Value | None = None) -> Value:
        """The value of a key, of exactly this type; a default makes the key optional."""
        self._taken.add(key)
        if key not in self._values:
            if default is None:
                raise ResourceError("resource.missing_key", file=self.file, place=self.place(key))
            return default
        value = self._values[key]
        if type(value) is not kind:
            raise self.wrong_type(key, NAMES[kind])
        return value

    def text(self, key: str, default: str | None = None) -> str:
        """A text, not empty where it is required."""
        value = self.take(key, str, default)
        if not value.strip() and default is None:
            raise ResourceError("resource.missing_key", file=self.file, place=self.place(key))
        return value

    def count(self, key: str, default: int | None = None) -> int:
        """A whole number, zero or more."""
        value = self.take(key, int, default)
        if value < 0:
            raise ResourceError("resource.bad_value", file=self.file, place=self.place(key), remedy=">= 0")
        return value

    def texts(self, key: str, default: tuple[str, ...] | None = None) -> tuple[str, ...]:
        """A list of texts."""
        values = self.take(key, list, None if default is None else list(default))
        if not all(isinstance(value, str) for value in values):
            raise self.wrong_type(key, '["text", "text"]')
        return tuple(values)

    def choice(self, key: str, allowed: Iterable[str], default: str | None = None) -> str:
        """One word of a closed list."""
        value = self.take(key, str, default)
        if value not in allowed:
            raise ResourceError(
                "resource.bad_value", file=self.file, place=self.place(key), remedy=", ".join(sorted(allowed))
            )
        return value

    def tables(self, key: str) -> list[Table]:
        """The tables of `[[key]]`, in order; none where the key is absent."""
        values = self.take(key, list, [])
        if not all(isinstance(value, dict) for value in values):
            raise self.wrong_type(key, f"[[{key}]]")
        return [Table(self.file, f"{self.place(key)}[{number}]", value) for number, value in enumerate(values, 1)]

    def end(self) -> None:
        """Refuse a key that nobody took: most often a typing mistake."""
        for key in self._values:
            if key not in self._taken:
                raise ResourceError(
                    "resource.unknown_key",
                    file=self.file,
                    place=self.place(key),
                    remedy=", ".join(sorted(self._taken)),
                )

    def place(self, key: str) -> str:
        """Where a value stands, as a person would look for it; lists count from 1."""
        return f"{self.path}.{key}" if self.path else key

    def wrong_type(self, key: str, expected: str) -> ResourceError:
        """The error to raise for a value of another type than expected."""
        return ResourceError("resource.wrong_type", file=self.file, place=self.place(key), remedy=expected)
