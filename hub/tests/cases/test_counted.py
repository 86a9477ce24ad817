"""What is counted of a dossier: when its event is kept, when its pages are here, and of those kept before."""

from __future__ import annotations

import json
from typing import Any

from provincial_hub.cases.earlier import count_earlier
from provincial_hub.cases.facts import facts_of
from provincial_hub.clock import VIETNAM
from provincial_hub.keeping.tables import cases
from sqlalchemy import delete

from hub.tests.cases.opened_books import DOSSIER, NOW, SUPERVISOR

PAGE = {
    "number": 1,
    "sha256": "ab" * 32,
    "size": 3,
    "media_type": "image/png",
    "kind": None,
    "kind_confidence": 0,
    "origin": "scanner",
    "captured_at": "2026-11-20T08:05:00+07:00",
}


def test_a_dossier_is_counted_when_it_is_sealed_and_received_when_its_last_page_is_here(books: Any) -> None:
    event = books.sealed("model")
    event |= {"seq": 90, "dossier_id": DOSSIER, "pages": ["ab" * 32]}
    event["body"] |= {"pages": [PAGE, {**PAGE, "number": 2, "reused_from": "model"}], "due_at": "2026-11-20T10:00:00Z"}
    assert books.take(event)["status"] == "need_pages"
    row = next(row for row in books.rows(cases) if row.dossier_id == DOSSIER)
    assert (row.state, row.received_at, row.due_at) == ("received", None, "2026-11-20T17:00:00+07:00")
    assert (row.pages, row.reused_pages) == (2, 1)
    assert [topic for topic, _ in books.outgoing()] == ["dossier.received"]
    books.run(books.reception._page_is_durable("T01", "ab" * 32, 3))
    row = next(row for row in books.rows(cases) if row.dossier_id == DOSSIER)
    assert row.received_at == NOW.isoformat()
    assert [topic for topic, _ in books.outgoing()] == ["dossier.received", "dossier.received"]


def test_a_returned_dossier_is_over_when_another_was_made_of_it_and_only_then(books: Any) -> None:
    for name, station in (("old", "T01"), ("working", "T01"), ("foreign", "T02")):
        books.sealed(name, station)
    for name in ("old", "foreign"):
        books.run(books.deeds.give_back(SUPERVISOR, name, books.looked(name), "trang 2 bị mờ"))
    event = books.sealed("model")
    for seq, name in enumerate(("old", "working", "foreign", "nowhere", "new-4"), 90):
        event |= {"seq": seq, "dossier_id": f"new-{seq - 90}"}
        event["body"]["replaces"] = name
        assert books.take(event)["status"] == "accepted"
    assert [books.case(name).state for name in ("old", "working", "foreign")] == [
        "withdrawn",
        "received",
        "more_wanted",
    ]
    told = {"state": "withdrawn", "on": "2026-11-23", "note": "", "replaced_by": "new-0"}
    assert [facts for topic, facts in books.outgoing() if topic == "dossier.state"] == [told]


def test_dossiers_kept_before_are_counted_once_and_lose_nothing_noted_since(either_books: Any) -> None:
    books = either_books
    for number in range(3):
        books.sealed(f"d{number}")
    counted = books.rows(cases)

    async def forget() -> None:
        async with books.ledger._engine.begin() as connection:
            await connection.execute(delete(cases).where(cases.c.dossier_id != "d2"))

    books.run(forget())
    books.run(books.deeds.note_state(SUPERVISOR, "d2", books.looked("d2"), "in_progress", NOW.date()))
    for _ in range(2):
        books.run(count_earlier(books.ledger, lambda: NOW))
    assert books.rows(cases)[:2] == counted[:2]
    assert books.case("d2").state == "in_progress"


def test_what_is_counted_in_groups_holds_scores_and_payment_and_no_value(books: Any) -> None:
    body = books.sealed()["body"]
    score = {"score": 90, "reasons": []}
    body |= {
        "pages": [{**PAGE, "paper": 1}, {**PAGE, "number": 2, "paper": 1}, {**PAGE, "number": 3, "paper": 2}],
        "quality": dict.fromkeys(("correct", "complete", "clean", "current"), score),
        "consents": [{"subject": "reuse", "given": True, "by": "officer", "at": "2026-11-20T08:10:00+07:00"}],
        "payment": {"total": 8000, "remitted": 0, "channel": "counter", "method": "cash", "paid_by": "officer"},
    }
    more = facts_of(body, VIETNAM).more
    assert (more["papers"], more["quality"]["clean"], more["reuse_agreed"]) == (2, 90, True)
    assert more["payment"] == {"total": 8000, "remitted": 0, "channel": "counter", "method": "cash", "paid": True}
    assert "MẪU" not in json.dumps(more, ensure_ascii=False)
