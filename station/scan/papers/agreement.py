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
from station.scan.papers.addresses import goes_on, is_closed, is_known, offered, parted, with_known_units
from station.scan.papers.cleaning import clean
from station.scan.papers.dates import OPEN_ENDED
from station.scan.papers.description import FieldRule, Grammar
from station.scan.papers.dissent import ENOUGH, is_sure, is_sure_in_small_print, outweighs, stands_alone
from station.scan.papers.fields import Found
from station.scan.papers.figures_alike import unsure, with_shapes
from station.scan.papers.labels import bare
from station.scan.papers.normalise import normalised
from station.scan.papers.objections import ID_DIGITS, has_misread_number, objection, whole_number
from station.scan.papers.syllables import implausible, is_syllable

_WORDED = frozenset((Grammar.NAME, Grammar.TEXT, Grammar.ADDRESS, Grammar.ID_PAPER, Grammar.LEXICON, Grammar.WORDS))
CLOSED = frozenset((Grammar.SEX, Grammar.LEXICON, Grammar.DATE_IN_WORDS))
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
    rule = found.rule
    shaped = with_shapes(found, others)
    texts = shaped.texts
    read = [normalised(rule, text, lexicons, gazetteer) for text in (found.text, *others)]
    values = [
        (text != was and normalised(rule, text, lexicons, gazetteer)) or value
        for text, was, value in zip(texts, (found.text, *others), read, strict=True)
    ]
    heard = [value for value in values if value is not None]
    if not heard:
        return None
    page = values[0]
    if rule.grammar is Grammar.NAME:
        surnames, said = lexicons.get("surname", ()), heard
        heard = [_with_surname(name, surnames, said) for name in said]
        page = _with_surname(page, surnames, said) if page else None
    if rule.grammar in _WORDED:
        voted = _word_by_word(heard, page, elsewhere)
        alone = page and not same(page, voted[0]) and _stands_alone(rule, found, others, page, lexicons, gazetteer)
        value, support = (page, 1) if page and alone else voted
        if rule.grammar is Grammar.ADDRESS:
            value = with_known_units(value, heard, gazetteer)
    else:
        sound = {option: not objection(rule, option, lexicons, gazetteer) for option in heard}
        value, support = _voted(heard, sound, page, sure=stands_alone(found, others))
    if rule.grammar is Grammar.ADDRESS and is_known(value, gazetteer):
        agreed = _agree_on_place(value, values, gazetteer)
    else:
        agreed = support >= (2 if rule.grammar in CLOSED else max(2, len(texts))) and value in values
    listed = {read for read in heard if not objection(rule, read, lexicons, gazetteer)}
    alone = rule.grammar in _LISTED and bool(others) and page == value and listed == {value} and is_sure(found)
    agreed = agreed or alone or outweighs(found, others, values, value, support)
    if rule.grammar is Grammar.NAME:
        # The same model reads the same name elsewhere alike: that is no second voice, and outvotes nobody.
        agreed &= all(same(read, value) for read in heard)
    unread = rule.grammar is Grammar.ADDRESS and goes_on(found.text, gazetteer)
    doubt = objection(rule, value, lexicons, gazetteer) or (Doubt.READS_DIFFER if unread or not agreed else None)
    if rule.grammar is Grammar.ID_NUMBER and len(value) < ID_DIGITS and _asks_for_twelve(found):
        doubt = Doubt.STRUCTURE
    if rule.grammar in _AMOUNTS and any(contradicts_words(text, value) for text in texts):
        doubt = Doubt.CONTRADICTED
    closed = rule.grammar in CLOSED or (rule.grammar is Grammar.ADDRESS and is_closed(value, gazetteer))
    closed |= rule.grammar is Grammar.EXPIRY and value == OPEN_ENDED
    if doubt is None and small_print and not closed and not is_sure_in_small_print(found, value):
        doubt = Doubt.SMALL_PRINT
    word = min((word.confidence for word in found.words), default=0.0)
    if doubt is None and (shaped.contradicted or (shaped.differ and not is_sure(found)) or unsure(found, value)):
        doubt = Doubt.READS_DIFFER
    return Weighed(
        value,
        _printed(texts, values, value),
        round(min(support / len(texts), 1.0) * (0.9 + 0.1 * word), 3),
        Status.REVIEW if doubt else Status.ACCEPTED,
        _losing(rule, value, (*values, *read) if texts != (found.text, *others) else values, gazetteer),
        doubt,
    )


def _asks_for_twelve(found: Found) -> bool:
    """A personal number («số định danh cá nhân») has twelve digits, or some were not read; a card's may have nine."""
    return _PERSONAL in bare(" ".join(word.text for word in found.label))


