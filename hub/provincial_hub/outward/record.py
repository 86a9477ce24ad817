"""A dossier as the systems outside are told it: one flat list of members, and lists of its papers, charges and values.

What the hub keeps as evidence (readings, showings, corrections, scores) is no part of it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Scalar = str | int | bool | None
Row = dict[str, Scalar]

EVERY_MEMBER = (
    "dossier_id", "station", "number", "hub_number", "official_code", "version",
    "procedure", "procedure_version", "case", "state",
    "opened_at", "opened_by", "sealed_at", "sealed_by", "received_at", "due_at", "ended_at",
    "channel", "total", "remitted", "method", "paid_by", "paid_at",
)  # fmt: skip
"""Beside these: `person.KEY`, the identified person's values, and `message.KEY`, what one message says."""
LISTS = {
    "pages": ("number", "sha256", "size", "media_type", "kind", "paper", "captured_at", "reused_from"),
    "charges": ("key", "name", "quantity", "copies", "amount"),
    "values": ("id", "key", "page", "value"),
    "presented": ("key",),
}


@dataclass(frozen=True, slots=True)
class Record:
    """Members that are not known are not there; None where they are known to be nothing."""

    members: Row
    lists: dict[str, list[Row]]


def record_of(body: Mapping[str, Any], case: Mapping[str, Any], texts: Mapping[str, str]) -> Record:
    """The record of a sealed dossier's `body`, what became of it since (`case`), and its values' texts now, by id."""
    values = [{**value, "value": texts.get(value["id"], value["value"])} for value in body["values"]]
    corrected = {value["key"]: value["value"] for value in values if value["page"] is None}
    payment = body.get("payment") or {}
    told: dict[str, Any] = {
        **body,
        "procedure": body["procedure"]["code"],
        "procedure_version": body["procedure"]["version"],
        **{name: payment.get(name) for name in ("channel", "total", "remitted", "method", "paid_by", "paid_at")},
        **case,
    }
    members: Row = {name: told[name] for name in EVERY_MEMBER if told.get(name) is not None}
    members |= {f"person.{key}": corrected.get(key, value) for key, value in body["person"].items()}
    lists = {
        "pages": body["pages"],
        "charges": payment.get("charges", []),
        "values": values,
        "presented": [{"key": key} for key in body["presented"]],
    }
    rows = {name: [{key: row[key] for key in LISTS[name] if key in row} for row in lists[name]] for name in LISTS}
    return Record(members, rows)


def with_message(record: Record, topic: str, at: str, facts: Mapping[str, Any]) -> Record:
    """The record beside what one message says of it: `message.topic`, `message.at` and each plain fact."""
    plain = {key: value for key, value in facts.items() if isinstance(value, str | int | bool)}
    told: Row = {"topic": topic, "at": at, **plain}
    return Record({**record.members, **{f"message.{key}": value for key, value in told.items()}}, record.lists)
