"""What a supervisor does to a dossier at the hub: one transaction each, told down, told out, and written down.

Nobody overwrites what they have not seen: each deed names what its doer looked at.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol, TypeVar

from provincial_hub.cases import merging
from provincial_hub.cases.demands import must_be_code, must_be_short, must_be_words, must_fit
from provincial_hub.cases.merging import Merged, Question, Refused
from provincial_hub.cases.revising import close, revise
from provincial_hub.cases.states import ENDED, MORE_WANTED, STATES
from provincial_hub.cases.wanting import merged, wanted
from provincial_hub.errors import RefusedError
from provincial_hub.keeping.case_books import Case, CaseBooks, History, NewRevision
from provincial_hub.keeping.change_books import ChangeBooks
from provincial_hub.keeping.deed_books import DeedBooks
from provincial_hub.keeping.ledger import Ledger
from provincial_hub.keeping.outgoing_books import OutgoingBooks
from provincial_hub.receipts import Signer

Result = TypeVar("Result")


class Doer(Protocol):
    """Who does it."""

    @property
    def id(self) -> str: ...
    @property
    def roles(self) -> frozenset[str]: ...
    def may_see(self, station: str) -> bool: ...


@dataclass(frozen=True, slots=True)
class Looked:
    """What the doer had before them: the dossier's version, its state and its official code."""

    version: int
    state: str
    official_code: str | None = None


@dataclass(frozen=True, slots=True)
class _Deed:
    """One deed under way, in its transaction."""

    books: CaseBooks
    case: Case
    by: str
    at: datetime

    @property
    def moment(self) -> str:
        return self.at.isoformat()


