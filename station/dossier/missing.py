"""Which values of a paper have not been found yet, so that a person can add them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from station.dossier.dossier import Dossier
from station.dossier.grouping import goes_on, paper_of

_FIRST_ROW = re.compile(r"(.+)\[0\]\.(.+)")
_ROW = re.compile(r"(.+)\[(\d+)\]\..+")


def missing_keys(dossier: Dossier, page_id: str | None, keys: Sequence[str]) -> tuple[str, ...]:
    """The `keys` without a value on the page. Of a table: what its rows lack, then one row more.

    A page that goes on from another lacks only what no page of its paper has: a table is numbered through.
    """
    pages = [page_id]
    if page_id is not None and goes_on(dossier, page_id):
        pages = [page.id for page in paper_of(dossier, page_id).pages]
    found = {entry.key for page in pages for entry in dossier.entries_of(page)}
    rows: dict[str, int] = {}
    for match in map(_ROW.fullmatch, found):
        if match:
            rows[match[1]] = max(rows.get(match[1], 0), int(match[2]) + 1)
    plain = [key for key in keys if not _FIRST_ROW.fullmatch(key)]
    columns = [match for match in map(_FIRST_ROW.fullmatch, keys) if match]
    tables = list(dict.fromkeys(match[1] for match in columns))
    in_rows = [
        f"{table}[{row}].{match[2]}"
        for table in tables
        for row in range(rows.get(table, 0) + 1)
        for match in columns
        if match[1] == table
    ]
    return tuple(key for key in (*plain, *in_rows) if key not in found)
