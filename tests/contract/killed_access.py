"""Changes its key and its token at a real hub, each time in a process that dies at another point of it.

    python killed_access.py DATABASE DATABASE_KEY_HEX HUB_URL HUB_KEY_HEX TOKEN kill|lose EVERY

A point is a request about to go out, its answer just come in, something about to be written, or a commit about to be
made. `lose` breaks the line off there instead, where the point is an answer. After each death a new process asks
the hub for something quite different, as a counter would, and then goes on with the change. One line a point.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import httpx
import sqlalchemy as sql
from sqlalchemy import event

from station.clock import VIETNAM
from station.errors import HubError
from station.store.database import Database
from station.store.keys.hub_access import HubAccess
from station.sync.access import KeepAccess
from station.sync.hub_client import HubClient
from station.sync.request_signature import RequestSigner

STATION = "T01"
Point = Callable[[str], None]


def now() -> datetime:
    return datetime.now(VIETNAM)


class Counting(httpx.HTTPTransport):
    """The real line, with a point before and after each exchange."""

    def __init__(self, point: Point) -> None:
        super().__init__()
        self._point = point

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self._point(f"before {request.method} {request.url.path}")
        response = super().handle_request(request)
        content = response.read()
        self._point(f"after {request.method} {request.url.path}")
        return httpx.Response(response.status_code, headers=response.headers, stream=httpx.ByteStream(content))


class Station:
    """As much of one as speaks to the hub."""

    def __init__(self, arguments: list[str], point: Point = lambda _name: None) -> None:
        file, key, url, authority, token, *_ = arguments
        self.database = Database(Path(file), bytes.fromhex(key))
        self.access = HubAccess(self.database, now)
        held = self.access.identities(token).current
        self.client = HubClient(
            url,
            held.token,
            practice=True,
            signer=RequestSigner(held.seed, now),
            spares=lambda: self.access.identities(token).every,
            transport=Counting(point),
        )
        self.keep = KeepAccess(self.client, self.access, bytes.fromhex(authority), STATION, token, now)
        self.enrolled = token

    def change(self) -> None:
        while self.keep():
            pass

    def token_sha256(self) -> str:
        return hashlib.sha256(self.access.identities(self.enrolled).current.token.encode()).hexdigest()

    def close(self) -> None:
        self.client.close()
        self.database.close()


def main(arguments: list[str]) -> None:
    loses, every = arguments[5] == "lose", int(arguments[6])
    in_a_child(lambda: told_once(arguments))
    at = every
    while True:
        child = os.fork()
        if not child:
            die_at(arguments, at, loses=loses)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if not os.WIFSIGNALED(status):
            print(json.dumps({"exit": os.WEXITSTATUS(status)}))
            return
        in_a_child(lambda: go_on(arguments))
        at += every


def in_a_child(work: Callable[[], None]) -> None:
    """Database and line are opened in no process that forks."""
    child = os.fork()
    if not child:
        work()
        sys.stdout.flush()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    assert status == 0, f"the process that went on ended with {status}"


def told_once(arguments: list[str]) -> None:
    station = Station(arguments)
    station.change()
    station.close()


def die_at(arguments: list[str], at: int, *, loses: bool) -> None:
    seen = 0

    def point(name: str) -> None:
        nonlocal seen
        seen += 1
        if seen != at:
            return
        if loses and name.startswith("after "):
            raise httpx.ReadError("the answer is lost")
        print(json.dumps({"at": at, "point": name}), flush=True)
        os.kill(os.getpid(), signal.SIGKILL)

    station = Station(arguments, point)
    station.access.want_change(fresh=at % 2 == 0)
    event.listen(sql.Engine, "before_cursor_execute", lambda *told: point("write") if is_a_write(told[2]) else None)
    event.listen(sql.Engine, "commit", lambda *_: point("commit"))
    try:
        station.change()
    except HubError as error:
        print(json.dumps({"at": at, "point": f"lost: {error.code}"}), flush=True)
        os.kill(os.getpid(), signal.SIGKILL)
    station.close()


def is_a_write(statement: str) -> bool:
    return statement.startswith(("INSERT", "UPDATE", "DELETE"))


def go_on(arguments: list[str]) -> None:
    station = Station(arguments)
    station.client.changes(0)  # raises where the hub does not hear it
    station.change()
    known = station.access.identities(station.enrolled)
    print(
        json.dumps(
            {
                "wanted": station.access.change_wanted(),
                "in_use": station.client.identity == known.current,
                "token": station.token_sha256(),
            }
        )
    )
    station.close()


if __name__ == "__main__":
    main(sys.argv[1:])
