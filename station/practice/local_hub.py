"""A hub of one's own beside the practice station: the real program on its embedded default, as a child process."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from station.errors import HubError
from station.practice.ended_with_us import ended_with_us

STATION = "T01"
_UNTIL_IT_LISTENS = 30.0


@dataclass(frozen=True, slots=True)
class Enrolment:
    """What a station is given to speak to this hub."""

    url: str
    token: str
    key: str


class LocalHub:
    """Started by `start`, ended by `stop`, and by the end of this program however it comes."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._process: subprocess.Popen[str] | None = None

    def start(self) -> Enrolment:
        """Begin to serve, with a fresh token; raises `HubError("hub.local_failed")`."""
        # The token of the last practice is kept nowhere. No new one before the hub is ours: another window may have
        # that one. Only a hub that knows no station at all does not serve.
        token = None if (self._folder / "hub.db").exists() else self._enrol()
        with (self._folder / "hub.log").open("a", encoding="utf-8") as log:
            self._process = subprocess.Popen(
                [*ended_with_us(), *_program(), "serve", "--data", str(self._folder), "--port", "0"],
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                process_group=0,
            )
        line = self._process.stdout.readline() if self._process.stdout else ""
        if not line:
            self.stop()
            raise HubError("hub.local_failed", log="hub.log")
        said = json.loads(line)
        return Enrolment(said["listening"], token or self._enrol(), said["key"])

    def holdings(self) -> list[dict[str, Any]]:
        """What the hub says that it holds: dossiers with their pages."""
        return list(self._say("list", "--json"))

    def name_supervisor(self, supervisor: str, name: str) -> None:
        """Somebody of the province who may do the next two."""
        self._say("people-add", "--id", supervisor, "--name", name, "--role", "supervisor", "--station", STATION)

    def give_back(self, dossier_id: str, supervisor: str, reason: str) -> None:
        """The province wants the dossier made again."""
        self._say("return", "--dossier", dossier_id, "--by", supervisor, "--reason", reason)

    def correct(self, dossier_id: str, supervisor: str, reason: str, texts: Mapping[str, str]) -> None:
        """The province makes values, by their ids, other texts."""
        told = json.dumps(texts)
        self._say("correct", "--dossier", dossier_id, "--by", supervisor, "--reason", reason, said=told)

    def stop(self) -> None:
        if self._process is not None:
            self._process.terminate()
            try:
                self._process.wait(10)
            except subprocess.TimeoutExpired:
                self._process.kill()
                self._process.wait()
            if self._process.stdout:
                self._process.stdout.close()
            self._process = None

    def _enrol(self) -> str:
        try:
            return str(self._say("enrol", "--station", STATION, "--again")["token"])
        except HubError:
            self.stop()
            raise

    def _say(self, command: str, *arguments: str, said: str = "") -> Any:
        done = subprocess.run(
            [*_program(), command, "--data", str(self._folder), *arguments],
            input=said,
            capture_output=True,
            text=True,
            timeout=_UNTIL_IT_LISTENS,
            check=False,
        )
        if done.returncode:
            raise HubError("hub.local_failed", log=done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "")
        return json.loads(done.stdout)


def _program() -> list[str]:
    """The hub's command: beside our own program when installed, by its module in a checkout."""
    if getattr(sys, "frozen", False):
        return [str(Path(sys.executable).with_name("provincial-hub"))]
    return [sys.executable, "-m", "provincial_hub"]
