"""A hub's books with its reception and its deeds in this process, and what tests ask of them."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from provincial_hub.cases.deeds import CaseDeeds, Looked
from provincial_hub.clock import VIETNAM
from provincial_hub.keeping.case_books import Case, CaseBooks, History
from provincial_hub.keeping.change_books import ChangeBooks
from provincial_hub.keeping.database import open_database
from provincial_hub.keeping.ledger import Ledger
from provincial_hub.keeping.page_directory import PageDirectory
from provincial_hub.keeping.spool import Spool
from provincial_hub.keeping.tables import deeds, outgoing, revisions
from provincial_hub.keeping.uploads import Uploads
from provincial_hub.receipts import Signer
from provincial_hub.reception import Reception
from provincial_hub.web.visitor import Visitor
from sqlalchemy import select

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=VIETNAM)
EXAMPLE = Path(__file__).parents[3] / "contract" / "v1" / "examples" / "deliver-without-pages.json"
SUPERVISOR = Visitor("truong-phong", "MẪU", frozenset({"supervisor"}), frozenset({"T01", "T02"}))
DOSSIER = "0b5f8f6e-3c57-4c8b-9a55-1f2a5c0e7d01"
Changes = dict[str, tuple[str, str]]
NAME, BORN = "person/full_name", "person/birth_date"


@dataclass
class Books:
    """The hub's parts over one database, and what a test asks of them."""

    run: Callable[[Awaitable[Any]], Any]
    ledger: Ledger
    signer: Signer
    reception: Reception
    deeds: CaseDeeds
    _seq: dict[str, int] = field(default_factory=dict)

    def take(self, event: dict[str, Any]) -> dict[str, Any]:
        answer: dict[str, Any] = self.run(self.reception.take_event(event))
        return answer

    def sealed(self, dossier: str = DOSSIER, station: str = "T01", base: int = 0) -> dict[str, Any]:
        """A sealed dossier with a name and a date of birth, taken in."""
        example = json.loads(EXAMPLE.read_text(encoding="utf-8"))
        event: dict[str, Any] = example["exchanges"][0]["request"]["json"]["events"][0]
        event |= {"station": station, "seq": self._next(station), "dossier_id": dossier, "base_version": base}
        shape = event["body"]["values"][0]
        event["body"]["values"] = [
            {**shape, "id": NAME, "key": "full_name", "value": "NGUYỄN VĂN MẪU"},
            {**shape, "id": BORN, "key": "birth_date", "value": "1990-02-01"},
        ]
        assert self.take(event)["status"] == "accepted"
        return event

    def correction(
        self, changes: Changes, base: int = 1, dossier: str = DOSSIER, station: str = "T01"
    ) -> dict[str, Any]:
        body = {"changes": _changes(changes), "reason": "đọc sai", "by": "officer", "at": "2026-11-20T09:00:00+07:00"}
        return self._event("dossier.corrected", body, base, dossier, station)

    def settlement(
        self, question: str, changes: Changes, base: int = 1, dossier: str = DOSSIER, station: str = "T01"
    ) -> dict[str, Any]:
        told = {"reason": "", "by": "officer", "at": "2026-11-20T10:00:00+07:00"}
        body = {"question": question, "changes": _changes(changes), **told}
        return self._event("dossier.settled", body, base, dossier, station)

    def case(self, dossier: str = DOSSIER) -> Case:
        return self._read(lambda books: books.case(dossier))

    def looked(self, dossier: str = DOSSIER) -> Looked:
        case = self.case(dossier)
        return Looked(case.version, case.state, case.official_code)

    def history(self, dossier: str = DOSSIER) -> History:
        return self._read(lambda books: books.history(dossier))

    def told(self, station: str = "T01") -> list[tuple[str, dict[str, Any]]]:
        """What the station was told, subject and body."""

        async def read() -> list[tuple[str, dict[str, Any]]]:
            async with self.ledger.transaction(ChangeBooks) as books:
                return [(one["subject"], one["body"]) for one in (await books.after(station, 0, 100)).documents]

        return self.run(read())

    def outgoing(self) -> list[tuple[str, dict[str, Any]]]:
        return [(row.topic, json.loads(row.document)) for row in self.rows(outgoing)]

    def written(self) -> list[tuple[str, str]]:
        return [(row.deed, row.by) for row in self.rows(deeds)]

    def origins(self) -> list[str]:
        return [row.origin for row in self.rows(revisions)]

    def rows(self, table: Any) -> Any:
        async def read() -> Any:
            async with self.ledger._engine.connect() as connection:
                return (await connection.execute(select(table).order_by(*table.primary_key.columns))).all()

        return self.run(read())

    def _event(self, kind: str, body: dict[str, Any], base: int, dossier: str, station: str) -> dict[str, Any]:
        return {
            "station": station,
            "seq": self._next(station),
            "kind": kind,
            "dossier_id": dossier,
            "base_version": base,
            "created_at": "2026-11-20T09:00:00+07:00",
            "pages": [],
            "body": body,
        }

    def _next(self, station: str) -> int:
        self._seq[station] = self._seq.get(station, 0) + 1
        return self._seq[station]

    def _read(self, ask: Callable[[CaseBooks], Awaitable[Any]]) -> Any:
        async def read() -> Any:
            async with self.ledger.transaction(CaseBooks) as books:
                return await ask(books)

        return self.run(read())


def _changes(changes: Changes) -> list[dict[str, str]]:
    return [{"value": value, "before": before, "after": after} for value, (before, after) in changes.items()]


def opened(run: Callable[[Awaitable[Any]], Any], url: str, folder: Path) -> Books:
    ledger = Ledger(run(open_database(url)))
    signer = Signer.open(folder / "hub.key")
    uploads = Uploads(Spool(folder / "spool"), PageDirectory(folder / "pages"))
    now = lambda: NOW  # noqa: E731
    return Books(run, ledger, signer, Reception(ledger, uploads, signer, "H00", now), CaseDeeds(ledger, signer, now))
