"""Pages of invented text as an engine would return them: words with boxes, no picture."""

from __future__ import annotations

import re

from station.scan.text.engine import Line, PageText, Word

HEIGHT, LETTER, SPACE, PITCH = 40, 20, 15, 80
BY_HAND = "✍"
"""Stands in a text where something is written by hand."""


def page_of(text: str) -> PageText:
    """Text to a page: a line a row; three spaces or more are a gap, `@600` sets the next word at 600 pixels."""
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
                written = word == BY_HAND
                width = 300 if written else LETTER * len(word)
                words.append(Word("" if written else word, (x, top, x + width, top + HEIGHT), 0.9, written))
                x += width + SPACE
        lines.append(Line(tuple(words)))
    return PageText.of(lines)
