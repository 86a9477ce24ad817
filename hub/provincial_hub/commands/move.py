"""`move`: the hub of one machine goes to PostgreSQL, and its pages to an object store or another folder."""

from __future__ import annotations

import argparse
import asyncio
from pathlib import Path

from sqlalchemy.exc import SQLAlchemyError

from provincial_hub.commands.words import Words, say
from provincial_hub.errors import SetupError
from provincial_hub.keeping.dialect import kind_of
from provincial_hub.keeping.durable import make_folder
from provincial_hub.keeping.object_store import ObjectStoreError
from provincial_hub.keeping.sole_owner import sole_owner
from provincial_hub.moving.move import move
from provincial_hub.moving.moved import must_live_here
from provincial_hub.settings import Settings


def add(words: Words) -> None:
    """Give the parser this word."""
    moving = words("move", _move, "Move a hub of one machine, which does not run, to another database and page store.")
    moving.add_argument(
        "--to", type=Path, required=True, metavar="DIR", help="folder whose hub.toml names database and pages"
    )


def _move(settings: Settings, told: argparse.Namespace) -> int:
    to = told.to.resolve()
    if to == settings.data.root.resolve() or not (to / "hub.toml").is_file():
        raise SetupError(f"{to} wants to be another folder, with the hub.toml of the hub that is to be")
    target = Settings.load(to)
    must_live_here(settings.data.root, to)
    if not settings.key.exists():
        raise SetupError(f"{settings.data.root} holds no hub")
    try:
        make_folder(target.spool)
        with sole_owner(settings), sole_owner(target):
            done = asyncio.run(move(settings, target))
    except ObjectStoreError as error:
        raise SetupError(f"the move broke off: {error}. Mend that, and say it again") from error
    except (OSError, SQLAlchemyError) as error:
        where = getattr(error, "filename", None) or "the database"
        why = getattr(error, "strerror", None) or kind_of(error)
        raise SetupError(f"the move broke off at {where}: {why}. Mend that, and say it again") from error
    say({"to": str(to), "rows": {name: count for name, count in done.rows.items() if count}, "pages": done.pages,
         "bytes": done.bytes})  # fmt: skip
    return 0
