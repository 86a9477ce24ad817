"""How far a value can be trusted: several reads are heard word by word; accepted only where independent ones agree.

An engine's own confidence is no ground to accept (right 94 times in 100 at 90 % and more); the agreement of the
page's reading with other models' readings of the value alone is (99 in 100). What lost is kept beside what won.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from station.dossier.number_words import contradicts_words
from station.dossier.reading import Doubt, Status
from station.dossier.text import same
from station.dossier.units import NOWHERE, Gazetteer
from station.scan.papers.addresses import (
    goes_on,
    is_closed,
    is_known,
    loses_marks,
    offered,
    parted,
    with_known_units,
)
from station.scan.papers.cleaning import clean
from station.scan.papers.dates import OPEN_ENDED
from station.scan.papers.description import Grammar
from station.scan.papers.dissent import ENOUGH, is_sure, is_sure_in_small_print, outweighs, stands_alone
from station.scan.papers.fields import Found
from station.scan.papers.figures_alike import Shaped, unsure, with_shapes
from station.scan.papers.labels import bare
from station.scan.papers.normalise import normalised
from station.scan.papers.objections import ID_DIGITS, objection, whole_number
from station.scan.papers.voting import most_said, with_surname, word_by_word

_WORDED = frozenset((Grammar.NAME, Grammar.TEXT, Grammar.ADDRESS, Grammar.ID_PAPER, Grammar.LEXICON, Grammar.WORDS))
"""Values that are put together of the words that most reads have."""

_CLOSED = frozenset((Grammar.SEX, Grammar.LEXICON, Grammar.DATE_IN_WORDS))
"""Where all possible values are known, two reads that agree are enough."""

_LISTED = frozenset((Grammar.SEX, Grammar.LEXICON))
"""Of these one that is sure is enough, where no other read is another word of the list."""

_PERSONAL = "dinhdanh"
_AMOUNTS = frozenset((Grammar.MONEY, Grammar.AREA))
"""Papers often repeat these in words, in brackets behind the figures."""


@dataclass(frozen=True)
class Weighed:
    """A value after all reads were heard, the values that lost, and why a person should look."""

    value: str
    printed: str
    confidence: float
    status: Status
    others: tuple[str, ...] = ()
    doubt: Doubt | None = None


def weigh(
    found: Found,
    others: Sequence[str],
    lexicons: dict[str, tuple[str, ...]],
    elsewhere: Sequence[str] = (),
    *,
    gazetteer: Gazetteer = NOWHERE,
    small_print: bool = False,
) -> Weighed | None:
    """Hear the page's read and the other models'; None where no read yields a value of the rule's grammar.

    `elsewhere` are the same words as read at other places of the page (a name under a signature). In `small_print` all
    models lose the same marks and make a 5 of a 3: their agreement tells little of any word but a closed one, or where
    the page's read is sure.
    """
    hearing = _heard(found, others, lexicons, gazetteer)
    if not hearing.said:
        return None
    value, support = _chosen(hearing, elsewhere)
    doubt = _against(hearing, value)
    if doubt is None and not _agreed(hearing, value, support):
        doubt = Doubt.READS_DIFFER
    if doubt is None:
        doubt = _too_poor(hearing, value, small_print=small_print)
    word = min((word.confidence for word in found.words), default=0.0)
    return Weighed(
        value,
        _printed(hearing, value),
        round(min(support / len(hearing.values), 1.0) * (0.9 + 0.1 * word), 3),
        Status.REVIEW if doubt else Status.ACCEPTED,
        _losing(hearing, value),
        doubt,
    )


def is_one_of_few(grammar: Grammar, value: str, gazetteer: Gazetteer) -> bool:
    """Whether all that such a value may be is known, so that agreement counts however poor the print is."""
    return grammar in _CLOSED or (grammar is Grammar.ADDRESS and is_closed(value, gazetteer))


@dataclass(frozen=True)
class _Hearing:
    """What all models make of one value, the page's read first, and the closed knowledge that it is held against.

    `unshaped` are the values as they were read, `values` those in which each 3 and 5 is as its shape tells it; None
    where a text can be no such value. `said` are the values that there are, family names set right.
    """

    found: Found
    others: Sequence[str]
    lexicons: dict[str, tuple[str, ...]]
    gazetteer: Gazetteer
    shaped: Shaped
    unshaped: Sequence[str | None]
    values: Sequence[str | None]
    said: Sequence[str]
    page: str | None
    """The page's own, if it said one."""

    @property
    def grammar(self) -> Grammar:
        return self.found.rule.grammar

    def objection(self, value: str) -> Doubt | None:
        return objection(self.found.rule, value, self.lexicons, self.gazetteer)


def _heard(found: Found, others: Sequence[str], lexicons: dict[str, tuple[str, ...]], gazetteer: Gazetteer) -> _Hearing:
    texts = (found.text, *others)
    shaped = with_shapes(found, others)
    unshaped = [normalised(found.rule, text, lexicons, gazetteer) for text in texts]
    values = [
        (text != was and normalised(found.rule, text, lexicons, gazetteer)) or value
        for text, was, value in zip(shaped.texts, texts, unshaped, strict=True)
    ]
    said, page = [value for value in values if value is not None], values[0]
    if found.rule.grammar is Grammar.NAME:
        surnames, as_read = lexicons.get("surname", ()), said
        said = [with_surname(name, surnames, as_read) for name in as_read]
        page = with_surname(page, surnames, as_read) if page else None
    return _Hearing(found, others, lexicons, gazetteer, shaped, unshaped, values, said, page)


