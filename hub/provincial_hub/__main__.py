"""The command line: `provincial-hub serve | enrol | list | verify`, and the words of `commands/`."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from provincial_hub import log
from provincial_hub.commands import enrolment, people, trail
from provincial_hub.commands.words import Deed, say
from provincial_hub.errors import SetupError
from provincial_hub.keeping.durable import make_folder
from provincial_hub.receipts import Signer
from provincial_hub.settings import DataFolder, Stations, enrol


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit status is 0, 1 for a gap found or a failed start, 2 for a wrong set-up."""
    told = _parser().parse_args(arguments)
    data = DataFolder(told.data.absolute())
    try:
        return int(told.command(data, told))
    except SetupError as error:
        sys.stderr.write(f"provincial-hub: {error}\n")
        return 2


def _serve(data: DataFolder, told: argparse.Namespace) -> int:
    from provincial_hub.app import build_app, sole_owner
    from provincial_hub.server import serve

    log.start()
    make_folder(data.root)
    with sole_owner(data):
        stations = Stations.load(data.stations, told.station)
        if not len(stations) and not data.database.exists():
            raise SetupError("no station is enrolled or invited: provincial-hub invite --data DIR --station NAME")
        signer = Signer.open(data.key)

        def listening(address: str) -> None:
            say({"listening": address, "key": signer.public_key, "key_id": signer.key_id})

        app = build_app(data, stations, signer, told.unit)
        return 0 if serve(app, told.host, told.port, listening) else 1


def _enrol(data: DataFolder, told: argparse.Namespace) -> int:
    make_folder(data.root)
    signer = Signer.open(data.key)
    token = enrol(data.stations, told.station)
    say({"station": told.station, "token": token, "key": signer.public_key, "key_id": signer.key_id})
    return 0


def _list(data: DataFolder, told: argparse.Namespace) -> int:
    from provincial_hub import inspection

    rows = inspection.holdings(data)
    if told.json:
        say(rows)
        return 0
    for row in rows:
        complete = sum(page["complete"] for page in row["pages"])
        shown = row["hub_number"] or row["status"]
        sys.stdout.write(f"{row['kept_at']}  {row['station']}/{row['seq']}  {row['number']}  {shown}  ")
        sys.stdout.write(f"{complete} of {len(row['pages'])} pages\n")
    return 0


def _verify(data: DataFolder, _told: argparse.Namespace) -> int:
    from provincial_hub import inspection

    found = inspection.verify(data)
    for gap in found.gaps:
        sys.stderr.write(f"GAP {gap}\n")
    say({"receipts": found.receipts, "pages": found.pages, "waiting": found.waiting, "gaps": len(found.gaps)})
    return 1 if found.gaps else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="provincial-hub", description="The receiving side of the digital station.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, deed: Deed, words: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=words, description=words)
        sub.add_argument("--data", type=Path, required=True, metavar="DIR", help="the hub's folder")
        sub.set_defaults(command=deed)
        return sub

    serving = command("serve", _serve, "Receive dossiers; prints one JSON line when it listens.")
    serving.add_argument("--host", default="127.0.0.1")
    serving.add_argument("--port", type=int, default=0, help="0: any free port")
    serving.add_argument("--unit", default="H00.00.00", help="first part of every hub number (mã định danh đơn vị)")
    serving.add_argument(
        "--station", action="append", default=[], metavar="NAME:TOKEN", help="for trials: a token here shows in ps"
    )
    enrolling = command("enrol", _enrol, "Enrol a station; prints its token once.")
    enrolling.add_argument("--station", required=True, metavar="NAME")
    listing = command("list", _list, "List what the hub holds.")
    listing.add_argument("--json", action="store_true", help="one JSON array with the pages of each dossier")
    command("verify", _verify, "Recheck every hash and every receipt; fails on any gap.")
    for room in (enrolment, people, trail):
        room.add(command)
    return parser


if __name__ == "__main__":
    sys.exit(main())
