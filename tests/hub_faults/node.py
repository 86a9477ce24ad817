"""One node of the hub as a process, over its folder: started, killed, started again."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
import sys
import time
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path

from provincial_hub.settings import Settings

STATIONS = tuple(f"K{number}" for number in range(1, 7))
NO_QUOTAS = "[quotas]\nevents_a_minute = 1000000\nbytes_a_day = 1000000000000\n"

# A process that has the program's modules forks one for each start: importing them takes ten times as long as all the
# rest of a start, which is read from the disk and the databases as ever.
_PROGRAMS = multiprocessing.get_context("forkserver")
_PROGRAMS.set_forkserver_preload(["provincial_hub.__main__", "provincial_hub.app", "asyncpg", __name__])


def token(station: str) -> str:
    return f"token-of-{station}"


class Node:
    """`address` is the one that it had last: while it is down, nobody answers there."""

    def __init__(self, folder: Path, log: Path) -> None:
        self.folder, self.log, self.address, self.longest_start = folder, log, "", 0.0
        self._process: BaseProcess | None = None

    @property
    def settings(self) -> Settings:
        return Settings.load(self.folder, {})

    def start(self) -> None:
        """Start and wait until it listens."""
        given = [word for station in STATIONS for word in ("--station", f"{station}:{token(station)}")]
        began = time.monotonic()
        hears, says = _PROGRAMS.Pipe(duplex=False)
        with hears, says:
            words = ["serve", "--data", str(self.folder), *given]
            self._process = _PROGRAMS.Process(target=_program, args=(words, self.log, says), daemon=True)
            self._process.start()
            says.close()
            with os.fdopen(os.dup(hears.fileno()), encoding="utf-8") as heard:
                line = heard.readline()
        if not line:
            said = self.log.read_text()[-2000:] if self.log.exists() else ""
            raise RuntimeError(f"{self.folder.name} did not start: {said}")
        self.address = json.loads(line)["listening"]
        self.longest_start = max(self.longest_start, time.monotonic() - began)

    def freeze(self) -> None:
        """SIGSTOP: it does nothing any more, as a machine without power."""
        assert self._process is not None
        assert self._process.pid is not None
        os.kill(self._process.pid, signal.SIGSTOP)

    def kill(self) -> None:
        """SIGKILL: nothing is flushed, nothing is said."""
        if self._process is not None:
            self._process.kill()
            self._process.join(30)
            self._process.close()
            self._process = None


def _program(words: list[str], log: Path, says: Connection) -> None:
    """What a shell does for `provincial-hub WORDS >PIPE 2>>LOG`."""
    from provincial_hub.__main__ import main

    with log.open("ab") as errors:
        os.dup2(errors.fileno(), 2)
    os.dup2(says.fileno(), 1)
    says.close()
    sys.stdout, sys.stderr = (os.fdopen(descriptor, "w", buffering=1, closefd=False) for descriptor in (1, 2))
    sys.exit(main(words))
