"""Which data folder a command works on: `--data`, before or after the word, or this user's own."""

from __future__ import annotations

import argparse
from pathlib import Path

from station.paths import DataFolder


def add_data(
    parser: argparse.ArgumentParser, meaning: str = "the station's folder, instead of this user's own"
) -> None:
    """Let `--data` stand after the word, too."""
    # SUPPRESS: a default here would undo a --data that stands before the word.
    parser.add_argument("--data", type=Path, default=argparse.SUPPRESS, metavar="DIR", help=meaning)


def folder(told: argparse.Namespace) -> DataFolder:
    """The folder that was named, or this user's own."""
    return DataFolder(told.data) if told.data else DataFolder.of_this_user()
