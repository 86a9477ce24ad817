"""A dossier as rows and back again: what is saved is what is loaded, value for value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from typing import Any

import sqlalchemy as sql

from station.dossier.dossier import Dossier, State
from station.dossier.entry import Answer, Correction, Entry, Verdict
from station.dossier.outline import outline_from_json
from station.dossier.page import Page
from station.dossier.reading import Code, Doubt, QualityIssue, ReadField, Source, Status
from station.store import schema
from station.store.rows.service_values import service_from, service_values

Row = dict[str, Any]

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PARTS = (schema.correction, schema.reading, schema.entry, schema.page)
"""The tables below `dossier`, those that refer to others first."""


def load(connection: sql.Connection, dossier_id: str) -> Dossier | None:
    """Five queries, whatever the dossier's size."""
    head = connection.execute(sql.select(schema.dossier).where(schema.dossier.c.id == dossier_id)).mappings().first()
    if head is None:
        return None
    parts = {table: _rows_of(connection, table, head["serial"]) for table in _PARTS}
    return _dossier(head, parts[schema.page], parts[schema.entry], parts[schema.reading], parts[schema.correction])


def insert(connection: sql.Connection, dossier: Dossier) -> int:
    """Write a new dossier and return its serial."""
    written = sql.insert(schema.dossier).values(_head_row(dossier)).returning(schema.dossier.c.serial)
    serial = int(connection.execute(written).scalar_one())
    _insert_parts(connection, {serial: dossier})
    return serial


def replace(connection: sql.Connection, dossier: Dossier, expected: int) -> int | None:
    """Write over the `expected` version and return the serial, or None where that is not what stands there."""
    table = schema.dossier
    here = sql.and_(table.c.id == dossier.id, table.c.version == expected)
    updated = connection.execute(sql.update(table).where(here).values(_head_row(dossier)))
    if updated.rowcount != 1:
        return None
    serial = connection.execute(sql.select(table.c.serial).where(table.c.id == dossier.id)).scalar_one()
    for part in _PARTS:
        connection.execute(sql.delete(part).where(part.c.dossier == serial))
    _insert_parts(connection, {serial: dossier})
    return int(serial)


def insert_all(connection: sql.Connection, dossiers: Mapping[int, Dossier]) -> None:
    """Write many new dossiers under serials that are free, in one statement a table."""
    heads = [{"serial": serial, **_head_row(dossier)} for serial, dossier in dossiers.items()]
    connection.execute(sql.insert(schema.dossier), heads)
    _insert_parts(connection, dossiers)


def _insert_parts(connection: sql.Connection, dossiers: Mapping[int, Dossier]) -> None:
    rows: dict[sql.Table, list[Row]] = {table: [] for table in reversed(_PARTS)}
    for serial, dossier in dossiers.items():
        for table, parts in _part_rows(dossier):
            rows[table] += [{"dossier": serial, **part} for part in parts]
    for table, parts in rows.items():
        if parts:
            connection.execute(sql.insert(table), parts)


def _part_rows(dossier: Dossier) -> Iterator[tuple[sql.Table, list[Row]]]:
    yield schema.page, _numbered([_page_row(page) for page in dossier.pages])
    yield schema.entry, _numbered([_entry_row(entry) for entry in dossier.entries])
    for at, entry in enumerate(dossier.entries):
        for table, things in ((schema.reading, entry.readings), (schema.correction, entry.corrections)):
            yield table, [{"entry": at, **row} for row in _numbered([_values(thing) for thing in things])]


def _values(thing: ReadField | Correction | QualityIssue | Code) -> Row:
    return {field.name: getattr(thing, field.name) for field in fields(thing)}


def _numbered(rows: list[Row]) -> list[Row]:
    return [{"position": position, **row} for position, row in enumerate(rows)]


def _head_row(dossier: Dossier) -> Row:
    return {
        "id": dossier.id,
        "procedure_code": dossier.procedure_code,
        "procedure_version": dossier.procedure_version,
        "opened_by": dossier.opened_by,
        "opened_at": dossier.opened_at,
        "opened_order": (dossier.opened_at - _EPOCH) // timedelta(microseconds=1),
        "state": dossier.state.value,
        "version": dossier.version,
        "presented": dossier.presented,
        "warnings": dossier.warnings,
        "number": dossier.number,
        "sealed_by": dossier.sealed_by,
        "sealed_at": dossier.sealed_at,
        "due_at": dossier.due_at,
        "extra": dossier.extra,
        "person_name": dossier.person_name,
        "person_id": dossier.person_id,
        "case": dossier.case,
        "conditions": dossier.conditions,
        "holder": dossier.holder,
        "counted": dossier.counted,
        **service_values(dossier),
    }


