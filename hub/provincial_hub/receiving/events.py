"""What becomes of an event whose form is right: kept, kept as a conflict, known already, or rejected."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from provincial_hub.receiving.answers import Reason

SEALED: Final = "dossier.sealed"
CORRECTED: Final = "dossier.corrected"
SETTLED: Final = "dossier.settled"


@dataclass(frozen=True, slots=True)
class Event:
    """The members of an event that the hub acts on, and its canonical bytes with their SHA-256."""

    station: str
    seq: int
    kind: str
    dossier_id: str
    base_version: int
    number: str
    pages: tuple[str, ...]
    body: Mapping[str, Any]
    content: bytes
    digest: str

    @property
    def replaces(self) -> str | None:
        """The dossier that was given back and that this one was made of."""
        named: str | None = self.body.get("replaces")
        return named if named != self.dossier_id else None


@dataclass(frozen=True, slots=True)
class HeldDossier:
    """What the hub holds of a dossier: who opened it and how many events have changed it."""

    station: str
    version: int


@dataclass(frozen=True, slots=True)
class Keep:
    """Keep it; it makes this version of the dossier."""

    version: int


@dataclass(frozen=True, slots=True)
class Weigh:
    """Hold it against what the dossier has become: it may be merged, raise a question or answer one."""

    held: HeldDossier


@dataclass(frozen=True, slots=True)
class KeepAside:
    """Keep it for a person to look at; the dossier stays as it is."""

    reason: Reason


@dataclass(frozen=True, slots=True)
class Repeat:
    """The hub has it: answer as before."""


@dataclass(frozen=True, slots=True)
class Reject:
    """The hub will never take it."""

    reason: Reason


Verdict = Keep | Weigh | KeepAside | Repeat | Reject


def judge(event: Event, kept_digest: str | None, held: HeldDossier | None) -> Verdict:
    """`kept_digest` is that of the event already kept under this station and number, if there is one."""
    if kept_digest is not None:
        if kept_digest == event.digest:
            return Repeat()
        return Reject(Reason("event.changed", "an event with this number and other content is already kept"))
    if held is not None and held.station != event.station:
        return KeepAside(Reason("dossier.other_station", "the dossier belongs to another station"))
    if held is not None and event.kind != SEALED:
        return Weigh(held)
    version = held.version if held else 0
    if version != event.base_version or event.kind != SEALED:
        message = f"the hub holds version {version}, the event expects {event.base_version}"
        return KeepAside(Reason("dossier.version", message))
    return Keep(version + 1)


def missing(announced: Iterable[str], complete: Iterable[str]) -> list[str]:
    """The announced pages that are not complete yet, in the event's order."""
    here = set(complete)
    return [sha256 for sha256 in announced if sha256 not in here]


def number_of(event: object) -> int | None:
    """The number by which the answer names an event, however malformed the rest of it is."""
    seq: Any = event.get("seq") if isinstance(event, dict) else None
    return seq if isinstance(seq, int) and not isinstance(seq, bool) and seq > 0 else None


def read(event: Any, content: bytes, digest: str) -> Event:
    """The members of an event that has passed the schema."""
    return Event(
        station=event["station"],
        seq=int(event["seq"]),  # JSON Schema calls 1.0 an integer
        kind=event["kind"],
        dossier_id=event["dossier_id"],
        base_version=int(event["base_version"]),
        number=event["body"].get("number", ""),  # only what is sealed has one
        pages=tuple(event["pages"]),
        body=event["body"],
        content=content,
        digest=digest,
    )


def parse(text: bytes) -> Any:
    """JSON in UTF-8, strictly; raises `ValueError` for anything else, nesting bombs included."""
    try:
        return json.loads(text.decode("utf-8"), parse_constant=_no_constant)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is not JSON")
