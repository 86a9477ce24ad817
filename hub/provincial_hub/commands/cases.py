"""`dossiers`, `questions`, `assign-code`, `return`, `correct`: dossiers by their ids, for who has no browser."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import asdict
from typing import Any

from provincial_hub.cases.deeds import CaseDeeds, Looked
from provincial_hub.cases.states import OPEN, STATES
from provincial_hub.clock import vietnam_time
from provincial_hub.commands.words import Words, say, with_ledger
from provincial_hub.errors import RefusedError, SetupError
from provincial_hub.keeping.case_books import Case, CaseBooks, KeptQuestion
from provincial_hub.keeping.ledger import Ledger
from provincial_hub.keeping.person_books import PersonBooks
from provincial_hub.keeping.view_books import CaseFilter, CaseRow, ViewBooks
from provincial_hub.receipts import Signer
from provincial_hub.settings import Settings
from provincial_hub.web.visitor import Visitor, visitor

_SHOWN = ("dossier_id", "station", "number", "procedure", "state", "sealed_at", "received_at", "due_at", "ended_at")
_SHOWN_TOO = ("official_code", "pages", "questions")
_PRINTED_SO = "where the paper has it so, say --as-printed with the value's id"


def add(words: Words) -> None:
    """Give the parser these words."""
    listing = words("dossiers", _dossiers, "List dossiers by deadline: ids, states and codes, no values.")
    listing.add_argument(
        "--state", action="append", choices=STATES, help="may be repeated; those not ended, if not given"
    )
    listing.add_argument("--all", action="store_true", help="whatever their state")
    listing.add_argument("--station", default="", metavar="NAME")
    asking = words("questions", _questions, "List the questions that wait for a person; exit status 1 while one does.")
    asking.add_argument("--values", action="store_true", help="print the texts, too: they are personal data")
    coding = words("assign-code", _assign_code, "Give a dossier its official code (mã hồ sơ).")
    coding.add_argument("--code", required=True, metavar="UNIT-YYMMDD-NUMBER")
    coding.add_argument("--in-place-of", metavar="CODE", help="the wrong one that it has")
    returning = words("return", _return, "Return a dossier to the counter, which makes it again.")
    returning.add_argument("--reason", required=True, metavar="WHY", help="the station reads it; no personal data")
    correcting = words(
        "correct", _correct, "Make values of a dossier other texts: from stdin, a JSON object by value id."
    )
    correcting.add_argument("--reason", required=True, metavar="WHY", help="the station reads it; no personal data")
    correcting.add_argument(
        "--as-printed", action="append", default=[], metavar="VALUE", help="the paper has this one so; may be repeated"
    )
    for deed in (coding, returning, correcting):
        deed.add_argument("--dossier", required=True, metavar="ID")
        deed.add_argument("--by", required=True, metavar="ID", help="a supervisor of the dossier's station")


def _dossiers(settings: Settings, told: argparse.Namespace) -> int:
    states = () if told.all else tuple(told.state or OPEN)

    async def list_them(ledger: Ledger) -> None:
        async for row in _rows(ledger, CaseFilter(None, told.station, states)):
            say({name: getattr(row, name) for name in (*_SHOWN, *_SHOWN_TOO)})

    with_ledger(settings, list_them)
    return 0


async def _rows(ledger: Ledger, chosen: CaseFilter) -> AsyncIterator[CaseRow]:
    after: str | None = ""
    while after is not None:
        async with ledger.transaction(ViewBooks) as books:
            page = await books.cases(chosen, after, 500)
        for row in page.rows:
            yield row
        after = page.after


def _questions(settings: Settings, told: argparse.Namespace) -> int:
    async def waiting(ledger: Ledger) -> list[KeptQuestion]:
        async with ledger.transaction(CaseBooks) as books:
            return await books.open_questions()

    questions = with_ledger(settings, waiting)
    for one in questions:
        shown = {name: getattr(one, name) for name in ("id", "dossier_id", "station", "seq", "asked_at")}
        fields = [asdict(field) if told.values else field.value for field in one.fields]
        say({**shown, "fields": fields})
    return 1 if questions else 0


def _assign_code(settings: Settings, told: argparse.Namespace) -> int:
    async def assign(deeds: CaseDeeds, who: Visitor, case: Case) -> None:
        looked = Looked(case.version, case.state, told.in_place_of)
        await deeds.assign_code(who, case.dossier_id, looked, told.code)

    _do(settings, told, assign)
    say({"dossier_id": told.dossier, "official_code": told.code})
    return 0


def _return(settings: Settings, told: argparse.Namespace) -> int:
    async def give_back(deeds: CaseDeeds, who: Visitor, case: Case) -> None:
        looked = Looked(case.version, case.state, case.official_code)
        await deeds.give_back(who, case.dossier_id, looked, told.reason)

    _do(settings, told, give_back)
    say({"returned": told.dossier})
    return 0


def _correct(settings: Settings, told: argparse.Namespace) -> int:
    """The texts are personal data: a list of processes would show them on the command line."""
    texts = _texts(sys.stdin.read())
    if others := sorted(set(told.as_printed) - texts.keys()):
        raise SetupError(f"--as-printed {others[0]}: stdin says nothing of this value")

    async def correct(deeds: CaseDeeds, who: Visitor, case: Case) -> None:
        try:
            await deeds.correct(who, case.dossier_id, case.version, texts, told.reason, told.as_printed)
        except RefusedError as refused:
            if refused.code.startswith("form."):
                raise SetupError(f"{refused.message} ({refused.code}); {_PRINTED_SO}") from refused
            raise

    _do(settings, told, correct)
    say({"corrected": told.dossier, "values": sorted(texts)})
    return 0


def _texts(typed: str) -> dict[str, str]:
    try:
        texts = json.loads(typed)
    except ValueError:
        texts = None
    if not isinstance(texts, dict) or not all(isinstance(text, str) for text in texts.values()):
        raise SetupError('stdin wants a JSON object like {"person/full_name": "NGUYỄN VĂN MẪU"}')
    return texts


def _do(
    settings: Settings, told: argparse.Namespace, deed: Callable[[CaseDeeds, Visitor, Case], Awaitable[Any]]
) -> None:
    async def do(ledger: Ledger) -> None:
        async with ledger.transaction(CaseBooks) as books:
            case = await books.case(told.dossier)
            who = visitor(await books.beside(PersonBooks).named(told.by), vietnam_time())
        if who is None:
            raise SetupError(f"{told.by} is no supervisor: provincial-hub people-list --data DIR")
        if case is None:
            raise SetupError(f"the hub holds no dossier {told.dossier}")
        await deed(CaseDeeds(ledger, Signer.read(settings.key), vietnam_time), who, case)

    try:
        with_ledger(settings, do)
    except RefusedError as refused:
        raise SetupError(f"{refused.message} ({refused.code})") from refused
