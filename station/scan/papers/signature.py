"""The name printed under a signature: the last line that is a name, below the words that say who signs."""

from __future__ import annotations

import re
from collections.abc import Sequence

from station.dossier.text import folded
from station.scan.papers.labels import find_labels
from station.scan.papers.layout import Row, box_of, grouped, text_of
from station.scan.text.engine import Word

_CAPITALISED = re.compile(r"[^\W\d_](?:[^\W\d_]|['’\-])*")
_POSTS = re.compile(
    r"\b(chu tich|pho chu tich|uy ban|nhan dan|ubnd|giam doc|truong|pho|thu truong|cong chuc|tu phap|ho tich|ky|"
    r"nguoi|dong dau|ho ten|kt|tm|tl|tuq|mau|specimen|cong an|phong|cuc|so|y kien)\b"
)
_NAME_WORDS = range(2, 7)


def signature_below(rows: Sequence[Row], labels: Sequence[str]) -> Row:
    """The words of the name, empty where there is none. Looks under the last place that says who signs."""
    hits = find_labels(rows, labels)
    if not hits:
        return ()
    hit = hits[-1]
    label = box_of(rows[hit.row][hit.start : hit.end])
    width, height = label[2] - label[0], label[3] - label[1]
    left, right = label[0] - max(width / 3, 4 * height), label[2] + max(width / 3, 4 * height)
    below = [word for row in rows[hit.row + 1 :] for word in row if left <= _middle(word) <= right]
    names = [row for row in grouped(below) if _is_name(row)]
    return _letters(names[-1]) if names else ()


def _is_name(row: Row) -> bool:
    words = _letters(row)
    return (
        len(words) in _NAME_WORDS
        and len(words) >= len(row) - 1
        and all(_CAPITALISED.fullmatch(word.text) and word.text[0].isupper() for word in words)
        and not _POSTS.search(folded(text_of(words)))
    )


def _letters(row: Row) -> Row:
    return tuple(word for word in row if any(letter.isalpha() for letter in word.text))


def _middle(word: Word) -> float:
    return (word.box[0] + word.box[2]) / 2
