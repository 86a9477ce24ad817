"""A pile of pages as papers (giấy tờ): which page goes with which, how sure that is, and why.

Every page either begins a paper or goes with an earlier page, so that the papers are always a partition of the pile.
What a person has said stands (`Page.goes_with`); the rest is guessed from the sides of cards and from what speaks for a
page going on with the paper before.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from station.dossier.card_sides import BACKS, FRONTS, Tie, is_mute, pairs, unknown_mates
from station.dossier.continuation import Clue, follows, kind_of, weigh
from station.dossier.entry import Entry
from station.dossier.page import Page
from station.dossier.page_clues import Sheet, clues_of

ASK_BELOW = 0.75
"""A guess less sure than this is put to the officer."""

_SINGLE = 0.9
"""How sure it is that the side of a card without its mate is a paper of its own."""
_UNKNOWN_MATE = 0.7
"""How sure it is that what was not known for the side of a card is one."""
_BLANK = 0.9
_UNREADABLE = 0.5


class Plain(StrEnum):
    """What decides without any weighing."""

    DECIDED = "decided"  # a person said so, or it was sealed so
    FIRST = "first"  # nothing lies before it
    UNREAD = "unread"
    BLANK = "blank"
    CARD = "card"  # the side of a card


Why = Plain | Tie | Clue
"""What decided, or what weighed most."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page goes: with an earlier page, or (None) to the beginning of a paper of its own."""

    page: Page
    goes_with: str | None
    confidence: float
    why: Why

    @property
    def unsure(self) -> bool:
        """The officer should say."""
        return self.confidence < ASK_BELOW


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper. `number` counts from 1 in the order of the first pages; `id` is that of the first page.

    `kind` is that of the first page that is known, for a card that of its front; `confidence` and `why` are those of
    its least sure page.
    """

    id: str
    number: int
    kind: str | None
    places: tuple[Place, ...]
    confidence: float
    why: Why

    @property
    def pages(self) -> tuple[Page, ...]:
        return tuple(place.page for place in self.places)

    @property
    def kinds(self) -> frozenset[str]:
        """What it can be received as: its kind, and for a card its sides."""
        sides = frozenset(page.kind for page in self.pages if page.kind in FRONTS | BACKS)
        return sides | ({self.kind} if self.kind else frozenset())

    @property
    def has_both_sides(self) -> bool:
        """Front and back of an identity card are there."""
        return not self.kinds.isdisjoint(FRONTS) and not self.kinds.isdisjoint(BACKS)


_KEPT = 4
_answers: tuple[tuple[tuple[Page, ...], tuple[Entry, ...], tuple[Paper, ...]], ...] = ()


def papers_of(pages: tuple[Page, ...], entries: tuple[Entry, ...] = ()) -> tuple[Paper, ...]:
    """Every page in exactly one paper; papers and their pages in the order of the pile.

    The last answers are kept: the rules ask about every required paper, and the screen about every row. They are known
    by the very tuples that were asked about: to hash four hundred values at every question takes longer than to answer.
    """
    global _answers  # noqa: PLW0603 -- replaced as a whole, so that no thread sees it half changed
    for known_pages, known_entries, answer in _answers:
        if known_pages is pages and known_entries is entries:
            return answer
    answer = _gathered(pages, entries)
    _answers = ((pages, entries, answer), *_answers[: _KEPT - 1])
    return answer


def _gathered(pages: tuple[Page, ...], entries: tuple[Entry, ...]) -> tuple[Paper, ...]:
    gathered: dict[str, list[Place]] = {}
    first_of: dict[str, str] = {}
    for place in places_of(pages, entries):
        first_of[place.page.id] = first = first_of[place.goes_with] if place.goes_with else place.page.id
        gathered.setdefault(first, []).append(place)
    return tuple(_paper(first, number, places) for number, (first, places) in enumerate(gathered.items(), 1))


def places_of(pages: tuple[Page, ...], entries: tuple[Entry, ...] = ()) -> tuple[Place, ...]:
    """Where each page goes, in the order of the pages."""
    by_page: dict[str | None, list[Entry]] = {}
    for entry in entries:
        by_page.setdefault(entry.page_id, []).append(entry)
    return _Pile([Sheet(page, clues_of(page, tuple(by_page.get(page.id, ())))) for page in pages]).places()


def _paper(first: str, number: int, places: list[Place]) -> Paper:
    least = min(places, key=lambda place: place.confidence)
    kind = kind_of([place.page for place in places])
    return Paper(first, number, kind, tuple(places), least.confidence, least.why)


class _Pile:
    """One pass over the sheets, from the first to the last; a sheet is known by its place."""

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        self._sheets = sheets
        self._at = {sheet.page.id: at for at, sheet in enumerate(sheets)}
        self._given = {at: link for at, sheet in enumerate(sheets) if (link := self._link(at, sheet.page)) is not None}
        self._papers: list[list[int]] = []
        self._paper_of: dict[int, int] = {}

    def places(self) -> tuple[Place, ...]:
        cards = self._cards()
        made = []
        for at in range(len(self._sheets)):
            place = self._decided(at) or cards.get(at) or self._guess(at)
            made.append(place)
            if place.goes_with is None:
                self._paper_of[at] = len(self._papers)
                self._papers.append([at])
            else:
                self._paper_of[at] = self._paper_of[self._at[place.goes_with]]
                self._papers[self._paper_of[at]].append(at)
        return tuple(made)

    def _link(self, at: int, page: Page) -> int | None:
        """Where the page goes as a person said; a link to a page that is gone, or that comes later, says nothing."""
        other = self._at.get(page.goes_with) if page.goes_with else None
        return other if other is not None and other <= at else None

    def _decided(self, at: int) -> Place | None:
        if at not in self._given:
            return None
        other = self._given[at]
        return Place(self._page(at), self._page(other).id if other != at else None, 1.0, Plain.DECIDED)

    def _cards(self) -> dict[int, Place]:
        """The later side of each pair goes with the earlier one; a single side is a paper of its own.

        Sides that a person has joined have their mate; a side that a person has set apart may only be found by one
        that comes later.
        """
        sides = {at for at, one in enumerate(self._sheets) if one.page.kind in FRONTS | BACKS}
        joined = {at for pair in self._given.items() if len(set(pair)) == 2 and sides.issuperset(pair) for at in pair}
        free = sorted(sides - joined)
        found = {at: Place(self._page(at), None, _SINGLE if at else 1.0, Plain.CARD) for at in free}
        for pair in pairs(self._sheets, free, frozenset(self._given)):
            early, late = sorted((pair.front, pair.back))
            found[late] = Place(self._page(late), self._page(early).id, pair.confidence, pair.tie)
            free = [at for at in free if at not in (early, late)]
        for at in free:
            if at and is_mute(self._sheets[at - 1]):
                found[at] = Place(self._page(at), None, _UNKNOWN_MATE, Plain.CARD)
        for early, late, tie in unknown_mates(self._sheets, free, frozenset(self._given)):
            found[late] = Place(self._page(late), self._page(early).id, _UNKNOWN_MATE, tie)
        return found

    def _guess(self, at: int) -> Place:
        sheet, page = self._sheets[at], self._page(at)
        before = next((other for other in range(at - 1, -1, -1) if not self._sheets[other].clues.blank), None)
        if at and sheet.clues.blank:
            return Place(page, self._page(at - 1).id, _BLANK, Plain.BLANK)
        if before is None:
            return Place(page, None, 1.0, Plain.FIRST)
        if page.kind is None:
            # Still being read: it is not asked about. Where reading failed, nobody but the officer knows.
            return Place(page, None, _UNREADABLE if page.failure else 1.0, Plain.UNREAD)
        weighed = {
            paper: weigh(sheet, self._printed(paper), far=paper != self._paper_of[before])
            for paper in self._possible(before, sheet)
        }
        paper = max(weighed, key=lambda one: sum(weighed[one].values()))
        total = sum(weighed[paper].values())
        goes_on = total > 0
        why = max(weighed[paper], key=lambda clue: weighed[paper][clue] if goes_on else -weighed[paper][clue])
        last = self._page(self._papers[paper][-1]).id
        return Place(page, last if goes_on else None, 1 / (1 + math.exp(-abs(total))), why)

    def _possible(self, before: int, sheet: Sheet) -> list[int]:
        """The paper before; and one whose next page this is by its number, should something lie between."""
        mine, number = self._paper_of[before], sheet.clues.page_number
        if number is None or number.plain or number.number == 1:
            return [mine]
        others = (paper for paper in range(len(self._papers)) if paper != mine)
        return [mine, *(paper for paper in others if follows(sheet, self._printed(paper), counted=False))]

    def _printed(self, paper: int) -> list[Sheet]:
        """The paper's sheets without the blank ones, unless all are."""
        sheets = [self._sheets[at] for at in self._papers[paper]]
        return [sheet for sheet in sheets if not sheet.clues.blank] or sheets

    def _page(self, at: int) -> Page:
        return self._sheets[at].page
