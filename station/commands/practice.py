"""`station practice`: invented citizens, a virtual tray, a local hub."""

from __future__ import annotations

import argparse
from pathlib import Path

from station.commands.folder import add_data
from station.paths import DataFolder


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Give the parser this word."""
    practice = commands.add_parser("practice", help="practice mode: invented citizens, a virtual tray, a local hub")
    add_data(practice, "the practice folder")
    practice.add_argument("--walk", action="store_true", help="drive one dossier through the windows, then exit")
    practice.add_argument("--pictures", type=Path, metavar="DIR", help="where the walk puts its screenshots")
    practice.add_argument(
        "--citizen-screen", default="1024x600", metavar="WxH", help="size of a virtual second display"
    )
    practice.add_argument("--tray", type=Path, metavar="DIR", help="other piles of papers than the specimens")
    practice.set_defaults(command=_practice)


def _practice(told: argparse.Namespace) -> int:
    from station.practice.mode import practise

    return practise(
        DataFolder(told.data) if told.data else DataFolder.for_practice(),
        walk=told.walk,
        pictures=told.pictures,
        citizen_screen=told.citizen_screen,
        tray=told.tray,
    )
