"""`station read`: images and PDF files, read without a store and a window."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Give the parser this word."""
    reading = commands.add_parser("read", help="read images and PDF files (docs/reading.md)")
    reading.add_argument("files", nargs="+", type=Path, metavar="FILE")
    reading.add_argument("--json", action="store_true", help="JSON Lines, one object a page")
    reading.add_argument("--engine", choices=("tesserocr", "pytesseract"), default="tesserocr")
    reading.set_defaults(command=_read)


def _read(told: argparse.Namespace) -> int:
    from station.read_files import read_files

    return read_files(told.files, told.json, sys.stdout, told.engine)
