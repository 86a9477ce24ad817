"""Refusals and apologies as they were issued: a reprint says what the citizen was told."""

from __future__ import annotations

import dataclasses
from datetime import date, datetime
from typing import Any, get_type_hints

import sqlalchemy as sql

from station.dossier.form_order import ISSUED_AS, IssuedForm
from station.dossier.printed_form import FormName
from station.store import schema

_KINDS = {name: kind for kind, name in ISSUED_AS.items()}


def keep(connection: sql.Connection, dossier_id: str, form: IssuedForm) -> None:
    """Write down a form that has its number."""
    values = {name: _plain(value) for name, value in dataclasses.asdict(form).items()}
    row = {"dossier_id": dossier_id, "form": ISSUED_AS[type(form)].value, "number": form.number, "body": values}
    connection.execute(sql.insert(schema.issued_form).values(row))


def issued_for(connection: sql.Connection, dossier_id: str) -> list[IssuedForm]:
    """Those of one dossier, in the order of their issue."""
    table = schema.issued_form
    chosen = sql.select(table.c.form, table.c.body).where(table.c.dossier_id == dossier_id).order_by(table.c.serial)
    return [_form(row.form, row.body) for row in connection.execute(chosen)]


def _form(name: str, body: dict[str, Any]) -> IssuedForm:
    kind = _KINDS[FormName(name)]
    return kind(**{key: _value(hint, body[key]) for key, hint in get_type_hints(kind).items()})


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _value(hint: type, kept: Any) -> Any:
    if hint is datetime:
        return datetime.fromisoformat(kept)
    return date.fromisoformat(kept) if hint is date else kept
