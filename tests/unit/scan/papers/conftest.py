"""Pages of invented text as an engine would return them: words with boxes, no picture."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from station import paths
from station.scan.papers.description import Papers
from station.scan.papers.folder import load_papers
from station.scan.text.engine import Line, PageText, Word

HEIGHT, LETTER, SPACE, PITCH = 40, 20, 15, 80


@pytest.fixture(scope="session")
def papers() -> Papers:
    return load_papers(paths.resources() / "papers")


@pytest.fixture(scope="session")
def page() -> Callable[[str], PageText]:
    """Text to a page: a line a row; three spaces or more are a gap, `@600` sets the next word at 600 pixels."""

    def build(text: str) -> PageText:
        lines = []
        for number, row in enumerate(text.strip("\n").split("\n")):
            x, words = 100, []
            for part in re.split(r"(\s{3,})", row):
                if part.isspace():
                    x += 300
                    continue
                for word in part.split():
                    if place := re.fullmatch(r"@(\d+)", word):
                        x = int(place[1])
                        continue
                    top = number * PITCH
                    words.append(Word(word, (x, top, x + LETTER * len(word), top + HEIGHT), 0.9))
                    x += LETTER * len(word) + SPACE
            lines.append(Line(tuple(words)))
        return PageText.of(lines)

    return build
