"""What is filled in on a page: leaders under it, boxes for digits, and a pen's writing."""

from __future__ import annotations

import random

from PIL import Image, ImageDraw, ImageFont

from tools.specimens.ink import Colour, px
from tools.specimens.varied.style import LEADERS

INK = (40, 40, 40)


def lead(
    draw: ImageDraw.ImageDraw, kind: str, start: int, end: int, y: int, font: ImageFont.FreeTypeFont, under: float
) -> None:
    """A leader from `start` to `end` on the line whose top is `y`; a value as wide as `under` already stands there."""
    base = y + round(font.size * 0.98)
    if kind == "line":
        draw.line((start, base + 10, end, base + 10), fill=(30, 30, 30), width=2)
    elif kind == "dotted line":
        for x in range(start, end, 12):
            draw.ellipse((x, base + 6, x + 4, base + 10), fill=INK)
    elif kind == "middle":  # drawn, not written: few typefaces that were cut down for training have the sign
        middle, radius = y + round(font.size * 0.68), max(2, round(font.size * 0.05))
        for x in range(start + round(under) + px(0.8), end, round(font.size * 0.3)):
            draw.ellipse((x, middle - radius, x + radius * 2, middle + radius), fill=INK)
    elif LEADERS[kind]:
        mark = LEADERS[kind]
        begin = start + round(under) + px(0.8)
        draw.text((begin, y), mark * max(0, int((end - begin) / font.getlength(mark))), font=font, fill=INK)


def boxes(
    draw: ImageDraw.ImageDraw, x: int, y: int, digits: str, font: ImageFont.FreeTypeFont, ink: Colour, side: int
) -> None:
    """One box a digit."""
    for at, digit in enumerate(digits):
        left = x + at * side
        draw.rectangle((left, y - side // 10, left + side, y + side), outline=(60, 60, 60), width=2)
        draw.text((left + side // 2, y + round(side * 0.45)), digit, font=font, fill=ink, anchor="mm")


def write(
    image: Image.Image, x: int, base: int, text: str, font: ImageFont.FreeTypeFont, pen: Colour, dice: random.Random
) -> int:
    """Words by hand on the base line, each a little higher or lower, turned and slanted; returns where they end."""
    for word in text.split():
        wide, tall = round(font.getlength(word)) + 40, round(font.size * 2)
        mask = Image.new("L", (wide, tall))
        ImageDraw.Draw(mask).text((20, tall * 2 // 3), word, font=font, fill=dice.randint(190, 255), anchor="ls")
        slant = dice.uniform(-0.05, 0.25)
        mask = mask.transform(mask.size, Image.Transform.AFFINE, (1, slant, -slant * tall * 2 / 3, 0, 1, 0))
        mask = mask.rotate(dice.uniform(-2, 2), Image.Resampling.BICUBIC)
        image.paste(pen, (x - 20, base - tall * 2 // 3 + dice.randint(-5, 5)), mask)
        x += wide - 40 + round(font.size * dice.uniform(0.2, 0.35))
    return x
