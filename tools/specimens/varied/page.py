"""An A4 page in a style drawn by lot: fonts, sizes, leaders, bullets, borders and paper differ from page to page."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass

from PIL import ImageDraw, ImageFont

from tools.specimens.ink import MARK, Colour, Specimen, px, tinted
from tools.specimens.sheet import MOTTO, STATE, wrapped
from tools.specimens.varied.filling import boxes, lead, write
from tools.specimens.varied.fonts import BOLD, ITALIC, REGULAR, face
from tools.specimens.varied.style import BLACK, Lot, Style

WIDTH, HEIGHT = 2480, 3508
LINE = 74
"""Letters that a line must have room for: with fewer, long labels leave the page."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Label wordings to choose from, what was filled in, and where the truth keeps it."""

    labels: tuple[str, ...]
    value: str = ""
    key: str = ""
    truth: str = ""
    within: tuple[str, str] | None = None
    """A key and its value that stand inside this one: the number in a phrase."""


class Page:
    """Drawn from the top down; writes down what it drew."""

    def __init__(self, kind: str, dice: Lot) -> None:
        self.dice, self.style = dice, Style.drawn(dice)
        self.specimen = Specimen(kind, tinted(WIDTH, HEIGHT, *self.style.paper))
        self.specimen.font = self.style.family
        self.draw: ImageDraw.ImageDraw = self.specimen.draw
        self.left, self.right = px(self.style.indent), WIDTH - px(18)
        self.size, self.y, self.number = self.style.size, px(18), 0
        while self.font().getlength("n" * LINE) > self.right - self.left:
            self.size -= 0.5
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
        bottom, told = self.y, []
        bullet = ""
        if self.style.bullets:
            self.number += 1
            bullet = f"{self.number}. " if self.style.bullets == "1." else "- "
        below = len(slots) == 1 and bool(slots[0].value) and self.dice.random() < self.style.below
        labels = [self.dice.choice(slot.labels) + self.style.colon for slot in slots]
        labels[0] = bullet + labels[0]
        edges = self._edges([f"{label} {slot.value}" for label, slot in zip(labels, slots, strict=True)])
        for label, slot, start, end in zip(labels, slots, edges, edges[1:], strict=False):
            bottom = max(bottom, self._slot(label, slot, start, end - px(3), below))
            told.append(self._told(label, slot))
        self.y = bottom + self.step
        self.specimen.lines.append(" ".join(told))

    def _edges(self, texts: Sequence[str]) -> list[int]:
        """Where slots begin and end: equal shares, or as the texts need where one of them would not fit."""
        room, font = self.right - self.left, self.filling() if self.style.hand else self.font()
        needs = [font.getlength(text) + px(8) for text in texts]
        if max(needs) <= room / len(texts):
            needs = [1.0] * len(texts)
        return [self.left + round(room * sum(needs[:at]) / sum(needs)) for at in range(len(texts) + 1)]

    def tell(self, key: str, value: str) -> None:
        """What stands there; by hand, only that it stands there."""
        if self.style.hand:
            self.specimen.handwritten.append(key)
        else:
            self.specimen.fields[key] = value

    def _told(self, label: str, slot: Slot) -> str:
        if slot.key and slot.value:
            self.tell(slot.key, slot.truth or slot.value)
        if slot.within:
            self.tell(*slot.within)
        return label.strip() if self.style.hand else f"{label} {slot.value}".strip()

    def _slot(self, label: str, slot: Slot, start: int, end: int, below: bool) -> int:
        """Draw the label and the value; returns the top of the last line."""
        plain = self.font()
        filled = self.filling()
        self.draw.text((start, self.y), label, font=plain, fill=BLACK)
        x, y = start + round(plain.getlength(label + " ")) + (px(3) if not self.style.colon else 0), self.y
        side = round(self.step * 0.8)
        if self.style.boxed and not self.style.hand and len(slot.value) == 12 and slot.value.isdecimal():
            if x + 12 * side > end:
                x, y = start + px(6), y + self.step
            boxes(self.draw, x, y, slot.value, filled, self.style.ink, side)
            return y
        if below:
            x, y = start + px(self.dice.choice((0, 6))), y + self.step
        lines = wrapped(slot.value, filled, end - x, end - start)
        for at, line in enumerate(lines):
            if at:
                x, y = start, y + self.step
            lead(self.draw, self.style.leader, x, end, y, plain, self._under(line, filled))
            self.fill(x, y, line, filled)
        return y

    def _under(self, line: str, filled: ImageFont.FreeTypeFont) -> float:
        """How far a leader keeps from the line's start: it runs under handwriting, and under print now and then."""
        under_print = self.style.family in ("texgyretermes", "stix-two-text") and self.style.leader != "middle"
        through = self.style.hand or under_print
        return 0 if through else filled.getlength(line)

    def filling(self) -> ImageFont.FreeTypeFont:
        """What values are filled in with."""
        if self.style.hand:
            return face(self.style.hand, REGULAR, round(self.size * 1.25, 1))
        return face(self.style.filled, self.style.value_style, self.size)

    def fill(self, x: int, y: int, text: str, font: ImageFont.FreeTypeFont) -> None:
        if self.style.hand:
            base = y + round(self.size * 300 / 72 * 0.95)
            write(self.specimen.image, x, base, text, font, self.style.pen, self.dice)
        else:
            self.draw.text((x, y), text, font=font, fill=self.style.ink)

    def section(self, text: str) -> None:
        self.number = 0
        for line in wrapped(text, self.font(BOLD), self.right - self.left, self.right - self.left):
            self.draw.text((self.left, self.y), line, font=self.font(BOLD), fill=BLACK)
            self.y += self.step
        self.specimen.lines.append(text)

    def paragraph(self, text: str) -> None:
        x = self.left + px(8)
        for line in wrapped(text, self.font(), self.right - x, self.right - self.left):
            self.draw.text((x, self.y), line, font=self.font(), fill=(20, 20, 22))
            self.y, x = self.y + self.step, self.left
        self.specimen.lines.append(text)

    def columns(self, left: Sequence[Slot], right: Sequence[Slot]) -> None:
        """Two columns, each read by itself, with a rule between them now and then."""
        share = self.dice.uniform(0.46, 0.54)
        middle = self.left + round(share * (self.right - self.left))
        top, bottoms = self.y, []
        for slots, start, end in ((left, self.left, middle - px(4)), (right, middle + px(4), self.right)):
            self.y = top
            for slot in slots:
                label = self.dice.choice(slot.labels) + self.style.colon
                self.y = self._slot(label, slot, start, end, False) + self.step
                self.specimen.lines.append(self._told(label, slot))
            bottoms.append(self.y)
        self.y = max(bottoms)
        if self.style.border:
            self.draw.line((middle, top, middle, self.y), fill=BLACK, width=self.style.border)

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
            if self.style.hand:
                font = self.filling()
                self.fill(x - round(font.getlength(block[-1]) / 2), self.y, block[-1], font)
            else:
                self.centred_at(block[-1], x, self.y, BOLD, size)
        if not self.style.hand:
            self.specimen.lines.append(" ".join(block[-1] for block in blocks))
        self.y += step
        if key:
            self.tell(key, blocks[-1][-1])
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
