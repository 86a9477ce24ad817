"""The practice program until its first return and its first question are there, as a program of its own.

`python -m tests.journeys.rehearsed FOLDER` prints a JSON line: the reasons, and both texts of the value.
"""

from __future__ import annotations

import json
import sys
from functools import partial
from pathlib import Path

from station import paths
from station.app import Station
from station.paths import DataFolder
from station.practice.hands import Hands
from station.practice.local_hub import LocalHub
from station.practice.mode import open_practice
from station.practice.rehearsal import Rehearsal
from station.ui.screens import Screens
from station.ui.session import Session


def rehearse(station: Station, session: Session, screens: Screens, *, hub: LocalHub) -> int:
    desk, hands, ended = station.desk, Hands(None), []
    session.failed.connect(lambda error: ended.append(error.code))
    rehearsal = Rehearsal(session, hub)
    rehearsal.ended.connect(lambda: ended.append(""))
    rehearsal.begin()
    hands.until(lambda: bool(ended), "the end of the rehearsal", 200)
    again = Rehearsal(session, hub)
    again.ended.connect(lambda: ended.append(""))
    again.begin()
    hands.until(lambda: len(ended) == 2, "nothing more in a folder that has dossiers", 30)
    hands.until(lambda: any(one.hub_question for one in desk.hub.questions()), "the hub's question", 60)
    hands.until(lambda: bool(desk.hub.returned()), "what came back", 60)
    badge = screens.counter.status.province.work
    hands.until(badge.isVisible, "the officer told of both", 60)
    questions = [[field.hub, field.station] for one in desk.hub.questions() for field in one.fields]
    told = {"failed": ended, "questions": questions, "returned": [one.reason for one in desk.hub.returned()]}
    sys.stdout.write(json.dumps(told) + "\n")
    return 0


if __name__ == "__main__":
    tray = paths.resources() / "specimens" / "tray"
    folder = DataFolder(Path(sys.argv[1]))
    sys.exit(open_practice(folder, tray, lambda hub: partial(rehearse, hub=hub)))
