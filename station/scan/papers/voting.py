"""One value out of several reads of it: the one that most say, whole or put together word by word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from station.scan.papers.labels import bare
from station.scan.papers.objections import has_misread_number
from station.scan.papers.syllables import implausible, is_syllable


def most_said(heard: Sequence[str], sound: dict[str, bool], page: str | None, *, sure: bool) -> tuple[str, int]:
    """The value with most votes, and how many; the page's where it is `sure` of it and nothing speaks against it.

    `sound` says of each whether nothing speaks against it.
    """
    votes = Counter(heard)
    value = max(
        votes,
        key=lambda option: (sure and option == page and sound[option], votes[option], sound[option], option == page),
    )
    return value, votes[value]


def word_by_word(heard: Sequence[str], page: str | None, elsewhere: Sequence[str]) -> tuple[str, int]:
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


def with_surname(name: str, surnames: Sequence[str], said: Sequence[str]) -> str:
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
    letters = word.strip(".,;:()")
    return is_syllable(letters) or (any(letter.isdigit() for letter in letters) and not has_misread_number(letters))


def _in_case(word: str, like: str) -> str:
    return word.upper() if like.isupper() and len(like) > 1 else word
