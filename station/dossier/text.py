"""Vietnamese text compared and searched as people mean it."""

from __future__ import annotations

import re
import unicodedata

_TONE = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_WORD = re.compile("(?:\\w[\u0300-\u036f]*)+")


def exact(text: str) -> str:
    """NFC with single spaces: how every value is kept."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def folded(text: str) -> str:
    """Without case, marks and the bar of đ: how values are searched, «nguyen thi dang» for «Nguyễn Thị Đăng».

    FTS5's `remove_diacritics` does not know đ, so the folding is ours.
    """
    bare = "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
    return " ".join(bare.casefold().replace("đ", "d").split())


def spelling(text: str) -> str:
    """How words are compared where their marks count: no case, no signs, and each word's tone behind it.

    «hoà» and «hòa» are spelt alike: where the tone mark stands is a matter of style.
    """
    return " ".join(_WORD.findall(_toned(text)))


def same(one: str, other: str) -> bool:
    """Equal but for case, spaces and closing punctuation; tone marks count, the letter that they stand on does not."""
    return _toned(one).strip(".,;: ") == _toned(other).strip(".,;: ")


def _toned(text: str) -> str:
    marks = unicodedata.normalize("NFD", exact(text).casefold())
    return _WORD.sub(lambda word: _TONE.sub("", word[0]) + "".join(_TONE.findall(word[0])), marks)
