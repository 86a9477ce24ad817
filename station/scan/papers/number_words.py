"""Dates written out («Ngày mười tháng ba năm hai nghìn …»): a closed vocabulary, so misread marks can be set right."""

from __future__ import annotations

import re

from rapidfuzz.distance import Levenshtein

from station.dossier.text import folded

_WORDS = (
    "ngày", "tháng", "năm", "mùng", "mồng", "không", "một", "hai", "ba", "bốn", "tư", "năm", "lăm", "sáu", "bảy", "tám",
    "chín", "mười", "mươi", "mốt", "linh", "lẻ", "trăm", "nghìn", "ngàn",
)  # fmt: skip
_TENS = {"hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín"}
_THOUSAND = {"nghìn", "ngàn"}
"""Stands in every year: where it is missing, the end of the line was not read."""

_BY_FOLDED = {folded(word): word for word in _WORDS}
_ENDS = re.compile(r"^\W+|\W+$")


def date_in_words(text: str) -> str | None:
    """The words as they must have been printed; None where one of them is no number word or the year is cut off.

    Only marks and single letters are set right. «mươi» and «mười» are told apart by what stands before them.
    """
    words: list[str] = []
    for printed in text.replace(".", " ").split():
        bare = _ENDS.sub("", printed)
        if not bare:
            continue
        word = _closest(bare)
        if word is None:
            return None
        if folded(word) == "muoi":
            word = "mươi" if words and words[-1] in _TENS else "mười"
        elif folded(word) == "mot":
            word = "mốt" if words and words[-1] == "mươi" else "một"
        words.append(word)
    if not _THOUSAND & set(words):
        return None
    sentence = " ".join(words)
    return sentence[0].upper() + sentence[1:]


def _closest(word: str) -> str | None:
    if word.casefold() in _WORDS:
        return word.casefold()
    plain = folded(word)
    if plain in _BY_FOLDED:
        return _BY_FOLDED[plain]
    near = {known for key, known in _BY_FOLDED.items() if Levenshtein.distance(key, plain, score_cutoff=1) <= 1}
    return near.pop() if len(near) == 1 and len(plain) > 2 else None