def _chosen(hearing: _Hearing, elsewhere: Sequence[str]) -> tuple[str, int]:
    """The value that the reads speak for, and how many have the word of it that fewest have."""
    page = hearing.page
    if hearing.grammar not in _WORDED:
        sound = {option: not hearing.objection(option) for option in hearing.said}
        return most_said(hearing.said, sound, page, sure=stands_alone(hearing.found, hearing.others))
    value, support = word_by_word(hearing.said, page, elsewhere)
    if page and not same(page, value) and _stands_alone(hearing, page):
        value, support = page, 1
    if hearing.grammar is Grammar.ADDRESS:
        value = with_known_units(value, hearing.said, hearing.gazetteer)
    return value, support


def _stands_alone(hearing: _Hearing, page: str) -> bool:
    """Whether the page's words stand against what the others agree on; but for names nothing may speak against them.

    Streets and hamlets are words that no reader expects: there two that agree are right as often.
    """
    if hearing.grammar in (Grammar.NAME, Grammar.ADDRESS):
        return hearing.grammar is Grammar.NAME and stands_alone(hearing.found, hearing.others)
    return stands_alone(hearing.found, hearing.others, ENOUGH) and not hearing.objection(page)


def _against(hearing: _Hearing, value: str) -> Doubt | None:
    """What speaks against the value, whoever agrees on it."""
    if hearing.grammar in _AMOUNTS and any(contradicts_words(text, value) for text in hearing.shaped.texts):
        return Doubt.CONTRADICTED
    if hearing.grammar is Grammar.ID_NUMBER and len(value) < ID_DIGITS and _asks_for_twelve(hearing.found):
        return Doubt.STRUCTURE
    return hearing.objection(value)


def _asks_for_twelve(found: Found) -> bool:
    """A personal number («số định danh cá nhân») has twelve digits, or some were not read; a card's may have nine."""
    return _PERSONAL in bare(" ".join(word.text for word in found.label))


def _agreed(hearing: _Hearing, value: str, support: int) -> bool:
    """Whether enough reads have all of the value, it goes on nowhere unread, and its marks are not lost to all."""
    found, values, grammar = hearing.found, hearing.values, hearing.grammar
    if grammar is Grammar.ADDRESS:
        texts = (found.text, *hearing.others)
        if goes_on(found.text, hearing.gazetteer) or loses_marks(value, texts, hearing.gazetteer):
            return False
    if grammar is Grammar.ADDRESS and is_known(value, hearing.gazetteer):
        agreed = _agree_on_place(value, values, hearing.gazetteer)
    else:
        agreed = support >= (2 if grammar in _CLOSED else max(2, len(values))) and value in values
    agreed = agreed or _only_entry(hearing, value) or outweighs(found, hearing.others, values, value, support)
    # The same model reads the same name elsewhere alike: that is no second voice, and outvotes nobody.
    return agreed and (grammar is not Grammar.NAME or all(same(read, value) for read in hearing.said))


def _only_entry(hearing: _Hearing, value: str) -> bool:
    """Whether the page is sure of an entry of a list, and no other read is another entry."""
    if hearing.grammar not in _LISTED or not hearing.others or hearing.page != value or not is_sure(hearing.found):
        return False
    return {read for read in hearing.said if not hearing.objection(read)} == {value}


def _agree_on_place(value: str, values: Sequence[str | None], gazetteer: Gazetteer) -> bool:
    """Two reads are enough for units that the gazetteer has; all must agree on what stands before them."""
    head, tail = (part.casefold() for part in parted(value, gazetteer))
    reads = [(read or "").casefold() for read in values]
    return all(read.startswith(head) for read in reads) and sum(read.endswith(tail) for read in reads) > 1


def _too_poor(hearing: _Hearing, value: str, *, small_print: bool) -> Doubt | None:
    """Why the print is too poor for agreement to mean much: all models misread some of it alike."""
    found, shaped = hearing.found, hearing.shaped
    if small_print and not is_sure_in_small_print(found, value):
        open_ended = hearing.grammar is Grammar.EXPIRY and value == OPEN_ENDED
        if not open_ended and not is_one_of_few(hearing.grammar, value, hearing.gazetteer):
            return Doubt.SMALL_PRINT
    if shaped.contradicted or (shaped.differ and not is_sure(found)) or unsure(found, value):
        return Doubt.READS_DIFFER
    return None


def _losing(hearing: _Hearing, value: str) -> tuple[str, ...]:
    """The other values that were read, the better supported first; before them what closed knowledge offers.

    That is a number with the noughts that it has lost, and units that there are in place of one that there is not.
    """
    read = (*hearing.values, *hearing.unshaped)
    votes = Counter(other for other in read if other is not None and not same(other, value))
    meant: Sequence[str] = ()
    if hearing.grammar is Grammar.ID_NUMBER:
        meant = [number] if (number := whole_number(value)) else []
    elif hearing.grammar is Grammar.ADDRESS:
        meant = offered(value, hearing.gazetteer)
    return tuple(dict.fromkeys([*meant, *(other for other, _ in votes.most_common())]))


def _printed(hearing: _Hearing, value: str) -> str:
    """What the read that says this value (or the page's) has on the paper."""
    at = next((at for at, read in enumerate(hearing.values) if read == value), 0)
    return clean(hearing.shaped.texts[at]) or value
