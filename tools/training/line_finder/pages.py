"""Rows of a form or a letter: headings, labels with leaders and values, paragraphs, tables, boxes, signature blocks."""

from __future__ import annotations

import random
from collections.abc import Callable
from itertools import pairwise

import numpy as np

from tools.training.line_finder import surroundings
from tools.training.line_finder.canvas import WIDEST_GAP, Canvas
from tools.training.line_finder.handwriting import signature, written
from tools.training.line_finder.material import Face, faces, mrz, number, phrase, words

LEADERS = (".", ".", ".", "…", ". ", ".  ", "-", "- ", "_", "line", "line", "dotted", "dotted", "")


class Page:
    """Fills a canvas from the top down, in one style."""

    def __init__(self, canvas: Canvas, dice: random.Random, x_height: float, left: float, right: float) -> None:
        self.canvas, self.dice = canvas, dice
        self.left, self.right, self.x = left, right, x_height
        self.face = faces().any_print(dice)
        self.filled = self.face
        if dice.random() < 0.5:
            self.filled = faces().any_slanted(dice) if dice.random() < 0.5 else faces().any_print(dice)
        self.ink = dice.choice((10, 20, 30, 60, dice.randint(60, 150)))
        self.pen = dice.choice((30, 50, 70, 90, 120))
        self.by_hand = dice.choice((0.0, 0.0, 0.2, 0.7, 1.0))
        self.leader = dice.choice(LEADERS)
        self.step = x_height * dice.uniform(2.3, 4.6)
        self.y = dice.uniform(-3, 6) * x_height

    def fill(self) -> None:
        rows: tuple[tuple[Callable[[], None], float], ...] = (
            (self.heading, 1.2), (self.letterhead, 0.6), (self.labels, 6), (self.paragraph, 2.2), (self.table, 1.3),
            (self.boxes, 1), (self.ticks, 0.8), (self.signatures, 0.9), (self.machine_lines, 0.35), (self.columns, 1),
            (self.gap, 0.7), (self.rule, 0.3), (self.picture, 0.45), (self.bullets, 0.8), (self.reversed_out, 0.25),
        )  # fmt: skip
        deeds, weights = zip(*rows, strict=True)
        while self.y < self.canvas.side + self.x:
            self.dice.choices(deeds, weights)[0]()

    def centred(self, text: str, middle: float, base: float, face: Face, x: float, ink: int) -> tuple[float, float]:
        width = face.sized(x).getlength(text)
        return middle - width / 2, self.canvas.text(middle - width / 2, base, text, face, x, ink)

    def heading(self) -> None:
        dice = self.dice
        face = faces().any_print(dice)
        middle = (self.left + self.right) / 2
        for _ in range(dice.randint(1, 3)):
            x = self.x * dice.uniform(0.9, 2.2)
            self.y += x * dice.uniform(1.2, 1.9)
            text = words(dice, dice.randint(2, 8))
            ink = dice.choice((self.ink, self.ink, 90))
            start, end = self.centred(text.upper() if dice.random() < 0.7 else text, middle, self.y, face, x, ink)
            if dice.random() < 0.25:
                inset = (end - start) * dice.uniform(0, 0.35)
                below = self.y + x * dice.uniform(0.15, 0.8)
                self.canvas.line(start + inset, below, end - inset, below, ink, dice.choice((1, 2, 3)))
            self.y += x * dice.uniform(1.0, 1.6)

    def letterhead(self) -> None:
        dice = self.dice
        width = self.right - self.left
        for _ in range(dice.randint(2, 4)):
            self.y += self.x * 2.4
            for share in (0.22, 0.72):
                if dice.random() < 0.9:
                    text = words(dice, dice.randint(2, 6))
                    if dice.random() < 0.6:
                        text = text.upper()
                    x, face = (
                        self.x * dice.uniform(0.85, 1.05),
                        self.face if dice.random() < 0.5 else faces().any_print(dice),
                    )
                    room = width * (0.42 if share < 0.5 else 0.52)
                    while face.sized(x).getlength(text) > room and " " in text:
                        text = text.rsplit(" ", 1)[0]
                    start, end = self.centred(text, self.left + width * share, self.y, face, x, self.ink)
                    if dice.random() < 0.15:
                        self.canvas.line(start, self.y + x * 0.6, end, self.y + x * 0.6, self.ink, 2)
        self.y += self.step * 0.6

    def labels(self) -> None:
        """One row: one to three labels, each with its value and leader."""
        dice = self.dice
        self.y += self.step
        count = dice.choice((1, 1, 1, 2, 2, 3))
        share = (self.right - self.left) / count
        bullet = dice.choice(("", "", "", f"{dice.randint(1, 20)}. ", "- ", f"{dice.choice('abcdg')}) "))
        for at in range(count):
            start, end = self.left + at * share, self.left + (at + 1) * share - self.x * dice.uniform(0, 4)
            self.label(bullet if at == 0 else "", start, end)

    def label(self, bullet: str, start: float, end: float) -> None:
        dice, canvas, x = self.dice, self.canvas, self.x
        text = bullet + words(dice, dice.randint(1, 5)) + dice.choice((":", ":", ":", " :", ""))
        while self.face.sized(x).getlength(text) > 0.8 * (end - start) and " " in text:
            text = text.rsplit(" ", 1)[0]
        at = canvas.text(start, self.y, text, self.face, x, self.ink)
        gap = x * dice.choice((0.5, 0.6, 1, 1.5, dice.uniform(0.4, 9)))
        at = max(at + gap, start + (end - start) * 0.4) if dice.random() < 0.15 else at + gap
        lead_from, base = at, self.y
        how = dice.random()
        value_end = at
        if how < 0.82 and end - at > 4 * x:
            if dice.random() < self.by_hand:
                value_end = written(
                    canvas, at, base - x * dice.uniform(0, 0.3), phrase(dice, 6), x, self.pen, dice, end - at
                )
            else:
                value_end = self.value(at, end, base, gap)
        after = self.leader not in ("line", "dotted") and dice.random() < 0.75
        self.lead(
            value_end + x * dice.uniform(0, 0.6) if after else lead_from,
            end,
            base + x * dice.choice((0, 0, 0.1, 0.3)),
        )

    def value(self, at: float, end: float, base: float, gap: float) -> float:
        dice, x = self.dice, self.x
        face = self.filled
        text = phrase(dice)
        cut = face.sized(x)
        while cut.getlength(text) > end - at and len(text) > 1:
            text = text[:-1]
        lifted = x * dice.choice((0, 0, 0, 0.1, 0.25))
        size = x * dice.choice((1, 1, 1, 1.1))
        value_end = self.canvas.text(at, base - lifted, text, face, size, dice.choice((self.ink, 20, self.pen)))
        if gap < WIDEST_GAP * x and text:
            self.canvas.tell(at - gap, at, base, x)
        return value_end

    def lead(self, start: float, end: float, base: float) -> None:
        """The leader that a value stands on or that follows it; never text."""
        dice, canvas, x = self.dice, self.canvas, self.x
        if end - start < 2 * x or not self.leader:
            return
        if self.leader in ("line", "dotted"):
            at = base + x * dice.uniform(0.1, 0.5)
            ink, pen, pitch = dice.choice((self.ink, 120)), dice.choice((1, 1, 2)), x * dice.uniform(0.3, 1)
            if self.leader == "line":
                canvas.line(start, at, end, at, ink, pen)
                return
            for dot in np.arange(start, end, max(pitch, pen + 2)):
                canvas.line(int(dot), at, int(dot) + pen - 1, at, ink, pen)
            return
        face = self.face
        wide = face.sized(x).getlength(self.leader)
        count = int((end - start) / max(1, wide))
        canvas.text(start, base, self.leader * count, face, x, dice.choice((self.ink, self.ink, 110)), told=False)

    def paragraph(self) -> None:
        dice = self.dice
        start = self.left + self.x * dice.choice((0, 0, 4, 6))
        face = self.face if dice.random() < 0.7 else faces().any_print(dice)
        tight = self.x * dice.uniform(2.1, 3.2) if dice.random() < 0.5 else self.step
        for _ in range(dice.randint(1, 6)):
            self.y += tight
            self.run(words(dice, 30), start, self.right, self.y, face, self.x)
            start = self.left
        self.y += self.x * 0.5

    def run(self, text: str, start: float, end: float, base: float, face: Face, x: float) -> float:
        """As many words as fit on one line."""
        cut = face.sized(x)
        while cut.getlength(text) > end - start and " " in text:
            text = text[: max(1, int(len(text) * (end - start) / cut.getlength(text)))].rsplit(" ", 1)[0]
            if cut.getlength(text) > end - start and " " in text:
                text = text.rsplit(" ", 1)[0]
        return self.canvas.text(start, base, text, face, x, self.ink) if cut.getlength(text) <= end - start else start

    def table(self) -> None:
        """Cells with or without borders; several lines in some cells."""
        dice, canvas = self.dice, self.canvas
        x = self.x * dice.uniform(0.8, 1)
        columns = dice.randint(2, 7)
        edges = np.concatenate([[0], np.cumsum(np.random.default_rng(dice.getrandbits(31)).uniform(0.5, 2, columns))])
        edges = self.left + edges / edges[-1] * (self.right - self.left)
        ruled, pen, ink = dice.random() < 0.85, dice.choice((1, 2, 3)), dice.choice((self.ink, 20, 120))
        pad, pitch = x * dice.uniform(0.5, 1.2), x * dice.uniform(2.2, 2.8)
        self.y += x
        top = self.y
        shade = dice.random() < 0.25
        for row in range(dice.randint(2, 6)):
            lines = dice.choice((1, 1, 1, 2))
            height = lines * pitch + pad * 1.2
            face = self.face if row else faces().any_print(dice)
            if row == 0 and shade:
                canvas.draw.rectangle((edges[0], self.y, edges[-1], self.y + height), fill=dice.randint(190, 235))
            for left, right in pairwise(edges.tolist()):
                if dice.random() < 0.85:
                    self.cell(left + pad, right - pad, self.y + pitch * 0.85, lines, pitch, face, x)
            self.y += height
            if ruled:
                canvas.line(edges[0], self.y, edges[-1], self.y, ink, pen)
        if ruled:
            canvas.line(edges[0], top, edges[-1], top, ink, pen)
            for edge in edges:
                canvas.line(edge, top, edge, self.y, ink, pen)
        self.y += x

    def cell(self, left: float, right: float, base: float, lines: int, pitch: float, face: Face, x: float) -> None:
        dice = self.dice
        if dice.random() < self.by_hand:
            written(self.canvas, left, base, phrase(dice, 3), x, self.pen, dice, right - left)
            return
        short = dice.random() < 0.3  # a running number, a cross, «(2)»
        for at in range(1 if short else lines):
            mark = dice.choice(("{}", "{}", "({})", "{}.")).format(dice.randint(1, dice.choice((9, 9, 99))))
            text = dice.choice((mark, mark, mark, "x", "X", "-", "Nam", "Nữ")) if short else phrase(dice, 5)
            cut = face.sized(x)
            while cut.getlength(text) > right - left and " " in text:
                text = text.rsplit(" ", 1)[0]
            width = cut.getlength(text)
            if width <= right - left:
                start = left if dice.random() < 0.6 else (left + right - width) / 2
                self.canvas.text(start, base + at * pitch, text, face, x, self.ink)

    def boxes(self) -> None:
        """A number, one digit to a box: one segment; empty boxes are none."""
        dice, canvas, x = self.dice, self.canvas, self.x
        side = x * dice.uniform(2.1, 3.2)
        self.y += max(self.step, side * 1.25)
        at = canvas.text(
            self.left, self.y, words(dice, dice.randint(2, 5)) + ":", self.face, x, self.ink
        ) + x * dice.uniform(1, 3)
        digits = dice.choice((8, 9, 9, 10, 12, 12))
        if dice.random() < 0.5:
            at = max(self.left, at)
        top = self.y - x * 0.75 - side / 2
        pitch = side * dice.choice((1, 1, 1, 1.15))
        filled = dice.random() < 0.8
        hand = dice.random() < self.by_hand
        text = "".join(dice.choices("0123456789", k=digits))
        ink, face = dice.choice((self.ink, 110)), self.filled
        size = min(x * dice.uniform(0.9, 1.3), side * 0.5)
        cut = face.sized(size)
        for k in range(digits):
            canvas.draw.rectangle(
                (at + k * pitch, top, at + k * pitch + side, top + side), outline=ink, width=dice.choice((1, 1, 2))
            )
            if filled and not hand:
                canvas.draw.text(
                    (at + k * pitch + side / 2, round(self.y)), text[k], font=cut, fill=self.ink, anchor="ms"
                )
        if filled and not hand:
            half = cut.getlength("0") / 2
            canvas.tell(
                at + side / 2 - half,
                at + (digits - 1) * pitch + side / 2 + half,
                round(self.y),
                cut.size * face.x_height,
            )
        elif filled:
            for k in range(digits):
                written(canvas, at + k * pitch + side * 0.25, self.y, text[k], size, self.pen, dice, side)
            canvas.tell(at + side * 0.3, at + (digits - 1) * pitch + side * 0.7, self.y, size, hand=True)
        self.y = max(self.y, top + side)

    def ticks(self) -> None:
        dice, canvas, x = self.dice, self.canvas, self.x
        self.y += self.step
        at = self.left
        for _ in range(dice.randint(2, 5)):
            at = canvas.text(at, self.y, words(dice, dice.randint(1, 3)), self.face, x, self.ink) + x * dice.uniform(
                0.4, 1
            )
            side = x * dice.uniform(1.2, 1.7)
            canvas.draw.rectangle((at, self.y - side, at + side, self.y), outline=self.ink, width=dice.choice((1, 2)))
            if dice.random() < 0.4:
                canvas.line(at + 2, self.y - side / 2, at + side / 2, self.y - 2, self.ink, 2)
                canvas.line(at + side / 2, self.y - 2, at + side, self.y - side, self.ink, 2)
            at += side + x * dice.uniform(0.5, 5)
            if at > self.right:
                break

    def signatures(self) -> None:
        """Blocks side by side: who signs, how, the signature with or without a stamp, the name."""
        dice, canvas, x = self.dice, self.canvas, self.x
        count = dice.choice((1, 2, 2, 3))
        top, bottoms = self.y + self.step * 0.5, []
        for at in range(count):
            middle = self.left + (self.right - self.left) * (
                (at + 0.5) / count if count > 1 else dice.choice((0.3, 0.5, 0.72))
            )
            y = top
            for number_of_line in range(dice.randint(1, 3)):
                y += x * dice.uniform(2.2, 2.9)
                text = words(dice, dice.randint(1, 3 if count > 1 else 5))
                text = text.upper() if number_of_line != 1 else f"({text})"
                self.centred(text, middle, y, faces().any_print(dice), x * dice.uniform(0.85, 1), self.ink)
            room = x * dice.uniform(5, 11)
            if dice.random() < 0.7:
                signature(
                    canvas, middle - x * dice.uniform(4, 9), y + room * 0.65, x * dice.uniform(2, 5), self.pen, dice
                )
            if dice.random() < 0.45:
                radius = x * dice.uniform(5.5, 9.5)
                surroundings.stamp(
                    canvas, middle - x * dice.uniform(0, 9), y + room * dice.uniform(0.3, 0.9), radius, dice
                )
            y += room
            name = words(dice, dice.randint(2, 4)).title()
            if dice.random() < self.by_hand:
                written(canvas, middle - 6 * x, y, name, x, self.pen, dice, 14 * x)
            else:
                self.centred(name, middle, y, faces().any_print(dice), x, self.ink)
            bottoms.append(y)
        self.y = max(bottoms) + x

    def machine_lines(self) -> None:
        dice = self.dice
        face = faces().any_zone(dice)
        x = self.x * dice.uniform(0.9, 1.6)
        length = dice.choice((30, 36, 44))
        pitch = x * dice.uniform(2.4, 3.2)
        for _ in range(2 if length > 30 else 3):
            self.y += pitch
            self.canvas.text(
                self.left, self.y, mrz(dice, length), face, x, self.ink, spacing=x * dice.choice((0, 0.1, 0.4))
            )

    def columns(self) -> None:
        """Two columns of label rows, at times with a rule between."""
        dice = self.dice
        left, right, top = self.left, self.right, self.y
        middle = left + (right - left) * dice.uniform(0.42, 0.58)
        bottoms = []
        for start, end in (
            (left, middle - self.x * dice.uniform(0.8, 3)),
            (middle + self.x * dice.uniform(0.8, 2), right),
        ):
            self.y = top
            for _ in range(dice.randint(2, 7)):
                self.y += self.step
                if dice.random() < 0.75:
                    self.label("", start, end)
                else:
                    self.run(words(dice, 15), start, end, self.y, self.face, self.x)
            bottoms.append(self.y)
        self.y = max(bottoms)
        if dice.random() < 0.4:
            self.canvas.line(middle, top, middle, self.y, self.ink, 1)

    def bullets(self) -> None:
        dice = self.dice
        mark = dice.choice(("- ", "+ ", "• ", "* ", f"{dice.randint(1, 9)}. "))
        for _ in range(dice.randint(2, 4)):
            self.y += self.step
            self.run(
                mark + words(dice, dice.randint(3, 20)), self.left + self.x * 2, self.right, self.y, self.face, self.x
            )

    def reversed_out(self) -> None:
        """Light letters in a dark bar."""
        dice, x = self.dice, self.x
        height = x * dice.uniform(2.4, 4)
        self.y += self.step * 0.5
        self.canvas.draw.rectangle((self.left, self.y, self.right, self.y + height), fill=dice.randint(0, 110))
        self.run_light(self.y + height / 2 + x * 0.6)
        self.y += height

    def run_light(self, base: float) -> None:
        text = words(self.dice, self.dice.randint(2, 7))
        self.canvas.text(self.left + self.x, base, text.upper(), self.face, self.x, self.dice.randint(215, 255))

    def gap(self) -> None:
        self.y += self.x * self.dice.uniform(2, 25)

    def rule(self) -> None:
        self.y += self.step * 0.7
        ink = self.dice.randint(20, 180)
        self.canvas.line(self.left, self.y, self.right, self.y, ink, self.dice.choice((1, 2, 5)))
        self.y += self.x * 0.7

    def picture(self) -> None:
        """A photograph, a code or a stamp between the rows; at times with lines beside it."""
        dice, x = self.dice, self.x
        side = round(x * dice.uniform(7, 18))
        left = round(dice.uniform(self.left, max(self.left + 1, self.right - side)))
        top = round(self.y + x)
        kind = dice.randrange(4)
        if kind == 0:
            self.canvas.paste(left, top, surroundings.photograph(side, round(side * 1.33), dice))
            self.y += side * 1.33 + x
        elif kind == 1:
            self.canvas.paste(left, top, surroundings.qr(side, dice))
            self.y += side + x
        elif kind == 2:
            self.canvas.paste(left, top, surroundings.barcode(side * 2, round(side * 0.4), dice))
            base = top + side * 0.4 + x * 1.6
            if dice.random() < 0.6:
                self.canvas.text(
                    left, base, number(dice), self.face, x * 0.9, self.ink, spacing=dice.choice((0, x * 0.4))
                )
            self.y = base + x
        else:
            surroundings.stamp(self.canvas, left, top + side / 2, side / 2, dice)
            self.y += side * dice.uniform(0, 1)
