"""The checklist in the words of the screens and of the slip: a sign never stands without its word."""

from __future__ import annotations

from collections.abc import Callable

from station.dossier.checklist import Checklist, Item, Standing
from station.dossier.guidance import Lack
from station.dossier.kinds import PaperKinds
from station.dossier.procedure import Handling, RequiredPaper
from station.language import FIRST, Language
from station.ui.paper_words import numbers_words
from station.ui.words import told_words, trouble_words

_SIGNS = {
    Standing.TICKED: "mark-done",
    Standing.NOTED: "mark-done",
    Standing.SHOWN: "mark-done",
    Standing.FAULTY: "mark-lacking",
    Standing.MISSING: "mark-lacking",
    Standing.PENDING: "mark-question",
}


def sign_of(item: Item) -> str:
    """✓, ✗, ? or an empty ring."""
    return "mark-question" if item.doubtful else _SIGNS.get(item.standing, "mark-optional")


def standing_words(item: Item, language: Language) -> str:
    """How a paper stands, in a few words."""
    match item.standing:
        case Standing.TICKED:
            return language("checklist.pages", pages=numbers_words(item.papers))
        case Standing.MISSING if item.wanted.handling is Handling.PRESENT:
            return language("checklist.not_shown")
        case other:
            return language(f"checklist.{other.value}")


def problem_words(item: Item, language: Language) -> list[str]:
    """What is wrong with it, each as a sentence with its next step."""
    told = [trouble_words(problem.trouble.value, problem.told, language) for problem in item.problems]
    return [f"{sentence[:1].upper()}{sentence[1:]}" for sentence in told]


def quantity_words(paper: RequiredPaper, language: Language) -> str:
    """«1 bản chính, 2 bản sao»."""
    parts = []
    if paper.originals:
        parts.append(language("counter.papers.originals", count=paper.originals))
    if paper.copies:
        parts.append(language("counter.papers.copies", count=paper.copies))
    return ", ".join(parts)


def summary_words(made: Checklist, language: Language) -> str:
    """«còn thiếu 2 · cần xem lại 1 · đã có 5», or that all is there."""
    if made.complete and not any(item.doubtful for item in made.items):
        return language("checklist.summary.complete" if made.items else "checklist.nothing")
    counts = {
        "lacking": sum(item.lacking for item in settled_once(made)),
        "look": sum(item.doubtful for item in made.items),
        "pending": sum(item.standing is Standing.PENDING for item in made.items),
        "there": sum(item.there for item in made.items),
    }
    told = [language(f"checklist.summary.{name}", count=count) for name, count in counts.items() if count]
    return "  ·  ".join(told)


def settled_once(made: Checklist) -> tuple[Item, ...]:
    """The items with each group of missing alternatives counted as one."""
    seen: set[str] = set()
    kept = []
    for item in made.items:
        group = item.wanted.one_of
        if group and item.standing is Standing.MISSING:
            if group in seen:
                continue
            seen.add(group)
        kept.append(item)
    return tuple(kept)


def amount_words(lack: Lack, language: Language) -> str:
    """«1 bản chính, 2 bản photo»: how many to bring."""
    parts = []
    if lack.originals:
        parts.append(language("checklist.slip.originals", count=lack.originals))
    if lack.copies:
        parts.append(language("checklist.slip.copies", count=lack.copies))
    return ", ".join(parts)


def slip_words(lack: Lack, language: Language) -> tuple[str, str]:
    """A row of the slip (Mẫu 02): the paper, and why it is to be brought."""
    first = lack.items[0]
    name = language("checklist.slip.or").join(item.wanted.name for item in lack.items)
    told = [
        language(f"slip.reason.{problem.trouble.value}", **told_words(problem.told, language))
        for problem in first.problems
    ]
    if first.standing is Standing.MISSING and not told:
        shown = all(item.wanted.handling is Handling.PRESENT for item in lack.items)
        told.append(language(f"slip.reason.{'present' if shown else 'missing'}"))
    if len(lack.items) > 1:
        told.append(language("slip.reason.one_of"))
    elif first.wanted.note and not first.problems:
        told.append(first.wanted.note)
    return name, " ".join(told)


def words_of_slip(kinds: PaperKinds) -> Callable[[Lack], tuple[str, str]]:
    """The same in Vietnamese, whatever the screens speak: the form is Vietnamese."""
    vietnamese = Language.load().with_sentences(kinds.sentences(FIRST))
    return lambda lack: slip_words(lack, vietnamese)
