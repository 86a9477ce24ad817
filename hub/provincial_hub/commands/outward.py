"""`outward`, `outward-again`, `outward-give-up`, `export`: what the province's own systems are told."""

from __future__ import annotations

import argparse
import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

from provincial_hub.clock import VIETNAM, vietnam_time
from provincial_hub.commands.words import Words, say, with_ledger
from provincial_hub.errors import SetupError
from provincial_hub.keeping.deed_books import DeedBooks
from provincial_hub.keeping.ledger import Ledger
from provincial_hub.keeping.outgoing_books import Backlog, OutgoingBooks
from provincial_hub.outward import mapping
from provincial_hub.outward.export import export
from provincial_hub.settings import Settings


def add(words: Words) -> None:
    """Give the parser these words."""
    words("outward", _shown, "Show how far each outside system was told; exit status 1 while a message is set aside.")
    again = words("outward-again", _again, "Send a message that was set aside once more.")
    giving_up = words("outward-give-up", _give_up, "Never send a message that was set aside; those behind it go on.")
    for settling in (again, giving_up):
        settling.add_argument("--target", required=True, metavar="NAME")
        settling.add_argument("--message", required=True, type=int, metavar="ID")
        settling.add_argument("--by", required=True, metavar="WHO")
    exporting = words("export", _export, "Write dossiers that changed as files in the exchange vocabulary.")
    exporting.add_argument("--since", required=True, type=_moment, metavar="TIME", help="2026-11-20 or with a time")
    exporting.add_argument("--out", required=True, type=Path, metavar="FOLDER")
    exporting.add_argument("--mapping", default="opencps-v2", help="one that comes with the hub, or a file of DIR")


def _shown(settings: Settings, _told: argparse.Namespace) -> int:
    async def read(ledger: Ledger) -> int:
        async with ledger.transaction(OutgoingBooks) as books:
            backlogs = await books.backlog()
            aside = await books.aside()
        known = {one.target for one in backlogs}
        backlogs += [Backlog(name, 0, 0, None) for name in settings.section("outward").names() if name not in known]
        for backlog in backlogs:
            say(asdict(backlog))
        if not backlogs:
            sys.stderr.write("provincial-hub: no system is told anything: hub.toml has no [outward.NAME]\n")
        for message in aside:
            say(asdict(message))
        return 1 if aside else 0

    return with_ledger(settings, read)


def _again(settings: Settings, told: argparse.Namespace) -> int:
    async def send(ledger: Ledger) -> bool:
        async with ledger.transaction(OutgoingBooks) as books:
            found = await books.send_again(told.target, told.message)
            await _write(books, found, "sent_outward_again", told)
        return found

    return _settled(with_ledger(settings, send), told)


def _give_up(settings: Settings, told: argparse.Namespace) -> int:
    async def give_up(ledger: Ledger) -> bool:
        async with ledger.transaction(OutgoingBooks) as books:
            found = await books.give_up(told.target, told.message, vietnam_time().isoformat())
            await _write(books, found, "gave_up_outward", told)
        return found

    return _settled(with_ledger(settings, give_up), told)


async def _write(books: OutgoingBooks, found: bool, deed: str, told: argparse.Namespace) -> None:
    if found:
        detail = {"target": told.target, "message": told.message}
        await books.beside(DeedBooks).write(vietnam_time().isoformat(), told.by, deed, detail=detail)


def _settled(found: bool, told: argparse.Namespace) -> int:
    if not found:
        raise SetupError(f"no message {told.message} for {told.target} is set aside")
    say({"target": told.target, "message": told.message})
    return 0


def _export(settings: Settings, told: argparse.Namespace) -> int:
    chosen = mapping.load(told.mapping, settings.data.root)
    if not told.out.is_dir():
        raise SetupError(f"{told.out} is no folder: make it first")
    try:
        done = with_ledger(settings, lambda ledger: export(ledger, chosen, told.since, told.out))
    except OSError as error:
        raise SetupError(f"{told.out} cannot be written: {error.strerror}") from error
    say({"dossiers": done.dossiers, "refused": done.refused, "untold": dict(sorted(done.untold.items()))})
    return 1 if done.refused else 0


def _moment(text: str) -> str:
    """As the tables have it; a day alone begins at midnight in Vietnam."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text} is no moment: 2026-11-20, or 2026-11-20T07:30") from error
    return (at if at.tzinfo else at.replace(tzinfo=VIETNAM)).astimezone(VIETNAM).isoformat()
