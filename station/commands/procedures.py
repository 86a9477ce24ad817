"""`station procedures check|diff`: the catalogue of procedures."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from station.commands.folder import folder


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Give the parser this word."""
    procedures = commands.add_parser("procedures", help="the catalogue of procedures (resources/procedures/README.md)")
    deeds = procedures.add_subparsers(metavar="COMMAND", required=True)
    validating = deeds.add_parser("check", help="validate a folder of procedures; every mistake with file and line")
    validating.add_argument("folder", nargs="?", type=Path, metavar="FOLDER", help="instead of the program's own")
    validating.set_defaults(command=_check)
    comparing = deeds.add_parser("diff", help="what is new in one version of a procedure against another")
    comparing.add_argument("code", metavar="CODE", help="1.001193")
    comparing.add_argument("old", metavar="OLD", help="the older version, YYYY-MM-DD")
    comparing.add_argument("new", metavar="NEW", help="the newer version, YYYY-MM-DD")
    comparing.add_argument("--folder", type=Path, metavar="FOLDER", help="instead of all that this station knows")
    comparing.set_defaults(command=_compare)


def _check(told: argparse.Namespace) -> int:
    from station.check_procedures import check_procedures

    return check_procedures(told.folder, sys.stdout)


def _compare(told: argparse.Namespace) -> int:
    from station.check_procedures import compare_versions

    return compare_versions(told.code, told.old, told.new, told.folder, folder(told), sys.stdout)
