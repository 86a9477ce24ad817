"""The model's signs as the station needs them: some that no Vietnamese paper has give way to some that it lacks."""

from __future__ import annotations

from tools.training.line_reader import traineddata
from tools.training.line_reader.charset import Charset
from tools.training.line_reader.lstm_file import Weights

GIVES_WAY = {"ÿ": "ỵ", "Ÿ": "Ỵ", "‡": "–", "¡": "²"}
LIKE = {"ỵ": "y", "Ỵ": "Y", "–": "—", "²": "2"}
"""Whose weights a new sign begins with."""


def respelt(components: dict[int, bytes], output: Weights, null: int) -> tuple[dict[int, bytes], Weights]:
    """The model with the new signs in the old ones' places, and the last layer's weights to begin with.

    One that has them already, since it was trained before, stays as it is.
    """
    lines = components[traineddata.UNICHARSET].decode().splitlines(keepends=True)
    come = set[str]()
    for at, line in enumerate(lines):
        old = line.split(" ")[0]
        if old in GIVES_WAY:
            new = GIVES_WAY[old]
            come.add(new)
            lines[at] = line.replace(old, new).replace(f"[{ord(old):x} ]", f"[{ord(new):x} ]")
    changed = components | {traineddata.UNICHARSET: "".join(lines).encode()}
    codes, weights = Charset.of(changed, null).codes, output.copy()
    for new in come:
        weights[codes[new]] = weights[codes[LIKE[new]]]
    return changed, weights
