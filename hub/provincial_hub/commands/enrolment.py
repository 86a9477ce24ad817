"""`invite`, `enrolment-file`, `roster-file`, `recovery-key`: making a machine a station."""

from __future__ import annotations

import argparse
import asyncio
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from provincial_hub.app import vietnam_time
from provincial_hub.commands.words import Words, say
from provincial_hub.errors import SetupError
from provincial_hub.keeping.database import embedded, open_database
from provincial_hub.keeping.durable import make_folder, write_text
from provincial_hub.keeping.ledger import Ledger
from provincial_hub.receipts import Signer
from provincial_hub.settings import AGE_RECIPIENT, DataFolder, Stations, checked_name, enrol, recovery_key
from provincial_hub.stations.enrolments import Enrolments
from provincial_hub.stations.invitation_code import code_of, new_secret, sealed_file
from provincial_hub.stations.rosters import Rosters


def add(words: Words) -> None:
    """Give the parser these words."""
    inviting = words("invite", _invite, "Invite a station; prints a one-time code.")
    inviting.add_argument("--station", required=True, metavar="NAME")
    filing = words(
        "enrolment-file", _enrolment_file, "Enrol a station that has no line: a file, and the code that opens it."
    )
    filing.add_argument("--station", required=True, metavar="NAME")
    filing.add_argument("--out", type=Path, required=True, metavar="FILE")
    filing.add_argument("--url", metavar="URL", help="where the station will find this hub, if ever")
    filing.add_argument("--again", action="store_true", help="in the place of the token that the station has")
    roster = words("roster-file", _roster_file, "Write a station's signed roster to a file.")
    roster.add_argument("--station", required=True, metavar="NAME")
    roster.add_argument("--out", type=Path, required=True, metavar="FILE")
    key = words("recovery-key", _recovery_key, "Show or set the public half of the province's recovery key.")
    key.add_argument(
        "--set", dest="recipient", metavar="age1…", help="made with age-keygen, on a machine without a network"
    )


def _invite(data: DataFolder, told: argparse.Namespace) -> int:
    async def invite(enrolments: Enrolments, _: Rosters) -> dict[str, Any]:
        code, until = await enrolments.invite(checked_name(told.station))
        return {"station": told.station, "code": code, "good_until": until.isoformat(timespec="seconds")}

    say(_with_books(data, invite))
    return 0


def _enrolment_file(data: DataFolder, told: argparse.Namespace) -> int:
    _must_be_new(told.out)
    make_folder(data.root)
    secret = new_secret()

    async def file(enrolments: Enrolments, _: Rosters) -> bytes:
        token = enrol(data.stations, told.station, again=told.again)
        return sealed_file(await enrolments.document(told.station, token, told.url), secret)

    told.out.write_bytes(_with_books(data, file))
    say({"station": told.station, "file": str(told.out), "code": code_of(secret, Signer.open(data.key).raw)})
    return 0


def _roster_file(data: DataFolder, told: argparse.Namespace) -> int:
    _must_be_new(told.out)

    async def roster(_: Enrolments, rosters: Rosters) -> dict[str, Any] | None:
        return await rosters.current(checked_name(told.station))

    document = _with_books(data, roster)
    if document is None:
        raise SetupError(f"nobody is named for {told.station}: provincial-hub people add")
    told.out.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    say({"station": told.station, "file": str(told.out), "version": document["version"]})
    return 0


def _recovery_key(data: DataFolder, told: argparse.Namespace) -> int:
    if told.recipient is not None:
        if not AGE_RECIPIENT.fullmatch(told.recipient):
            raise SetupError(_why_no_recipient(told.recipient))
        make_folder(data.root)
        write_text(data.recovery_key, f"{told.recipient}\n")
    say({"recovery_key": recovery_key(data.recovery_key)})
    return 0


def _why_no_recipient(given: str) -> str:
    if given.upper().startswith("AGE-SECRET-KEY-"):
        return "this is the private half, which never comes here: age-keygen -y FILE tells the public half, age1…"
    wanted = "age1 and 58 more small letters and digits, never 1, b, i or o"
    return f"this is not the public half of an age key, {wanted}: here are {len(given)} letters in all"


def _with_books(data: DataFolder, work: Callable[[Enrolments, Rosters], Awaitable[Any]]) -> Any:
    """Beside a running hub or without one."""
    make_folder(data.root)

    async def run() -> Any:
        ledger = Ledger(await open_database(embedded(data.database)))
        try:
            signer = Signer.open(data.key)
            rosters = Rosters(ledger, data.people, signer, vietnam_time)
            stations = Stations.load(data.stations)
            return await work(Enrolments(ledger, rosters, signer, data, stations, vietnam_time), rosters)
        finally:
            await ledger.close()

    return asyncio.run(run())


def _must_be_new(file: Path) -> None:
    if file.exists():
        raise SetupError(f"{file} is there already")
