"""Reading a TOML file strictly: whatever is unknown, missing or wrong is said with file, line, key and remedy.

The remedies are samples and lists of what may stand there, so that they read alike in every language.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from datetime import date, time
from pathlib import Path
from typing import Any, TypeVar

from station.errors import Parameter, ResourceError
from station.toml_lines import lines_of

Value = TypeVar("Value")

LONGEST = 2 << 20
"""Letters of one file; the largest of ours has some 60 thousand."""

SAMPLES: dict[type, str] = {
    str: '"…"',
    int: "0, 1, 2 …",
    bool: "true / false",
    list: '["…", "…"]',
    dict: "{ … = … }",
    date: "YYYY-MM-DD",
    time: "HH:MM:SS",
}
_BLANKS: dict[type, object] = {
    str: "", int: 0, bool: False, list: [], dict: {}, date: date(2000, 1, 1), time: time(0, 0),
}  # fmt: skip
"""What reading goes on with where every problem of a file is asked for."""


class Table:
    """One table of a TOML file. Take every key once, then call `end` to refuse those nobody asked for.

    Raises `ResourceError` with `file`, `line` and `place` (the path of the value, `papers[2].kinds`); or, where it was
    loaded with a list of `problems`, adds the error to them and goes on.
    """

    def __init__(
        self,
        file: str,
        path: str,
        values: dict[str, Any],
        lines: Mapping[str, int],
        problems: list[ResourceError] | None = None,
    ) -> None:
        self.file = file
        self.path = path
        self._values = values
        self._lines = lines
        self._problems = problems
        self._taken: dict[str, None] = {}

    @classmethod
    def load(cls, file: Path, problems: list[ResourceError] | None = None) -> Table:
        """The whole file; raises `resource.missing`, or `resource.unreadable` with where it stops being TOML."""
        try:
            return cls.parse(file.name, file.read_text(encoding="utf-8"), problems)
        except FileNotFoundError as error:
            raise ResourceError("resource.missing", file=file.name) from error
        except OSError as error:
            raise ResourceError("resource.unreadable", file=file.name, place=error.strerror or "?") from error
        except UnicodeDecodeError as error:
            raise ResourceError("resource.unreadable", file=file.name, place=str(error)) from error

    @classmethod
    def parse(cls, file: str, text: str, problems: list[ResourceError] | None = None) -> Table:
        """The same of a text that was read already; `file` is what it is called."""
        try:
            if len(text) > LONGEST:
                raise ResourceError("resource.unreadable", file=file, place=f"> {LONGEST}")
            return cls(file, "", tomllib.loads(text), lines_of(text), problems)
        except tomllib.TOMLDecodeError as error:
            raise ResourceError("resource.unreadable", file=file, place=str(error)) from error
        except RecursionError as error:
            raise ResourceError("resource.unreadable", file=file, place="[[[[[…") from error

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def keys(self) -> Iterable[str]:
        """Every key, for tables whose keys are names of their own."""
        return self._values.keys()

    def take(self, key: str, kind: type[Value], default: Value | None = None) -> Value:
        """The value of a key, of exactly this type; a default makes the key optional."""
        self._taken[key] = None
        if key not in self._values:
            return self._missing(key, kind) if default is None else default
        value = self._values[key]
        if type(value) is kind:
            return value
        self.refuse(key, "resource.wrong_type", remedy=SAMPLES[kind])
        return _blank(kind)

    def text(self, key: str, default: str | None = None) -> str:
        """A text, not empty where it is required."""
        value = self.take(key, str, default)
        blank = default is None and not value.strip()
        return self._missing(key, str) if blank and self._values.get(key) == value else value

    def count(self, key: str, default: int | None = None, least: int = 0, most: int | None = None) -> int:
        """A whole number within bounds."""
        value = self.take(key, int, default)
        if key in self._values and (value < least or (most is not None and value > most)):
            self.refuse(key, "resource.bad_value", remedy=f">= {least}" if most is None else f"{least}–{most}")
            return least
        return value

    def texts(self, key: str, default: tuple[str, ...] | None = None, least: int = 0) -> tuple[str, ...]:
        """A list of texts, none of them empty."""
        values = self.take(key, list, None if default is None else list(default))
        for number, value in enumerate(values, 1):
            if not isinstance(value, str) or not value.strip():
                self.refuse(f"{key}[{number}]", "resource.wrong_type", remedy=SAMPLES[str])
                return ()
        if len(values) < least and key in self._values:
            self._missing(key, list)
        return tuple(values)

    def choice(self, key: str, allowed: Iterable[str], default: str | None = None) -> str:
        """One word of a closed list."""
        known = list(allowed)
        value = self.take(key, str, default)
        if key in self._values and isinstance(self._values[key], str) and value not in known:
            self.refuse(key, "resource.bad_value", remedy=", ".join(known))
        if value not in known:  # refused here, or by its type
            return default if default is not None else known[0]
        return value

    def table(self, key: str) -> Table:
        """A table inside, `key = { … }` or `[key]`; an empty one where there is none."""
        return Table(self.file, self.place(key), self.take(key, dict, {}), self._lines, self._problems)

    def tables(self, key: str, *, required: bool = False) -> list[Table]:
        """The tables of a list, `[[key]]`; none where the key is missing and not required."""
        rows = []
        values = self.take(key, list, None if required else [])
        if required and not values and key in self._values:
            self._missing(key, list)
        for number, values_of_row in enumerate(values, 1):
            if isinstance(values_of_row, dict):
                place = self.place(f"{key}[{number}]")
                rows.append(Table(self.file, place, values_of_row, self._lines, self._problems))
            else:
                self.refuse(f"{key}[{number}]", "resource.wrong_type", remedy=SAMPLES[dict])
        return rows

    def end(self) -> None:
        """Refuse a key that nobody took: most often a typing mistake."""
        for key in self._values:
            if key not in self._taken:
                self.refuse(key, "resource.unknown_key", remedy=", ".join(self._taken))

    def place(self, key: str) -> str:
        """Where a value stands, as a person would look for it; lists count from 1."""
        return f"{self.path}.{key}" if self.path else key

    def line(self, key: str = "") -> int:
        """The line of a value; of the table around it where the value is missing."""
        place = self.place(key) if key else self.path
        while place not in self._lines:
            place = place.rpartition("[")[0] if place.endswith("]") else place.rpartition(".")[0]
        return self._lines[place]

    def error(self, key: str, code: str, **parameters: Parameter) -> ResourceError:
        """The error to raise for what is wrong with a key."""
        return ResourceError(code, file=self.file, line=self.line(key), place=self.place(key), **parameters)

    def refuse(self, key: str, code: str, **parameters: Parameter) -> None:
        """Raise that error, or add it to the problems."""
        error = self.error(key, code, **parameters)
        if self._problems is None:
            raise error
        self._problems.append(error)

    def _missing(self, key: str, kind: type[Value]) -> Value:
        self.refuse(key, "resource.missing_key", remedy=f"{key.rpartition('.')[2]} = {SAMPLES[kind]}")
        return _blank(kind)


def _blank(kind: type[Value]) -> Value:
    value = _BLANKS[kind]
    assert isinstance(value, kind)  # noqa: S101, the table above says so of every type
    return value
