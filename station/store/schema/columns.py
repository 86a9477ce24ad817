"""What columns hold: moments, days, short values as JSON; and the collection of all tables."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

from sqlalchemy import Column, Dialect, Integer, MetaData, Text, TypeDecorator

tables = MetaData()


class Moment(TypeDecorator[datetime]):
    """An aware datetime as ISO 8601 with its own offset: a receipt shows the time as the officer's clock did."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> str | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a time without an offset cannot be kept")
        return value.isoformat() if value is not None else None

    def process_result_value(self, value: str | None, _dialect: Dialect) -> datetime | None:
        return datetime.fromisoformat(value) if value is not None else None


class Day(TypeDecorator[date]):
    """A day of the calendar as ISO 8601."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: date | None, _dialect: Dialect) -> str | None:
        return value.isoformat() if value is not None else None

    def process_result_value(self, value: str | None, _dialect: Dialect) -> date | None:
        return date.fromisoformat(value) if value is not None else None


class Json(TypeDecorator[Any]):
    """A short value as JSON text, members in the order given, letters as themselves."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, _dialect: Dialect) -> str:
        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def process_result_value(self, value: str | None, _dialect: Dialect) -> Any:
        return json.loads(value) if value is not None else None


def dossier_serial() -> Column[int]:
    """The dossier that a row belongs to."""
    return Column("dossier", Integer, primary_key=True)
