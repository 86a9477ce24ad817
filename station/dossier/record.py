"""The sealed dossier as plain data, in the shape of `contract/v1/dossier.schema.json`.

It is made once, when the dossier is sealed, and frozen in the outbox: what the hub gets is what was sealed.
"""

from __future__ import annotations

from typing import Any

from station.dossier.dossier import Dossier
from station.dossier.entry import Entry
from station.dossier.grouping import papers
from station.dossier.page import Page
from station.dossier.quality import Quality
from station.dossier.service_record import service_record


def record(dossier: Dossier, quality: Quality | None = None, replaces: str | None = None) -> dict[str, Any]:
    """Everything the hub is told about a sealed dossier; page images go by their SHA-256.

    `replaces` is the dossier that the hub gave back and this one was made of.
    """
    if dossier.sealed_at is None or dossier.due_at is None:
        raise ValueError("only a sealed dossier has a record")
    numbers = {page.id: page.number for page in dossier.pages}
    paper_of = _paper_of(dossier)
    return {
        "number": dossier.number,
        "procedure": {"code": dossier.procedure_code, "version": dossier.procedure_version},
        "opened_at": dossier.opened_at.isoformat(),
        "opened_by": dossier.opened_by,
        "sealed_at": dossier.sealed_at.isoformat(),
        "sealed_by": dossier.sealed_by,
        "due_at": dossier.due_at.isoformat(),
        "person": {entry.key: entry.value for entry in dossier.entries_of(None)},
        "pages": [_page(page) | paper_of.get(page.id, {}) for page in dossier.pages],
        "values": [_value(entry, numbers.get(entry.page_id or "")) for entry in dossier.entries],
        "presented": list(dossier.presented),
        "warnings": list(dossier.warnings),
        **_officers_word(dossier),
        **service_record(dossier),
        **({"quality": quality.to_json(numbers)} if quality else {}),
        **({"replaces": replaces} if replaces else {}),
    }


def images(dossier: Dossier) -> tuple[str, ...]:
    """The SHA-256 of every image that the record names, each once: pages in their order, the signature last."""
    signature = (dossier.signature.sha256,) if dossier.signature else ()
    return tuple(dict.fromkeys((*(page.sha256 for page in dossier.pages), *signature)))


def _officers_word(dossier: Dossier) -> dict[str, Any]:
    """What decided which papers were asked for, and who had the dossier last; each only where somebody said so."""
    told = {
        "case": dossier.case,
        "conditions": dict(dossier.conditions),
        "counted": dict(dossier.counted),
        "slips": [slip.number for slip in dossier.slips],
        "holder": dossier.holder,
    }
    return {name: said for name, said in told.items() if said}


def _paper_of(dossier: Dossier) -> dict[str, dict[str, int]]:
    """Which paper each page belongs to; nothing about a dossier that was sealed before this was kept."""
    if any(page.goes_with is None for page in dossier.pages):
        return {}
    return {page.id: {"paper": paper.number} for paper in papers(dossier) for page in paper.pages}


def _page(page: Page) -> dict[str, Any]:
    """`outline` only where it is needed to tell which paper of the image is meant."""
    reused = {"reused_from": page.reused_from} if page.reused_from else {}
    where = {"outline": [[round(across), round(down)] for across, down in page.outline]} if page.outline else {}
    return {
        "number": page.number,
        "sha256": page.sha256,
        "size": page.size,
        "media_type": page.media_type,
        "kind": page.kind,
        "kind_confidence": page.kind_confidence,
        "origin": page.origin,
        "captured_at": page.captured_at.isoformat(),
        **where,
        **reused,
    }


def _value(entry: Entry, page: int | None) -> dict[str, Any]:
    return {
        "id": entry.id,
        "key": entry.key,
        "page": page,
        "value": entry.value,
        "source": entry.source.value,
        "trusted": entry.trusted,
        "checked_by": entry.checked_by,
        "answer": entry.answer.verdict.value if entry.answer else None,
        "corrections": [
            {"old": made.old, "new": made.new, "by": made.by, "at": made.at.isoformat()} for made in entry.corrections
        ],
        "readings": [
            {
                "value": read.value,
                "printed": read.printed,
                "source": read.source.value,
                "status": read.status.value,
                "confidence": read.confidence,
            }
            for read in entry.readings
        ],
    }
