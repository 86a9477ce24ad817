"""Cards of identity: pictures and codes at the sides, small labels with larger values, machine readable lines."""

from __future__ import annotations

import random

from tools.training.line_finder import surroundings
from tools.training.line_finder.canvas import WIDEST_GAP, Canvas, Pixels
from tools.training.line_finder.material import Face, faces, mrz, number, phrase, words


def fill(
    canvas: Canvas, dice: random.Random, x_height: float, left: float, top: float, right: float, bottom: float
) -> None:
    """Compose one card face into the rectangle. `x_height` is that of the labels."""
    x, y = x_height, top + x_height * dice.uniform(1, 3)
    ink, value_ink = dice.choice((20, 50, 90, 120)), dice.choice((10, 25, 45))
    face, strong = faces().any_print(dice), faces().any_print(dice)
    text_left, text_right = left + x * dice.uniform(2, 6), right - x * dice.uniform(1, 5)
    head = dice.random() < 0.6
    if head:
        side = round(x * dice.uniform(5, 8))
        canvas.blend(round(left + x * 2), round(top + x * 2), surroundings.emblem(side, dice), dice.randint(40, 160))
        for _ in range(dice.randint(2, 5)):
            size = x * dice.uniform(0.85, 2)
            y += size * 2.3
            text = words(dice, dice.randint(2, 7))
            text = text.upper() if dice.random() < 0.6 else text
            while strong.sized(size).getlength(text) > (right - left) * 0.7 - side and " " in text:
                text = text.rsplit(" ", 1)[0]
            width = strong.sized(size).getlength(text)
            start = max(left + side + 3 * x, (left + right) / 2 + x * 2 - width / 2)
            canvas.text(start, y, text, strong, size, dice.choice((value_ink, 90)))
        y += x
    pictures_top, lowest = y + x, bottom - x * 2
    machine = dice.random() < 0.4
    if machine:
        zone = faces().any_zone(dice)
        size = x * dice.uniform(1.2, 2.1)
        size *= min(1, (right - left - 4 * x) / (zone.sized(size).getlength("<" * 30) + 12 * size))
        lowest = bottom - size * 9.5
        for row in range(3):
            base = bottom - size * (2 + (2 - row) * dice.uniform(2.75, 2.85))
            canvas.text(
                left + x * 2, base, mrz(dice, 30), zone, size, value_ink, spacing=size * dice.choice((0, 0.15, 0.4))
            )
    if dice.random() < 0.75:
        wide = round(x * dice.uniform(9, 16))
        tall = min(round(wide * 1.33), round(lowest - pictures_top))
        if tall > 20:
            canvas.paste(round(left + x * 2), round(pictures_top), _picture(wide, tall, dice))
            text_left = left + x * 3 + wide + x * dice.uniform(0, 2)
    if dice.random() < 0.45:
        wide = round(x * dice.uniform(7, 14))
        at = round(right - wide - x * 1.5)
        if at > text_left + 12 * x:
            high = round(pictures_top if head else top + x * 2)
            canvas.paste(at, high, surroundings.qr(wide, dice))
            if dice.random() < 0.4 and high + wide * 2.6 < lowest:
                layer = surroundings.fingerprint(wide, round(wide * 1.3), dice)
                canvas.blend(at, round(high + wide + 3 * x), layer, dice.randint(60, 150))
            text_right = at - x
            y = max(y, top + x)
    below = dice.random() < 0.6
    english = dice.random() < 0.6
    while y < lowest - 7 * x:
        y = _pair(canvas, dice, x, y, text_left, text_right, face, strong, ink, value_ink, below=below, english=english)


def _picture(wide: int, tall: int, dice: random.Random) -> Pixels:
    turn = dice.random()
    if turn < 0.7:
        return surroundings.photograph(wide, tall, dice)
    if turn < 0.85:
        return surroundings.qr(wide, dice)[:tall]
    return surroundings.chip(wide, min(tall, round(wide * 0.8)), dice)


def _pair(
    canvas: Canvas, dice: random.Random, x: float, y: float, left: float, right: float,
    face: Face, strong: Face, ink: int, value_ink: int, *, below: bool, english: bool,
) -> float:  # fmt: skip
    """One or two labels with their values; returns the base of the lowest line."""
    count = 1 if dice.random() < 0.75 else 2
    share = (right - left) / count
    sizes = [x * dice.uniform(1, 2) for _ in range(count)]
    y += (x if below else max(sizes)) * dice.uniform(2.4, 3.2)
    lowest = y
    for at in range(count):
        start, end = left + at * share, left + (at + 1) * share - x
        label = (
            words(dice, dice.randint(1, 4))
            + (f" / {words(dice, dice.randint(1, 3))}" if english else "")
            + dice.choice((":", ""))
        )
        while face.sized(x).getlength(label) > end - start and " " in label:
            label = label.rsplit(" ", 1)[0]
        stop = canvas.text(start, y, label, face, x, ink)
        size = sizes[at]
        value = number(dice) if dice.random() < 0.3 else phrase(dice, 7)
        gap = x * dice.uniform(0.6, 3.5)
        at_x, base = (start, y + size * dice.uniform(2.1, 2.6)) if below else (stop + gap, y)
        while strong.sized(size).getlength(value) > end - at_x and " " in value:
            value = value.rsplit(" ", 1)[0]
        if strong.sized(size).getlength(value) < end - at_x:
            canvas.text(at_x, base, value, strong, size, value_ink)
            if not below and gap < WIDEST_GAP * x:
                canvas.tell(stop, at_x, base, min(x, size))
            lowest = max(lowest, base)
    return lowest
