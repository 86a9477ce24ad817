"""What a text that somebody gives a value after the seal is written like, by the value's key.

The contract's `value.schema.json` decides; nothing of it is said again here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from functools import cache
from typing import Any

from provincial_hub.cases.merging import Change
from provincial_hub.contract import validator

_SCHEMA = "value.schema.json"


def form_of(key: str) -> str | None:
    """The name that the schema gives the form of this key's texts; None: any text goes."""
    return next((form for pattern, form in _rules() if pattern.search(key)), None)


def has_form(key: str, text: str) -> bool:
    """Whether a text is written as its key wants it."""
    return validator(_SCHEMA).is_valid({"key": key, "value": text})


def out_of_form(
    keys: Mapping[str, str], changes: Iterable[Change], known: Mapping[str, Collection[str]] | None = None
) -> dict[str, str]:
    """The values, each with its key, that are to be written otherwise than their keys want it.

    `keys` are those of all values by their ids; `known` are texts that may be chosen, whatever form they have.
    """
    return {
        change.value: keys[change.value]
        for change in changes
        if change.value in keys
        and change.after not in (known or {}).get(change.value, ())
        and not has_form(keys[change.value], change.after)
    }


@cache
def _rules() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Patterns of keys, and the names of their forms."""
    schema: Any = validator(_SCHEMA).schema
    return tuple(
        (
            re.compile(rule["if"]["properties"]["key"]["pattern"].replace("$", r"\Z")),
            rule["then"]["properties"]["value"]["$ref"].rpartition("/")[2],
        )
        for rule in schema["allOf"]
    )
