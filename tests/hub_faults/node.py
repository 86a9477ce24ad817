"""One node of the hub as a process, over its folder: started, killed, started again."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

from provincial_hub.settings import Settings

STATIONS = tuple(f"K{number}" for number in range(1, 5))
NO_QUOTAS = "[quotas]\nevents_a_minute = 1000000\nbytes_a_day = 1000000000000\n"


def token(station: str) -> str:
    return f"token-of-{station}"


class Node:
    """`address` is the one that it had last: while it is down, nobody answers there."""

    def __init__(self, folder: Path, log: Path) -> None:
        self.folder, self.log, self.address, self.longest_start = folder, log, "", 0.0
        self._process: subprocess.Popen[str] | None = None

    @property
    def settings(self) -> Settings:
        return Settings.load(self.folder, {})

    def start(self) -> None:
        """Start and wait until it listens."""
        given = [word for station in STATIONS for word in ("--station", f"{station}:{token(station)}")]
        began = time.monotonic()
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "provincial_hub", "serve", "--data", str(self.folder), *given],
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        if not line:
            raise RuntimeError(f"{self.folder.name} did not start again: {self.log.read_text()[-2000:]}")
        self.address = json.loads(line)["listening"]
        self.longest_start = max(self.longest_start, time.monotonic() - began)

    def kill(self) -> None:
        """SIGKILL: nothing is flushed, nothing is said."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(30)
            assert self._process.stdout is not None
            self._process.stdout.close()
            self._process = None
