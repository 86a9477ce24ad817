"""Reading JSON from outside strictly: bounded, no name twice, no number that is none, no text that is none."""

from __future__ import annotations

import json
import math
from typing import Any, NoReturn


def strict_json(content: bytes, most: int) -> Any:
    """The value. Raises `ValueError` alone, and says in it nothing of the content.

    Depth is bounded by the parser (some thousand levels), numbers by Python (4,300 digits) and by being finite.
    """
    if len(content) > most:
        raise ValueError("too long")
    try:
        value = json.loads(
            content.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_number, parse_float=_finite
        )
        if b"\\u" in content:  # half of a surrogate pair could be read, compared, and never be written down
            json.dumps(value, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError):
        raise ValueError("not strict JSON") from None
    return value


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) != len(pairs):
        raise ValueError("a name stands twice")
    return members


def _no_number(_name: str) -> NoReturn:
    raise ValueError("no number")


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError("no number")
    return number
