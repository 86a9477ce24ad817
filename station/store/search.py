"""Finding dossiers by what people type: with or without marks and case, whole words or their beginnings."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import sqlalchemy as sql

from station.dossier.dossier import Dossier
from station.dossier.text import exact, folded

_SEARCHED = ("full_name", "id_number")

_FOUND = sql.text(
    """
    SELECT dossier.serial FROM search JOIN dossier ON dossier.serial = search.rowid
    WHERE search MATCH :folded
    ORDER BY search.rowid IN (SELECT rowid FROM search WHERE search MATCH :exact) DESC,
             dossier.opened_order DESC, dossier.serial DESC
    LIMIT :limit
    """
)
_INDEX = sql.text("INSERT OR REPLACE INTO search (rowid, folded, exact) VALUES (:serial, :folded, :exact)")


def index(connection: sql.Connection, serial: int, dossier: Dossier) -> None:
    """Make the dossier findable by its number and by the names and ID numbers of everybody in it."""
    words = [dossier.number or ""]
    words += [entry.value for entry in dossier.entries if entry.key.rpartition(".")[2] in _SEARCHED]
    text = "\n".join(dict.fromkeys(words))
    connection.execute(_INDEX, {"serial": serial, "folded": folded(text), "exact": exact(text).casefold()})


def serials(connection: sql.Connection, words: str, limit: int) -> list[int]:
    """Those in which each word begins some word; the marks as typed first, then the newest."""
    loose = _query("folded", words, folded)
    strict = _query("exact", words, lambda text: exact(text).casefold())
    if loose is None or strict is None:
        return []
    found = connection.execute(_FOUND, {"folded": loose, "exact": strict, "limit": limit})
    return [int(serial) for serial in found.scalars()]


def _query(column: str, words: str, form: Callable[[str], str]) -> str | None:
    """An FTS5 query in which nothing that was typed has a meaning of its own; None for no words."""
    typed = [word for word in form(words.replace("\0", " ")).split() if any(map(_counts, word))]
    if typed and all(word.isdecimal() for word in typed):
        typed = ["".join(typed)]  # «0790 9900 0123» is one ID number
    quoted = ['"{}"*'.format(word.replace('"', '""')) for word in typed]
    return f"{{{column}}} : ({' AND '.join(quoted)})" if quoted else None


def _counts(letter: str) -> bool:
    """Whether FTS5 takes it as part of a word: letters, digits, and the private use that fonts abuse."""
    category = unicodedata.category(letter)
    return category[0] in "LN" or category == "Co"
