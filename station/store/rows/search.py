"""Finding dossiers by what people type: with or without marks and case, whole words or their beginnings."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence

import sqlalchemy as sql

from station.dossier.text import exact, folded
from station.store import schema

Named = Callable[[str], Iterable[str]]
"""Which procedures, by their codes, have a word that begins like this folded one."""

_SEARCHED = frozenset({"full_name", "id_number", "old_id_number", "phone"})
_GROUPED = re.compile(r"[\d .-]+")
"""A number written in groups: it is also searched without what parts them."""
_BATCH = 1000

_FOUND = sql.text("SELECT rowid FROM search WHERE search MATCH :query ORDER BY rowid DESC LIMIT :limit")
_INDEX = sql.text(
    "INSERT OR REPLACE INTO search (rowid, folded, exact, procedure) VALUES (:serial, :folded, :exact, :procedure)"
)
_MISSING = sql.text("SELECT serial FROM dossier WHERE serial > :after ORDER BY serial LIMIT :batch")
_EMPTY = sql.text("SELECT NOT EXISTS (SELECT 1 FROM search)")
_SERIAL = sql.select(schema.dossier.c.serial).where(schema.dossier.c.id == sql.bindparam("dossier_id"))
_HEAD = sql.select(schema.dossier.c.id, schema.dossier.c.number, schema.dossier.c.procedure_code).where(
    schema.dossier.c.serial == sql.bindparam("serial")
)
_HUB_NUMBERS = sql.text(
    "SELECT hub_number FROM receipt WHERE dossier_id = :dossier_id"
    " UNION SELECT hub_number FROM former_receipt WHERE dossier_id = :dossier_id"
)
_CODES = sql.text(
    "SELECT json_extract(document, '$.body.code') FROM hub_change"
    " WHERE dossier_id = :dossier_id AND subject = 'dossier.code'"
)
_CORRECTED = sql.text(
    "SELECT json_extract(value, '$.value') AS id, json_extract(value, '$.after') AS after"
    " FROM revision, json_each(revision.changes) WHERE dossier_id = :dossier_id"
)
_VALUES = sql.select(schema.entry.c.key, schema.entry.c.value).where(schema.entry.c.dossier == sql.bindparam("serial"))


def index(connection: sql.Connection, serial: int) -> None:
    """Make the dossier findable as its rows now stand.

    By its own number, the hub's and the official code, by its procedure, and by the names and numbers of everybody in
    it, as they were sealed and as they were corrected.
    """
    head = connection.execute(_HEAD, {"serial": serial}).one()
    numbers = [head.number or "", *connection.execute(_HUB_NUMBERS, {"dossier_id": head.id}).scalars()]
    numbers += connection.execute(_CODES, {"dossier_id": head.id}).scalars()
    values = [(key, value) for key, value in connection.execute(_VALUES, {"serial": serial})]
    for corrected in connection.execute(_CORRECTED, {"dossier_id": head.id}):
        values.append((corrected.id.rpartition("/")[2], corrected.after))
    connection.execute(_INDEX, row(serial, numbers, head.procedure_code, values))


def index_again(connection: sql.Connection, dossier_id: str) -> None:
    """The hub has given the dossier its number: from now on it is found by both."""
    index(connection, int(connection.execute(_SERIAL, {"dossier_id": dossier_id}).scalar_one()))


def insert_all(connection: sql.Connection, rows: Sequence[Mapping[str, str | int]]) -> None:
    """Index many dossiers at once, by what `row` makes of each."""
    connection.execute(_INDEX, rows)


def row(serial: int, numbers: Iterable[str], procedure: str, values: Iterable[tuple[str, str]]) -> dict[str, str | int]:
    """What the index holds of one dossier."""
    words = [*numbers, *(value for key, value in values if key.rpartition(".")[2] in _SEARCHED)]
    words += ["".join(filter(str.isalnum, word)) for word in words if _GROUPED.fullmatch(word)]
    text = "\n".join(dict.fromkeys(words))
    return {
        "serial": serial,
        "folded": folded(text),
        "exact": exact(text).casefold(),
        "procedure": _token(procedure),
    }


def fill(connection: sql.Connection) -> None:
    """Index every dossier where the index is empty: a new version of the database may have begun it anew."""
    if not connection.execute(_EMPTY).scalar_one():
        return
    after = 0
    while batch := list(connection.execute(_MISSING, {"after": after, "batch": _BATCH}).scalars()):
        for serial in batch:
            index(connection, serial)
        after = batch[-1]


def serials(connection: sql.Connection, words: str, limit: int, named: Named) -> list[int]:
    """Those in which each word begins some word, or names the procedure.

    A number typed whole comes first, then names with the marks as typed, then names, then procedures; the newest first
    among equals. Each question is answered from the
    index's newest end, so that a common name costs no more than a rare one.
    """
    found: dict[int, None] = {}
    for query in _queries(words, named):
        if len(found) < limit:
            rows = connection.execute(_FOUND, {"query": query, "limit": limit})
            found.update(dict.fromkeys(int(serial) for serial in rows.scalars()))
    return list(found)[:limit]


def _queries(words: str, named: Named) -> list[str]:
    """FTS5 queries in which nothing that was typed has a meaning of its own, the narrowest first."""
    loose = _typed(words, folded)
    if not loose:
        return []
    strict = _typed(words, lambda text: exact(text).casefold())
    queries = [_all(f"{{folded}} : {_quoted(word)}" for word in loose)] if any(map(str.isdecimal, words)) else []
    if strict:
        queries.append(_all(f"{{exact}} : {_quoted(word)}*" for word in strict))
    names = [f"{{folded}} : {_quoted(word)}*" for word in loose]
    either = [_either(name, named(word)) for name, word in zip(names, loose, strict=True)]
    queries.append(_all(names))
    return queries if either == names else [*queries, _all(either)]


def _either(name: str, codes: Iterable[str]) -> str:
    procedures = [_quoted(_token(code)) for code in codes]
    return f"({name} OR {{procedure}} : ({' OR '.join(procedures)}))" if procedures else name


def _typed(words: str, form: Callable[[str], str]) -> list[str]:
    typed = [word for word in form(words.replace("\0", " ")).split() if any(map(_counts, word))]
    if typed and all(word.isdecimal() for word in typed):
        return ["".join(typed)]  # «0790 9900 0123» is one ID number
    return typed


def _all(parts: Iterable[str]) -> str:
    return " AND ".join(parts)


def _quoted(word: str) -> str:
    return '"{}"'.format(word.replace('"', '""'))


def _token(code: str) -> str:
    """A procedure's code as one word."""
    return "".join(filter(str.isalnum, code.casefold())) or "0"


def _counts(letter: str) -> bool:
    """Whether FTS5 takes it as part of a word: letters, digits, and the private use that fonts abuse."""
    category = unicodedata.category(letter)
    return category[0] in "LN" or category == "Co"
