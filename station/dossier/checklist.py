"""The checklist (thành phần hồ sơ) of one dossier as it stands: what is there, what is missing, what is wrong with it.

Only papers are on it: a line of the portal's list that has no quantity is a note. Whether one is asked for is decided
by the case and by the answers to the procedure's questions; while an answer is missing, it is pending.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from station.dossier.card_sides import BACKS, FRONTS
from station.dossier.dossier import Dossier
from station.dossier.grouping import papers
from station.dossier.kinds import PaperKinds
from station.dossier.paper_problems import Problem, Trouble, problems_of, somebody_elses, too_few
from station.dossier.papers import Paper
from station.dossier.procedure import Condition, Handling, Procedure, RequiredPaper
from station.dossier.received import lacking_a_side, received_by, titled_otherwise, was_the_card


class Standing(StrEnum):
    """How one paper stands; a key under `[checklist.standing]`."""

    TICKED = "ticked"  # captured, and nothing certain against it
    NOTED = "noted"  # the officer noted it as seen or received
    SHOWN = "shown"  # the card by which the person was identified
    FAULTY = "faulty"  # handed over, and not to be accepted as it is
    MISSING = "missing"
    PENDING = "pending"  # a question decides whether it is asked for
    SETTLED = "settled"  # another of its group is there
    INSTEAD = "instead"  # may replace another of its group that is faulty
    OPTIONAL = "optional"


THERE = frozenset({Standing.TICKED, Standing.NOTED, Standing.SHOWN})
_ON_OFFICERS_WORD = frozenset({Trouble.EXPIRED, Trouble.UNSIGNED})
"""What an officer who has seen the paper may accept; it stays a warning."""


@dataclass(frozen=True, slots=True)
class Item:
    """One paper of the list. `papers` are the captured ones that stand for it, or that were taken for it."""

    wanted: RequiredPaper
    standing: Standing
    papers: tuple[Paper, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def there(self) -> bool:
        return self.standing in THERE

    @property
    def lacking(self) -> bool:
        """Something must still be brought."""
        return self.standing in (Standing.MISSING, Standing.FAULTY)

    @property
    def doubtful(self) -> bool:
        """It is there, and the officer should look at it once more."""
        return self.there and bool(self.problems)

    @property
    def blocks(self) -> bool:
        """Without it the dossier cannot be sealed: never a paper that is only to be shown, or that may be left out."""
        return self.lacking and self.wanted.required and self.wanted.handling is Handling.SUBMIT


@dataclass(frozen=True, slots=True)
class Checklist:
    """`question` is the one to ask next, `suggested` what the papers already say to it.

    `answered` are the questions that were answered, in the procedure's order.
    """

    items: tuple[Item, ...]
    question: Condition | None = None
    suggested: bool | None = None
    answered: tuple[tuple[Condition, bool], ...] = ()

    def item(self, key: str) -> Item | None:
        """The line of a required paper; None where it is not asked for."""
        return next((item for item in self.items if item.wanted.key == key), None)

    def group(self, item: Item) -> tuple[Item, ...]:
        """The alternatives of which this is one, itself among them."""
        name = item.wanted.one_of
        return tuple(one for one in self.items if one is item or (name and one.wanted.one_of == name))

    @property
    def complete(self) -> bool:
        """Everything that is asked for is there, and no question is open."""
        return self.question is None and not any(item.lacking for item in self.items)


_KEPT = 4
_answers: tuple[tuple[Dossier, Procedure, PaperKinds, date, Checklist], ...] = ()


def checklist(dossier: Dossier, procedure: Procedure, kinds: PaperKinds, today: date) -> Checklist:
    """How every paper that is asked for stands.

    The last answers are kept, known by the very values that were asked about: a screen asks at every repaint.
    """
    global _answers  # noqa: PLW0603 -- replaced as a whole, so that no thread sees it half changed
    for of_dossier, of_procedure, of_kinds, on, answer in _answers:
        if of_dossier is dossier and of_procedure is procedure and of_kinds is kinds and on == today:
            return answer
    answer = _Writer(dossier, procedure, kinds, today).checklist()
    _answers = ((dossier, procedure, kinds, today, answer), *_answers[: _KEPT - 1])
    return answer


class _Writer:
    """Writes one checklist."""

    def __init__(self, dossier: Dossier, procedure: Procedure, kinds: PaperKinds, today: date) -> None:
        self._dossier, self._procedure, self._kinds, self._today = dossier, procedure, kinds, today
        case = procedure.case(dossier.case).key
        components = [paper for paper in procedure.papers if paper.originals + paper.copies > 0]
        self._asked = {paper: paper.is_asked(case, dossier.conditions) for paper in components}
        wanted = frozenset(kind for paper, asked in self._asked.items() if asked is not False for kind in paper.kinds)
        self._unclaimed = tuple(paper for paper in papers(dossier) if paper.kinds.isdisjoint(wanted))

    def checklist(self) -> Checklist:
        items = [self._item(paper, asked) for paper, asked in self._asked.items() if asked is not False]
        for name in {item.wanted.one_of for item in items if item.wanted.one_of}:
            items = _group_settled(items, name)
        question = self._next_question(items)
        return Checklist(
            tuple(items),
            question,
            self._suggested(question.key) if question else None,
            tuple(
                (condition, answer)
                for condition in self._procedure.conditions
                if (answer := self._dossier.conditions.get(condition.key)) is not None
            ),
        )

    def _item(self, wanted: RequiredPaper, asked: bool | None) -> Item:
        received = received_by(self._dossier, wanted)
        noted = wanted.key in self._dossier.presented
        if received:
            received, problems = self._judged(wanted, received)
            if noted:
                problems = _seen_by_officer(problems)
            faulty = any(problem.certain for problem in problems)
            return Item(wanted, Standing.FAULTY if faulty else Standing.TICKED, received, problems)
        few = too_few(self._dossier, wanted, ())
        if noted:
            problems = (few,) if few else ()
            return Item(wanted, Standing.FAULTY if problems else Standing.NOTED, problems=problems)
        if was_the_card(self._dossier, wanted):
            return Item(wanted, Standing.SHOWN)
        taken, problem = self._taken_for(wanted)
        problems = (problem,) if problem else ()
        if not wanted.required:
            return Item(wanted, Standing.OPTIONAL)
        return Item(wanted, Standing.PENDING if asked is None else Standing.MISSING, taken, problems)

    def _judged(
        self, wanted: RequiredPaper, received: tuple[Paper, ...]
    ) -> tuple[tuple[Paper, ...], tuple[Problem, ...]]:
        """The best of what was handed over, and what is wrong with it: one good paper is enough."""
        judged = [(paper, problems_of(self._dossier, paper, self._kinds, self._today)) for paper in received]
        if wanted.any_age:
            ages = (Trouble.EXPIRED, Trouble.UNDATED)
            judged = [(paper, tuple(one for one in found if one.trouble not in ages)) for paper, found in judged]
        good = [(paper, found) for paper, found in judged if not any(problem.certain for problem in found)]
        best = good or judged
        used = tuple(paper for paper, _ in best)
        problems = min((found for _, found in best), key=len)
        others = (somebody_elses(self._dossier, used, self._kinds), too_few(self._dossier, wanted, used))
        return used, (*problems, *(problem for problem in others if problem))

    def _taken_for(self, wanted: RequiredPaper) -> tuple[tuple[Paper, ...], Problem | None]:
        """One side of the card, or a paper of another kind that people bring instead."""
        if half := lacking_a_side(self._dossier, wanted):
            front = not half[0].kinds.isdisjoint(FRONTS)
            return half[:1], _of(half[0], Trouble.BACK_MISSING if front else Trouble.FRONT_MISSING)
        if (other := titled_otherwise(self._dossier, wanted)) is not None:
            return other[:1], _of(other[0], Trouble.WRONG_KIND, is_kind=other[1])
        near = {kind for one in wanted.kinds for kind in self._kinds.receiving(one).near}
        paper = next((paper for paper in self._unclaimed if not paper.kinds.isdisjoint(near)), None)
        if paper is None:
            return (), None
        if not BACKS.isdisjoint(paper.kinds) and not FRONTS.isdisjoint(wanted.kinds):
            return (paper,), _of(paper, Trouble.FRONT_MISSING)
        return (paper,), _of(paper, Trouble.WRONG_KIND, is_kind=min(paper.kinds & near))

    def _next_question(self, items: Iterable[Item]) -> Condition | None:
        """The first question whose answer still decides whether somebody must bring something."""
        pending = [item.wanted for item in items if item.standing is Standing.PENDING]
        matters = {name.removeprefix("!") for wanted in pending for name in wanted.when}
        undecided = (condition for condition in self._procedure.conditions if condition.key in matters)
        return next((one for one in undecided if one.key not in self._dossier.conditions), None)

    def _suggested(self, key: str) -> bool | None:
        """What the papers already tell: who has brought a power of attorney comes for somebody else."""
        told = {
            not name.startswith("!")
            for wanted in self._asked
            for name in wanted.when
            if name.removeprefix("!") == key and received_by(self._dossier, wanted)
        }
        return told.pop() if len(told) == 1 else None


def _of(paper: Paper, trouble: Trouble, **told: str) -> Problem:
    return Problem(trouble, certain=True, page_id=paper.id, told={"page": str(paper.pages[0].number), **told})


def _seen_by_officer(problems: Sequence[Problem]) -> tuple[Problem, ...]:
    """The officer has the paper in hand: doubts are settled, and some of what is certain may be accepted."""
    return tuple(
        replace(problem, certain=problem.certain and problem.trouble not in _ON_OFFICERS_WORD)
        for problem in problems
        if problem.certain
    )


def _group_settled(items: Sequence[Item], name: str) -> list[Item]:
    """Of papers of which one is enough, what the others are there for once one is there, or is faulty."""
    group = [item for item in items if item.wanted.one_of == name]
    if any(item.there for item in group):
        standing = Standing.SETTLED
    elif any(item.standing is Standing.FAULTY for item in group):
        standing = Standing.INSTEAD
    else:
        return list(items)
    return [
        replace(item, standing=standing, papers=(), problems=())
        if item in group and not item.there and (standing is Standing.SETTLED or item.standing is not Standing.FAULTY)
        else item
        for item in items
    ]
