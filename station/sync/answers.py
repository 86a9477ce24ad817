"""What the hub can say about an event or a page, as values: refusals are answers here, not exceptions."""

from __future__ import annotations

from dataclasses import dataclass

from station.dossier.delivery import HubReceipt


@dataclass(frozen=True, slots=True)
class NeedPages:
    """The hub keeps the event durably and still misses these pages."""

    pages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Accepted:
    """The event and all its pages are durable; the receipt's signature is not yet checked."""

    receipt: HubReceipt


@dataclass(frozen=True, slots=True)
class Conflict:
    """The hub holds another version of the dossier than the event was made for; a person must look."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Refusal:
    """The hub will never take this as it is. `code` may be logged; `message` is for the officer's eyes only."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class Unusable:
    """An answer to one event that cannot be used: `hub.malformed_answer` or `hub.bad_receipt`."""

    code: str


Answer = NeedPages | Accepted | Conflict | Refusal | Unusable


@dataclass(frozen=True, slots=True)
class Standing:
    """How much of a page the hub holds, in bytes."""

    offset: int
    complete: bool


@dataclass(frozen=True, slots=True)
class NotAnnounced:
    """The hub knows no event of this station that refers to the page: tell it the event again."""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """What arrived was not the page; the hub has dropped it all."""


PageAnswer = Standing | NotAnnounced | Mismatch | Refusal


@dataclass(frozen=True, slots=True)
class PreviewKept:
    """The hub shows this preview until it has the page."""


@dataclass(frozen=True, slots=True)
class PreviewUnwanted:
    """The hub takes no preview of this kind or size; the page itself it takes."""


PreviewAnswer = PreviewKept | PreviewUnwanted | NotAnnounced
