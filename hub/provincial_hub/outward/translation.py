"""Our record of a dossier in their words, by a mapping; what the mapping does not know is reported, never dropped."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from typing import Any

from provincial_hub.outward.mapping import Mapping, Member, Service
from provincial_hub.outward.record import Record, Scalar
from provincial_hub.outward.targets import MessageRefusedError

VIETNAM = timezone(timedelta(hours=7), "Asia/Ho_Chi_Minh")


@dataclass(frozen=True, slots=True)
class Translated:
    """`untold` are members of ours, with a value, that the mapping neither sends nor leaves out."""

    service: str
    document: dict[str, Any]
    untold: tuple[str, ...]


def translate(record: Record, mapping: Mapping, service: Service) -> Translated:
    """Raises `MessageRefusedError` where a code stands in no table, or a required member is missing."""
    document: dict[str, Any] = _entry(record.members, service.members, mapping)
    used = {ours for member in service.members.values() for ours in member.of}
    for theirs, one in service.lists.items():
        document[theirs] = [_entry(row, one.members, mapping) for row in record.lists[one.each]]
        used |= {f"{one.each}.{ours}" for member in one.members.values() for ours in member.of}
    return Translated(
        service.name, document, tuple(sorted(_told(record) - used - mapping.left_out - _lists_left(mapping, record)))
    )


def _entry(ours: MappingOf[str, Scalar], members: MappingOf[str, Member], mapping: Mapping) -> dict[str, Scalar]:
    made = {theirs: _made(ours, member, mapping, theirs) for theirs, member in members.items()}
    return {theirs: value for theirs, value in made.items() if value is not None}


def _made(ours: MappingOf[str, Scalar], member: Member, mapping: Mapping, theirs: str) -> Scalar:
    if member.always is not None:
        return member.always
    value = next((ours[name] for name in member.of if ours.get(name) is not None), None)
    if value is None:
        if member.required and member.otherwise is None:
            raise MessageRefusedError(f"mapping.missing:{theirs}")
        return member.otherwise
    if member.table is not None:
        found = mapping.tables[member.table].get(str(value), member.otherwise)
        if found is None:
            raise MessageRefusedError(f"mapping.no_code:{member.table}")
        return found
    return _formed(value, member, mapping, theirs)


def _formed(value: Scalar, member: Member, mapping: Mapping, theirs: str) -> Scalar:
    try:
        match member.form:
            case "time":
                return datetime.fromisoformat(str(value)).astimezone(VIETNAM).strftime(mapping.time)
            case "date":
                return date.fromisoformat(str(value)[:10]).strftime(mapping.date)
            case "number":
                return int(str(value))
    except ValueError as error:
        raise MessageRefusedError(f"mapping.form:{theirs}") from error
    return f"{member.before}{value}"


def _told(record: Record) -> set[str]:
    """Every member of ours that has a value; what one message says belongs to no dossier."""
    names = {name for name in record.members if not name.startswith("message.")}
    return names | {f"{each}.{key}" for each, rows in record.lists.items() for row in rows for key in row}


def _lists_left(mapping: Mapping, record: Record) -> set[str]:
    """The members of lists that are left out as a whole."""
    return {
        f"{each}.{key}"
        for each in record.lists
        if each in mapping.left_out
        for row in record.lists[each]
        for key in row
    }
