"""A real hub for many stations, each of which lives through one fault."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from tools.servers.hub import start_hub

from .counter import Place

STATIONS = 250


class Hub:
    """`provincial-hub serve` as a process of its own, over one folder."""

    def __init__(self, data: Path) -> None:
        self._data, self._given = data, 0
        data.mkdir(parents=True)
        names = [f"F{number:04}" for number in range(1, STATIONS + 1)]
        given = [f"--station={name}:{_token(name).decode()}" for name in names]
        self._process, told = start_hub(data, *given)
        self._url, self._key = str(told["listening"]), str(told["key"])

    @property
    def full(self) -> bool:
        return self._given == STATIONS

    def place(self, root: Path) -> Place:
        """A station that this hub has never heard of."""
        self._given += 1
        name = f"F{self._given:04}"
        return Place(root, name, self._url, _token(name).decode(), self._key)

    def holdings(self) -> dict[str, list[dict[str, Any]]]:
        """What the hub holds, by station."""
        rows = json.loads(self._say("list", "--json"))
        held: dict[str, list[dict[str, Any]]] = {}
        for row in rows:
            held.setdefault(row["station"], []).append(row)
        return held

    def gaps(self) -> int:
        """How many hashes or receipts are not as they should be."""
        return int(json.loads(self._say("verify"))["gaps"])

    def close(self) -> None:
        self._process.kill()
        self._process.wait(10)
        assert self._process.stdout is not None
        self._process.stdout.close()

    def _say(self, command: str, *words: str) -> str:
        asked = [sys.executable, "-m", "provincial_hub", command, "--data", str(self._data), *words]
        return subprocess.run(asked, capture_output=True, text=True, timeout=120, check=False).stdout


def _token(name: str) -> bytes:
    return hashlib.sha256(f"token of {name}".encode()).hexdigest().encode()
