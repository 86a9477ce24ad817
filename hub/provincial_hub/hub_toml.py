"""`hub.toml` and the environment, read strictly: a name that nobody asks for is a mistake, told in a sentence."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from provincial_hub.errors import SetupError

_PREFIX = "HUB"


class Section:
    """A table of the file. What stands in the environment counts before it: `[database] url` is `HUB_DATABASE_URL`.

    Whoever reads a section ends with `done()`, which refuses what was not asked for.
    """

    def __init__(self, values: Mapping[str, Any], environment: Mapping[str, str], path: tuple[str, ...] = ()) -> None:
        self._values, self._environment, self._path = values, environment, path
        self._asked: set[str] = set()

    @classmethod
    def read(cls, file: Path, environment: Mapping[str, str]) -> Section:
        """The whole file, empty where there is none; raises `SetupError`."""
        try:
            return cls(tomllib.loads(file.read_text(encoding="utf-8")), environment)
        except FileNotFoundError:
            return cls({}, environment)
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise SetupError(f"{file.name}: {error}") from error
        except OSError as error:
            raise SetupError(f"{file.name} cannot be read: {error.strerror}") from error

    def text(self, name: str, default: str = "") -> str:
        value = self._value(name, default)
        if not isinstance(value, str):
            raise self.wrong(name, "wants a text in quotes")
        return value

    def number(self, name: str, default: int, least: int, most: int) -> int:
        value = self._value(name, default)
        if isinstance(value, str) and value.isascii() and value.isdigit():  # of the environment
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
            raise self.wrong(name, f"wants a number from {least} to {most}")
        return value

    def flag(self, name: str, default: bool) -> bool:
        value = self._value(name, default)
        if isinstance(value, str):
            value = {"true": True, "false": False}.get(value)
        if not isinstance(value, bool):
            raise self.wrong(name, "wants true or false")
        return value

    def one_of(self, name: str, choices: tuple[str, ...]) -> str:
        """One of the choices, the first where nothing is said."""
        value = self.text(name, choices[0])
        if value not in choices:
            raise self.wrong(name, f"wants {' or '.join(choices)}")
        return value

    def secret(self, name: str) -> str:
        """A secret from the environment or from the file that `<name>_file` names, never from `hub.toml` itself."""
        if name in self._values:
            raise self.wrong(name, f"does not stand here: name a file by {name}_file, or set {self._variable(name)}")
        given, file = self._environment.get(self._variable(name)), self.text(f"{name}_file")
        if given is not None or not file:
            return given or ""
        try:
            return Path(file).read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise self.wrong(f"{name}_file", f"cannot be read: {getattr(error, 'strerror', 'no UTF-8')}") from error

    def is_in_environment(self, name: str) -> bool:
        return self._variable(name) in self._environment

    def section(self, name: str) -> Section:
        """A table within this one; empty where there is none."""
        self._asked.add(name)
        values = self._values.get(name, {})
        if not isinstance(values, dict):
            raise self.wrong(name, "wants to be a table")
        return Section(values, self._environment, (*self._path, name))

    def names(self) -> tuple[str, ...]:
        """What stands here."""
        return tuple(self._values)

    def done(self) -> None:
        """Everything that stands here has been asked for; raises `SetupError` otherwise."""
        unknown = sorted(set(self._values) - self._asked)
        if unknown:
            raise self.wrong(unknown[0], "is not known; perhaps it is misspelt")

    def wrong(self, name: str, what: str) -> SetupError:
        return SetupError(f"hub.toml: {'.'.join((*self._path, name))} {what}")

    def _value(self, name: str, default: Any) -> Any:
        self._asked.add(name)
        return self._environment.get(self._variable(name), self._values.get(name, default))

    def _variable(self, name: str) -> str:
        return "_".join((_PREFIX, *self._path, name)).upper().replace("-", "_")
