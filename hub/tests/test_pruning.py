"""What is dropped at night, and what never is."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from provincial_hub.errors import SetupError
from provincial_hub.hub_toml import Section
from provincial_hub.keeping import pruning
from provincial_hub.keeping.database import open_database
from provincial_hub.keeping.enrolment_books import EnrolmentBooks
from provincial_hub.keeping.ledger import Ledger
from provincial_hub.keeping.outgoing_books import OutgoingBooks
from provincial_hub.keeping.pruning import Keep, prune, until_night
from provincial_hub.keeping.tables import announced, events, invitations, outgoing, pages, previews
from sqlalchemy import insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

NOW = datetime.fromisoformat("2026-11-20T02:30:00+07:00")
LONG_AGO, LATELY = (NOW - timedelta(days=500)).isoformat(), (NOW - timedelta(days=2)).isoformat()


class Rows:
    """The bare connection: rows as no deed would make them."""

    def __init__(self, connection: AsyncConnection) -> None:
        self.connection = connection


def pruned(database: str, given: Callable[[Ledger], Awaitable[None]], left: Any) -> tuple[dict[str, int], list[Any]]:
    """How much was dropped of what was given, and what is left in a column."""

    async def run() -> tuple[dict[str, int], list[Any]]:
        ledger = Ledger(await open_database(database))
        try:
            await given(ledger)
            dropped = await prune(ledger, Keep(), lambda: NOW)
            async with ledger.transaction(Rows) as rows:
                return dropped, sorted(await rows.connection.scalars(select(left)))
        finally:
            await ledger.close()

    return asyncio.run(run())


def test_a_message_goes_once_every_system_took_it_and_its_number_is_never_given_again(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pruning, "AT_ONCE", 2)  # in three batches

    async def given(ledger: Ledger) -> None:
        async with ledger.transaction(OutgoingBooks) as books:
            for target in ("dvc", "lgsp"):
                await books.name_target(target, LONG_AGO)
            told = [await books.tell("dossier.code", f"d{number}", {}, LONG_AGO) for number in range(1, 8)]
            for number in told:
                await books.done("dvc", number, LONG_AGO)
            for number in (*told[:5], told[6]):  # one of them was never taken by this one
                await books.done("lgsp", number, LONG_AGO)

    dropped, left = pruned(database, given, outgoing.c.id)
    assert (dropped["outgoing"], left) == (5, [6, 7])

    async def more(ledger: Ledger) -> None:
        async with ledger.transaction(OutgoingBooks) as books:
            await books.done("lgsp", 6, LONG_AGO)
            await books.tell("dossier.code", "d8", {}, LATELY)

    assert pruned(database, more, outgoing.c.id)[1] == [8]


def test_a_preview_goes_when_its_page_is_long_here_and_no_dossier_of_it_waits(database: str) -> None:
    def event(seq: int, status: str) -> dict[str, Any]:
        told = {"digest": "", "content": "{}", "dossier_id": f"d{seq}", "number": "1", "kept_at": LONG_AGO}
        return {"station": "T01", "seq": seq, "status": status, **told}

    names = {"whole": (1, LONG_AGO), "waits": (2, LONG_AGO), "new": (1, LATELY), "on its way": (2, None)}

    async def given(ledger: Ledger) -> None:
        async with ledger.transaction(Rows) as rows:
            await rows.connection.execute(insert(events), [event(1, "accepted"), event(2, "need_pages")])
            for position, (name, (seq, at)) in enumerate(names.items()):
                key = {"station": "T01", "sha256": name}
                await rows.connection.execute(insert(announced).values(**key, seq=seq, position=position))
                shown = {"media_type": "image/webp", "content": b"", "received_at": LONG_AGO}
                await rows.connection.execute(insert(previews).values(**key, **shown))
                if at is not None:
                    await rows.connection.execute(insert(pages).values(**key, size=1, received_at=at))

    dropped, left = pruned(database, given, previews.c.sha256)
    assert (dropped["previews"], left) == (1, ["new", "on its way", "waits"])


def test_a_code_goes_when_it_is_long_used_or_expired(database: str) -> None:
    async def given(ledger: Ledger) -> None:
        async with ledger.transaction(EnrolmentBooks) as books:
            for name, expires_at in (("used", LATELY), ("expired", LONG_AGO), ("waits", LATELY)):
                await books.invite(name, name, LONG_AGO, expires_at)
            await books.use("used", "key", LONG_AGO)

    dropped, left = pruned(database, given, invitations.c.secret_sha256)
    assert (dropped["invitations"], left) == (2, ["waits"])


@pytest.mark.parametrize(("now", "hours"), [("01:30", 1), ("02:30", 24), ("14:30", 12)])
def test_it_is_done_at_night(now: str, hours: int) -> None:
    assert until_night(datetime.fromisoformat(f"2026-11-20T{now}+07:00")) == hours * 3600


def test_the_days_stand_in_the_settings_and_a_week_is_the_least_for_messages() -> None:
    assert Keep.read(Section({"preview_days": 3}, {}, ("keep",))) == Keep(preview_days=3)
    with pytest.raises(SetupError, match=r"keep\.outgoing_days wants a number from 7"):
        Keep.read(Section({"outgoing_days": 1}, {}, ("keep",)))
