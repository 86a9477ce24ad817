"""What the hub counts of a sealed dossier without opening it again: numbers, codes and times. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

_SCORES = ("correct", "complete", "clean", "current")


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """`more` is what is counted in groups only: quality, payment, papers. No value of the dossier is among it."""

    number: str
    procedure: str
    sealed_at: str
    due_at: str | None
    pages: int
    reused_pages: int
    more: dict[str, Any]


def facts_of(body: Mapping[str, Any], zone: tzinfo | None) -> CaseFacts:
    """Of a sealed body; times as the tables have them, all in one zone, so that they compare as texts."""
    pages = body["pages"]
    due_at = body["due_at"]
    return CaseFacts(
        number=body["number"],
        procedure=body["procedure"]["code"],
        sealed_at=_in_zone(body["sealed_at"], zone),
        due_at=_in_zone(due_at, zone) if due_at else None,
        pages=len(pages),
        reused_pages=sum("reused_from" in page for page in pages),
        more={
            "procedure_version": body["procedure"]["version"],
            "case": body.get("case"),
            "papers": len({page.get("paper", f"page {page['number']}") for page in pages}),
            "presented": len(body["presented"]),
            "values": len(body["values"]),
            "quality": _scores(body.get("quality")),
            "payment": _payment(body.get("payment")),
            "reuse_agreed": any(one["subject"] == "reuse" and one["given"] for one in body.get("consents", ())),
        },
    )


def _scores(quality: Mapping[str, Any] | None) -> dict[str, int] | None:
    return {name: quality[name]["score"] for name in _SCORES} if quality else None


def _payment(payment: Mapping[str, Any] | None) -> dict[str, Any] | None:
    if not payment:
        return None
    told = {name: payment[name] for name in ("total", "remitted", "channel", "method")}
    return {**told, "paid": bool(payment["paid_by"])}


def _in_zone(time: str, zone: tzinfo | None) -> str:
    return datetime.fromisoformat(time).astimezone(zone).isoformat()
