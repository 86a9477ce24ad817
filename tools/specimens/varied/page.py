"""An A4 page in a style drawn by lot: fonts, sizes, leaders, bullets, borders and paper differ from page to page."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import ImageDraw, ImageFont

from station import paths
from tools.specimens.ink import MARK, Colour, Specimen, px, tinted
from tools.specimens.sheet import MOTTO, STATE, wrapped

WIDTH, HEIGHT = 2480, 3508
SYSTEM = (
    Path("/usr/share/fonts/truetype"),
    Path("/usr/share/texmf/fonts/opentype/public/tex-gyre"),
    paths.resources() / "fonts",
)
FAMILIES = {
    "LiberationSans": ("liberation2/LiberationSans", "-Regular.ttf", "-Bold.ttf", "-Italic.ttf"),
    "LiberationSerif": ("LiberationSerif", "-Regular.ttf", "-Bold.ttf", "-Italic.ttf"),
    "DejaVuSans": ("dejavu/DejaVuSansCondensed", ".ttf", "-Bold.ttf", "-Oblique.ttf"),
    "DejaVuSerif": ("dejavu/DejaVuSerifCondensed", ".ttf", "-Bold.ttf", "-Italic.ttf"),
    "NotoSans": ("noto/NotoSans", "-Regular.ttf", "-Bold.ttf", "-Italic.ttf"),
    "NotoSerif": ("noto/NotoSerif", "-Regular.ttf", "-Bold.ttf", "-Italic.ttf"),
    "FreeSerif": ("freefont/FreeSerif", ".ttf", "Bold.ttf", "Italic.ttf"),
    "Termes": ("texgyretermes", "-regular.otf", "-bold.otf", "-italic.otf"),
    "Heros": ("texgyreheros", "-regular.otf", "-bold.otf", "-italic.otf"),
    "Pagella": ("texgyrepagella", "-regular.otf", "-bold.otf", "-italic.otf"),
}
REGULAR, BOLD, ITALIC = range(3)
LEADERS = {"dots": ".", "ellipsis": "…", "dashes": "-", "line": "", "none": ""}
PAPERS: tuple[tuple[Colour, Colour | None], ...] = (
    ((255, 255, 255), None), ((252, 252, 250), None), ((252, 232, 226), (246, 214, 206)),
    ((232, 244, 232), (214, 232, 216)), ((250, 246, 226), (240, 232, 200)), ((238, 240, 248), None),
)  # fmt: skip


@cache
def face(family: str, style: int, points: float) -> ImageFont.FreeTypeFont:
    """A family of the system where it is installed, else the serif that the project brings."""
    for stem, *ends in (FAMILIES[family], FAMILIES["LiberationSerif"]):
        name = stem + ends[style]
        for root in SYSTEM:
            if (root / name).is_file():
                return ImageFont.truetype(str(root / name), round(points * 300 / 72))
    raise FileNotFoundError(family)


@dataclass(frozen=True, slots=True)
class Slot:
    """Label wordings to choose from, what was filled in, and where the truth keeps it."""

    labels: tuple[str, ...]
    value: str = ""
    key: str = ""
    truth: str = ""


@dataclass(frozen=True, slots=True)
class Style:
    """What one page has throughout."""

    family: str
    filled: str
    size: float
    leader: str
    colon: str
    bullets: str
    below: float
    border: int
    indent: float
    value_style: int
    ink: Colour

    @classmethod
    def drawn(cls, dice: random.Random) -> Style:
        family = dice.choice(tuple(FAMILIES))
        return cls(
            family=family,
            filled=family if dice.random() < 0.7 else dice.choice(tuple(FAMILIES)),
            size=dice.choice((10, 11, 12, 13, 13, 14, 14)),
            leader=dice.choice(tuple(LEADERS)),
            colon=dice.choice((":", ":", ":", ":", " :", "")),
            bullets=dice.choice(("", "", "1.", "-")),
            below=dice.choice((0, 0, 0, 0.15)),
            border=dice.choice((0, 2, 2, 6)),
            indent=dice.choice((20, 25, 30)),
            value_style=dice.choice((REGULAR, REGULAR, BOLD, ITALIC)),
            ink=dice.choice(((20, 20, 22), (20, 20, 22), (28, 34, 96), (92, 92, 92))),
        )


class Page:
    """Drawn from the top down; writes down what it drew."""

    def __init__(self, kind: str, dice: random.Random) -> None:
        self.dice, self.style = dice, Style.drawn(dice)
        self.specimen = Specimen(kind, tinted(WIDTH, HEIGHT, *dice.choice(PAPERS)))
        self.draw: ImageDraw.ImageDraw = self.specimen.draw
        self.left, self.right = px(self.style.indent), WIDTH - px(18)
        self.size, self.y, self.number = self.style.size, px(18), 0
        self.step = round(self.size * 300 / 72 * dice.uniform(1.45, 1.9))
        self.centred_at(MARK, WIDTH // 2, HEIGHT - px(16), BOLD, 11, (130, 130, 130))

    def font(self, style: int = REGULAR, size: float = 0) -> ImageFont.FreeTypeFont:
        return face(self.style.family, style, size or self.size)

    def centred_at(
        self, text: str, x: int, y: int, style: int = REGULAR, size: float = 0, ink: Colour = (20, 20, 22)
    ) -> None:
        self.draw.text((x, y), text, font=self.font(style, size), fill=ink, anchor="ma")

    def heading(self, issuer: Sequence[str] = (), number: str = "", dated: str = "", key: str = "number") -> None:
        size = min(self.size, 12.5)
        step = round(size * 300 / 72 * 1.4)
        if not issuer:
            self.centred(STATE, BOLD)
            self.centred(MOTTO, BOLD)
            self.y += self.step // 2
            if number:
                self.centred(f"Số: {number}")
                self.specimen.fields[key] = number
            return
        left, right = self.left + px(34), self.right - px(48)
        lines = [(issuer[0], STATE), (issuer[1], MOTTO), (f"Số: {number}" if number else "", dated)]
        for at, (one, other) in enumerate(lines):
            for text, x, style in (
                (one, left, BOLD if at == 1 else REGULAR),
                (other, right, ITALIC if at == 2 else BOLD),
            ):
                fits = size
                while self.font(style, fits).getlength(text) > px(84):
                    fits -= 0.5
                self.centred_at(text, x, self.y, style, fits)
            self.y += step
            self.specimen.lines.append(f"{one} {other}".strip())
        if number:
            self.specimen.fields[key] = number
        self.y += self.step

    def centred(self, text: str, style: int = REGULAR, size: float = 0, ink: Colour = (20, 20, 22)) -> None:
        size = size or self.size
        while self.font(style, size).getlength(text) > self.right - self.left:
            size -= 0.5
        self.centred_at(text, WIDTH // 2, self.y, style, size, ink)
        self.y += max(self.step, round(size * 300 / 72 * 1.4))
        self.specimen.lines.append(text)

    def title(self, *lines: str) -> None:
        ink = self.dice.choice(((20, 20, 22), (20, 20, 22), (186, 22, 36)))
        for line in lines:
            self.centred(line, BOLD, self.dice.choice((14, 16, 18, 20)), ink)
        self.y += self.step // 3
        self.specimen.also["title"] = None

    def row(self, *slots: Slot) -> None:
        """One line of slots, equal shares of the width; a single one may have its value on the next line."""
        share = (self.right - self.left) // len(slots)
        bottom, told = self.y, []
        bullet = ""
        if self.style.bullets:
            self.number += 1
            bullet = f"{self.number}. " if self.style.bullets == "1." else "- "
        below = len(slots) == 1 and bool(slots[0].value) and self.dice.random() < self.style.below
        for at, slot in enumerate(slots):
            start = self.left + at * share
            label = (bullet if at == 0 else "") + self.dice.choice(slot.labels) + self.style.colon
            bottom = max(bottom, self._slot(label, slot, start, start + share - px(3), below))
            told.append(f"{label} {slot.value}".strip())
            if slot.key and slot.value:
                self.specimen.fields[slot.key] = slot.truth or slot.value
        self.y = bottom + self.step
        self.specimen.lines.append(" ".join(told))

    def _slot(self, label: str, slot: Slot, start: int, end: int, below: bool) -> int:
        plain = self.font()
        filled = face(self.style.filled, self.style.value_style, self.size)
        self.draw.text((start, self.y), label, font=plain, fill=(20, 20, 22))
        x, y = start + round(plain.getlength(label + " ")) + (px(3) if not self.style.colon else 0), self.y
        if below:
            x, y = start + px(self.dice.choice((0, 6))), y + self.step
        lines = wrapped(slot.value, filled, end - x, end - start)
        for at, line in enumerate(lines):
            if at:
                self._lead(x, y, end, lines[at - 1], filled)
                x, y = start, y + self.step
            self.draw.text((x, y), line, font=filled, fill=self.style.ink)
        self._lead(x, y, end, lines[-1], filled)
        return y

    def _lead(self, x: int, y: int, end: int, line: str, filled: ImageFont.FreeTypeFont) -> None:
        """The leader: under what is filled in when it is a line, after it otherwise, sometimes under it too."""
        kind = self.style.leader
        base = y + round(self.size * 300 / 72 * 0.98)
        if kind == "line":
            self.draw.line((x, base + 10, end, base + 10), fill=(30, 30, 30), width=2)
        elif LEADERS[kind]:
            mark = LEADERS[kind]
            begin = x if self.style.family == "Termes" else x + round(filled.getlength(line)) + px(0.8)
            text = mark * max(0, int((end - begin) / self.font().getlength(mark)))
            self.draw.text((begin, y + (4 if begin == x else 0)), text, font=self.font(), fill=(40, 40, 40))

    def section(self, text: str) -> None:
        self.number = 0
        self.draw.text((self.left, self.y), text, font=self.font(BOLD), fill=(20, 20, 22))
        self.y += self.step
        self.specimen.lines.append(text)

    def paragraph(self, text: str) -> None:
        x = self.left + px(8)
        for line in wrapped(text, self.font(), self.right - x, self.right - self.left):
            self.draw.text((x, self.y), line, font=self.font(), fill=(20, 20, 22))
            self.y, x = self.y + self.step, self.left
        self.specimen.lines.append(text)

    def columns(self, left: Sequence[Slot], right: Sequence[Slot]) -> None:
        """Two columns, each read by itself."""
        share = self.dice.uniform(0.46, 0.54)
        middle = self.left + round(share * (self.right - self.left))
        top, bottoms = self.y, []
        for slots, start, end in ((left, self.left, middle - px(4)), (right, middle + px(4), self.right)):
            self.y = top
            for slot in slots:
                label = self.dice.choice(slot.labels) + self.style.colon
                self.y = self._slot(label, slot, start, end, False) + self.step
                self.specimen.lines.append(f"{label} {slot.value}".strip())
                if slot.key and slot.value:
                    self.specimen.fields[slot.key] = slot.truth or slot.value
            bottoms.append(self.y)
        self.y = max(bottoms)

    def table(self, headings: Sequence[str], shares: Sequence[float], rows: Sequence[Sequence[str]]) -> None:
        size = min(self.size, 12) - 1
        step = round(size * 300 / 72 * 1.35)
        edges = [self.left + round(sum(shares[:at]) * (self.right - self.left)) for at in range(len(shares) + 1)]
        for number, row in enumerate((headings, *rows)):
            style = BOLD if number == 0 else REGULAR
            cells = [
                wrapped(cell, self.font(style, size), b - a - px(3), b - a - px(3))
                for cell, a, b in zip(row, edges, edges[1:], strict=False)
            ]
            tall = max(map(len, cells)) * step + px(3)
            for cell, start, end in zip(cells, edges, edges[1:], strict=False):
                if self.style.border:
                    self.draw.rectangle(
                        (start, self.y, end, self.y + tall), outline=(20, 20, 22), width=self.style.border
                    )
                y = self.y + (tall - len(cell) * step) // 2
                for line in cell:
                    self.centred_at(line, (start + end) // 2, y, style, size)
                    y += step
            self.y += tall
            self.specimen.lines.append(" ".join(row))
        self.y += self.step // 2

    def signed(self, *blocks: Sequence[str], key: str = "") -> None:
        """Blocks side by side; the last line of each is the name. The key is for the last block's."""
        size = min(self.size, 12)
        step = round(size * 300 / 72 * 1.35)
        slots = max(2, len(blocks))
        centres = [self.left + (self.right - self.left) * (2 * at + 1) // (2 * slots) for at in range(slots)][
            -len(blocks) :
        ]
        self.y += self.step // 3
        depth = max(len(block) for block in blocks) - 1
        for line in range(depth):
            told = []
            for block, x in zip(blocks, centres, strict=True):
                if line < len(block) - 1:
                    self.centred_at(block[line], x, self.y, ITALIC if block[line].startswith("(") else BOLD, size)
                    told.append(block[line])
            self.specimen.lines.append(" ".join(told))
            self.y += step
        blank = px(self.dice.choice((16, 20, 25)))
        self.specimen.signatures = [(x, self.y + blank // 2) for x in centres]
        self.specimen.stamps = self.specimen.signatures[-1:]
        self.y += blank
        for block, x in zip(blocks, centres, strict=True):
            self.centred_at(block[-1], x, self.y, BOLD, size)
        self.specimen.lines.append(" ".join(block[-1] for block in blocks))
        self.y += step
        if key:
            self.specimen.fields[key] = blocks[-1][-1]
        else:
            self.specimen.also["signed_by"] = None

    @property
    def full(self) -> bool:
        return self.y > HEIGHT - px(18)


def waves(draw: ImageDraw.ImageDraw, box: tuple[int, int, int, int], ink: Colour, dice: random.Random) -> None:
    """Guilloche lines inside a box."""
    left, top, right, bottom = box
    for _ in range(40):
        y0, swing, length = dice.uniform(top, bottom), dice.uniform(6, 30), dice.uniform(60, 200)
        curve = [(x, min(bottom, max(top, y0 + swing * math.sin(x / length)))) for x in range(left, right, 8)]
        draw.line(curve, fill=ink, width=1)
