"""The conservation ledger in words, for the panel, the status line and the sheet that closes a shift."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from station.clock import VIETNAM
from station.dossier.closing_sheet import BalanceRow
from station.dossier.conservation import BroughtBack, Counts, Equality, Gap, Reasons, equalities, gaps
from station.language import Language

MOST_IDS = 6
"""Dossiers named in one sentence."""


def equality_words(equality: Equality, counts: Counts, language: Language) -> str:
    """«Đã đưa vào máy 12 = đã giữ 11 + không giữ 1 (kẹt giấy 1)»."""
    reasons = {"not_kept": counts.not_kept, "set_aside": counts.set_aside}
    parts = []
    for part in equality.parts:
        told = language("ledger.part", name=language(f"ledger.name.{part.name}"), count=part.count)
        why = reasons_words(reasons.get(part.name, {}), language)
        parts.append(f"{told} {why}" if why else told)
    whole = language(
        "ledger.part", name=_capital(language(f"ledger.name.{equality.whole.name}")), count=equality.whole.count
    )
    return language("ledger.equation", whole=whole, parts=language("ledger.and").join(parts))


def verdict_words(equality: Equality, language: Language) -> str:
    """Whether it adds up, and by how much it does not: a colour never says it alone."""
    if equality.holds:
        return language("ledger.holds")
    way = "less" if equality.difference > 0 else "more"
    return f"{language('ledger.fails')}: {language(f'ledger.difference_{way}', count=abs(equality.difference))}"


def reasons_words(reasons: Reasons, language: Language) -> str:
    """«(kẹt giấy 1, đã dừng 2)»; empty without reasons."""
    told: dict[str, int] = {}
    for code, count in reasons.items():
        name = _reason(code, language)
        told[name] = told.get(name, 0) + count
    said = ", ".join(language("ledger.reason_count", name=name, count=count) for name, count in told.items() if count)
    return language("ledger.reasons", told=said) if said else ""


def gap_words(gap: Gap, counts: Counts, language: Language) -> str:
    """What may be missing, of which dossiers, and what to do."""
    said = f"{language(f'ledger.gap.{gap.value}.say')} {language(f'ledger.gap.{gap.value}.do')}"
    ids = counts.missing.get(gap, ())
    if not ids:
        return said
    shown, more = ", ".join(ids[:MOST_IDS]), len(ids) - MOST_IDS
    named = language("ledger.affected_more", ids=shown, count=more) if more > 0 else shown
    return f"{said} [{named}]"


def brought_back_words(one: BroughtBack, language: Language) -> str:
    """From which backup the machine was restored, and what it lacks since: the counts cannot know it."""
    at = f"{one.backed_up_at.astimezone(VIETNAM):%H:%M %d/%m/%Y}"
    if one.lost is None:
        return language("ledger.brought_back.unsettled", at=at)
    if not one.lost:
        return language("ledger.brought_back.whole", at=at)
    events = f"{one.lost[0]}–{one.lost[-1]}" if len(one.lost) > 1 else str(one.lost[0])
    return language("ledger.brought_back.lost", at=at, events=events)


def balance_rows(counts: Counts, language: Language) -> tuple[BalanceRow, ...]:
    """The ledger as lines of a table: the equalities, then each gap with what to do."""
    rows = [
        BalanceRow(equality_words(one, counts, language), verdict_words(one, language)) for one in equalities(counts)
    ]
    rows += [BalanceRow(gap_words(gap, counts, language), language("ledger.fails")) for gap in gaps(counts)]
    for one in counts.brought_back:
        verdict = "holds" if one.is_whole else "not_here" if one.lost else "unknown"
        rows.append(BalanceRow(brought_back_words(one, language), language(f"ledger.{verdict}")))
    return tuple(rows)


def words_of_balance() -> Callable[[Counts], Sequence[BalanceRow]]:
    """The same in Vietnamese, whatever the screens speak: the book is Vietnamese."""
    vietnamese = Language.load()
    return lambda counts: balance_rows(counts, vietnamese)


def _reason(code: str, language: Language) -> str:
    """Of a reason that has no words of its own, those of its group."""
    for name in (code.replace(".", "_"), code.partition(".")[0]):
        if f"ledger.reason.{name}" in language:
            return language(f"ledger.reason.{name}")
    return language("ledger.reason.other")


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
