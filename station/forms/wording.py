"""The words of a printed form, from `resources/forms/`: data, checked when it is read."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path

from station.errors import ResourceError

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
        try:
            words = tomllib.loads(file.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
            raise ResourceError("resource.unreadable", file=file.name, place=str(error)) from error
        known = [field.name for field in fields(cls)]
        for key in known:
            if key not in words:
                raise ResourceError("resource.missing_key", file=file.name, place=key)
        for key, value in words.items():
            if key not in known:
                raise ResourceError("resource.unknown_key", file=file.name, place=key, remedy=", ".join(known))
            if not _fits(key, value):
                count = LISTS.get(key)
                remedy = f"[{count} x text]" if count else "text in quotes"
                raise ResourceError("resource.wrong_type", file=file.name, place=key, remedy=remedy)
        return cls(**words)


def _fits(key: str, value: object) -> bool:
    if key not in LISTS:
        return isinstance(value, str)
    return isinstance(value, list) and len(value) == LISTS[key] and all(isinstance(text, str) for text in value)
