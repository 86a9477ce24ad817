"""Which back belongs to which front of an identity card (thẻ căn cước), in whatever order they were fed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import accumulate

from station.dossier.page import Page
from station.dossier.page_clues import Sheet

FRONTS = frozenset({"citizen_card_front", "identity_card_front"})
BACKS = frozenset({"citizen_card_back", "identity_card_back"})

_HARDLY = 0.7
"""A kind less sure than this may be another."""
_CARD_WORDS = 110
"""A card has no more words, both languages counted."""
_MISREAD = 2
_NEARLY = 0.85
"""Two readings of one name differ in a letter or two."""


class Tie(StrEnum):
    """What joins the two sides."""

    NUMBER = "same_number"
    NAME = "same_name"
    NEIGHBOUR = "neighbour"
    REST = "rest"


_SURE = {Tie.NUMBER: 0.99, Tie.NAME: 0.95, Tie.NEIGHBOUR: 0.8, Tie.REST: 0.6}


@dataclass(frozen=True, slots=True)
class Pair:
    """Places of a front and a back among the pages."""

    front: int
    back: int
    tie: Tie
    confidence: float


def pairs(sheets: Sequence[Sheet], free: Sequence[int], settled: frozenset[int]) -> list[Pair]:
    """The pairs among the `free` places, each side in one at most: the best told ones first.

    Sides that say different numbers or names are never a pair; one that is `settled` is never the later of a pair.
    Where sides are left over that lie apart, lying side by side tells little.
    """
    fronts = [at for at in free if sheets[at].page.kind in FRONTS]
    backs = [at for at in free if sheets[at].page.kind in BACKS]
    steps = _steps(sheets)
    possible = [
        pair
        for front in fronts
        for back in backs
        if max(front, back) not in settled and (pair := _pair(sheets, steps, front, back)) is not None
    ]
    made: list[Pair] = []
    taken: set[int] = set()
    for pair in sorted(possible, key=lambda one: (-one.confidence, one.front, one.back)):
        if taken.isdisjoint((pair.front, pair.back)):
            made.append(pair)
            taken |= {pair.front, pair.back}
    doubtful = {_edition(sheets[at].page) for at in free if at not in taken}
    doubtful |= {_edition(sheets[pair.front].page) for pair in made if pair.tie is Tie.REST}
    return [
        replace(pair, confidence=_SURE[Tie.REST])
        if pair.tie is Tie.NEIGHBOUR and _edition(sheets[pair.front].page) in doubtful
        else pair
        for pair in made
    ]


def unknown_mates(
    sheets: Sequence[Sheet], single: Sequence[int], settled: frozenset[int]
) -> list[tuple[int, int, Tie]]:
    """Single sides with a neighbour that was not known for a card: as short, and with the card's number on it.

    Behind a side a short page without number and heading will do, too: the other side, and nothing could be read. The
    earlier place of the two comes first.
    """
    found: list[tuple[int, int, Tie]] = []
    for at in single:
        near = [(other, min(at, other), max(at, other)) for other in (at - 1, at + 1) if 0 <= other < len(sheets)]
        open_ = [(other, early, late) for other, early, late in near if settled.isdisjoint((early, late))]
        by_number = [
            (early, late, Tie.NUMBER) for other, early, late in open_ if _has_number(sheets[other], sheets[at])
        ]
        behind = [
            (early, late, Tie.NEIGHBOUR) for other, early, late in open_ if other == late and is_mute(sheets[other])
        ]
        found += (by_number or behind)[:1]
    return found


def is_mute(sheet: Sheet) -> bool:
    """May be the side of a card of which nothing was read: short, without heading and number, and of no kind."""
    clues = sheet.clues
    return sheet.page.kind == "other" and _is_short(sheet) and not (clues.heading or clues.numbers or clues.page_number)


def _has_number(sheet: Sheet, side: Sheet) -> bool:
    unknown = sheet.page.kind == "other" or (sheet.page.kind and sheet.page.kind_confidence < _HARDLY)
    return bool(unknown) and _is_short(sheet) and not sheet.clues.numbers.isdisjoint(side.clues.numbers)


def _is_short(sheet: Sheet) -> bool:
    return not sheet.clues.blank and sheet.clues.words.total() <= _CARD_WORDS


def _steps(sheets: Sequence[Sheet]) -> list[int]:
    """Each sheet's place when blank ones are not counted."""
    return list(accumulate((not sheet.clues.blank for sheet in sheets), initial=0))[:-1]


def _pair(sheets: Sequence[Sheet], steps: Sequence[int], front: int, back: int) -> Pair | None:
    """None where the two cannot be one card."""
    one, other = sheets[front].clues, sheets[back].clues
    same_edition = _edition(sheets[front].page) == _edition(sheets[back].page)
    if one.numbers and other.numbers:
        tie = Tie.NUMBER if not one.numbers.isdisjoint(other.numbers) else None
        if tie is None and not one.names.isdisjoint(other.names) and _nearly_same(one.numbers, other.numbers):
            tie = Tie.REST
    elif one.names and other.names:
        tie = Tie.NAME if any(_same_name(name, told) for name in one.names for told in other.names) else None
    elif not same_edition:
        tie = None
    else:
        tie = Tie.NEIGHBOUR if abs(steps[back] - steps[front]) == 1 else Tie.REST
    if tie is None:
        return None
    confidence = _SURE[tie] - (0 if same_edition else 0.15)
    # Fronts are mostly fed first: of two neighbours the one behind is the likelier back.
    return Pair(front, back, tie, confidence - (0.04 if tie is Tie.NEIGHBOUR and back < front else 0))


def _edition(page: Page) -> str:
    return (page.kind or "").rpartition("_")[0]


def _nearly_same(some: frozenset[str], others: frozenset[str]) -> bool:
    """Numbers that differ in a digit or two: one card misread, or two of one family."""
    both = ((one, other) for one in some for other in others if len(one) == len(other))
    return any(sum(map(str.__ne__, one, other)) <= _MISREAD for one, other in both)


def _same_name(one: str, other: str) -> bool:
    return one == other or SequenceMatcher(None, one, other, autojunk=False).ratio() >= _NEARLY
