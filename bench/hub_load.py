"""How much does one hub take, and does it slow down as stations and dossiers grow?

    python -m bench.hub_load [--engine embedded|postgresql|both] [--seconds 10] [--grow 1000000]

Stations are HTTP connections of this process, each telling events or bringing whole dossiers of 2 MB as fast as it is
answered. Generator, hub and database share the machine's cores. `--grow` fills the books by SQL with dossiers of nobody
before the last measurements. p95 is of the time from a request to its answer, for dossiers until the receipt.

The published figures that it is held against are of other machines and other programs: ODK Central, 41 small
submissions a second and 1 to 2 of 5 MB; MOSIP's packet receiver, 1.85 packets of 2 MB a second.
"""

from __future__ import annotations

import argparse
import asyncio
import copy
import hashlib
import json
import os
import signal
import statistics
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from tools.servers.hub import start_hub
from tools.servers.postgres import Postgres

EXAMPLE = Path(__file__).parents[1] / "contract" / "v1" / "examples" / "deliver-without-pages.json"
PAGES, PAGE_BYTES = 8, 250_000
STATIONS = (1, 10, 50)
WITHOUT_QUOTAS = "[quotas]\nevents_a_minute = 10000000\nbytes_a_day = 1000000000000\npages_begun = 100000\n"


@dataclass(slots=True)
class Rate:
    """What was answered in how many seconds, and how long each took."""

    seconds: float = 0.0
    answered: list[float] = field(default_factory=list)

    def __str__(self) -> str:
        if len(self.answered) < 2:
            return f"{len(self.answered):>8} only"
        p95 = statistics.quantiles(self.answered, n=20)[-1]
        return f"{len(self.answered) / self.seconds:>9.1f}/s  p95 {1000 * p95:>7.0f} ms"


class Counter:
    """One station: its connection and its numbers."""

    def __init__(self, http: aiohttp.ClientSession, name: str, model: dict[str, Any]) -> None:
        self._http, self._name, self._model, self._seq = http, name, model, 0
        self._head = {"Authorization": f"Bearer {token_of(name)}"}

    async def tell(self, pages: list[str] | None = None) -> dict[str, Any]:
        """An event of its own, with these pages; the hub's answer."""
        self._seq += 1
        event = copy.deepcopy(self._model) | {"station": self._name, "seq": self._seq}
        event["dossier_id"] = f"load-{self._name}-{self._seq}-{os.getpid()}"
        event["body"]["number"] = f"T-{self._name}-{self._seq}"
        event["pages"] = pages or []
        return await self._post(event)

    async def bring(self) -> None:
        """A dossier of 2 MB, up to its receipt."""
        contents = [os.urandom(PAGE_BYTES) for _ in range(PAGES)]
        named = {hashlib.sha256(content).hexdigest(): content for content in contents}
        await self.tell(list(named))
        for sha256, content in named.items():
            headers = {**self._head, "Upload-Length": str(PAGE_BYTES)}
            async with self._http.put(f"/v1/pages/{sha256}", data=content, headers=headers) as reply:
                assert reply.status == 201, await reply.text()
        self._seq -= 1
        answer = await self.tell(list(named))
        assert answer["status"] == "accepted", answer

    async def _post(self, event: dict[str, Any]) -> dict[str, Any]:
        body = json.dumps({"events": [event]}).encode()
        headers = {**self._head, "Content-Type": "application/json"}
        async with self._http.post("/v1/events", data=body, headers=headers) as reply:
            assert reply.status == 200, await reply.text()
            answer: dict[str, Any] = (await reply.json())["answers"][0]
            assert answer["status"] in {"accepted", "need_pages"}, answer
            return answer


def token_of(name: str) -> str:
    return hashlib.sha256(f"load {name}".encode()).hexdigest()


async def measure(address: str, label: str, seconds: float, first: int) -> int:
    """Rows for each number of stations; returns how many names were used."""
    model = json.loads(EXAMPLE.read_text(encoding="utf-8"))["exchanges"][0]["request"]["json"]["events"][0]
    async with aiohttp.ClientSession(address, connector=aiohttp.TCPConnector(limit=0)) as http:
        for count in STATIONS:
            names = [f"L{number:04}" for number in range(first, first + count)]
            first += count
            counters = [Counter(http, name, model) for name in names]
            events = await _rate([counter.tell for counter in counters], seconds)
            dossiers = await _rate([counter.bring for counter in counters], seconds)
            print(f"{label:<34}{count:>3} stations   events {events}   dossiers of 2 MB {dossiers}", flush=True)
    return first


