"""What becomes of a station's correction or of its answer to a question, inside the transaction that takes it in."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from provincial_hub.cases import merging
from provincial_hub.cases.merging import Change, Merged, Question, Refused
from provincial_hub.cases.revising import ask, close, question_about, revise
from provincial_hub.cases.value_form import out_of_form
from provincial_hub.keeping.case_books import CaseBooks, History, KeptQuestion, NewRevision
from provincial_hub.receipts import Signer
from provincial_hub.receiving.answers import Reason
from provincial_hub.receiving.events import CORRECTED, Event, HeldDossier, Keep, KeepAside, Reject

_OUT_OF_FORM = Reject(Reason("event.malformed", "a value is not written as its key wants it"))


async def weigh(
    books: CaseBooks, event: Event, held: HeldDossier, at: str, signer: Signer
) -> Keep | KeepAside | Reject:
    """Write the version that the event makes, or the question that it raises; the event itself is the caller's."""
    history = await books.history(event.dossier_id)
    if history is None or history.version != held.version:
        raise LookupError(f"the versions of dossier {event.dossier_id} have a gap")
    if event.kind == CORRECTED:
        return await _correct(books, event, history, at, signer)
    return await _settle(books, event, history, at, signer)


async def _correct(
    books: CaseBooks, event: Event, history: History, at: str, signer: Signer
) -> Keep | KeepAside | Reject:
    if not history.sealed_version <= event.base_version <= history.version:
        # Corrected before it was sealed anew, or by the word of a hub that was since brought back from a backup.
        message = f"the hub holds version {history.version}, sealed as {history.sealed_version}"
        return KeepAside(Reason("dossier.version", message))
    wanted, since = _changes(event.body), history.since(event.base_version)
    if _is_malformed(history, wanted):
        return _OUT_OF_FORM
    match merging.merge(history.values(event.base_version), wanted, since):
        case Refused(reason):
            return Reject(Reason("event.malformed", reason.message))
        case Question() as asked:
            await ask(books, question_about(asked, event.dossier_id, event.station, event.seq, at), signer)
            return KeepAside(Reason("dossier.question", "others have changed the same value: a person decides"))
        case Merged(changes):
            origin = "merged" if since else "station"
            return await _revised(books, event, history, origin, changes, at)


async def _settle(
    books: CaseBooks, event: Event, history: History, at: str, signer: Signer
) -> Keep | KeepAside | Reject:
    question = await books.question(event.body["question"])
    if question is None or (question.station, question.dossier_id) != (event.station, event.dossier_id):
        return Reject(Reason("question.unknown", "the hub has not asked this about this dossier"))
    if question.settled_at is not None:
        return KeepAside(Reason("question.settled", "the question was answered already"))
    wanted = _changes(event.body)
    if _is_malformed(history, wanted, question.texts):
        return _OUT_OF_FORM
    match merging.settle(history.values(), question.fields, wanted):
        case Refused(reason):
            return Reject(Reason("event.malformed", reason.message))
        case Question() as asked:
            return await _ask_again(books, event, question, asked, at, signer)
        case Merged(changes):
            new = _revision(event, history, "settled", changes, at)
            await close(books, question, new, signer)
            return Keep(new.version)


async def _ask_again(
    books: CaseBooks, event: Event, question: KeptQuestion, asked: Question, at: str, signer: Signer
) -> KeepAside:
    """The value has become a third text since the question was asked: the answer to it is part of a new one."""
    again = question_about(asked, event.dossier_id, event.station, event.seq, at)
    await books.answer(question.id, event.body["by"], at, {"asked_again": again.id})
    await ask(books, again, signer)
    return KeepAside(Reason("dossier.question", "the value was changed since the question was asked: another was"))


async def _revised(
    books: CaseBooks, event: Event, history: History, origin: str, changes: tuple[Change, ...], at: str
) -> Keep:
    new = _revision(event, history, origin, changes, at)
    await revise(books, event.dossier_id, new)
    return Keep(new.version)


def _is_malformed(
    history: History, wanted: Sequence[Change], known: Mapping[str, Collection[str]] | None = None
) -> bool:
    printed = {one.value for one in wanted if one.as_printed}
    return not out_of_form(history.keys, wanted, known).keys() <= printed


def _revision(event: Event, history: History, origin: str, changes: tuple[Change, ...], at: str) -> NewRevision:
    """At the hub's time: the station's clock may be wrong, its word stands in the event."""
    return NewRevision(history.version + 1, origin, event.body["by"], at, event.body["reason"], changes)


def _changes(body: Mapping[str, Any]) -> tuple[Change, ...]:
    return tuple(
        Change(one["value"], one["before"], one["after"], one.get("as_printed", False)) for one in body["changes"]
    )
