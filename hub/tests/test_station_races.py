"""Two nodes on one PostgreSQL that are told about one station at the same moment."""

from __future__ import annotations

import asyncio
import base64
from collections.abc import Coroutine
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from provincial_hub.clock import vietnam_time
from provincial_hub.errors import RefusedError
from provincial_hub.keeping.database import open_database
from provincial_hub.keeping.ledger import Ledger
from provincial_hub.receipts import Signer
from provincial_hub.stations.enrolments import Enrolments
from provincial_hub.stations.rosters import Rosters
from provincial_hub.stations.trails import Trails

from tools.servers.postgres import Postgres

TIMES = 5


async def at_once(*deeds: Coroutine[Any, Any, Any]) -> list[Any]:
    ends = await asyncio.gather(*deeds, return_exceptions=True)
    for end in ends:
        if isinstance(end, BaseException) and not isinstance(end, RefusedError):
            raise end
    return ends


def new_key() -> str:
    return base64.b64encode(Ed25519PrivateKey.generate().public_key().public_bytes_raw()).decode("ascii")


def test_a_code_that_two_bring_to_two_nodes_enrols_one_of_them(postgres: Postgres, tmp_path: Path) -> None:
    async def race() -> None:
        url, signer = postgres.new_database(), Signer.open(tmp_path / "hub.key")
        ledgers = [Ledger(await open_database(url)) for _ in range(2)]
        nodes = [Enrolments(ledger, Rosters(ledger, signer, vietnam_time), signer, vietnam_time) for ledger in ledgers]
        for number in range(TIMES):
            code, _ = await nodes[0].invite(f"T{number}")
            requests = [{"code": code, "receipt_key": new_key(), "trail_key": new_key()} for _ in nodes]
            ends = await at_once(*(node.take(asked) for node, asked in zip(nodes, requests, strict=True)))
            refused = [end.code for end in ends if isinstance(end, RefusedError)]
            assert refused == ["enrolment.refused"]
        for ledger in ledgers:
            await ledger.close()

    asyncio.run(race())


def test_of_two_heads_of_one_length_that_two_nodes_are_told_one_gives_the_alarm(postgres: Postgres) -> None:
    private = Ed25519PrivateKey.generate()

    def head(seq: int, digest: str) -> str:
        key = base64.urlsafe_b64encode(private.public_key().public_bytes_raw()).decode("ascii").rstrip("=")
        text = f"TSN1|{seq}|{digest * 64}|2026-11-23T09:00:00+07:00|{key}"
        signature = base64.urlsafe_b64encode(private.sign(text.encode("utf-8"))).decode("ascii").rstrip("=")
        return f"{text}|{signature}"

    async def no_key(_station: str) -> None:
        return None

    async def race() -> None:
        url = postgres.new_database()
        ledgers = [Ledger(await open_database(url)) for _ in range(2)]
        nodes = [Trails(ledger, no_key, vietnam_time) for ledger in ledgers]
        for number in range(TIMES):
            ends = await at_once(nodes[0].take(f"T{number}", head(7, "a")), nodes[1].take(f"T{number}", head(7, "b")))
            assert sorted(ends) == ["kept", "rewritten"]
        for ledger in ledgers:
            await ledger.close()

    asyncio.run(race())
