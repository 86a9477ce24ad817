"""A writing station as a process of its own, and what must be true of the store that it leaves behind."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from station.dossier.dossier import State
from station.paths import DataFolder
from station.store.keys import Keys
from station.store.store import Store

PROGRAM = Path(__file__).with_name("writer.py")


@dataclass
class Told:
    """What the station was told is kept."""

    pages: list[str] = field(default_factory=list)
    dossiers: dict[str, tuple[int, int, int]] = field(default_factory=dict)
    error: str | None = None

    def read(self, output: str) -> None:
        # A line without its end was cut off by the kill.
        for line in output.splitlines(keepends=True):
            match line.split() if line.endswith("\n") else []:
                case ["page", sha256]:
                    self.pages.append(sha256)
                case ["dossier", name, *numbers]:
                    version, number, seq = map(int, numbers)
                    self.dossiers[name] = (version, number, seq)
                case ["error", code]:
                    self.error = code


@dataclass
class Station:
    """Runs the writer on a folder."""

    folder: DataFolder
    data_key: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    told: Told = field(default_factory=Told)
    runs: int = 0

    @property
    def keys(self) -> Keys:
        return Keys.derived_from(self.data_key)

    def _command(self, *how: str) -> list[str]:
        self.runs += 1
        return [sys.executable, str(PROGRAM), str(self.folder.root), self.data_key.hex(), f"run{self.runs}", *how]

    @contextmanager
    def working(self, *how: str) -> Iterator[subprocess.Popen[bytes]]:
        """Start it, wait until it has opened its store, and afterwards take down what it was told."""
        with tempfile.TemporaryFile() as output:
            running = subprocess.Popen(self._command(*how), stdout=output, stderr=subprocess.DEVNULL)
            try:
                _wait_for(output, b"open\n")
                yield running
                if how:
                    _wait_for(output, b"page ")
            finally:
                running.kill()
                running.wait()
            self.told.read(_said(output).decode())

    def killed_when_this_appears(self, name: str) -> None:
        """Start it for the first time and kill it as soon as this file or folder is there."""
        running = subprocess.Popen(self._command(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 60
        while not (self.folder.root / name).exists():
            assert time.monotonic() < deadline, f"{name} never appeared"
            time.sleep(0.0005)
        running.kill()
        running.wait()

    def nothing_is_lost(self) -> None:
        """Everything told is there and whole, and what was not told is there as a whole or not at all."""
        with Store.open(self.folder, self.keys) as store:
            for sha256 in self.told.pages:
                assert len(store.pages.read(sha256)) >= 20_000
            events = {event.dossier_id: event for event in store.outbox.pending()}
            for name, (version, number, seq) in self.told.dossiers.items():
                dossier = store.dossiers.get(name)
                assert (dossier.version, dossier.number, dossier.state) == (version, str(number), State.SEALED)
                assert events[name].seq == seq
            everything = [store.dossiers.get(summary.id) for summary in store.dossiers.find(limit=1_000_000)]
            sealed = [dossier for dossier in everything if dossier.state is State.SEALED]
            for dossier in everything:
                for page in dossier.pages:
                    store.pages.read(page.sha256)
            assert {dossier.id for dossier in sealed} == set(events)
            assert sorted(int(dossier.number or 0) for dossier in sealed) == list(range(1, len(sealed) + 1))
            assert sorted(event.seq for event in events.values()) == list(range(1, len(sealed) + 1))
            assert store.audit.head().seq == len(sealed)
            assert store.verify() == []


def _wait_for(output: IO[bytes], said: bytes) -> None:
    deadline = time.monotonic() + 60
    while said not in _said(output):
        assert time.monotonic() < deadline, f"the station never said {said!r}"
        time.sleep(0.01)


def _said(output: IO[bytes]) -> bytes:
    # pread: the file's position is shared with the process that writes.
    return os.pread(output.fileno(), 1 << 24, 0)
