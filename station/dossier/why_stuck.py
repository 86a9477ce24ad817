"""«Vì sao kẹt?»: why a sealed dossier has not arrived yet, as a code with its words, and what is still in the queue.

One sentence is made of it: the cause, the next attempt, what the officer can do, and a code for IT. The words stand
under `stuck.<code>` in `resources/i18n/`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from station.dossier.delivery import Delivery, Link, Progress

IN_TURN = "sending.in_turn"
UNDER_WAY = "sending.under_way"
LIMITED = "sending.limited"
METERED = "sending.metered"
QUESTION = "hub.question"
"""Nothing is lost and nobody is held up: two texts of one value wait for a person."""

_OF_THE_HUB = """
    bad_address bad_authority bad_change bad_key bad_pin bad_proxy bad_receipt bad_token body_cut broken_off busy
    certificate_expired certificate_too_new conflict failed intercepted internal malformed_answer no_authority
    not_configured not_encrypted not_tls not_trusted offline old_tls other_station page_damaged page_lost page_refused
    question quota redirected refused settled shut_out timeout unknown_station unreachable unsigned web_page
    wrong_address wrong_name wrong_pin
"""
WORDED = frozenset(
    {IN_TURN, UNDER_WAY, LIMITED, METERED}
    | {"store.disk_full", "store.page_damaged", "store.page_missing"}
    | {f"hub.{name}" for name in _OF_THE_HUB.split()}
)
"""The codes with a sentence of their own; all others share one for the store, the keys, or anything else."""


@dataclass(frozen=True, slots=True)
class Why:
    """`cause_key` and `do_key` name sentences; `it_code` is what IT finds in the log and in docs/for-it.md.

    `next_attempt` is None where nothing is tried again by itself, or where it is tried just now. `detail` is the hub's
    own word, for `{detail}`.
    """

    code: str
    cause_key: str
    do_key: str
    it_code: str
    next_attempt: datetime | None = None
    detail: str = ""


class LinkKind(StrEnum):
    """How good the line is, by what was sent over it; unknown before enough was."""

    UNKNOWN = "unknown"
    OFFLINE = "offline"
    THIN = "thin"
    FAIR = "fair"
    GOOD = "good"


@dataclass(frozen=True, slots=True)
class LinkQuality:
    """What exchanges have shown; None where nothing is known yet. `lost_share` is that of broken ones."""

    kind: LinkKind = LinkKind.UNKNOWN
    bytes_a_second: float | None = None
    round_trip_ms: float | None = None
    lost_share: float | None = None


@dataclass(frozen=True, slots=True)
class QueueEntry:
    """One event that is not received: what is left of it, and why. In the order in which they go."""

    dossier_id: str
    number: str
    delivery: Delivery
    bytes_left: int
    pages_left: int
    due_at: datetime | None
    why: Why


@dataclass(frozen=True, slots=True)
class Queue:
    """All that waits: the first as `entries`, of the others how many, and how many pages; the bytes are those of all.

    `seconds_left` is None while the line's speed is not known or nothing can be sent.
    """

    entries: tuple[QueueEntry, ...] = ()
    bytes_left: int = 0
    seconds_left: float | None = None
    oldest_at: datetime | None = None
    """When the oldest of them was made."""
    more: int = 0
    more_pages: int = 0

    @property
    def dossiers(self) -> int:
        """How many wait in all."""
        return len(self.entries) + self.more

    @property
    def pages_left(self) -> int:
        """How many pages wait in all."""
        return sum(one.pages_left for one in self.entries) + self.more_pages


def why(progress: Progress, link: Link, now: datetime) -> Why | None:
    """What keeps a dossier from having arrived; None for one that has."""
    match progress.delivery:
        case Delivery.RECEIVED:
            return None
        case Delivery.REFUSED:
            return reason(progress.reason or "hub.refused", detail=progress.detail or "")
        case Delivery.WAITING | Delivery.SENDING if not link.paired:
            return reason(link.trouble or "hub.not_configured")
        case Delivery.WAITING | Delivery.SENDING if not link.online:
            return reason("hub.offline")
        case Delivery.WAITING | Delivery.SENDING:
            return _on_the_way(progress, link, now)


def _on_the_way(progress: Progress, link: Link, now: datetime) -> Why:
    """Its own trouble before the line's, and both before what only makes it slow."""
    if progress.reason and progress.next_attempt:
        return reason(progress.reason, _ahead(progress.next_attempt, now), progress.detail or "")
    if link.trouble:
        return reason(link.trouble, _ahead(link.next_attempt, now))
    if link.metered and progress.pages_sent < progress.pages_total:
        return reason(METERED)
    if progress.delivery is Delivery.WAITING:
        return reason(IN_TURN)
    return reason(LIMITED if link.limit else UNDER_WAY)


def reason(code: str, next_attempt: datetime | None = None, detail: str = "") -> Why:
    """The words of a code."""
    group = code.partition(".")[0]
    worded = code if code in WORDED else "store.other" if group in {"store", "keys"} else "other"
    return Why(code, f"stuck.{worded}.cause", f"stuck.{worded}.do", code, next_attempt, detail)


def _ahead(instant: datetime | None, now: datetime) -> datetime | None:
    return instant if instant is not None and instant > now else None
