"""The two programs as processes of their own: the hub as IT starts it, and a station that obeys line by line."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).parents[2]
STATION = "T01"
Told = dict[str, Any]


class StationFailedError(Exception):
    """The station answered a command with an error; its code is the argument."""


class Hub:
    """`provincial-hub` over one folder; it may be killed and started again at the same port."""

    def __init__(self, data: Path) -> None:
        self.data, self.log = data, data.with_name(f"{data.name}.log")
        told = self._say("enrol", "--station", STATION)
        self.token, self.key, self.port = str(told["token"]), str(told["key"]), 0
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        command = [*_hub("serve", self.data), "--port", str(self.port)]
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=log, text=True)
        assert self._process.stdout is not None
        self.url = str(json.loads(self._process.stdout.readline())["listening"])
        self.port = int(self.url.rstrip("/").rpartition(":")[2])

    def kill(self) -> None:
        """SIGKILL: a hub must stand that at any moment. Its port stays known, and closed."""
        if self._process is not None:
            self._process.kill()
            self._process.wait(10)
            assert self._process.stdout is not None
            self._process.stdout.close()
            self._process = None

    def holdings(self) -> list[Told]:
        rows: list[Told] = self._say("list", "--json")
        return rows

    def verified(self) -> Told:
        """What `verify` counts; it fails on any gap."""
        counts: Told = self._say("verify")
        return counts

    def offer(self, pack: Path) -> Told:
        """Offer every station a pack of procedures, as IT staff do beside the running hub."""
        told: Told = self._say("procedures-offer", "--file", str(pack))
        return told

    def back_up(self, copy: Path) -> None:
        """As IT does on one machine: the hub is stopped, and its folder is copied."""
        self.kill()
        shutil.copytree(self.data, copy)
        self.start()

    def bring_back(self, copy: Path) -> Told:
        """The older backup in the place of what is there, and the word for it; what each station is told."""
        self.kill()
        shutil.rmtree(self.data)
        shutil.copytree(copy, self.data)
        told: Told = self._say("restored", "--by", "it.mau")
        self.start()
        return told

    def heads(self) -> list[str]:
        """The signed heads of the station's audit trail, as the hub has kept them."""
        asked = [*_hub("heads", self.data), "--station", STATION]
        return subprocess.run(asked, capture_output=True, text=True, timeout=300, check=True).stdout.splitlines()

    def _say(self, command: str, *arguments: str) -> Any:
        asked = [*_hub(command, self.data), *arguments]
        done = subprocess.run(asked, capture_output=True, text=True, timeout=300, check=False)
        assert done.returncode == 0, done.stderr
        return json.loads(done.stdout)


class AStation:
    """A running `station_at_work.py`. `told` keeps every page that it announced as captured, scan by scan."""

    def __init__(self, data: Path, tray: Path, hub: Hub | None = None, environment: Told | None = None) -> None:
        data.mkdir(parents=True, exist_ok=True)
        if hub is not None:
            settings = {"station": STATION, "hub_url": hub.url, "hub_token": hub.token, "hub_key": hub.key}
            lines = [f"{name} = {json.dumps(value)}\n" for name, value in settings.items()]
            (data / "settings.toml").write_text("".join(lines), encoding="utf-8")
        quiet = {"DBUS_SESSION_BUS_ADDRESS": "disabled:", "PYTHONPATH": str(ROOT)}  # the keyring of whoever tests
        self._errors = data.with_suffix(".stderr")
        with self._errors.open("a", encoding="utf-8") as errors:
            self.process = psutil.Popen(
                [sys.executable, str(ROOT / "tests" / "journeys" / "station_at_work.py"), str(data), str(tray)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                env={**os.environ, **quiet, **(environment or {})},
            )
        assert self._hear() == {"ready": True}

    def do(self, deed: str, **told: object) -> Any:
        """Have a command done and return what it answers; raises `StationFailedError`."""
        for said in self.begin(deed, **told):
            if "error" in said:
                raise StationFailedError(said["error"])
            if "done" in said:
                return said["done"]
        raise AssertionError("the station said nothing more")

    def begin(self, deed: str, **told: object) -> Iterator[Told]:
        """Give a command, and hear line by line what comes of it."""
        self.process.stdin.write(json.dumps({"do": deed, **told}) + "\n")
        self.process.stdin.flush()
        while True:
            said = self._hear()
            yield said
            if "done" in said or "error" in said:
                return

    def family(self) -> list[psutil.Process]:
        """Every process that this station has started, and theirs."""
        return list(self.process.children(recursive=True))

    def kill(self) -> None:
        """SIGKILL."""
        self.process.kill()
        self._leave()

    def last_words(self) -> list[Told]:
        """What it had said before it was killed and nobody has heard; once all that it had started is gone, too."""
        last = [json.loads(line) for line in self.process.stdout if line.endswith("\n")]
        self._leave()
        return last

    def close(self) -> None:
        """Let it end by itself; it must do so in peace."""
        if self.process.poll() is None:
            self.process.stdin.close()
            try:
                assert self.process.wait(30) == 0, self._errors.read_text(encoding="utf-8")
            finally:
                self.process.kill() if self.process.is_running() else None
                self._leave()

    def _hear(self) -> Told:
        line = self.process.stdout.readline()
        assert line, self._errors.read_text(encoding="utf-8")
        said: Told = json.loads(line)
        return said

    def _leave(self) -> None:
        self.process.wait(10)
        for pipe in (self.process.stdin, self.process.stdout):
            with contextlib.suppress(BrokenPipeError):
                pipe.close()


def until(fits: Callable[[], bool], every: float = 0.05) -> bool:
    """Whether it comes about, however busy the machine is."""
    end = time.monotonic() + 240
    while time.monotonic() < end:
        if fits():
            return True
        time.sleep(every)
    return False


def alive(processes: Sequence[psutil.Process]) -> list[psutil.Process]:
    """Those that still run; zombies that nobody has reaped do not."""
    return [one for one in processes if one.is_running() and _status(one) != psutil.STATUS_ZOMBIE]


def _status(process: psutil.Process) -> str:
    try:
        return str(process.status())
    except psutil.NoSuchProcess:
        return psutil.STATUS_ZOMBIE


def _hub(command: str, data: Path) -> list[str]:
    return [sys.executable, "-m", "provincial_hub", command, "--data", str(data)]
