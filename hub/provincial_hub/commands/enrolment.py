"""`invite`, `enrol`, `enrolment-file`, `roster-file`, `recovery-key`: making a machine a station."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from provincial_hub.clock import vietnam_time
from provincial_hub.commands.signing import signer_of
from provincial_hub.commands.words import Words, say, with_ledger
from provincial_hub.errors import SetupError
from provincial_hub.keeping.ledger import Ledger
from provincial_hub.keeping.person_books import PersonBooks
from provincial_hub.receipts import Signer
from provincial_hub.settings import Settings
from provincial_hub.stations.invitation_code import code_of, new_secret, sealed_file
from provincial_hub.stations.recovery_key import recovery_key, set_recovery_key
from provincial_hub.stations.registry import Stations, checked_name

if TYPE_CHECKING:
    from provincial_hub.stations.enrolments import Enrolments


def add(words: Words) -> None:
    """Give the parser these words."""
    inviting = words("invite", _invite, "Invite a station; prints a one-time code.")
    inviting.add_argument("--station", required=True, metavar="NAME")
    enrolling = words("enrol", _enrol, "Enrol a station; prints its token once.")
    enrolling.add_argument("--station", required=True, metavar="NAME")
    enrolling.add_argument("--again", action="store_true", help="in the place of the token that the station has")
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


def _invite(settings: Settings, told: argparse.Namespace) -> int:
    async def invite(ledger: Ledger) -> dict[str, Any]:
        enrolments = await _enrolments(settings, ledger)
        code, until = await enrolments.invite(checked_name(told.station))
        return {"station": told.station, "code": code, "good_until": until.isoformat(timespec="seconds")}

    say(with_ledger(settings, invite))
    return 0


def _enrol(settings: Settings, told: argparse.Namespace) -> int:
    async def enrol(ledger: Ledger) -> tuple[Signer, str]:
        signer = await signer_of(settings, ledger)  # first: a hub that has stations and no key is not served
        return signer, await Stations(ledger, vietnam_time).enrol(told.station, again=told.again)

    signer, token = with_ledger(settings, enrol)
    say({"station": told.station, "token": token, "key": signer.public_key, "key_id": signer.key_id})
    return 0


def _enrolment_file(settings: Settings, told: argparse.Namespace) -> int:
    _must_be_new(told.out)
    secret = new_secret()

    async def file(ledger: Ledger) -> bytes:
        enrolments = await _enrolments(settings, ledger)  # first, for the key that it makes
        token = await Stations(ledger, vietnam_time).enrol(told.station, again=told.again)
        return sealed_file(await enrolments.document(told.station, token, told.url), secret)

    told.out.write_bytes(with_ledger(settings, file))
    say({"station": told.station, "file": str(told.out), "code": code_of(secret, Signer.open(settings.key).raw)})
    return 0


def _roster_file(settings: Settings, told: argparse.Namespace) -> int:
    from provincial_hub.stations.rosters import Rosters

    _must_be_new(told.out)

    async def roster(ledger: Ledger) -> dict[str, Any] | None:
        signer = await signer_of(settings, ledger)
        return await Rosters(ledger, signer, vietnam_time).current(checked_name(told.station))

    document = with_ledger(settings, roster)
    if document is None:
        raise SetupError(f"nobody is named for {told.station}: provincial-hub people-add")
    told.out.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    say({"station": told.station, "file": str(told.out), "version": document["version"]})
    return 0


def _recovery_key(settings: Settings, told: argparse.Namespace) -> int:
    async def key(ledger: Ledger) -> str | None:
        async with ledger.transaction(PersonBooks) as books:
            if told.recipient is not None:
                await set_recovery_key(books, told.recipient, vietnam_time().isoformat())
            return await recovery_key(books)

    say({"recovery_key": with_ledger(settings, key)})
    return 0


async def _enrolments(settings: Settings, ledger: Ledger) -> Enrolments:
    from provincial_hub.stations.enrolments import Enrolments
    from provincial_hub.stations.rosters import Rosters

    signer = await signer_of(settings, ledger)
    return Enrolments(ledger, Rosters(ledger, signer, vietnam_time), signer, vietnam_time)


def _must_be_new(file: Path) -> None:
    """Looked at first: once it is there, a station is enrolled, or its roster counted."""
    if file.exists():
        raise SetupError(f"{file} is there already")
    if not file.parent.is_dir():
        raise SetupError(f"{file.parent} is no folder: make it first, or plug the stick in")
