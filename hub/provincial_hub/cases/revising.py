"""Writing a dossier, a version or a question into the books, with all that must be told about it at once."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime

from provincial_hub.cases.facts import facts_of
from provincial_hub.cases.merging import Question
from provincial_hub.cases.states import WITHDRAWN
from provincial_hub.keeping.case_books import CaseBooks, KeptQuestion, NewRevision
from provincial_hub.keeping.change_books import ChangeBooks
from provincial_hub.keeping.outgoing_books import OutgoingBooks
from provincial_hub.receipts import Signer
from provincial_hub.receiving.events import Event


async def revise(books: CaseBooks, dossier_id: str, new: NewRevision) -> None:
    """Write a version, and tell the systems outside which values are others now."""
    await books.revise(dossier_id, new)
    changed = [change.value for change in new.changes if change.before != change.after]
    if changed:
        facts = {"version": new.version, "origin": new.origin, "values": changed}
        await books.beside(OutgoingBooks).tell("dossier.corrected", dossier_id, facts, new.at)


async def ask(books: CaseBooks, asked: KeptQuestion, signer: Signer) -> None:
    """Keep a question, and tell the station both texts."""
    await books.ask(asked)
    body = {
        "dossier_id": asked.dossier_id,
        "question": asked.id,
        "seq": asked.seq,
        "fields": [asdict(field) for field in asked.fields],
    }
    await books.beside(ChangeBooks).tell(asked.station, "dossier.question", body, asked.asked_at, signer)


async def close(books: CaseBooks, question: KeptQuestion, settled: NewRevision, signer: Signer) -> None:
    """Write a person's decision, and tell the station, wherever it was made."""
    await revise(books, question.dossier_id, settled)
    told = [change.told() for change in settled.changes]
    await books.answer(question.id, settled.by, settled.at, {"version": settled.version, "changes": told})
    body = {
        "dossier_id": question.dossier_id,
        "question": question.id,
        "version": settled.version,
        "changes": told,
        "by": settled.by,
    }
    await books.beside(ChangeBooks).tell(question.station, "dossier.settled", body, settled.at, signer)


async def take_in_sealed(books: CaseBooks, event: Event, at: datetime) -> None:
    """Count a sealed dossier; the one that it was made of, after that was returned, is over."""
    await books.open(event.dossier_id, event.station, facts_of(event.body, at.tzinfo))
    before = event.replaces
    if before is not None and await books.replaced(before, event.station, at.isoformat()):
        facts = {"state": WITHDRAWN, "on": at.date().isoformat(), "note": "", "replaced_by": event.dossier_id}
        await books.beside(OutgoingBooks).tell("dossier.state", before, facts, at.isoformat())


def question_about(asked: Question, dossier_id: str, station: str, seq: int, at: str) -> KeptQuestion:
    """The event that asks names the question: the same event asks it once."""
    return KeptQuestion(f"{station}-{seq}", dossier_id, station, seq, at, asked.fields, None)
