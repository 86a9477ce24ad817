"""What is new in a version of a procedure, compared with an older one: facts that people must know, in their order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from station.dossier.procedure import Case, Channel, FeeLine, Procedure, RequiredPaper


@dataclass(frozen=True, slots=True)
class Change:
    """`code` is a key under `[procedure.change]` in `resources/i18n`; `what` names the case, paper or fee.

    `before` and `after` are as in the file; times are «3 working_day», quantities «1+0» (originals and copies).
    """

    code: str
    what: str = ""
    before: str = ""
    after: str = ""


class _Keyed(Protocol):
    @property
    def key(self) -> str: ...


Thing = TypeVar("Thing", bound=_Keyed)


def changes(old: Procedure, new: Procedure) -> tuple[Change, ...]:
    """Everything that differs for the citizen or the officer; nothing that only the machine reads."""
    return (
        *_plain(old, new),
        *_validity(old, new),
        *_cases(old.cases, new.cases),
        *_papers(old, new),
        *_questions(old, new),
        *_fees(old.fees, new.fees),
        *_exemptions(old, new),
        *_lists("result", old.results, new.results),
        *_lists("basis", old.legal_basis, new.legal_basis),
    )


def _plain(old: Procedure, new: Procedure) -> Iterator[Change]:
    yield from _differs("name", "", old.name, new.name)
    yield from _differs("authority", "", old.authority, new.authority)
    yield from _differs("level", "", old.level.value, new.level.value)
    yield from _differs("fee_note", "", old.fee_note, new.fee_note)


def _validity(old: Procedure, new: Procedure) -> Iterator[Change]:
    for code, before, after in (
        ("valid_from", old.valid_from, new.valid_from),
        ("valid_to", old.valid_to, new.valid_to),
    ):
        # A bound that is gone is left untold: an old version usually got its end when the new one came.
        if after and before != after:
            yield Change(code, after=after.isoformat())


def _cases(old: Sequence[Case], new: Sequence[Case]) -> Iterator[Change]:
    for before, after in _pairs(old, new):
        if before is None and after:
            yield Change("case_added", after.name, after=_time(after))
        elif before and after is None:
            yield Change("case_removed", before.name)
        elif before and after:
            yield from _differs("time", after.name, _time(before), _time(after))


def _time(case: Case) -> str:
    return f"{case.time} {case.unit.value}"


def _papers(old: Procedure, new: Procedure) -> Iterator[Change]:
    for before, after in _pairs(old.papers, new.papers):
        if before is None and after:
            yield Change(
                "paper_added" if after.required else "paper_added_optional", after.name, after=_quantity(after)
            )
        elif before and after is None:
            yield Change("paper_removed", before.name)
        elif before and after:
            yield from _paper(before, after)


def _paper(before: RequiredPaper, after: RequiredPaper) -> Iterator[Change]:
    name = after.name
    yield from _differs("paper_name", name, before.name, after.name)
    yield from _differs("paper_quantity", name, _quantity(before), _quantity(after))
    if before.handling is not after.handling:
        yield Change(f"paper_{after.handling.value}", name)
    if before.required is not after.required:
        yield Change("paper_required" if after.required else "paper_optional", name)
    if before.one_of != after.one_of:
        yield Change("paper_alternative" if after.one_of else "paper_alone", name)
    if (before.cases, before.when) != (after.cases, after.when):
        yield Change("paper_when", name)
    yield from _differs("paper_note", name, before.note, after.note)


def _quantity(paper: RequiredPaper) -> str:
    return f"{paper.originals}+{paper.copies}"


def _questions(old: Procedure, new: Procedure) -> Iterator[Change]:
    for before, after in _pairs(old.conditions, new.conditions):
        if before is None and after:
            yield Change("question_added", after.question)
        elif before and after is None:
            yield Change("question_removed", before.question)
        elif before and after:
            yield from _differs("question", after.question, before.question, after.question)


def _fees(old: Sequence[FeeLine], new: Sequence[FeeLine]) -> Iterator[Change]:
    for before, after in _pairs(old, new):
        if before is None and after:
            yield Change("fee_added", after.name, after=str(after.amount))
        elif before and after is None:
            yield Change("fee_removed", before.name)
        elif before and after:
            yield from _fee(before, after)


def _fee(before: FeeLine, after: FeeLine) -> Iterator[Change]:
    yield from _differs("fee", after.name, str(before.amount), str(after.amount))
    for channel in Channel:
        was, now = before.channels.get(channel, before.amount), after.channels.get(channel, after.amount)
        if (channel in before.channels or channel in after.channels) and was != now:
            yield Change(f"fee_{channel.value}", after.name, str(was), str(now))
    if (before.per, before.tiers, before.cap, before.cases) != (after.per, after.tiers, after.cap, after.cases):
        yield Change("fee_terms", after.name)


def _exemptions(old: Procedure, new: Procedure) -> Iterator[Change]:
    for before, after in _pairs(old.exemptions, new.exemptions):
        if before is None and after:
            yield Change("exemption_added", after.name, after=str(after.percent))
        elif before and after is None:
            yield Change("exemption_removed", before.name)
        elif before and after:
            yield from _differs("exemption", after.name, str(before.percent), str(after.percent))


def _lists(code: str, old: Sequence[str], new: Sequence[str]) -> Iterator[Change]:
    yield from (Change(f"{code}_added", one) for one in new if one not in old)
    yield from (Change(f"{code}_removed", one) for one in old if one not in new)


def _differs(code: str, what: str, before: str, after: str) -> Iterator[Change]:
    if before != after:
        yield Change(code, what, before, after)


def _pairs(old: Iterable[Thing], new: Iterable[Thing]) -> Iterator[tuple[Thing | None, Thing | None]]:
    """The same thing in both versions, by its key: those of the new one in their order, then those that are gone."""
    left = {one.key: one for one in old}
    for one in new:
        yield left.pop(one.key, None), one
    for gone in left.values():
        yield gone, None
