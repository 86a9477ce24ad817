"""What lies between here and the province as it stands now: gathered off the screen's thread, for all who show it."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from PySide6.QtCore import QObject, QTimer, Signal

from station.actions.desk import Desk
from station.dossier.delivery import Delivery, Link
from station.dossier.hub_changes import HubRestored, Returned
from station.dossier.question import Question
from station.dossier.queue import Queue
from station.dossier.summary import Summary
from station.dossier.why_stuck import LinkQuality, QueueEntry, why
from station.dossier.why_stuck import Queue as Waiting
from station.errors import StationError
from station.ui.session import Session

SOON, OFTEN = 300, 4000
"""Milliseconds: after news, for many deliveries move at once; and between two looks without any."""
SHARE, LONGEST = 20, 30.0
"""A look that takes long is taken less often: one part in so many of the time, and at least every so many seconds."""
MOST_ASIDE = 200
"""Nobody reads more of them; the list of dossiers has all."""
_LAST = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Outlook:
    """`waiting` and `stuck` are what the views of those names count; `aside` are those that the hub refused.

    What waits for an answer is among the `questions` alone.
    """

    now: datetime
    link: Link
    quality: LinkQuality
    queue: Waiting
    aside: tuple[QueueEntry, ...]
    waiting: int
    stuck: int
    questions: tuple[Question, ...]
    returned: tuple[Returned, ...]
    restored: HubRestored | None = None

    @property
    def count(self) -> int:
        """How many there are of them, of which `entries` are the first."""
        return self.queue.dossiers + len(self.aside)

    @property
    def entries(self) -> tuple[QueueEntry, ...]:
        """In the order in which they go; what does not go by itself comes last."""
        return (*self.queue.entries, *self.aside)


class OutlookWatch(QObject):
    """Looks by itself every few seconds, and soon after anything has moved."""

    changed = Signal(object)  # Outlook

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._looking, self._again, self._not_before = False, False, 0.0
        self.seen: Outlook | None = None
        self._soon = QTimer(self, singleShot=True)
        self._soon.timeout.connect(self.look)
        self._often = QTimer(self, interval=OFTEN)
        self._often.timeout.connect(self.look_soon)
        self._often.start()
        for moved in (session.delivery_changed, session.link_changed):
            moved.connect(lambda _told: self.look_soon())
        session.seated.connect(self.look_soon)
        self.look_soon()

    def look_soon(self) -> None:
        """Something has moved; many things move at once."""
        if not self._soon.isActive():
            wait = round(1000 * (self._not_before - time.monotonic()))
            self._soon.start(max(SOON, wait))

    def look(self) -> None:
        """Ask now; what is asked for meanwhile is one more look after this one."""
        if self._looking:
            self._again = True
            return
        self._looking, self._again = True, False
        desk = self._session.desk

        def work() -> tuple[Outlook, float]:
            began = time.thread_time()
            return outlook_of(desk), time.thread_time() - began

        def seen(answer: tuple[Outlook, float]) -> None:
            self.seen, took = answer
            self._rest(min(LONGEST, took * SHARE))
            self.changed.emit(self.seen)

        def failed(error: StationError) -> None:
            self._rest(0.0)
            self._session.failed.emit(error)

        self._session.tasks.look(work, seen, failed, lambda: self._rest(0.0))

    def _rest(self, pause: float) -> None:
        self._looking = False
        self._not_before = time.monotonic() + pause
        if self._again:
            self.look_soon()


def outlook_of(desk: Desk) -> Outlook:
    """As it stands now."""
    now, link, waiting = desk.queue.now(), desk.connection.link(), desk.connection.queue()
    counts = desk.dossiers.counts(desk.officer, now)
    if counts.get(Queue.WAITING, 0) > waiting.dossiers:
        # Nobody has a plan for these: no hub is known, or they were sealed just now.
        planned = {one.dossier_id for one in waiting.entries}
        found = [] if waiting.more else desk.dossiers.queue(Queue.WAITING, desk.officer, now, MOST_ASIDE)
        others = _entries([one for one in found if one.id not in planned], link, now)
        others = tuple(sorted(others, key=lambda one: one.due_at or _LAST))
        entries = (*waiting.entries, *others)
        more = max(0, counts[Queue.WAITING] - len(entries))
        waiting = replace(waiting, entries=entries, more=more, seconds_left=None)
    stuck = desk.dossiers.queue(Queue.STUCK, desk.officer, now, MOST_ASIDE) if counts.get(Queue.STUCK) else ()
    aside = [one for one in stuck if one.progress and one.progress.delivery is Delivery.REFUSED]
    return Outlook(
        now,
        link,
        desk.connection.quality(),
        waiting,
        _entries(aside, link, now),
        counts.get(Queue.WAITING, 0),
        counts.get(Queue.STUCK, 0),
        tuple(desk.hub.questions()),
        tuple(desk.hub.returned()),
        desk.hub.restored(),
    )


def _entries(found: Sequence[Summary], link: Link, now: datetime) -> tuple[QueueEntry, ...]:
    made = []
    for one in found:
        reason = why(one.progress, link, now) if one.progress else None
        if one.progress and reason:
            pages = one.progress.pages_total - one.progress.pages_sent
            made.append(
                QueueEntry(one.id, one.number or "", one.progress.delivery, 0, max(pages, 0), one.due_at, reason)
            )
    return tuple(made)
