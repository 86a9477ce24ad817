"""What a node lets others see of itself: probes, metrics, its log."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx
import pytest
from provincial_hub import log
from provincial_hub.errors import SetupError
from provincial_hub.hub_toml import Section
from provincial_hub.keeping.database import open_database
from provincial_hub.keeping.ledger import Ledger
from provincial_hub.keeping.metric_books import MetricBooks
from provincial_hub.keeping.page_directory import PageDirectory
from provincial_hub.keeping.tables import reports, stations
from provincial_hub.metrics_server import MetricsSettings
from provincial_hub.readiness import look
from sqlalchemy import insert

from tools.servers.ports import free_port

NOW = datetime.fromisoformat("2026-11-20T08:00:00+07:00")
METRICS_TOKEN = "long-enough-for-metrics"


@pytest.fixture(scope="module")
def watched(shared: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Any, str]]:
    """A hub that serves metrics, and where; one for all these tests: a process takes longer to start than they do."""
    folder = tmp_path_factory.mktemp("watched")
    hub, port = type(shared)(folder / "hub"), free_port()
    hub.data.mkdir()
    (folder / "token").write_text(METRICS_TOKEN)
    (hub.data / "hub.toml").write_text(f'[metrics]\nport = {port}\ntoken_file = "{folder / "token"}"\n')
    hub.start({"A0": "token-of-A0"})
    yield hub, f"http://127.0.0.1:{port}/metrics"
    hub.kill()


def test_a_node_counts_answers_receipts_and_requests_and_names_nobody(
    watched: tuple[Any, str], sealed: Any, page: bytes, post: Any, put: Any
) -> None:
    hub, url = watched
    station, event = hub.station(), sealed(page, station="A0")
    post(station, event)
    put(station, page)
    post(station, event)
    answered = httpx.get(url, headers={"Authorization": f"Bearer {METRICS_TOKEN}"}, trust_env=False)
    lines = set(answered.text.splitlines())
    assert {
        'hub_event_answers_total{answer="need_pages"} 1.0',
        'hub_event_answers_total{answer="accepted"} 1.0',
        'hub_page_answers_total{answer="complete"} 1.0',
        'hub_requests_total{method="PUT",route="/v1/pages/{sha256}",status="201"} 1.0',
        f'hub_received_bytes_total{{route="/v1/pages/{{sha256}}"}} {float(len(page))}',
        "hub_receipts_total 1.0",
        'hub_stations{state="seen_last_hour"} 1.0',
        'hub_part_up{part="database"} 1.0',
        'hub_database_connections{state="most"} 1.0',
    } <= lines
    for private in ("A0", event["dossier_id"], event["pages"][0], event["body"]["number"]):
        assert private not in answered.text


def test_metrics_are_shown_on_their_own_address_to_who_has_the_token(watched: tuple[Any, str]) -> None:
    hub, url = watched
    for header in (b"", b"Bearer wrong", "Bearer é".encode()):
        assert httpx.get(url, headers={b"Authorization": header}, trust_env=False).status_code == 401
    assert hub.station().get("/metrics").status_code == 404


def test_a_port_for_metrics_that_another_program_has_is_told_before_the_hub_begins(
    watched: tuple[Any, str], own_hub: Any
) -> None:
    _, url = watched
    own_hub.data.mkdir()
    (own_hub.data / "hub.toml").write_text(f"[metrics]\nport = {httpx.URL(url).port}\n")
    tried = own_hub.process("serve", "--station", "A0:token-of-A0")
    assert (tried.returncode, tried.stdout) == (2, "")
    assert "end that one, or name another one by [metrics] port in hub.toml" in tried.stderr
    assert "Traceback" not in tried.stderr


def test_a_request_has_one_id_in_its_answer_and_in_every_line_that_it_causes(
    watched: tuple[Any, str], sealed: Any, page: bytes
) -> None:
    hub, _ = watched
    station, event = hub.station(), sealed(page, station="A0", seq=2)
    answer = station.post("/v1/events", json={"events": [event]}, headers={"X-Request-Id": "from-the-proxy-1"})
    assert answer.headers["X-Request-Id"] == "from-the-proxy-1"
    made = station.get("/v1/health", headers={"X-Request-Id": "no id"}).headers["X-Request-Id"]
    assert len(made) == 32
    while made not in (text := hub.log.read_text()):  # a request's line is written when its answer has left
        time.sleep(0.01)
    lines = [json.loads(line) for line in text.splitlines()]
    of_request = [line for line in lines if line.get("request") == "from-the-proxy-1"]
    assert {line["code"] for line in of_request} == {"reception", "request"}
    told = next(line for line in of_request if line["code"] == "request")
    assert (told["station"], told["route"], told["status"]) == ("A0", "/v1/events", 200)
    assert told["duration_ms"] > 0
    assert all({"time", "level", "code", "message"} <= set(line) for line in lines)
    for private in (event["pages"][0], "token-of-A0", METRICS_TOKEN, "MẪU"):
        assert private not in text


def test_a_node_without_a_spool_says_that_it_is_not_ready(watched: tuple[Any, str]) -> None:
    hub, _ = watched
    assert hub.station().get("/healthz").json() == {"alive": True}
    assert hub.station().get("/readyz").json()["ready"] is True
    (hub.data / "spool").rename(hub.data / "elsewhere")
    answer = hub.station().get("/readyz")
    asked = hub.command("ready", "--url", hub.address)
    (hub.data / "elsewhere").rename(hub.data / "spool")
    assert (answer.status_code, answer.json()["ready"]) == (503, False)
    assert "spool" in answer.json()["failing"]
    assert (asked.returncode, json.loads(asked.stdout)["ready"]) == (1, False)


def test_ready_says_no_where_nobody_answers(own_hub: Any) -> None:
    asked = own_hub.command("ready", "--url", f"http://127.0.0.1:{free_port()}")
    assert (asked.returncode, json.loads(asked.stdout)) == (1, {"ready": False, "failing": ["ConnectError"]})


def state_of(ledger: Ledger, folder: Path, now: datetime = NOW) -> Any:
    return SimpleNamespace(
        ledger=ledger,
        settings=SimpleNamespace(spool=folder),
        page_store=PageDirectory(folder / "pages"),
        now=lambda: now,
    )


async def with_stations(database: str, **seen: str | None) -> Ledger:
    engine = await open_database(database)
    rows = [
        {"name": name, "token_sha256": name, "enrolled_at": "2026-11-01T00:00:00+07:00", "seen_at": at}
        for name, at in seen.items()
    ]
    async with engine.begin() as connection:
        await connection.execute(insert(stations), rows)
    return Ledger(engine)


def test_a_clock_behind_what_another_node_heard_is_no_clock(database: str, tmp_path: Path) -> None:
    async def failing(now: datetime) -> list[str]:
        found = await look(state_of(ledger, tmp_path, now))
        return found.failing

    async def both() -> tuple[list[str], list[str]]:
        nonlocal ledger
        ledger = await with_stations(database, A0="2026-11-20T08:01:00+07:00")
        try:
            return await failing(NOW), await failing(NOW - timedelta(hours=1))
        finally:
            await ledger.close()

    ledger: Any = None
    assert asyncio.run(both()) == ([], ["clock"])


def test_a_database_that_has_gone_and_a_store_that_has_gone_are_told_apart(tmp_path: Path) -> None:
    class Gone:
        def head(self, key: str) -> int:
            raise OSError(key)

    async def found() -> Any:
        ledger = await with_stations(f"sqlite+aiosqlite:///{tmp_path}/hub.db", A0=None)
        state = state_of(ledger, tmp_path)
        state.page_store = Gone()
        without_store = await look(state)
        await ledger.close()
        (tmp_path / "hub.db").rename(tmp_path / "hub.gone")
        (tmp_path / "hub.db").mkdir()
        return without_store, await look(state)

    without_store, without_database = asyncio.run(found())
    assert (without_store.failing, without_store.ready) == (["pages"], True)
    assert (without_database.failing, without_database.ready) == (["clock", "database", "pages"], False)


def test_what_stations_report_is_summed_and_never_told_apart(database: str) -> None:
    async def standing() -> Any:
        ledger = await with_stations(database, A0="2026-11-20T07:30:00+07:00", A1="2026-11-20T06:30:00+07:00", A2=None)
        told = [
            {"waiting": 2, "refused": 1, "bytes_waiting": 500, "oldest_waiting_at": "2026-11-20T07:00:00+07:00"},
            {"waiting": 3, "refused": 0, "bytes_waiting": 700, "oldest_waiting_at": None},
        ]
        async with ledger._engine.begin() as connection:
            for number, document in enumerate(told):
                row = {
                    "station": f"A{number}",
                    "received_at": "",
                    "clock_offset_ms": 0,
                    "document": json.dumps(document),
                }
                await connection.execute(insert(reports).values(row))
        async with ledger.transaction(MetricBooks) as books:
            found = await books.standing("H00.00.00", NOW)
        await ledger.close()
        return found

    found = asyncio.run(standing())
    assert found.stations == {"enrolled": 3, "shut_out": 0, "seen_last_hour": 1}
    assert found.stations_backlog == {"waiting": 5, "refused": 1, "bytes_waiting": 1200, "oldest_seconds": 3600}


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ({"host": "10.0.0.5", "port": 9100}, "can be reached by others"),
        ({"host": "metrics.tinh.example", "port": 9100}, "can be reached by others"),
        ({"prot": 9100}, "is not known"),
        ({"port": 9100, "token": "in-the-open-here"}, "does not stand here"),
    ],
)
def test_metrics_are_never_open_to_others(said: dict[str, Any], wrong: str) -> None:
    with pytest.raises(SetupError, match=wrong):
        MetricsSettings.read(Section(said, {}, ("metrics",)))
    with pytest.raises(SetupError, match="16 characters"):
        MetricsSettings.read(Section({}, {"HUB_METRICS_TOKEN": "short"}, ("metrics",)))


def test_an_exception_is_logged_by_where_it_came_from_and_never_by_its_text() -> None:
    name = "NGUYỄN" + " VĂN MẪU"
    try:
        int(name)
    except ValueError as error:
        info = (type(error), error, error.__traceback__)
    record = logging.LogRecord("provincial_hub.reception", logging.ERROR, "", 1, "failed", None, info)
    told = json.loads(log.JsonLines().format(record))
    assert (told["code"], told["level"]) == ("reception", "error")
    assert "test_watching.py" in told["where"]
    assert "VĂN" not in json.dumps(told, ensure_ascii=False)
