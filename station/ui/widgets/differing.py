"""Words beside others that nearly equal them: a single mark over a letter that differs stands out."""

from __future__ import annotations

from difflib import SequenceMatcher
from html import escape

ALIKE = 0.6
"""Share of letters in common below which everything differs, and marking it would say nothing."""


def differing(words: str, beside: str, ground: str) -> str:
    """`words` as HTML, bold on the colour `ground` where they are not as `beside`: a line would hide a dot below."""
    match = SequenceMatcher(None, beside, words, autojunk=False)
    if match.ratio() < ALIKE:
        return escape(words)
    parts = []
    for kind, _, _, start, end in match.get_opcodes():
        part = escape(words[start:end])
        parts.append(part if kind == "equal" or not part else f'<b style="background-color:{ground}">{part}</b>')
    return "".join(parts)
