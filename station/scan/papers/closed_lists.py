"""Words of closed lists: a value that is one entry, or running text whose words are those of the entries."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from rapidfuzz.distance import Levenshtein

from station.dossier.text import folded, same
from station.scan.papers.cleaning import EDGES
from station.scan.papers.syllables import apart, is_syllable

_WORD = re.compile(r"[^\W\d_]+")
_LONG_ENTRY, _LONG_WORD = 5, 4
"""Letters of an entry, and of a word of a phrase, that is still told where one of them is misread."""

_CODE = 3
"""Letters and figures of a word at most, where an entry in capitals is a code and no word: «B2», «C1E», «A1, B»."""

_SET, _RIGHT = 4, 2
"""Words of a phrase that is known as a whole, and how many of them are read."""


def from_lexicon(text: str, words: Sequence[str]) -> str | None:
    """The word of the closed list that is printed, marks and all.

    A text that differs in marks only, or in one letter of a long word, or that has stray marks around one word of the
    list, is brought to the list's spelling where just one word fits; anything else is kept as printed, for lists of
    religions and relations are never complete.
    """
    text = " ".join(part for word in text.split() for part in apart(word).split())
    if not any(letter.isalpha() for letter in text):
        return None
    if text.strip(EDGES) not in words and (entry := next((word for word in words if _unhyphened(word, text)), None)):
        return entry
    if entry := next((word for word in words if same(word, text.strip(EDGES))), None):
        return entry if _is_code(entry) else text.strip(EDGES)
    near = [word for word in words if folded(word) == folded(text)]
    if not near:
        near = [word for word in words if folded(word).replace(" ", "") == folded(text).replace(" ", "")]
    if not near and len(text) >= _LONG_ENTRY:
        near = [word for word in words if Levenshtein.distance(word.casefold(), text.casefold()) == 1]
    if not near:
        inside = [word for word in words if re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text)]
        near = [word for word in inside if not any(word != other and word in other for other in inside)]
        # A printed word beside it may be part of the value: «Con ruột» is more than «Con».
        near = [word for word in near if not _words_beside(text, word)]
    return near[0] if len(near) == 1 else text


def _unhyphened(entry: str, text: str) -> bool:
    """Whether it is the entry without its hyphen, which a leader may hide: «Ê đê» is «Ê-đê», «Ê Đê» is written so."""
    return "-" in entry and entry.replace("-", " ") == text.strip(EDGES)


def from_words(text: str, phrases: Sequence[str], *, letters: bool = False) -> str:
    """Running text whose words are mostly those of a list's phrases, their marks set right where one word fits.

    Where all small words are the list's, so is one of its `letters` («cấp ngàu»). A word with a capital behind the
    first may be somebody's name: it stays.
    """
    known = words_of(phrases)

    def right(match: re.Match[str]) -> str:
        word = match[0]
        if word.casefold() in known or (match.start() and not word.islower()):
            return word
        fitting = [other for other in known if folded(other) == folded(word)]
        if letters and not fitting and len(word) >= _LONG_WORD:
            fitting = [other for other in known if Levenshtein.distance(other, word.casefold(), score_cutoff=1) == 1]
        if len(fitting) != 1:
            return word
        return fitting[0].upper() if word.isupper() and len(word) > 1 else _in_case(fitting[0], word)

    return with_phrases(_WORD.sub(right, text), phrases)


def with_phrases(text: str, phrases: Sequence[str]) -> str:
    """Running text in which words that are nearly those of a set phrase, one after the other, are the phrase's.

    Two of them are right, and the others one letter off, as in «Đế đăng kú kết hôn». What may be meant as it stands is
    no misreading: «Đã đăng ký kết hôn» says something else than «Để đăng ký kết hôn».
    """
    known = words_of(phrases)
    words = text.split()
    for phrase in sorted(phrases, key=len, reverse=True):
        meant = phrase.split()
        for start in range(len(words) - len(meant) + 1 if len(meant) >= _SET else 0):
            run = words[start : start + len(meant)]
            if _is_nearly(run, meant, known):
                first = _in_case(meant[0] if start == 0 else meant[0].lower(), run[0])
                words[start : start + len(meant)] = map(_spelt, run, [first, *meant[1:]])
    return " ".join(words)


def words_of(phrases: Sequence[str]) -> set[str]:
    """All words of the phrases, in small letters."""
    return {word.casefold() for phrase in phrases for word in _WORD.findall(phrase)}


def _is_code(entry: str) -> bool:
    """Whether it is no word but a code of capitals, as the classes of a driving licence: «c» and «C» differ in size
    alone."""
    return entry.isupper() and all(len(word) <= _CODE for word in re.findall(r"\w+", entry))


def _is_nearly(words: Sequence[str], meant: Sequence[str], known: Collection[str]) -> bool:
    """Whether some of the words are those that are meant, and the others these with a letter misread."""
    read, right = ([word.strip(EDGES) for word in one] for one in (words, meant))
    others = [(word, other) for word, other in zip(read, right, strict=True) if word.casefold() != other.casefold()]
    if len(meant) - len(others) < _RIGHT or not all(_is_near(word, other, known) for word, other in others):
        return False
    if others and read[-1] == others[-1][0] and read[-1].istitle() and is_syllable(read[-1]):
        return False  # somebody's name: «kết hôn với Mai»
    # Where all are words, and none is the same one with other marks, they may be meant as they stand.
    return any(not is_syllable(word) or folded(word) == folded(other) for word, other in others)


def _is_near(word: str, meant: str, known: Collection[str]) -> bool:
    near = Levenshtein.distance(word.casefold(), meant.casefold(), score_cutoff=1) == 1
    return near and word.casefold() not in known and len(meant) > 1


def _spelt(printed: str, right: str) -> str:
    """A word as the phrase has it, in capitals and with the signs around it if these are printed."""
    bare, meant = printed.strip(EDGES), right.strip(EDGES)
    if bare.casefold() == meant.casefold():
        return printed
    return printed.replace(bare, meant.upper() if bare.isupper() and len(bare) > 1 else meant)


def _in_case(word: str, printed: str) -> str:
    return word[0].upper() + word[1:] if printed[0].isupper() else word


def _words_beside(text: str, word: str) -> bool:
    rest = re.split(r"[\W_]+", text.replace(word, " ", 1))
    return any(len(part) > 1 and (is_syllable(part) or (part.isalpha() and part.islower())) for part in rest)
