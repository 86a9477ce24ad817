"""How a word of the command line is added, and how it answers: one line of JSON."""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from typing import Protocol, TypeVar

from provincial_hub.keeping.database import open_database
from provincial_hub.keeping.durable import make_folder
from provincial_hub.keeping.ledger import Ledger
from provincial_hub.moving.moved import must_live_here
from provincial_hub.settings import Settings
from provincial_hub.stations.former_files import take_in

Deed = Callable[[Settings, argparse.Namespace], int]
Result = TypeVar("Result")


class Words(Protocol):
    """Adds a word with what it does and what it is for."""

    def __call__(self, name: str, deed: Deed, words: str) -> argparse.ArgumentParser: ...


def say(what: object) -> None:
    sys.stdout.write(json.dumps(what, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def with_ledger(settings: Settings, work: Callable[[Ledger], Awaitable[Result]]) -> Result:
    """Do `work` with the hub's books, beside running nodes or without any."""
    if not settings.data.root.exists():  # a slip in its name makes another hub, which nobody serves
        sys.stderr.write(f"provincial-hub: {settings.data.root} was not there: a new hub begins in it\n")
    make_folder(settings.data.root)
    must_live_here(settings.data.root)

    async def run() -> Result:
        ledger = Ledger(await open_database(settings.database, 1))
        try:
            await take_in(settings.data.root, ledger)
            return await work(ledger)
        finally:
            await ledger.close()

    return asyncio.run(run())
