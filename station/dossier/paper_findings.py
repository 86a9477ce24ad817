"""What the checklist says, as findings: what must still be brought blocks, what should be looked at again warns."""

from __future__ import annotations

from collections.abc import Iterator

from station.dossier.checklist import Checklist, Item, Standing
from station.dossier.finding import Finding
from station.dossier.paper_problems import Problem
from station.dossier.procedure import Handling


def paper_findings(made: Checklist) -> Iterator[Finding]:
    """Each missing paper once, of a group of alternatives the group once; then each problem; then the open question."""
    told: set[str] = set()
    for item in made.items:
        group = item.wanted.one_of
        if item.problems and item.standing is not Standing.PENDING:
            yield from (_problem(item, problem) for problem in item.problems)
        elif item.standing is Standing.MISSING and group is None:
            yield _missing(item)
        elif item.standing is Standing.MISSING and group not in told and not _taken_for(made, item):
            yield _group_missing(made, item)
            told.add(group or "")
    if made.question:
        # Papers that are only shown never hold up a dossier, nor does a question about them.
        holds_up = any(
            item.standing is Standing.PENDING and item.wanted.handling is Handling.SUBMIT for item in made.items
        )
        yield Finding("question.open", blocking=holds_up, told={"question": made.question.question})


def _missing(item: Item) -> Finding:
    code = "paper.missing" if item.wanted.handling is Handling.SUBMIT else "paper.not_shown"
    return Finding(code, blocking=item.blocks, paper_key=item.wanted.key, told={"paper": item.wanted.name})


def _group_missing(made: Checklist, item: Item) -> Finding:
    """One of several is enough; where one of them need only be shown, their lack does not block."""
    group = [one for one in made.group(item) if one.standing is Standing.MISSING]
    names = " / ".join(one.wanted.name for one in group)
    shown = all(one.wanted.handling is Handling.PRESENT for one in group)
    code = "paper.one_not_shown" if shown else "paper.one_missing"
    return Finding(code, blocking=all(one.blocks for one in group), paper_key=item.wanted.key, told={"papers": names})


def _taken_for(made: Checklist, item: Item) -> bool:
    """Something was brought for one of the alternatives, and what is wrong with it is told."""
    return any(one.problems for one in made.group(item))


def _problem(item: Item, problem: Problem) -> Finding:
    return Finding(
        f"paper.{problem.trouble.value}",
        blocking=problem.certain and item.blocks,
        page_id=problem.page_id,
        paper_key=item.wanted.key,
        told={"paper": item.wanted.name, **problem.told},
    )
