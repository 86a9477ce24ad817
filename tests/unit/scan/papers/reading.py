"""What is found on a page of invented text by one kind's description."""

from __future__ import annotations

from station.scan.papers.description import Papers
from station.scan.papers.fields import arranged, find_values
from station.scan.papers.layout import rows_of
from station.scan.papers.normalise import normalised
from tests.unit.scan.papers.pages import page_of


def values(text: str, kind: str, papers: Papers) -> dict[str, str]:
    """The normalised values by key, as the page's own read gives them."""
    paper = papers.get(kind)
    assert paper is not None
    found: dict[str, str] = {}
    for value in find_values(arranged(rows_of(page_of(text)), paper), paper):
        read = normalised(value.rule, value.text, papers.lexicons)
        if read is not None:
            found.setdefault(value.rule.key, read)
    return found
