"""The checklist as rows: what to hand in, what to show, what waits for an answer, and what was asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from station.dossier.checklist import Checklist, Item, Standing
from station.dossier.procedure import Condition, Handling
from station.language import Language
from station.ui.checklist_words import problem_words, quantity_words, sign_of, standing_words
from station.ui.widgets.rows import Row


@dataclass(frozen=True, slots=True)
class Asked:
    """The row of a question that was answered."""

    key: str


def checklist_rows(made: Checklist, counted: dict[str, int], language: Language) -> list[Row]:
    """Headings and papers in an order that stays; a paper's row has its key, a question's row an `Asked`."""
    rows: list[Row] = []
    needed = [item for item in made.items if item.wanted.required and item.standing is not Standing.PENDING]
    for handling in Handling:
        alone = [item for item in needed if item.wanted.handling is handling and item.wanted.one_of is None]
        rows += _under(language(f"counter.papers.{handling.value}"), alone, counted, language)
        for group in _groups(needed, handling):
            rows += _under(language("counter.papers.one_of"), group, counted, language)
    pending = [item for item in made.items if item.standing is Standing.PENDING]
    rows += _under(language("checklist.pending_heading"), pending, counted, language)
    seldom = [item for item in made.items if not item.wanted.required]
    rows += _under(language("counter.papers.when_needed"), seldom, counted, language)
    if made.answered:
        rows.append(Row(language("checklist.question.answered"), heading=True))
        rows += [_answer(condition, language, yes=yes) for condition, yes in made.answered]
    return rows


def first_to_do(made: Checklist, rows: Iterable[Row]) -> object:
    """The key of the first row on which there is something to do; None where all is done."""
    open_ = {item.wanted.key for item in made.items if item.lacking or item.doubtful}
    return next((row.data for row in rows if isinstance(row.data, str) and row.data in open_), None)


def detail_words(item: Item, language: Language) -> str:
    """What is wrong with the picked paper and what to do; else when and how it is wanted."""
    told = problem_words(item, language)
    if not told and not item.there:
        told = [quantity_words(item.wanted, language), item.wanted.note]
    return "\n".join(line for line in told if line)


def _groups(items: list[Item], handling: Handling) -> Iterator[list[Item]]:
    """Alternatives stand together, under what the first of them is for."""
    for name in dict.fromkeys(item.wanted.one_of for item in items if item.wanted.one_of):
        group = [item for item in items if item.wanted.one_of == name]
        if group[0].wanted.handling is handling:
            yield group


def _under(heading: str, items: Iterable[Item], counted: dict[str, int], language: Language) -> list[Row]:
    rows = [_row(item, counted.get(item.wanted.key), language) for item in items]
    return [Row(heading, heading=True), *rows] if rows else []


def _row(item: Item, counted: int | None, language: Language) -> Row:
    """One short line below the name: what else there is to say stands below the list."""
    wanted, told = item.wanted, [standing_words(item, language)]
    told += [language(f"checklist.trouble.{problem.trouble.value}.short") for problem in item.problems]
    if wanted.originals + wanted.copies > 1:
        told.append(quantity_words(wanted, language))
    if counted is not None:
        told.append(language("checklist.counted", count=counted))
    return Row(wanted.name, "  ·  ".join(told), sign_of(item), wanted.key, bold=item.lacking)


def _answer(condition: Condition, language: Language, *, yes: bool) -> Row:
    answer = language(f"checklist.question.answer_{'yes' if yes else 'no'}")
    return Row(condition.question, answer, "mark-info", Asked(condition.key))
