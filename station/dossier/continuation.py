"""How much speaks for a page going on with a paper, and how much for its beginning another: clues and their weights.

A weight is in log-odds, above zero for going on, so that the sum of what is found is the confidence. Weights are set by
hand; `python -m bench.piles` measures them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum

from station.dossier.card_sides import BACKS, FRONTS
from station.dossier.page import Page
from station.dossier.page_clues import PageClues, PageNumber, Sheet, alike


class Clue(StrEnum):
    """What can speak for or against going on."""

    PAGE_FOLLOWS = "page_follows"  # «Trang 2/3» behind «Trang 1/3»
    PAGE_ONE = "page_one"
    PAGE_ODD = "page_odd"  # a number above one that does not follow
    FAR = "far"  # other papers lie between
    HEADING = "heading"
    NO_HEADING = "no_heading"
    SAME_KIND = "same_kind"
    OTHER_KIND = "other_kind"
    OTHER_MATTER = "other_matter"  # of the same kind, with another number or name
    ITEMS_GO_ON = "items_go_on"  # «12.» behind «11.»
    SENTENCE_GOES_ON = "sentence_goes_on"
    SHARED = "shared"  # a number or a name stands on both
    UNFINISHED = "unfinished"
    SIGNED = "signed"
    AFTER_CARD = "after_card"
    TWICE = "twice"


WEIGHTS = {
    Clue.PAGE_FOLLOWS: 4.0,
    Clue.PAGE_ONE: -4.0,
    Clue.PAGE_ODD: 1.0,
    Clue.FAR: -1.0,
    Clue.HEADING: -4.0,
    Clue.NO_HEADING: 0.5,
    Clue.SAME_KIND: 0.8,
    Clue.OTHER_KIND: -2.0,
    Clue.OTHER_MATTER: -3.0,
    Clue.ITEMS_GO_ON: 2.5,
    Clue.SENTENCE_GOES_ON: 1.0,
    Clue.SHARED: 0.7,
    Clue.UNFINISHED: 0.5,
    Clue.SIGNED: -1.2,
    Clue.AFTER_CARD: -3.0,
    Clue.TWICE: -5.0,
}
_SAID_KIND = 3.0
"""How much more another kind weighs when a person named it."""
_PLAIN = 0.4
"""How much a page number weighs that is a bare figure, and a numbering with a gap."""
_LOST_ITEMS = 3
"""The numbers of some rows are not read."""


def weigh(sheet: Sheet, paper: Sequence[Sheet], *, far: bool) -> dict[Clue, float]:
    """What is found for and against `sheet` going on with `paper`, whose sheets are not blank."""
    found = {clue: WEIGHTS[clue] * share for clue, share in _found(sheet, paper)}
    return found | {Clue.FAR: WEIGHTS[Clue.FAR]} if far else found


def follows(sheet: Sheet, paper: Sequence[Sheet], *, counted: bool = True) -> bool:
    """By its number the page is the next one of that paper; `counted`: which may say no numbers itself."""
    mine = sheet.clues.page_number
    numbered = [number for one in paper if (number := one.clues.page_number) and not number.plain]
    if mine is None or not (numbered or counted):
        return False
    last = numbered[-1] if numbered else PageNumber(len(paper))
    return mine.number == last.number + 1 and (mine.of is None or last.of is None or mine.of == last.of)


def kind_of(pages: Sequence[Page]) -> str | None:
    """The front's for a card, else the first that is known, else `other`; None while nothing has been read."""
    kinds = [page.kind for page in pages if page.kind]
    known = [kind for kind in kinds if kind != "other"]
    fronts = [kind for kind in known if kind in FRONTS]
    return next(iter((*fronts, *known, *kinds)), None)


def _found(sheet: Sheet, paper: Sequence[Sheet]) -> Iterator[tuple[Clue, float]]:
    """Each clue with the share of its weight."""
    mine, last = sheet.clues, paper[-1].clues
    yield from _by_number(sheet, paper)
    yield from _by_kind(sheet, kind_of([one.page for one in paper]))
    yield from _by_people(sheet, paper)
    yield (Clue.SIGNED if last.signed else Clue.UNFINISHED), 1.0
    if mine.first_item and last.last_item and mine.first_item[0] == last.last_item[0]:
        gap = mine.first_item[1] - last.last_item[1]
        if 1 <= gap <= _LOST_ITEMS:
            yield Clue.ITEMS_GO_ON, 1.0 if gap == 1 else _PLAIN
    if mine.begins_small and last.ends_open:
        yield Clue.SENTENCE_GOES_ON, 1.0
    if any(_same_image(one.page, sheet.page) or alike(one.clues, mine) for one in paper):
        yield Clue.TWICE, 1.0


def _same_image(one: Page, other: Page) -> bool:
    """Several papers on one glass are parts of one image, and no page scanned twice."""
    return other.same_as == one.id or (one.sha256 == other.sha256 and one.outline == other.outline)


def _by_number(sheet: Sheet, paper: Sequence[Sheet]) -> Iterator[tuple[Clue, float]]:
    number = sheet.clues.page_number
    if number and follows(sheet, paper):
        yield Clue.PAGE_FOLLOWS, _PLAIN if number.plain else 1.0
    elif number and not number.plain:
        yield (Clue.PAGE_ONE if number.number == 1 else Clue.PAGE_ODD), 1.0


def _by_kind(sheet: Sheet, kind: str | None) -> Iterator[tuple[Clue, float]]:
    page, heading = sheet.page, sheet.clues.heading
    if heading:
        yield Clue.HEADING, 1.0
    elif page.kind == "other":
        yield Clue.NO_HEADING, 1.0
    if page.kind != "other" and kind not in (None, "other", page.kind):
        yield Clue.OTHER_KIND, _SAID_KIND if page.kind_set_by else page.kind_confidence
    elif page.kind == kind != "other" and not heading:
        yield Clue.SAME_KIND, 1.0
    if kind in FRONTS | BACKS:
        yield Clue.AFTER_CARD, 1.0


def _by_people(sheet: Sheet, paper: Sequence[Sheet]) -> Iterator[tuple[Clue, float]]:
    mine = sheet.clues
    same_kind = sheet.page.kind == kind_of([one.page for one in paper])
    numbers = frozenset[str]().union(*(one.clues.numbers for one in paper))
    names = frozenset[str]().union(*(one.clues.names for one in paper))
    if same_kind and _differs(mine, paper):
        yield Clue.OTHER_MATTER, 1.0
    elif not mine.numbers.isdisjoint(numbers) or any(name in mine.folded for name in names):
        yield Clue.SHARED, 1.0


def _differs(mine: PageClues, paper: Sequence[Sheet]) -> bool:
    """Another number or another name stands where the paper has its own."""
    told = {key: value for one in reversed(paper) for key, value in one.clues.about.items()}
    return any(told.get(key, value) != value for key, value in mine.about.items())
