"""The words of a printed form, from `resources/forms/`: data, checked when it is read."""

from __future__ import annotations

from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from station.strict_toml import Table

TEXT = '"…"'
LISTS = {"copies": 2, "columns": 4}
"""Keys that hold a list, and how many texts it must have."""


@dataclass(frozen=True, slots=True)
class ReceiptWording:
    """Every phrase of Mẫu 01. The names say where a phrase stands."""

    form: str
    state: str
    motto: str
    title: str
    copies: list[str]
    number: str
    department: str
    submitter: str
    submitter_id: str
    address: str
    phone: str
    procedure: str
    papers: str
    columns: list[str]
    original: str
    copy: str
    dossiers: str
    dossier_unit: str
    received: str
    due: str
    return_at: str
    fee: str
    fee_none: str
    fee_unit: str
    register: str
    submitter_signs: str
    officer_signs: str
    sign_here: str
    unconfirmed: str
    confirmed: str
    verification: str
    practice: str
    page: str
    empty: str

    @classmethod
    def load(cls, file: Path) -> ReceiptWording:
        """Read the file, or raise `ResourceError` naming the key that is missing, unknown or of the wrong type."""
        table = Table.load(file)
        words = {field.name: _words(table, field.name) for field in fields(cls)}
        table.end()
        return cls(**words)


def _words(table: Table, key: str) -> Any:
    count = LISTS.get(key)
    if count is None:
        return table.take(key, str)
    texts = list(table.texts(key))
    if len(texts) != count:
        raise table.error(key, "resource.wrong_type", remedy=f"[{', '.join([TEXT] * count)}]")
    return texts
