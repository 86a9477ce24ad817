"""A piece of a paper with a dozen printed lines whose baselines are known, in colour, as it comes from the printer."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from tools.training.line_finder.material import Face, faces
from tools.training.line_finder.surroundings import guilloche, noise
from tools.training.line_reader import flat_threes
from tools.training.line_reader.wording import figures, line

Pixels = npt.NDArray[Any]

OFFICE = (
    "LiberationSerif", "tinos", "texgyretermes", "FreeSerif", "NotoSerif", "CharisSIL", "LiberationSans", "arimo",
    "roboto", "open", "NotoSans", "carlito", "Carlito", "texgyreheros", "DejaVuSerifCondensed", "be", "inter",
    "LiberationMono", "cousine", "GentiumPlus", "gelasio", "source", "noto", "ibm", "merriweather", "libre",
)  # fmt: skip
PAPERS = (
    (255, 255, 255), (255, 255, 255), (250, 252, 252), (226, 232, 252), (232, 244, 232), (226, 246, 250),
    (248, 240, 238), (220, 248, 255), (240, 226, 244), (246, 240, 226), (210, 226, 240),
)  # fmt: skip
FLAT = 0.28
"""Of pieces of paper: their typeface has a 3 with a flat top, and half their lines are figures."""

PENS = ((150, 44, 30), (110, 30, 24), (170, 70, 40))
REDS = ((40, 30, 200), (60, 50, 220), (90, 60, 190))


@dataclass(frozen=True)
class Printed:
    """One line: what stands there, and its baseline from left to right in pixels."""

    text: str
    left: float
    right: float
    base: float
    x_height: float


@dataclass
class Sheet:
    pixels: Pixels
    """Blue, green, red."""

    lines: list[Printed] = field(default_factory=list)
    coloured: bool = False
    """Whether a seal or a pen has been over it."""


@dataclass(frozen=True)
class Stock:
    """What a piece of paper is printed with."""

    families: tuple[tuple[Face, ...], ...] = ()
    """Empty for all that there are, those of offices more often."""

    flat: float = FLAT
    say: Callable[[random.Random], str] = line


ANY = Stock()


def drawn(dice: random.Random, x_height: float, stock: Stock = ANY) -> Sheet:
    """About a dozen lines of one hand; `x_height` in pixels is the usual one."""
    width, height = round(x_height * dice.uniform(62, 78)), round(x_height * dice.uniform(38, 46))
    tint = dice.choice(PAPERS)
    paper = np.empty((height, width, 3), np.float32)
    paper[:] = tint
    side = max(width, height)
    if dice.random() < 0.35:
        pattern = guilloche(side, dice)[:height, :width, None] * dice.uniform(5, 40)
        paper -= pattern * np.array([dice.uniform(0.3, 1) for _ in range(3)], np.float32)
    if dice.random() < 0.2:
        paper -= noise(side, dice.uniform(60, 400), dice.uniform(2, 8), dice.getrandbits(31))[:height, :width, None]
    page = _Page(dice, x_height, width, height, stock)
    page.fill()
    cover = np.asarray(page.image, np.float32)[..., None] / 255
    pixels = paper * (1 - cover) + np.array(page.ink, np.float32) * cover
    sheet = Sheet(np.clip(pixels, 0, 255).astype(np.uint8), page.lines)
    if dice.random() < 0.22:
        _sealed(sheet, dice, x_height)
    if dice.random() < 0.1:
        _penned(sheet, dice, x_height)
    return sheet


class _Page:
    """Coverage of ink, line by line."""

    def __init__(self, dice: random.Random, x_height: float, width: int, height: int, stock: Stock) -> None:
        self.dice, self.x, self.stock = dice, x_height, stock
        self.image = Image.new("L", (width, height))
        self.draw = ImageDraw.Draw(self.image)
        self.lines: list[Printed] = []
        self.face, self.filled = self._family(), self._family()
        self.face_kept = dice.random() < 0.6
        dark = dice.choice((20, 20, 24, 34, 60, 90))
        black = (dark, dark, dark)
        self.ink = dice.choice((black, black, black, (96, 40, 30), (40, 30, 110)))
        self.leader = dice.choice((".", ".", "…", "-", "_", ". ", "·", "rule", "dotted", "", "", "", "", ""))
        self.columns = dice.random() < 0.3
        self.flat = flat_threes.by_lot(dice) if dice.random() < stock.flat else None

    def fill(self) -> None:
        base = self.x * self.dice.uniform(2.4, 3)
        leading = self.dice.choice((2.5, 2.8, 3.1, 3.4, 4.0)) * self.dice.uniform(0.97, 1.04)
        while base < self.image.height - 0.8 * self.x:
            left = self.x * self.dice.uniform(0.8, 6)
            if self.columns and self.dice.random() < 0.7:
                end = self._line(left, base, self.image.width * 0.47)
                self._line(max(end + 3.2 * self.x, self.image.width * 0.52), base, self.image.width)
            else:
                self._line(left, base, self.image.width)
            base += leading * self.x

    def _family(self) -> tuple[Face, ...]:
        if self.stock.families:
            return self.dice.choice(self.stock.families)
        every = faces().print + faces().mono
        if self.dice.random() < 0.55:
            wanted = self.dice.choice(OFFICE)
            named = [family for family in every if family[0].path.rpartition("/")[2].partition("-")[0] == wanted]
            if named:
                return self.dice.choice(named)
        return self.dice.choice(every)

    def _line(self, left: float, base: float, limit: float) -> float:
        """Print something; returns where it ends."""
        dice = self.dice
        x_height = self.x * dice.choice((1, 1, 1, 1, 0.85, 1.2, dice.uniform(0.8, 1.3)))
        text = figures(dice) if self.flat and dice.random() < 0.5 else self.stock.say(dice)
        label, colon, value = text.partition(": ")
        runs = [(f"{label}{colon}", dice.choice(self.face))]
        if colon:
            runs.append((value, dice.choice(self.face if self.face_kept else self.filled)))
        gap = x_height * dice.choice((0, 0, 0, 0.4, 1.0, 1.6)) if colon else 0.0
        spacing = x_height * dice.choice((0,) * 12 + (0.06, 0.15, 0.3))
        end, said, before = left, [], left
        for part, face in runs:
            cut = face.sized(x_height)
            for word in part.split():
                wide = cut.getlength(word) + spacing * len(word)
                if end + wide > limit - x_height:
                    break
                before = end
                self._word(end, base, word, cut, spacing)
                said.append(word)
                end += wide + cut.getlength(" ") + spacing
            else:
                end += gap
                continue
            break
        if not said:
            return left
        right = before + wide if said[-1] == word else end - cut.getlength(" ")
        self._led(left, right, base, limit, x_height)
        if dice.random() < 0.05:
            self._boxed(left, right, base, x_height)
        self.lines.append(Printed(" ".join(said), left, right, base, x_height))
        return right

    def _word(self, left: float, base: float, word: str, cut: Any, spacing: float) -> None:
        flat = self.flat if "3" in word else None
        if not spacing and not flat:
            self.draw.text((left, base), word, font=cut, fill=255, anchor="ls")
            return
        for letter in word:
            if flat and letter == "3":
                flat_threes.draw(self.image, left, base, cut, flat)
            else:
                self.draw.text((left, base), letter, font=cut, fill=255, anchor="ls")
            left += cut.getlength(letter) + spacing

    def _led(self, left: float, right: float, base: float, limit: float, x_height: float) -> None:
        """A leader behind the text or under it."""
        dice = self.dice
        if not self.leader or dice.random() < 0.3:
            return
        under = dice.random() < (0.05 if self.leader == "-" else 0.5)  # no office types over a row of dashes
        start = left + (right - left) * dice.uniform(0.1, 0.6) if under else right + 0.3 * x_height
        end = limit - x_height * dice.uniform(0.5, 8)
        low, tone = base + x_height * dice.uniform(0, 0.25), dice.randint(90, 255)
        if self.leader == "rule":
            self.draw.line((start, low, end, low), fill=tone, width=max(1, round(x_height * 0.08)))
        elif self.leader == "dotted":
            step = x_height * dice.uniform(0.25, 0.5)
            for at in np.arange(start, end, step).tolist():
                self.draw.ellipse((at, low, at + 0.12 * x_height, low + 0.12 * x_height), fill=tone)
        elif end > start:
            cut = self.face[0].sized(x_height)
            count = int((end - start) / max(1.0, cut.getlength(self.leader)))
            self.draw.text((start, low), self.leader * count, font=cut, fill=tone, anchor="ls")

    def _boxed(self, left: float, right: float, base: float, x_height: float) -> None:
        room = x_height * self.dice.uniform(0.3, 0.8)
        box = (left - room, base - 2.1 * x_height, right + room, base + 0.8 * x_height)
        self.draw.rectangle(box, outline=self.dice.randint(80, 255), width=max(1, round(x_height * 0.07)))


def _sealed(sheet: Sheet, dice: random.Random, x_height: float) -> None:
    """A red seal over some lines: rings, a star's strokes, letters on the arc."""
    height, width = sheet.pixels.shape[:2]
    cover = np.zeros((height, width), np.uint8)
    centre = dice.randint(0, width), dice.randint(0, height)
    radius = x_height * dice.uniform(5, 9)
    for share in (1, 0.92, 0.6):
        cv2.circle(cover, centre, round(radius * share), 255, max(1, round(radius * 0.03)), cv2.LINE_AA)
    for turn in np.arange(0, 2 * np.pi, 2 * np.pi / dice.randint(18, 30)).tolist():
        at = centre[0] + radius * 0.76 * np.cos(turn), centre[1] + radius * 0.76 * np.sin(turn)
        size = radius * 0.1
        for _ in range(dice.randint(1, 3)):
            ends = [tuple(round(value + dice.uniform(-size, size)) for value in at) for _ in range(2)]
            cv2.line(cover, ends[0], ends[1], 255, max(1, round(radius * 0.025)), cv2.LINE_AA)
    star = [
        (centre[0] + radius * (0.4 if k % 2 else 0.16) * np.sin(k * np.pi / 5),
         centre[1] + radius * (0.4 if k % 2 else 0.16) * np.cos(k * np.pi / 5)) for k in range(10)
    ]  # fmt: skip
    cv2.fillPoly(cover, [np.round(star).astype(np.int32)], 255, cv2.LINE_AA)
    if dice.random() < 0.6:
        cover = (cover * np.clip(_patches(height, width, radius / 3, dice), 0.15, 1)).astype(np.uint8)
    _inked(sheet, cover, dice.choice(REDS), dice.uniform(0.5, 0.95))


