"""Vietnamese text compared and searched as people mean it."""

from __future__ import annotations

import re
import unicodedata

_TONE = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ud800-\udfff\ue000-\uf8ff\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb"
    "\U000e0000-\U000e0fff\U000f0000-\U0010ffff]"
)
"""Controls other than white space, formats (bidi, zero width, tags), half pairs, private letters, invisible fillers."""
_TOWER = re.compile("[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{3}")
_WORD = re.compile("(?:\\w[\u0300-\u036f]*)+")


def exact(text: str) -> str:
    """NFC with single spaces and nothing that cannot be seen: how every value is kept.

    What turns the direction of writing, joins or parts without a trace, or moves a cursor would make two people who
    look at the same value see different things.
    """
    return " ".join(unicodedata.normalize("NFC", _UNSEEN.sub("", text)).split())


def is_plain(text: str) -> bool:
    """Whether a printed paper could hold it: nothing unseen in it, and no letter under a tower of marks."""
    return not _UNSEEN.search(text) and not _TOWER.search(unicodedata.normalize("NFC", text))


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
