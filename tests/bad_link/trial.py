"""One trial: a hub, the front before it, a line, and behind it a counter with sealed dossiers."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any

from cryptography import x509

from tests.bad_link.counter import page
from tests.bad_link.front import Front
from tests.journeys.programs import STATION, Hub
from tests.unit.sync.certificates import Authority
from tools.bad_link.link import Link, Terms
from tools.bad_link.namespace import behind_a_bad_line

LONGEST_PEER = 600.0
"""Seconds after which a peer is not waited for any more: a plain PUT may never come to an end."""


@dataclass(frozen=True, slots=True)
class Load:
    """What waits at the counter when the line is tried: page sizes in bytes."""

    dossiers: int
    pages: int
    size: int

    def sha256(self, number: int) -> list[str]:
        return [hashlib.sha256(page(number, index, self.size)).hexdigest() for index in range(self.pages)]


@dataclass(frozen=True, slots=True)
class Spent:
    """Where the bytes went; together they are all that the line carried, both ways."""

    bodies: int
    """Of requests: the payload, and what of it was sent again by the program."""
    http: int
    """Heads of requests, and the answers."""
    tls: int
    """Handshakes, and what encryption adds; with what came of a record that was never whole."""
    in_vain: int
    """On its way when the connection broke."""
    again: int
    """By TCP, for what was lost."""
    headers: int
    """Of IP and TCP, with all that only says «I have it»."""

    @classmethod
    def on(cls, link: Link, front: Front) -> Spent:
        ways = [link.up.tally, link.down.tally]
        http, bodies = front.heads + front.answers, front.bodies
        return cls(
            bodies=bodies,
            http=http,
            tls=sum(way.arrived for way in ways) - http - bodies,
            in_vain=sum(way.in_vain for way in ways),
            again=sum(way.again for way in ways),
            headers=sum(way.headers for way in ways),
        )


@dataclass(slots=True)
class Result:
    """`payload` are the bytes of the events and pages themselves, `up` and `down` all that the line carried."""

    seconds: float = 0.0
    payload: int = 0
    up: int = 0
    down: int = 0
    spent: Spent | None = None
    resets: int = 0
    troubles: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    """What is not as it must be: lost, doubled, incomplete."""

    @property
    def cost(self) -> float:
        return (self.up + self.down) / self.payload


Play = Callable[[Front, str | None], None]
"""Called before the line opens, with None, and with each trouble that the station tells."""


def deliver(
    folder: Path,
    terms: Terms,
    load: Load,
    play: Play = lambda _front, _trouble: None,
    seed: int = 1,
    *,
    hours: float = 0.0,
) -> Result:
    """Seal, go on line, wait until all is received; then look into the hub.

    `hours`: so many pass at the counter in a second.
    """
    with _hub_and_line(folder, terms, seed) as (hub, front, link, enter):
        words = [f"https://{front[0]}:{front[1].port}", hub.token, hub.key]
        numbers = [str(number) for number in (load.dossiers, load.pages, load.size)]
        command = [*enter, sys.executable, "-m", "tests.bad_link.counter", "--hours", str(hours)]
        command += ["--", str(folder / "station"), *words, *numbers]  # one token in 64 begins with a hyphen
        with _Speaker(command) as counter:
            result = Result(payload=int(counter.hear()["payload"]))
            link.begin()
            began = time.monotonic()
            play(front[1], None)
            counter.go()
            told = counter.hear_the_end(lambda trouble: play(front[1], trouble))
            result.seconds = time.monotonic() - began
            result.up, result.down, result.spent = link.up.bytes, link.down.bytes, Spent.on(link, front[1])
            result.resets, result.troubles = link.resets, told["troubles"]
        result.faults = _faults(hub, load)
        return result


def deliver_by_a_peer(folder: Path, terms: Terms, load: Load, peer: str, seed: int = 1) -> Result:
    """The same pages, without events, by «plain» or «tus»; what has not come in time is a fault."""
    with _Speaker([sys.executable, "-m", "tests.bad_link.peers", f"serve-{peer}", str(folder)]) as server:
        port = int(server.hear()["port"])
        with behind_a_bad_line(terms, seed) as behind:
            authority = Authority.made()
            (folder / "ca.pem").write_bytes(authority.pem)
            tls, _ = authority.server(folder, x509.IPAddress(IPv4Address(behind.address)))
            front = Front(behind.address, port, tls)
            try:
                words = [f"https://{behind.address}:{front.port}", str(load.dossiers * load.pages), str(load.size)]
                sending = [*behind.enter, sys.executable, "-m", "tests.bad_link.peers", f"send-{peer}", *words]
                with _Speaker([*sending, str(LONGEST_PEER), str(folder / "ca.pem")]) as sender:
                    sender.hear()
                    behind.link.begin()
                    began = time.monotonic()
                    sender.go()
                    received = int(sender.hear()["received"])
                    count = behind.link
                    return Result(
                        spent=Spent.on(count, front),
                        seconds=time.monotonic() - began,
                        payload=load.dossiers * load.pages * load.size,
                        up=count.up.bytes,
                        down=count.down.bytes,
                        resets=count.resets,
                        faults=[] if received == load.dossiers * load.pages else [f"{received} pages came"],
                    )
            finally:
                front.close()


class _Speaker:
    """A process that says JSON lines, and goes on when it is told."""

    def __init__(self, command: list[str]) -> None:
        self._complaints = tempfile.TemporaryFile("w+")  # noqa: SIM115 - closed with the process
        self._process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self._complaints, text=True
        )

    def __enter__(self) -> _Speaker:
        return self

    def __exit__(self, *_error: object) -> None:
        self.end()

    def hear(self) -> dict[str, Any]:
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, f"the process is gone: {self._last_words()}"
        told: dict[str, Any] = json.loads(line)
        return told

    def go(self) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write("go\n")
        self._process.stdin.flush()

    def hear_the_end(self, on_trouble: Callable[[str], None]) -> dict[str, Any]:
        while "received" not in (told := self.hear()):
            on_trouble(told["trouble"])
        return told

    def end(self) -> None:
        self._process.kill()
        self._process.communicate()
        self._complaints.close()

    def _last_words(self) -> str:
        self._process.wait(10)
        self._complaints.seek(0)
        return self._complaints.read()[-2000:]


@contextmanager
def _hub_and_line(
    folder: Path, terms: Terms, seed: int
) -> Iterator[tuple[Hub, tuple[str, Front], Link, tuple[str, ...]]]:
    hub = Hub(folder / "hub")
    hub.start()
    try:
        with behind_a_bad_line(terms, seed) as behind:
            authority, stranger = Authority.made(), Authority.made("MẪU – SPECIMEN, khác")
            address = x509.IPAddress(IPv4Address(behind.address))
            (folder / "station").mkdir()
            (folder / "station" / "hub-ca.pem").write_bytes(authority.pem)
            tls, strange = (one.server(folder, address)[0] for one in (authority, stranger))
            front = Front(behind.address, hub.port, tls, strange)
            try:
                yield hub, (behind.address, front), behind.link, behind.enter
            finally:
                front.close()
    finally:
        hub.kill()


def _faults(hub: Hub, load: Load) -> list[str]:
    """Each dossier once, with every page of its own, byte for byte."""
    rows = [row for row in hub.holdings() if row["station"] == STATION]
    wanted = sorted(load.sha256(number) for number in range(load.dossiers))
    faults = []
    if sorted([one["sha256"] for one in row["pages"]] for row in rows) != wanted:
        faults.append(f"the hub holds {len(rows)} events with other pages than the {load.dossiers} that were sealed")
    if not all(one["complete"] for row in rows for one in row["pages"]):
        faults.append("pages are incomplete")
    verified = hub.verified()
    if (verified["receipts"], verified["waiting"], verified["gaps"]) != (load.dossiers, 0, 0):
        faults.append(f"the hub's check says {verified}")
    return faults