def _page_row(page: Page) -> Row:
    return {
        "id": page.id,
        "number": page.number,
        "sha256": page.sha256,
        "size": page.size,
        "media_type": page.media_type,
        "origin": page.origin,
        "captured_at": page.captured_at,
        "kind": page.kind,
        "kind_confidence": page.kind_confidence,
        "kind_set_by": page.kind_set_by,
        "rotation": page.rotation,
        "quality": [_values(issue) for issue in page.quality],
        "codes": [_values(code) for code in page.codes],
        "mrz": page.mrz,
        "text": page.text,
        "failure": page.failure,
        "goes_with": page.goes_with,
        "goes_with_set_by": page.goes_with_set_by,
        "outline": page.outline,
        "found": page.found,
        "fingerprint": page.fingerprint,
        "same_as": page.same_as,
        "issues": [_values(issue) for issue in page.issues],
        "kept_by": page.kept_by,
        "again": page.again,
        "reused_from": page.reused_from,
        "image": page.image,
    }


def _entry_row(entry: Entry) -> Row:
    return {
        "id": entry.id,
        "key": entry.key,
        "value": entry.value,
        "page_id": entry.page_id,
        "checked_by": entry.checked_by,
        "checked_at": entry.checked_at,
        "verdict": entry.answer.verdict.value if entry.answer else None,
        "answered_at": entry.answer.at if entry.answer else None,
    }


def _rows_of(connection: sql.Connection, table: sql.Table, serial: int) -> list[Row]:
    chosen = sql.select(table).where(table.c.dossier == serial).order_by(*table.primary_key.columns)
    return [
        {name: value for name, value in row.items() if name != "dossier"}
        for row in connection.execute(chosen).mappings()
    ]


def _dossier(
    head: Mapping[Any, Any], pages: list[Row], entries: list[Row], readings: list[Row], corrections: list[Row]
) -> Dossier:
    readings_of = _by_entry(readings)
    corrections_of = _by_entry(corrections)
    derived = ("serial", "opened_order", "person_name", "person_id")
    plain = {name: value for name, value in head.items() if name not in derived}
    plain["state"] = State(head["state"])
    plain["presented"] = tuple(head["presented"])
    plain["warnings"] = tuple(head["warnings"])
    plain |= service_from(plain)
    return Dossier(
        **plain,
        pages=tuple(_page(row) for row in pages),
        entries=tuple(_entry(row, readings_of[row["position"]], corrections_of[row["position"]]) for row in entries),
    )


def _by_entry(rows: list[Row]) -> defaultdict[int, list[Row]]:
    grouped: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows:
        grouped[row.pop("entry")].append(row)
        del row["position"]
    return grouped


def _page(row: Row) -> Page:
    del row["position"]
    row["quality"] = tuple(QualityIssue(**issue) for issue in row["quality"])
    row["codes"] = tuple(Code(**code) for code in row["codes"])
    row["mrz"] = tuple(row["mrz"])
    row["outline"] = outline_from_json(row["outline"])
    row["found"] = outline_from_json(row["found"])
    row["issues"] = tuple(QualityIssue(**issue) for issue in row["issues"])
    return Page(**row)


def _entry(row: Row, readings: list[Row], corrections: list[Row]) -> Entry:
    answered = row["verdict"] is not None
    return Entry(
        id=row["id"],
        key=row["key"],
        value=row["value"],
        page_id=row["page_id"],
        readings=tuple(_reading(reading) for reading in readings),
        corrections=tuple(Correction(**correction) for correction in corrections),
        checked_by=row["checked_by"],
        checked_at=row["checked_at"],
        answer=Answer(Verdict(row["verdict"]), row["answered_at"]) if answered else None,
    )


def _reading(row: Row) -> ReadField:
    row["status"] = Status(row["status"])
    row["source"] = Source(row["source"])
    row["box"] = tuple(row["box"]) if row["box"] else None
    row["others"] = tuple(row["others"])
    row["doubt"] = Doubt(row["doubt"]) if row["doubt"] else None
    return ReadField(**row)
