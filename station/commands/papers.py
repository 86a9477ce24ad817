"""`station papers check`: the descriptions of papers, and what each finds on an image."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Give the parser this word."""
    papers = commands.add_parser("papers", help="the descriptions of papers (docs/adding-a-paper.md)")
    checking = papers.add_subparsers(metavar="COMMAND", required=True).add_parser(
        "check", help="validate a folder of descriptions; show what each finds on an image"
    )
    checking.add_argument("folder", nargs="?", type=Path, metavar="FOLDER", help="instead of the program's own")
    checking.add_argument("--image", nargs="+", type=Path, default=[], metavar="FILE", help="images and PDF files")
    checking.add_argument("--json", action="store_true", help="JSON Lines: the folder, then one object a page")
    checking.add_argument("--engine", choices=("tesserocr", "pytesseract"), default="tesserocr")
    checking.set_defaults(command=_check)


def _check(told: argparse.Namespace) -> int:
    from station.check_papers import check_papers

    return check_papers(told.folder, told.image, told.json, sys.stdout, told.engine)
