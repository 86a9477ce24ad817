"""The four answers that an event can get, in the form of answer.schema.json."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Answer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reason:
    """Why not. `message` is for IT staff and never holds a value of the dossier."""

    code: str
    message: str


def need_pages(seq: int, missing: Sequence[str]) -> Answer:
    return {"seq": seq, "status": "need_pages", "pages": list(missing)}


def accepted(seq: int, receipt: Mapping[str, Any]) -> Answer:
    return {"seq": seq, "status": "accepted", "receipt": dict(receipt)}


def conflict(seq: int, reason: Reason) -> Answer:
    return {"seq": seq, "status": "conflict", "reason": {"code": reason.code, "message": reason.message}}


def rejected(seq: int | None, reason: Reason) -> Answer:
    return {"seq": seq, "status": "rejected", "reason": {"code": reason.code, "message": reason.message}}
