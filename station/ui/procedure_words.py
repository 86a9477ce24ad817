"""A procedure's times, fees and changes in the words of the screens and of the command line."""

from __future__ import annotations

from datetime import date

from station.dossier.procedure import Case, Channel, FeeLine, Procedure, RequiredPaper, TimeUnit
from station.dossier.procedure_changes import Change
from station.language import Language


def time_words(language: Language, case: Case) -> str:
    """«3 ngày làm việc»; what is done on the spot has no number."""
    return _time(language, case.time, case.unit)


def _time(language: Language, time: int, unit: TimeUnit) -> str:
    key = f"procedure.time.{unit.value}"
    return language(key) if unit is TimeUnit.SAME_DAY else language(key, count=time)


def money_words(amount: int) -> str:
    """`20000` as «20.000»."""
    return f"{amount:,}".replace(",", ".")


def fees_words(language: Language, procedure: Procedure, case: str) -> list[tuple[FeeLine, str]]:
    """Each fee of a case in a line: amount, what it is counted by, tiers, cap, and what other channels pay.

    None while nobody has put an amount in: then only the procedure's `fee_note` says something.
    """
    lines = [line for line in procedure.fees_of(case) if line.amount]
    return [(line, _fee(language, line)) for line in lines]


def _fee(language: Language, line: FeeLine) -> str:
    said = language(f"procedure.fee.per_{line.per.value}", amount=money_words(line.amount))
    parts = [f"{line.name}: {said}"]
    parts += [language("procedure.fee.tier", start=tier.start, amount=money_words(tier.amount)) for tier in line.tiers]
    if line.cap:
        parts.append(language("procedure.fee.cap", amount=money_words(line.cap)))
    parts += [
        language(f"procedure.fee.{channel.value}", amount=money_words(line.channels[channel]))
        for channel in Channel
        if channel in line.channels
    ]
    return "; ".join(parts)


def when_words(language: Language, procedure: Procedure, paper: RequiredPaper) -> list[str]:
    """On which answers a paper is asked for."""
    questions = {condition.key: condition.question for condition in procedure.conditions}
    return [
        language(
            "procedure.when_no" if name.startswith("!") else "procedure.when_yes",
            question=questions[name.removeprefix("!")],
        )
        for name in paper.when
    ]


def quantity_words(language: Language, originals: int, copies: int) -> str:
    """«1 bản chính, 2 bản sao»."""
    parts = []
    if originals:
        parts.append(language("counter.papers.originals", count=originals))
    if copies:
        parts.append(language("counter.papers.copies", count=copies))
    return ", ".join(parts)


def change_words(language: Language, change: Change) -> str:
    """One change as a sentence."""
    told = [_told(language, change.code, value) for value in (change.before, change.after)]
    what = change.what or language("procedure.change.usual_case")
    return language(f"procedure.change.{change.code}", what=what, before=told[0], after=told[1])


def _told(language: Language, code: str, value: str) -> str:
    """A value of the file as people write it."""
    told = value
    match code:
        case "time" | "case_added" if value:
            number, _, unit = value.partition(" ")
            told = _time(language, int(number), TimeUnit(unit))
        case "paper_quantity" | "paper_added" | "paper_added_optional" if value:
            originals, _, copies = value.partition("+")
            told = quantity_words(language, int(originals), int(copies))
        case "valid_from" | "valid_to" if value:
            told = day_words(value)
        case "level":
            told = language(f"procedure.level.{value}")
        case _ if code.startswith("fee") and value.isdecimal():
            told = money_words(int(value))
    return told


def day_words(day: str) -> str:
    """`2026-07-18` as «18/07/2026»."""
    return f"{date.fromisoformat(day):%d/%m/%Y}"
