"""The relay: hands each message that waits to its target, at least once, those of one dossier in their order."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError

from provincial_hub.keeping.ledger import Ledger
from provincial_hub.keeping.outgoing_books import Claim, OutgoingBooks
from provincial_hub.outward.backoff import Backoff
from provincial_hub.outward.targets import MessageRefusedError, Target, TargetFailedError

log = logging.getLogger(__name__)

BUG = "hub.failed"
AFTER_THE_DATABASE_FAILED = 15.0


@dataclass(frozen=True, slots=True)
class Pace:
    """`tries`: so often may a message fail for its own sake before it is set aside. Seconds."""

    tries: int = 8
    at_once: int = 4
    look_every: float = 1.0
    margin: float = 15.0
    backoff: Backoff = field(default_factory=Backoff)


class Relay:
    """One worker a target. Any number of nodes may run one: a message is leased to one of them at a time."""

    def __init__(
        self,
        ledger: Ledger,
        targets: Sequence[Target],
        node: str,
        now: Callable[[], datetime],
        pace: Pace = Pace(),
        draw: Callable[[], float] = random.random,
    ) -> None:
        self._ledger = ledger
        self._targets = targets
        self._node = node
        self._now = now
        self._pace = pace
        self._draw = draw

    async def run(self) -> None:
        """Until it is cancelled. What was on its way then is sent again: the target knows it by its id."""
        try:
            async with asyncio.TaskGroup() as group:
                for target in self._targets:
                    group.create_task(self._serve(target))
        finally:
            async with self._ledger.transaction(OutgoingBooks) as books:
                await books.release(self._node)
            for target in self._targets:
                await target.close()

    async def begin(self) -> None:
        """Name the targets, so that what happens from now on is kept for them, and take up what a crash left."""
        async with self._ledger.transaction(OutgoingBooks) as books:
            for target in self._targets:
                await books.name_target(target.name, self._now().isoformat())
            await books.release(self._node)
            nameless = set(await books.targets()) - {target.name for target in self._targets}
        for name in sorted(nameless):
            log.warning("nobody serves the target %s: messages for it are kept", name)

    async def _serve(self, target: Target) -> None:
        worker = _Worker(self._ledger, target, self._node, self._now, self._pace, self._draw)
        while True:
            try:
                wait = await worker.turn()
            except SQLAlchemyError:
                log.exception("outward to %s: the database failed", target.name)
                wait = AFTER_THE_DATABASE_FAILED
            if wait > 0:
                await asyncio.sleep(wait)


class _Worker:
    """Hands over to one target. While that is down, one message at a time asks whether it is back."""

    def __init__(
        self,
        ledger: Ledger,
        target: Target,
        node: str,
        now: Callable[[], datetime],
        pace: Pace,
        draw: Callable[[], float],
    ) -> None:
        self._ledger = ledger
        self._target = target
        self._node = node
        self._now = now
        self._pace = pace
        self._draw = draw
        self._failures = 0
        self._taken_at = ""

    async def turn(self) -> float:
        """Hand over what is due; the seconds to wait before looking again."""
        at = self._now()
        most = 1 if self._failures else self._pace.at_once
        until = at + timedelta(seconds=self._target.longest + self._pace.margin)
        async with self._ledger.transaction(OutgoingBooks) as books:
            claims = await books.claim(self._target.name, self._node, at.isoformat(), until.isoformat(), most)
        if not claims:
            return self._pace.look_every
        asked = await asyncio.gather(*(self._hand_over(claim) for claim in claims))
        failed = [seconds for seconds in asked if seconds is not None]
        if len(failed) < len(asked):
            self._failures = 0
        if not failed:
            return 0.0
        self._failures += 1
        return self._pace.backoff.wait(self._failures, max(failed), self._draw)

    async def _hand_over(self, claim: Claim) -> float | None:
        """None where the target answered for this message; else for how long it asked to be left alone."""
        name, message = self._target.name, claim.message
        try:
            await self._target.hand_over(message)
        except TargetFailedError as failure:
            # A target that takes others and always fails at this one fails for this one's sake.
            refused = claim.tried_at is not None and self._taken_at > claim.tried_at
            await self._keep_failure(claim, failure.code, refused=refused, asked=failure.asked)
            return failure.asked or 0.0
        except MessageRefusedError as refusal:
            await self._keep_failure(claim, refusal.code, refused=True)
            return None
        except SQLAlchemyError:
            raise
        except Exception:  # one message must not stop those of other dossiers
            log.exception("outward to %s: message %d failed", name, message.id)
            await self._keep_failure(claim, BUG, refused=True)
            return None
        at = self._now().isoformat()
        async with self._ledger.transaction(OutgoingBooks) as books:
            await books.done(name, message.id, at)
        self._taken_at = at
        log.info("outward to %s: %s as message %d", name, message.topic, message.id)
        return None

    async def _keep_failure(self, claim: Claim, code: str, *, refused: bool, asked: float | None = None) -> None:
        at = self._now()
        name, number = self._target.name, claim.message.id
        aside = claim.refusals + refused >= self._pace.tries
        wait = self._pace.backoff.wait(claim.attempts + 1, asked, self._draw)
        async with self._ledger.transaction(OutgoingBooks) as books:
            if aside:
                await books.set_aside(name, claim, code, at.isoformat())
            else:
                again_at = (at + timedelta(seconds=wait)).isoformat()
                await books.failed(name, claim, code, at.isoformat(), again_at=again_at, refused=refused)
        if aside:
            log.error(
                "outward to %s: message %d set aside after %d attempts: %s", name, number, claim.attempts + 1, code
            )
        else:
            log.warning("outward to %s: message %d failed: %s", name, number, code)
