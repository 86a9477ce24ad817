"""Whether the page's read outweighs one that says otherwise: it must be sure of every word on which they differ."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher

from station.dossier.text import same
from station.scan.papers.cleaning import EDGES
from station.scan.papers.description import Grammar
from station.scan.papers.fields import Found
from station.scan.papers.figures_alike import unsure

SURE = 0.9
"""Confidence of the page's read above which it is sure; the likeliest word has 0.93."""

ENOUGH = 0.8
"""The same above which words that are neither names nor figures are right more often than what two others agree on."""

_CONFIRMED = 1.01
"""More than any confidence: only what its shape confirms is as sure."""


def is_sure(found: Found) -> bool:
    """Whether the page's read is sure of all words of a value."""
    return all(word.confidence > SURE for word in found.words)


def is_sure_in_small_print(found: Found, value: str) -> bool:
    """Whether agreement counts though the print is small: not of names, which lose their marks to all models alike, nor
    of a 3 or a 5 that its shape does not confirm."""
    return found.rule.grammar is not Grammar.NAME and is_sure(found) and not unsure(found, value, _CONFIRMED)


def stands_alone(found: Found, others: Sequence[str], least: float = SURE) -> bool:
    """Whether the page's read is surer than `least` of every word on which any of the other models' texts differs from
    it: then it is right more often than what the two others agree on."""
    return bool(others) and all(_sure_against(found, text, least) for text in others)


def outweighs(found: Found, others: Sequence[str], values: Sequence[str | None], value: str, support: int) -> bool:
    """Whether the page says this value, each word of it has one other read beside it, and the page is sure wherever
    one differs.

    `others` are the other models' texts; `values` what all texts say, the page's first; `support` the reads that have
    the word that fewest have.
    """
    page, *seconds = values
    if page is None or not same(page, value) or support <= 1:
        return False
    differing = (text for text, read in zip(others, seconds, strict=True) if read is None or not same(read, value))
    return all(_sure_against(found, text, SURE) for text in differing)


def _sure_against(found: Found, other: str, sure: float) -> bool:
    """Whether `other` has no word more, and the page's read is sure of all that it has otherwise or not at all."""
    words = [word for word in found.words if word.text.strip(EDGES)]
    mine = [word.text.strip(EDGES).casefold() for word in words]
    theirs = [bare for word in other.split() if (bare := word.strip(EDGES).casefold())]
    return all(
        edit == "equal" or (edit != "insert" and all(word.confidence > sure for word in words[start:end]))
        for edit, start, end, _, _ in SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes()
    )
