"""The walk through the practice counter with a screen reader listening at every picture.

`dbus-run-session -- python -m tests.accessibility.heard_walk FOLDER` writes `<picture>.jsonl` for each.
"""

from __future__ import annotations

import os
import subprocess
import sys
from functools import partial
from pathlib import Path

os.environ |= {"QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1", "QT_LOGGING_RULES": "qt.accessibility.atspi=false"}

from PySide6.QtCore import QEventLoop, QProcess, QTimer
from PySide6.QtWidgets import QWidget

from station import paths
from station.app import Station
from station.paths import DataFolder
from station.practice.hands import Hands, WalkError
from station.practice.local_hub import LocalHub
from station.practice.mode import open_practice
from station.practice.virtual_screens import virtual_screens
from station.practice.walkthrough import Walk
from station.ui.screens import Screens
from station.ui.session import Session

LISTENER = Path(__file__).with_name("listener.py")
SYSTEM_PYTHON = "/usr/bin/python3"
BUS = "/usr/libexec/at-spi-bus-launcher"
"""Qt speaks to a screen reader only where this runs when the program begins."""
PATIENCE = 60


class Ears(Hands):
    """Listens where the walk would take a picture."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._heard = folder

    def picture(self, name: str, window: QWidget) -> None:
        """What is heard of both windows, while they answer each of some thousand questions as it comes."""
        listener, answering = QProcess(), QEventLoop()
        listener.setStandardOutputFile(str(self._heard / f"{name}.jsonl"))
        listener.finished.connect(answering.quit)
        listener.errorOccurred.connect(answering.quit)
        QTimer.singleShot(PATIENCE * 1000, answering, answering.quit)
        listener.start(SYSTEM_PYTHON, [str(LISTENER), str(os.getpid())])
        answering.exec()
        if listener.state() is not QProcess.ProcessState.NotRunning:
            raise WalkError(f"waited {PATIENCE} s in vain for the listener at {name}")
        if listener.exitStatus() is not QProcess.ExitStatus.NormalExit or listener.exitCode():
            raise WalkError(bytes(listener.readAllStandardError().data()).decode())


def main(folder: Path) -> int:
    bus = subprocess.Popen([BUS, "--launch-immediately"])
    try:
        return hear(folder)
    finally:
        bus.terminate()


def hear(folder: Path) -> int:
    """The walk, with a file for each picture it would take."""
    tray = paths.resources() / "specimens" / "tray"

    def walk(station: Station, session: Session, screens: Screens, *, hub: LocalHub) -> int:
        try:
            Walk(station, session, screens, hub, tray, Ears(folder)).run()
        except WalkError as error:
            sys.stderr.write(f"{error}\n")
            return 1
        return 0

    with virtual_screens("1024x600"):
        return open_practice(DataFolder(folder / "station"), tray, lambda hub: partial(walk, hub=hub))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
