"""What a courier (người mang thẻ nhớ) carried between this station and its hub, in figures."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Written:
    """The parcels that lie on the stick now; they wait here, too, until the hub's receipts are back."""

    files: tuple[str, ...] = ()
    events: int = 0
    pages: int = 0
    size: int = 0
    """Bytes, of all files together."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What the hub's answer came to. `waiting`: the hub keeps the event and misses pages of it."""

    received: int = 0
    refused: int = 0
    waiting: int = 0
    changes: int = 0
    dossiers: frozenset[str] = field(default_factory=frozenset)
    """Those that got further."""