def _stands_alone(
    rule: FieldRule,
    found: Found,
    others: Sequence[str],
    page: str,
    lexicons: dict[str, tuple[str, ...]],
    gazetteer: Gazetteer,
) -> bool:
    """Whether the page's words stand against what the others agree on; but for names nothing may speak against them.

    Streets and hamlets are words that no reader expects: there two that agree are right as often.
    """
    if rule.grammar in (Grammar.NAME, Grammar.ADDRESS):
        return rule.grammar is Grammar.NAME and stands_alone(found, others)
    return stands_alone(found, others, ENOUGH) and not objection(rule, page, lexicons, gazetteer)


def _agree_on_place(value: str, values: Sequence[str | None], gazetteer: Gazetteer) -> bool:
    """Two reads are enough for units that the gazetteer has; all must agree on what stands before them."""
    head, tail = (part.casefold() for part in parted(value, gazetteer))
    reads = [(read or "").casefold() for read in values]
    return all(read.startswith(head) for read in reads) and sum(read.endswith(tail) for read in reads) > 1


def _losing(rule: FieldRule, value: str, values: Sequence[str | None], gazetteer: Gazetteer) -> tuple[str, ...]:
    """The other values that were read, the better supported first; before them what closed knowledge offers.

    That is a number with the noughts that it has lost, and units that there are in place of one that there is not.
    """
    votes = Counter(read for read in values if read is not None and not same(read, value))
    meant: Sequence[str] = ()
    if rule.grammar is Grammar.ID_NUMBER:
        meant = [number] if (number := whole_number(value)) else []
    elif rule.grammar is Grammar.ADDRESS:
        meant = offered(value, gazetteer)
    return tuple(dict.fromkeys([*meant, *(read for read, _ in votes.most_common())]))


def _voted(heard: Sequence[str], sound: dict[str, bool], page: str | None, *, sure: bool) -> tuple[str, int]:
    """The value with most votes, and how many; the page's where it is `sure` of it and nothing speaks against it."""
    votes = Counter(heard)
    value = max(
        votes,
        key=lambda option: (sure and option == page and sound[option], votes[option], sound[option], option == page),
    )
    return value, votes[value]


def _word_by_word(heard: Sequence[str], page: str | None, elsewhere: Sequence[str]) -> tuple[str, int]:
    """The value put together from the best-supported words, and the support of its weakest word.

    Only reads with the same number of words can be laid side by side; the others speak as a whole.
    """
    first = min(heard, key=lambda text: (implausible(text), -heard.count(text), text != page))
    lengths = Counter(len(text.split()) for text in heard)
    most = max(lengths, key=lambda length: (lengths[length], length == len(first.split())))
    aligned = [text.split() for text in heard if len(text.split()) == most]
    if lengths[most] < 2:
        return first, 1
    aligned += [text.split() for text in elsewhere if len(text.split()) == most]
    words, weakest = [], len(heard)
    for column in zip(*aligned, strict=True):
        votes = Counter(word.casefold() for word in column)
        best = max(column, key=lambda word: (votes[word.casefold()], _plausible(word)))
        spelt = Counter(word for word in column[: lengths[most]] if word.casefold() == best.casefold())
        words.append(spelt.most_common(1)[0][0] if spelt else _in_case(best, column[0]))
        weakest = min(weakest, votes[best.casefold()])
    return " ".join(words), weakest


def _with_surname(name: str, surnames: Sequence[str], said: Sequence[str]) -> str:
    """«NGUYÊN» for the family name «NGUYỄN» where just one has these letters, and «ĐĂNG» for that of «ĐẶNG» and «ĐÀNG»
    which two other reads have; what follows is not touched.

    A name set right in this way was printed so by no read that counts as agreement: a person will look.
    """
    first, _, rest = name.partition(" ")
    fitting = [surname for surname in surnames if bare(surname) == bare(first)]
    if any(surname.casefold() == first.casefold() for surname in fitting):
        return name
    if len(fitting) > 1:
        heads = Counter(other.partition(" ")[0].casefold() for other in said)
        fitting = [surname for surname in fitting if heads[surname.casefold()] > 1]
    if len(fitting) != 1:
        return name
    return f"{_in_case(fitting[0], first)} {rest}"


def _plausible(word: str) -> bool:
    bare = word.strip(".,;:()")
    return is_syllable(bare) or (any(letter.isdigit() for letter in bare) and not has_misread_number(bare))


def _in_case(word: str, like: str) -> str:
    return word.upper() if like.isupper() and len(like) > 1 else word


def _printed(texts: Sequence[str], values: Sequence[str | None], value: str) -> str:
    """What the read that says this value (or the page's) has on the paper."""
    at = next((at for at, read in enumerate(values) if read == value), 0)
    return clean(texts[at]) or value