async def _rate(deeds: list[Callable[[], Awaitable[object]]], seconds: float) -> Rate:
    rate, began = Rate(), time.monotonic()

    async def work(deed: Callable[[], Awaitable[object]]) -> None:
        while time.monotonic() < began + seconds:
            asked = time.monotonic()
            await deed()
            rate.answered.append(time.monotonic() - asked)

    await asyncio.gather(*(work(deed) for deed in deeds))
    rate.seconds = time.monotonic() - began
    return rate


_FILL = {
    "event": (
        "station, seq, digest, content, dossier_id, number, status, version, kept_at, hub_number, receipt",
        "{station}, i, {digest}, :content, 'g-' || i, 'G' || i, 'accepted', 1, '{at}', 'G-' || i, '{{}}'",
    ),
    "dossier": ("dossier_id, station, version", "'g-' || i, {station}, 1"),
    "announced_page": ("station, seq, position, sha256", "{station}, i, 0, {digest}"),
    "page": ("station, sha256, size, received_at", "{station}, {digest}, 250000, '{at}'"),
    "dossier_case": (
        "dossier_id, station, number, procedure, state, sealed_at, received_at, pages, reused_pages, facts",
        "'g-' || i, {station}, 'G' || i, '2.000815', 'received', '{at}', '{at}', 1, 0, '{{}}'",
    ),
}
_NUMBERS = {
    "postgresql": "generate_series(CAST(:low AS bigint), CAST(:high AS bigint)) AS n(i)",
    "sqlite": "(WITH RECURSIVE n(i) AS (SELECT :low UNION ALL SELECT i + 1 FROM n WHERE i < :high) SELECT i FROM n)",
}
_DIGEST = {"postgresql": "md5(i::text) || md5(i::text || 'x')", "sqlite": "printf('%064x', i)"}


async def grow(url: str, upto: int) -> None:
    """Fill the books with received dossiers, one page each, until there are so many."""
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        there = (await connection.execute(text("SELECT count(*) FROM dossier"))).scalar_one()
        dialect = connection.dialect.name
        words = {"station": "'G' || (i % 3321)", "digest": _DIGEST[dialect], "at": "2026-01-01T08:00:00+07:00"}
        for table, (columns, values) in _FILL.items():
            told: dict[str, object] = {"low": there + 1, "high": upto}
            if ":content" in values:
                told["content"] = json.dumps({"filler": "MẪU – SPECIMEN " * 60}, ensure_ascii=False)
            rows = f"SELECT {values.format(**words)} FROM {_NUMBERS[dialect]}"  # noqa: S608 - all of it is our own
            await connection.execute(text(f"INSERT INTO {table} ({columns}) {rows}"), told)
    if dialect == "postgresql":
        async with engine.connect() as connection:
            await (await connection.execution_options(isolation_level="AUTOCOMMIT")).execute(text("ANALYZE"))
    await engine.dispose()


@contextmanager
def hub(data: Path, database: str | None) -> Iterator[str]:
    """The hub as a process over this database, or its embedded one; its address."""
    data.mkdir(parents=True, exist_ok=True)
    (data / "hub.toml").write_text(WITHOUT_QUOTAS)
    names = [f"L{number:04}" for number in range(4 * sum(STATIONS))]
    given = [f"--station={name}:{token_of(name)}" for name in names]
    process, told = start_hub(data, *given, environment={"HUB_DATABASE_URL": database} if database else None)
    with process:
        try:
            yield str(told["listening"])
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)


@asynccontextmanager
async def engine_url(engine: str) -> AsyncIterator[str | None]:
    if engine == "embedded":
        yield None
        return
    server = Postgres()
    try:
        yield server.new_database()
    finally:
        server.close()


async def run(engine: str, seconds: float, upto: int) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        data = Path(temporary) / "hub"
        async with engine_url(engine) as database:
            first = 0
            with hub(data, database) as address:
                first = await measure(address, engine, seconds, first)
            for size in [size for size in (10_000, 1_000_000) if size <= upto]:
                await grow(database or f"sqlite+aiosqlite:///{data}/hub.db", size)
                with hub(data, database) as address:
                    first = await measure(address, f"{engine}, beside {size:,} dossiers", seconds, first)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--engine", choices=("embedded", "postgresql", "both"), default="both")
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--grow", type=int, default=1_000_000)
    told = parser.parse_args()
    for engine in ("embedded", "postgresql") if told.engine == "both" else (told.engine,):
        asyncio.run(run(engine, told.seconds, told.grow))


if __name__ == "__main__":
    main()
