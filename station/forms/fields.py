"""Which places a form's template may name, and what stands there: read off the form's values, so that both agree."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from types import UnionType
from typing import Any, get_args, get_origin, get_type_hints


class Kind(Enum):
    """What a place holds; it decides how it may be written."""

    TEXT = "text"
    NUMBER = "number"
    YES_NO = "yes_no"
    MOMENT = "moment"
    DAY = "day"
    ROWS = "rows"


_KINDS: dict[type, Kind] = {
    str: Kind.TEXT, int: Kind.NUMBER, bool: Kind.YES_NO, datetime: Kind.MOMENT, date: Kind.DAY,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """A place's kind; of rows, the places in each of them."""

    kind: Kind
    row: Mapping[str, Field] = field(default_factory=dict)


Fields = Mapping[str, Field]

NUMBERED: Fields = {"row": Field(Kind.NUMBER)}
"""What every row of a table has besides its values: its place in the table, from 1."""
AT_THE_FOOT: Fields = {"copy": Field(Kind.TEXT), "page": Field(Kind.NUMBER), "pages": Field(Kind.NUMBER)}
"""What the line at the foot of a page knows besides the form's values."""


def fields_of(values: type) -> dict[str, Field]:
    """The fields of a form's dataclass."""
    return {name: _field(hint) for name, hint in get_type_hints(values).items()}


def _field(hint: Any) -> Field:
    if get_origin(hint) is UnionType:  # None: not known yet, printed as a blank
        (hint,) = (one for one in get_args(hint) if one is not type(None))
    if get_origin(hint) is tuple:
        return Field(Kind.ROWS, {**fields_of(get_args(hint)[0]), **NUMBERED})
    return Field(_KINDS[hint])
