"""The sentences that people see, from `resources/i18n/`: Vietnamese first, English second."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from station import paths
from station.errors import ResourceError, StationError

FIRST = "vi"


@dataclass(frozen=True, slots=True)
class ErrorText:
    """What a person is told about an error: what happened, and what to do next."""

    sentence: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.sentence} {self.remedy}".strip()


class Language:
    """One language's sentences by dotted key. Raises `ResourceError` for a key nobody wrote."""

    def __init__(self, name: str, sentences: dict[str, str]) -> None:
        self.name = name
        self._sentences = sentences

    @classmethod
    def load(cls, name: str = FIRST, folder: Path | None = None) -> Language:
        """Read every `<name>/*.toml`, or raise `ResourceError` naming the file and the place."""
        folder = (folder or paths.resources() / "i18n") / name
        sentences: dict[str, str] = {}
        for file in sorted(folder.glob("*.toml")):
            try:
                _flatten(tomllib.loads(file.read_text(encoding="utf-8")), "", sentences)
            except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
                raise ResourceError("resource.unreadable", file=file.name, place=str(error)) from error
        if not sentences:
            raise ResourceError("resource.missing", file=str(folder.name))
        return cls(name, sentences)

    def __call__(self, key: str, /, **values: object) -> str:
        try:
            return self._sentences[key].format(**values)
        except KeyError as error:
            raise ResourceError("resource.no_sentence", key=key, language=self.name, missing=str(error)) from error

    def with_sentences(self, more: Mapping[str, str]) -> Language:
        """The same language with sentences of another place, such as the names of papers."""
        return Language(self.name, {**self._sentences, **more})

    def __contains__(self, key: object) -> bool:
        return key in self._sentences

    def keys(self) -> set[str]:
        return set(self._sentences)

    def template(self, key: str) -> str:
        """The sentence as it is written, with its placeholders."""
        return self._sentences[key]

    def error(self, error: StationError) -> ErrorText:
        """The sentence and the next step for an error, from `error.<code>` and `error.<code>.do`.

        The sentence stands under `[error.<group>.<name>]` as `say`, the next step as `do`.
        """
        key = f"error.{error.code}"
        return ErrorText(self(f"{key}.say", **error.parameters), self(f"{key}.do", **error.parameters))


def _flatten(table: dict[str, object], prefix: str, into: dict[str, str]) -> None:
    for name, value in table.items():
        key = f"{prefix}{name}"
        if isinstance(value, dict):
            _flatten(value, f"{key}.", into)
        else:
            into[key] = str(value)
