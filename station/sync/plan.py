"""The values that the planner works with: what is in hand, what to ask, what came of it, what to keep."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass, field
from datetime import datetime

from station.dossier.delivery import Delivery, HubReceipt, OutboxEvent
from station.sync.answers import Answer, PageAnswer, PreviewAnswer, Refusal
from station.sync.bandwidth import Bucket
from station.sync.link_estimate import LinkEstimate
from station.sync.renditions import InTheMaking
from station.sync.wire import EVENTS_A_BATCH

Key = tuple[str, int]


def key_of(event: OutboxEvent) -> Key:
    """What names an event for ever."""
    return event.station, event.seq


@dataclass(frozen=True, slots=True)
class Noted:
    """What the ledger was last told about an event."""

    delivery: Delivery
    reason: str | None = None
    detail: str | None = None
    next_attempt: datetime | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One event on its way. `missing` are the pages that the hub still wants; None: the event is to be told.

    `kept` says that the hub has the event, be it without its pages. `event` comes without its body, of which thousands
    may wait: what is needed of it stands here, as `due_at` (the dossier's deadline), `number`, the `size` of the whole
    event in bytes, and those of its pages.
    """

    event: OutboxEvent
    missing: tuple[str, ...] | None = None
    sent: Set[str] = frozenset()
    kept: bool = False
    due_at: datetime | None = None
    number: str = ""
    size: int = 0
    page_sizes: Mapping[str, int] = field(default_factory=dict)
    failures: int = 0
    not_before: datetime | None = None
    noted: Noted | None = None

    @property
    def key(self) -> Key:
        return key_of(self.event)


@dataclass(frozen=True, slots=True)
class Pause:
    """Nothing is sent before `until`. A firm pause was asked for by the hub: no new event cuts it short."""

    until: datetime
    reason: str
    firm: bool = False


@dataclass(frozen=True, slots=True)
class Bodies:
    """How much of a page goes into one body, whatever the line's speed: devices on the way cut what is larger.

    `most` is halved by a device that cuts (`planner/bodies.py`), and doubled, up to `top`, after some good ones of the
    full size in a row.
    """

    least: int = 4 << 10
    top: int = 1 << 20
    most: int = 1 << 20
    broke_at: int | None = None
    """The length of a body that broke off, until the hub has said how much of it arrived."""
    cut: tuple[int, int] | None = None
    """Length of the last one that broke off, and how much of it arrived; None after a good one of that length."""
    alike: int = 0
    """How many of that length, one after the other, have left as much."""
    good: int = 0


@dataclass(frozen=True, slots=True)
class State:
    """All that is in hand. It may be lost at any moment: the ledger and the hub know enough to begin again."""

    items: Mapping[Key, Item] = field(default_factory=dict)
    """In the ledger's order: the oldest first."""
    facts: tuple[Key, ...] = ()
    """Those of them that are to be told, in the same order."""
    finished_at: datetime | None = None
    """When the first of the facts was finished of which the hub lacks nothing: all that is missing is its receipt."""
    by_deadline: tuple[Key, ...] = ()
    """All of them, the nearest deadline first; with some that are in hand no more since it was made."""
    of_page: Mapping[str, tuple[Key, ...]] = field(default_factory=dict)
    """Which of them have a page; with some that are in hand no more, too."""
    offsets: Mapping[str, int] = field(default_factory=dict)
    """What the hub is known to hold of pages half sent."""
    broken: Set[str] = frozenset()
    """Pages whose last request broke off: ask before sending on."""
    batch: int = EVENTS_A_BATCH
    failures: int = 0
    heard_at: datetime | None = None
    """When the hub last answered; None: not since the start."""
    pause: Pause | None = None
    link: LinkEstimate = field(default_factory=LinkEstimate)
    bucket: Bucket = field(default_factory=Bucket)
    bodies: Bodies = field(default_factory=Bodies)
    metered: bool = False
    """Each byte is paid for: facts and previews go, pages wait."""
    let_through: Set[Key] = frozenset()
    """Events whose pages somebody wants sent in spite of that."""
    previewed: Set[str] = frozenset()
    """Pages whose preview the hub has, does not want, or cannot be made."""
    preview_failures: Mapping[str, int] = field(default_factory=dict)
    preview_in_the_making: bool = False
    """One is being made: no other is asked for until it is there, and pages go meanwhile."""

    def knows(self, event: OutboxEvent) -> bool:
        return key_of(event) in self.items


@dataclass(frozen=True, slots=True)
class TellEvents:
    events: tuple[OutboxEvent, ...]


@dataclass(frozen=True, slots=True)
class SendPage:
    sha256: str
    offset: int
    length: int


@dataclass(frozen=True, slots=True)
class SendPreview:
    """A small picture of a page, before the page itself."""

    sha256: str


@dataclass(frozen=True, slots=True)
class AskPage:
    sha256: str


@dataclass(frozen=True, slots=True)
class Rest:
    """Nothing can be done before `until`; None: before there is a new event."""

    until: datetime | None


Request = TellEvents | SendPreview | SendPage | AskPage


@dataclass(frozen=True, slots=True)
class Failed:
    """The request came to nothing. `code` is that of the error, `retry_after` what the hub asked for in seconds."""

    code: str
    retry_after: float | None = None


@dataclass(frozen=True, slots=True)
class Unreadable:
    """The page cannot be read on this machine."""

    code: str


Outcome = tuple[Answer, ...] | Refusal | PageAnswer | PreviewAnswer | InTheMaking | Failed | Unreadable


@dataclass(frozen=True, slots=True)
class Note:
    event: OutboxEvent
    noted: Noted


@dataclass(frozen=True, slots=True)
class KeepReceipt:
    event: OutboxEvent
    receipt: HubReceipt


@dataclass(frozen=True, slots=True)
class PageSent:
    sha256: str
    events: tuple[OutboxEvent, ...]


Action = Note | KeepReceipt | PageSent
