"""Vietnamese text compared and searched as people mean it."""

from __future__ import annotations

import unicodedata


def exact(text: str) -> str:
    """NFC with single spaces: how every value is kept."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def folded(text: str) -> str:
    """Without case, marks and the bar of đ: how values are searched, «nguyen thi dang» for «Nguyễn Thị Đăng».

    FTS5's `remove_diacritics` does not know đ, so the folding is ours.
    """
    bare = "".join(letter for letter in unicodedata.normalize("NFD", text) if not unicodedata.combining(letter))
    return " ".join(bare.casefold().replace("đ", "d").split())


def same(one: str, other: str) -> bool:
    """Equal but for case, spaces and closing punctuation; tone marks count."""
    return exact(one).casefold().strip(".,;: ") == exact(other).casefold().strip(".,;: ")
