"""`station courier write|read|key`: dossiers to the province on a USB stick, and its answers, without a screen."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from station.commands.folder import add_data, folder
from station.language import Language

if TYPE_CHECKING:
    from station.actions.courier_desk import CourierDesk


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Give the parser this word."""
    courier = commands.add_parser("courier", help="without a network: what waits goes to the province on a USB stick")
    deeds = courier.add_subparsers(metavar="COMMAND", required=True)
    writing = deeds.add_parser("write", help="write all that waits, encrypted to the hub; it waits here, too")
    writing.add_argument("place", type=Path, metavar="DIR", help="the stick")
    writing.add_argument("--whole", action="store_true", help="with pages, too, that the hub has by what it said")
    writing.set_defaults(command=_write)
    reading = deeds.add_parser("read", help="take in the hub's answer")
    reading.add_argument("place", type=Path, metavar="FILE")
    reading.set_defaults(command=_read)
    keying = deeds.add_parser("key", help="take the hub's key from the file of `provincial-hub courier-key`")
    keying.add_argument("place", type=Path, metavar="FILE")
    keying.set_defaults(command=_key)
    for word in (writing, reading, keying):
        add_data(word)
        word.add_argument("--by", required=True, metavar="ID", help="who does it; the passphrase is asked for")


def _write(told: argparse.Namespace) -> int:
    with _desk(told) as desk:
        written = desk.write_parcel(told.place, told.by, whole=told.whole)
    files = ", ".join(written.files)
    key = "courier.written" if written.events else "courier.asked"
    _say(key, events=written.events, pages=written.pages, files=files)
    return 0


def _read(told: argparse.Namespace) -> int:
    with _desk(told) as desk:
        taken = desk.take_answer(told.place, told.by)
    _say(
        "courier.taken",
        received=taken.received,
        refused=taken.refused,
        waiting=taken.waiting,
        changes=taken.changes,
    )
    return 0


def _key(told: argparse.Namespace) -> int:
    with _desk(told) as desk:
        desk.learn_key(told.place, told.by)
    _say("courier.key_learned")
    return 0


@contextmanager
def _desk(told: argparse.Namespace) -> Iterator[CourierDesk]:
    from station.actions.courier_desk import CourierDesk
    from station.clock import SystemClock
    from station.commands.signed_in import signed_in
    from station.joins.courier import StickCourier
    from station.joins.trust import as_enrolled
    from station.settings import Settings

    data, clock = folder(told), SystemClock()
    with signed_in(data, told.by) as (store, trust):
        settings = as_enrolled(Settings.load(data.settings), store.people.kept())
        courier = StickCourier(store, trust, settings, clock)
        yield CourierDesk(courier, store.dossiers, trust.permits, clock)


def _say(key: str, **values: str | int) -> None:
    sys.stdout.write(f"{Language.load()(key, **values)}\n")
