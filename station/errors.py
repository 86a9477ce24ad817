"""Every error that the station raises on purpose, as one tree; anything else that escapes is a bug.

    StationError            a code, its parameters, and nothing about the citizen
    ├── InputError          a file, a code or a typed value cannot be used      file.* code.* value.* roster.* courier.*
    ├── DeviceError         a scanner or camera could not deliver                      device.*
    ├── ReadingError        a reading worker failed on a page                          reading.*
    ├── RuleError           not allowed as the dossier stands, or to this person       dossier.* people.*
    ├── StoreError          the encrypted store cannot open, keep or come back         store.* keys.* backup.* restore.*
    ├── HubError            the hub could not be reached, or refused                   hub.*
    └── ResourceError       a file in resources/ is wrong: says file, place, remedy    resource.*

A code is a key of `resources/i18n/*.toml` under `[error]`: there stand the sentence and the next step that a
person sees. Only codes and parameters cross a process boundary, never classes.
"""

from __future__ import annotations

Parameter = str | int | float


class StationError(Exception):
    """An expected failure. `code` is dotted (`device.no_paper`); `parameters` fill the sentence.

    Parameters are written to logs: they never hold a name, a number or any other personal value.
    """

    def __init__(self, code: str, **parameters: Parameter) -> None:
        super().__init__(code, parameters)
        self.code = code
        self.parameters = parameters

    def __str__(self) -> str:
        told = ", ".join(f"{name}={value}" for name, value in self.parameters.items())
        return f"{self.code} ({told})" if told else self.code

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.code, self.parameters))


def _rebuild(kind: type[StationError], code: str, parameters: dict[str, Parameter]) -> StationError:
    return kind(code, **parameters)


class InputError(StationError):
    """What was put in cannot be used."""


class DeviceError(StationError):
    """A device could not deliver."""


class ReadingError(StationError):
    """A page could not be read by the machine; a person still can."""


class RuleError(StationError):
    """The deed is not allowed as the dossier stands."""


class StoreError(StationError):
    """The encrypted store cannot be opened or cannot keep what it was given."""


class HubError(StationError):
    """The hub could not be reached, or refused."""


class ResourceError(StationError):
    """A file in `resources/` is wrong. Parameters: file, place, remedy."""