class CaseDeeds:
    """Each raises `RefusedError`: `person.not_allowed`, `dossier.unknown`, `dossier.changed`, and codes of its own."""

    def __init__(self, ledger: Ledger, signer: Signer, now: Callable[[], datetime]) -> None:
        self._ledger = ledger
        self._signer = signer
        self._now = now

    async def correct(
        self,
        doer: Doer,
        dossier_id: str,
        version: int,
        texts: Mapping[str, str],
        reason: str,
        as_printed: Collection[str] = (),
    ) -> int:
        """Make values other texts, by their ids; returns the dossier's new version.

        `as_printed` are values of which the doer says that the paper has them so, whatever form their texts have.

        `correction.unknown_value`, `correction.nothing`, `correction.too_long`, `reason.missing`, `reason.too_long`,
        and `form.` with the name of the form that a text has not.
        """
        must_be_words(reason)
        must_fit(texts)

        async def deed(one: _Deed) -> int:
            history = await _history(one)
            changes = merged(history, version, texts, as_printed)
            if not changes:
                raise RefusedError("correction.nothing", "the values say that already")
            new = NewRevision(history.version + 1, "hub", one.by, one.moment, reason, changes)
            await revise(one.books, dossier_id, new)
            told = [change.told() for change in changes]
            await self._tell(one, "dossier.corrected", {"version": new.version, "changes": told, "reason": reason})
            await _write(one, "dossier.corrected", version=new.version, values=[change.value for change in changes])
            return new.version

        return await self._carry_out(doer, dossier_id, deed)

    async def settle(
        self,
        doer: Doer,
        dossier_id: str,
        question_id: str,
        seen: Mapping[str, str],
        texts: Mapping[str, str],
        reason: str,
        as_printed: Collection[str] = (),
    ) -> int:
        """Answer a question; returns the dossier's new version.

        `texts` says for each value of the question what stands from now on, `seen` what the hub had as the doer saw it.
        `question.unknown`, `question.settled`, `question.other_values`, `form.…` as for a correction; `reason` may be
        empty.
        """
        must_be_short(reason)
        must_fit(texts)

        async def deed(one: _Deed) -> int:
            question = await one.books.question(question_id)
            if question is None or question.dossier_id != dossier_id:
                raise RefusedError("question.unknown", "there is no such question about this dossier")
            if question.settled_at is not None:
                raise RefusedError("question.settled", "the question was answered already")
            history = await _history(one)
            answers = wanted(history, seen, texts, as_printed, question.texts)
            match merging.settle(history.values(), question.fields, answers):
                case Refused(refusal):
                    raise RefusedError(refusal.code, refusal.message)
                case Question():
                    raise RefusedError("dossier.changed", "a value was changed since it was looked at")
                case Merged(changes):
                    new = NewRevision(history.version + 1, "settled", one.by, one.moment, reason, changes)
            await close(one.books, question, new, self._signer)
            await _write(one, "question.settled", question=question_id, version=new.version)
            return new.version

        return await self._carry_out(doer, dossier_id, deed)

    async def assign_code(self, doer: Doer, dossier_id: str, looked: Looked, code: str) -> None:
        """Give the dossier the code that the province's system issued, or put a wrong one right; twice is once.

        `code.malformed`, `code.taken`.
        """
        must_be_code(code)

        async def deed(one: _Deed) -> None:
            before = one.case.official_code
            if before == code:
                return
            if before != looked.official_code:
                raise RefusedError("dossier.changed", "the dossier was given another code meanwhile")
            if await one.books.holder_of(code) is not None:
                raise RefusedError("code.taken", "another dossier has this code")
            await one.books.give_code(dossier_id, code)
            await self._tell(one, "dossier.code", {"code": code})
            await _tell_outside(one, "dossier.code", {"code": code})
            await _write(one, "dossier.code", code=code, before=before)

        await self._carry_out(doer, dossier_id, deed)

    async def give_back(self, doer: Doer, dossier_id: str, looked: Looked, reason: str) -> None:
        """Return the dossier to the counter, which makes it again; more is wanted of it until then.

        `reason.missing`, `reason.too_long`, `state.ended`.
        """
        must_be_words(reason)

        async def deed(one: _Deed) -> None:
            _must_stand_as(one.case, looked)
            if one.case.state in ENDED:
                raise RefusedError("state.ended", "the work on this dossier has ended")
            await one.books.set_state(dossier_id, MORE_WANTED, None)
            await self._tell(one, "dossier.returned", {"reason": reason})
            await _tell_outside(one, "dossier.returned", {"reason": reason})
            await _write(one, "dossier.returned", reason=reason)

        await self._carry_out(doer, dossier_id, deed)

    async def note_state(
        self, doer: Doer, dossier_id: str, looked: Looked, state: str, on: date, note: str = ""
    ) -> None:
        """Note how far the work is, since which day, with a word for the citizen; a result (trả kết quả) is a state.

        `state.unknown`, `state.in_future`, `reason.too_long`.
        """
        must_be_short(note)
        if state not in STATES:
            raise RefusedError("state.unknown", f"a state is one of {', '.join(STATES)}")

        async def deed(one: _Deed) -> None:
            _must_stand_as(one.case, looked)
            if on > one.at.date():
                raise RefusedError("state.in_future", "the day of a step is not in the future")
            await one.books.set_state(dossier_id, state, _end(on, one.at, one.case.due_at) if state in ENDED else None)
            told = {"state": state, "on": on.isoformat(), "note": note}
            body = {"dossier_id": dossier_id, **told}
            await one.books.beside(ChangeBooks).tell(one.case.station, "dossier.state", body, one.moment, self._signer)
            await _tell_outside(one, "dossier.state", told)
            await _write(one, "dossier.state", state=state, before=one.case.state, on=told["on"])

        await self._carry_out(doer, dossier_id, deed)

    async def _carry_out(self, doer: Doer, dossier_id: str, deed: Callable[[_Deed], Awaitable[Result]]) -> Result:
        async def work(books: CaseBooks) -> Result:
            case = await books.case(dossier_id)
            if case is None or not doer.may_see(case.station):
                raise RefusedError("dossier.unknown", "there is no such dossier")
            return await deed(_Deed(books, case, doer.id, self._now()))

        if "supervisor" not in doer.roles:
            raise RefusedError("person.not_allowed", "only a supervisor may do this")
        return await self._ledger.carry_out(CaseBooks, work, f"dossier {dossier_id}")

    async def _tell(self, one: _Deed, subject: str, body: dict[str, Any]) -> None:
        told = {"dossier_id": one.case.dossier_id, **body, "by": one.by}
        await one.books.beside(ChangeBooks).tell(one.case.station, subject, told, one.moment, self._signer)


async def _history(one: _Deed) -> History:
    history = await one.books.history(one.case.dossier_id)
    if history is None:
        raise LookupError(f"dossier {one.case.dossier_id} was never sealed")
    return history


def _must_stand_as(case: Case, looked: Looked) -> None:
    if (case.version, case.state) != (looked.version, looked.state):
        raise RefusedError("dossier.changed", "the dossier was changed since it was looked at")


def _end(on: date, now: datetime, due_at: str | None) -> str:
    """Today it is now. Of an earlier day the hour is not known: what was due on that day was then in time."""
    if on == now.date():
        return now.isoformat()
    if due_at is not None and due_at.startswith(on.isoformat()):
        return due_at
    return datetime(on.year, on.month, on.day, 23, 59, 59, tzinfo=now.tzinfo).isoformat()


async def _tell_outside(one: _Deed, topic: str, facts: dict[str, Any]) -> None:
    await one.books.beside(OutgoingBooks).tell(topic, one.case.dossier_id, facts, one.moment)


async def _write(one: _Deed, deed: str, **detail: object) -> None:
    await one.books.beside(DeedBooks).write(
        one.moment, one.by, deed, dossier_id=one.case.dossier_id, station=one.case.station, detail=detail
    )