def _penned(sheet: Sheet, dice: random.Random, x_height: float) -> None:
    """Strokes of a signature that run into the print."""
    height, width = sheet.pixels.shape[:2]
    cover = np.zeros((height, width), np.uint8)
    at = np.array([dice.uniform(0, width), dice.uniform(0, height)])
    points = [at]
    for _ in range(dice.randint(4, 12)):
        at = at + np.array([dice.uniform(-3, 5), dice.uniform(-4, 4)]) * x_height
        points.append(at)
    cv2.polylines(cover, [np.round(points).astype(np.int32)], False, 255, max(1, round(x_height * 0.12)), cv2.LINE_AA)
    _inked(sheet, cover, dice.choice(PENS), dice.uniform(0.6, 0.95))


def _inked(sheet: Sheet, cover: Pixels, colour: tuple[int, int, int], strength: float) -> None:
    """Ink darkens what is under it and hides nothing."""
    share = cover.astype(np.float32)[..., None] / 255 * strength
    seen = sheet.pixels * (1 - share * (1 - np.array(colour, np.float32) / 255))
    sheet.pixels, sheet.coloured = seen.astype(np.uint8), True


def _patches(height: int, width: int, cell: float, dice: random.Random) -> Pixels:
    rng = np.random.default_rng(dice.getrandbits(31))
    small = rng.normal(0.8, 0.5, (max(2, round(height / cell)), max(2, round(width / cell)))).astype(np.float32)
    return cv2.resize(small, (width, height), interpolation=cv2.INTER_LINEAR)
