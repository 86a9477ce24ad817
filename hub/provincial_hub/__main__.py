"""The command line: `provincial-hub serve`, and the words of `commands/`."""

from __future__ import annotations

import argparse
import sys
from functools import partial
from pathlib import Path

from provincial_hub import log
from provincial_hub.clock import vietnam_time
from provincial_hub.commands import (
    cases,
    courier,
    enrolment,
    holdings,
    move,
    outward,
    people,
    procedures,
    readiness,
    restored,
    stations,
    trail,
)
from provincial_hub.commands.words import Deed, say, with_ledger
from provincial_hub.errors import SetupError
from provincial_hub.keeping.durable import make_folder
from provincial_hub.keeping.enrolment_books import EnrolmentBooks
from provincial_hub.keeping.ledger import Ledger
from provincial_hub.keeping.sole_owner import sole_owner
from provincial_hub.receipts import Signer
from provincial_hub.server import serve
from provincial_hub.service_manager import notify
from provincial_hub.settings import UNIT, Settings
from provincial_hub.stations.registry import Stations

ROOMS = (
    holdings, enrolment, stations, people, procedures, cases, courier, trail, outward, readiness, restored, move,
)  # fmt: skip
"""In the order in which `--help` lists their words."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit status is 0, 1 for a gap found or a failed start, 2 for a wrong set-up."""
    told = _parser().parse_args(arguments)
    try:
        return int(told.command(Settings.load(told.data.absolute()), told))
    except SetupError as error:
        return _refused(str(error))
    except OSError as error:
        if error.filename is None:
            raise  # no file that somebody named
        return _refused(
            f"{error.filename}: {error.strerror}. Is it the right place, with room, and may you write there?"
        )


def _refused(why: str) -> int:
    sys.stderr.write(f"provincial-hub: {why}\n")
    return 2


def _serve(settings: Settings, told: argparse.Namespace) -> int:
    settings = settings.but(told.host, told.port, told.unit)
    log.start(form=log.form_of(settings.section("log")))
    make_folder(settings.data.root)
    with sole_owner(settings):
        with_ledger(settings, partial(_given_stations, told.station, settings.key))
        signer = Signer.open(settings.key)
        from provincial_hub.app import build_app  # by far the slowest part of a start

        def listening(address: str) -> None:
            say({"listening": address, "key": signer.public_key, "key_id": signer.key_id})
            notify("READY=1")

        app = build_app(settings, signer)
        return 0 if serve(app, settings.host, settings.port, settings.proxies, listening) else 1


async def _given_stations(given: list[str], key: Path, ledger: Ledger) -> None:
    """Enrol those of the command line; raises `SetupError` where nobody could ever speak to this hub, or believe it."""
    known, tokens = Stations(ledger, vietnam_time), {}
    if await known.every():
        Signer.read(key)  # here, before a new one is made
    for pair in given:
        station, _, tokens[station] = pair.partition(":")
        if not tokens[station]:
            raise SetupError("--station wants NAME:TOKEN")
    await known.give(tokens)
    if await known.every():
        return
    async with ledger.transaction(EnrolmentBooks) as books:
        if not await books.waiting():
            raise SetupError("no station is enrolled or invited: provincial-hub invite --data DIR --station NAME")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="provincial-hub", description="The receiving side of the digital station.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    def command(name: str, deed: Deed, words: str) -> argparse.ArgumentParser:
        sub = commands.add_parser(name, help=words, description=words)
        sub.add_argument("--data", type=Path, required=True, metavar="DIR", help="the hub's folder")
        sub.set_defaults(command=deed)
        return sub

    serving = command("serve", _serve, "Receive dossiers; prints one JSON line when it listens.")
    serving.add_argument("--host", help="127.0.0.1, unless hub.toml says otherwise, as with the next two")
    serving.add_argument("--port", type=int, help="0: any free port")
    serving.add_argument("--unit", help=f"first part of every hub number (mã định danh đơn vị), {UNIT}")
    serving.add_argument(
        "--station", action="append", default=[], metavar="NAME:TOKEN", help="for trials: a token here shows in ps"
    )
    for room in ROOMS:
        room.add(command)
    return parser


if __name__ == "__main__":
    sys.exit(main())
