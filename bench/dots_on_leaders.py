"""How many dots below letters survive the leader that runs through them: `python -m bench.dots_on_leaders`.

Draws lines of names and places on leaders of each kind, wears them, takes the leaders off as the station does, and has
the line reader read them; beside it the same lines without a leader, which is the best that can be. Needs the typefaces
of `python -m tools.training.fonts`.
"""

from __future__ import annotations

import argparse
import random
import unicodedata
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher

import cv2
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from station import paths
from station.dossier.text import folded
from station.scan.image import illumination, leaders
from station.scan.image.arrays import Gray
from station.scan.text.line_crop import Segment, crop
from station.scan.text.line_reader import LineReader
from tools.training.line_finder.material import Face, faces
from tools.training.line_reader.wear import worn

KINDS = ("dotted", ".", "…", ". ", "-", "rule")
WORDS = (
    "THỊ", "Thị", "Lợi", "LỢI", "Lơi", "Thịnh", "THỊNH", "Thinh", "trợ", "trơ", "bị", "bi", "Thượng", "Thương", "xã",
    "Hạ", "HẠ", "Hà", "Ngọc", "NGỌC", "Việt", "VIỆT", "Đạt", "Lạc", "Lac", "Thọ", "Tho", "phường", "đường", "thạnh",
    "thanh", "Nguyễn", "NGUYỄN", "Vân", "Vận", "Mận", "Huệ", "Hue", "Phụng", "Phung", "Mỹ", "Liên", "số", "tỉnh",
    "Quảng", "Trị", "Tri",
)  # fmt: skip
LINES = 14
WIDE = 30
"""X-heights that a line is wide."""

DRAWN_AT = 2
DOT = "\u0323"
FATES = {(True, True): "kept", (True, False): "lost", (False, True): "invented", (False, False): "none"}
"""Whether a word has a dot below, and was read with one."""


@dataclass(frozen=True)
class Line:
    words: list[str]
    left: float
    right: float
    base: float


def drawn(dice: random.Random, kind: str | None, x_height: float) -> tuple[Gray, list[Line]]:
    """A sheet of lines `DRAWN_AT` times as large as it is seen, with a leader of the kind under every line."""
    x = x_height * DRAWN_AT
    sheet = Image.new("L", (round(x * (WIDE + 16)), round(x * (3.2 * LINES + 3))), 255)
    pen, face = ImageDraw.Draw(sheet), dice.choice(dice.choice(faces().print))
    cut = face.sized(x)
    low, size, step = (
        x * dice.choice((0.0, dice.uniform(0.05, 0.4))),
        x * dice.uniform(0.1, 0.24),
        x * dice.uniform(0.35, 0.6),
    )
    tone, space, lines = dice.choice((0, 20, 40, 60)), cut.getlength(" "), []
    for number in range(LINES):
        base, left, words = x * (3 + 3.2 * number), 2 * x, list[str]()
        while (end := left + cut.getlength(" ".join(words))) < WIDE * x:
            words.append(dice.choice(WORDS))
        pen.text((left, base), " ".join(words), font=cut, fill=20, anchor="ls")
        start, far = left + dice.uniform(-0.2, 0.6) * x, end + dice.uniform(4, 10) * x
        if kind:
            _lead(pen, kind, (start, far), base, (low, size, step), tone, face, x)
        lines.append(Line(words, left / DRAWN_AT, (end - space) / DRAWN_AT, base / DRAWN_AT))
        dice.random()
    return np.asarray(sheet), lines


def _lead(
    pen: ImageDraw.ImageDraw,
    kind: str,
    ends: tuple[float, float],
    base: float,
    measures: tuple[float, float, float],
    tone: int,
    face: Face,
    x: float,
) -> None:
    (start, far), (low, size, step) = ends, measures
    if kind == "rule":
        pen.line((start, base + low, far, base + low), fill=tone, width=max(2, round(0.08 * x)))
    elif kind == "dotted":
        for at in np.arange(start, far, step).tolist():
            pen.ellipse((at, base + low, at + size, base + low + size), fill=tone)
    else:
        cut: ImageFont.FreeTypeFont = face.sized(x)
        count = int((far - start) / max(1.0, cut.getlength(kind)))
        # The dots of a typeface stand on the baseline, dashes at half an x-height: let down below it.
        down = base + low + (0.5 * x if kind == "-" else 0.0)
        pen.text((start, down), kind * count, font=cut, fill=tone, anchor="ls")


def seen(sheet: Gray, x_height: float, dice: random.Random, *, plain: bool) -> Gray:
    """The sheet at the size in which it is read, worn and evened."""
    small = cv2.resize(sheet, None, fx=1 / DRAWN_AT, fy=1 / DRAWN_AT, interpolation=cv2.INTER_AREA)
    colour = cv2.cvtColor(small, cv2.COLOR_GRAY2BGR)
    damaged = colour if plain else worn(colour, x_height, dice)
    return illumination.stretched(illumination.even(cv2.cvtColor(damaged, cv2.COLOR_BGR2GRAY)))


def counted(line: Line, text: str) -> Counter[str]:
    """What became of the words that were read right but for marks, and how many there are in all."""
    read, found = text.split(), Counter(words=len(line.words))
    same = SequenceMatcher(None, [folded(word) for word in line.words], [folded(word) for word in read], autojunk=False)
    for at, to, length in same.get_matching_blocks():
        for true, got in zip(line.words[at : at + length], read[to : to + length], strict=True):
            found[FATES[dotted(true), dotted(got)]] += 1
    return found


def dotted(word: str) -> bool:
    return DOT in unicodedata.normalize("NFD", word)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sheets", type=int, default=20, help="of each kind of leader")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--plain", action="store_true", help="without wear")
    asked = parser.parse_args()
    reader = LineReader(paths.resources() / "models")
    cv2.setNumThreads(1)
    for kind in KINDS:
        found = {True: Counter[str](), False: Counter[str]()}
        for number in range(asked.sheets):
            for led in (True, False):
                dice = random.Random(asked.seed * 1000 + number)  # noqa: S311
                x_height = dice.uniform(8, 20)
                sheet, lines = drawn(dice, kind if led else None, x_height)
                gray = leaders.without_leaders(seen(sheet, x_height, dice, plain=asked.plain))
                segments = [Segment(((line.left, line.base), (line.right, line.base)), x_height, 1.0) for line in lines]
                for line, words in zip(lines, reader.read_strips([crop(gray, each) for each in segments]), strict=True):
                    found[led] += counted(line, " ".join(word.text for word in words))
        print(f"{kind:8}" + "   ".join(_told(found[led]) for led in (True, False)), flush=True)


def _told(found: Counter[str]) -> str:
    dots, bare = found["kept"] + found["lost"], found["none"] + found["invented"]
    return (
        f"{100 * found['kept'] / max(1, dots):5.1f} % of {dots} kept, "
        f"{100 * found['invented'] / max(1, bare):5.2f} % of {bare} invented, "
        f"read {100 * (dots + bare) / max(1, found['words']):5.1f} %"
    )


if __name__ == "__main__":
    main()
