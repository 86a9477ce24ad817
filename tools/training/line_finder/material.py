"""What the pages are made of: fonts sorted by what they are good for, and short Vietnamese texts."""

from __future__ import annotations

import random
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from PIL import ImageFont

from tools.training.fonts import font_files, styles_of
from tools.training.texts import line

MONOSPACED = ("mono", "courier", "cousine", "code")


@dataclass(frozen=True, slots=True)
class Face:
    """A font file with its measures, as shares of the size it is asked for."""

    path: str
    x_height: float
    cap_height: float

    def sized(self, x_height: float) -> ImageFont.FreeTypeFont:
        """Cut so that its x-height is about that many pixels."""
        return _cut(self.path, max(6, round(x_height / self.x_height)))


@lru_cache(maxsize=1500)
def _cut(path: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)


def measured(path: Path) -> Face | None:
    """None where the font's measures are out of the ordinary."""
    cut = ImageFont.truetype(str(path), 200, layout_engine=ImageFont.Layout.BASIC)
    cap = -cut.getbbox("H", anchor="ls")[1] / 200
    low = -cut.getbbox("x", anchor="ls")[1] / 200
    x = min(low, 0.73 * cap) if "OCRB" in path.name else low
    return Face(str(path), x, cap) if 0.15 < x < 0.8 else None


@dataclass(frozen=True, slots=True)
class Faces:
    """All usable fonts by kind; families by lot first, so that one with many styles weighs as much as any other."""

    print: tuple[tuple[Face, ...], ...]
    mono: tuple[tuple[Face, ...], ...]
    hand: tuple[tuple[Face, ...], ...]
    zone: tuple[Face, ...]

    def any_print(self, dice: random.Random) -> Face:
        return dice.choice(dice.choice(self.mono if dice.random() < 0.04 else self.print))

    def any_slanted(self, dice: random.Random) -> Face:
        """Italic, thin or typewritten: what is filled in by machine and is taken for handwriting most easily."""
        family = dice.choice(self.mono if dice.random() < 0.3 else self.print)
        slanted = [face for face in family if any(part in face.path.lower() for part in ("italic", "oblique"))]
        return dice.choice(slanted or family)

    def any_hand(self, dice: random.Random) -> Face:
        return dice.choice(dice.choice(self.hand))

    def any_zone(self, dice: random.Random) -> Face:
        return dice.choice(self.zone)


@cache
def faces() -> Faces:
    families = list(styles_of(font_files("printed")))
    mono = [files for name, files in families if any(part in name.lower() for part in MONOSPACED)]
    printed = [files for _, files in families if files not in mono]
    hand = [files for _, files in styles_of(font_files("handwritten"))]
    return Faces(
        _measured_all(printed), _measured_all(mono), _measured_all(hand), _measured_all([font_files("zone")])[0]
    )


def _measured_all(families: list[list[Path]]) -> tuple[tuple[Face, ...], ...]:
    kept = (tuple(face for file in files if (face := measured(file))) for files in families)
    return tuple(family for family in kept if family)


@cache
def lines() -> tuple[str, ...]:
    """What papers say, and syllables and figures without meaning."""
    dice = random.Random(11)  # noqa: S311
    return tuple(line(dice) for _ in range(2500))


def words(dice: random.Random, count: int) -> str:
    """That many syllables from a line."""
    said = dice.choice(lines()).split()
    while len(said) < count:
        said += dice.choice(lines()).split()
    start = dice.randrange(0, max(1, len(said) - count + 1))
    return " ".join(said[start : start + count])


def number(dice: random.Random) -> str:
    """A number, a date, a quantity, a mark or part of an address, as forms have them."""
    return dice.choice((
        "0" + "".join(dice.choices("0123456789", k=dice.choice((8, 9, 11)))),
        f"{dice.randint(1, 31):02}/{dice.randint(1, 12):02}/{dice.randint(1930, 2026)}",
        f"{dice.randint(1, 999)}/{dice.randint(1990, 2026)}",
        f"{dice.randint(1, 999)}.{dice.randint(100, 999)}.000",
        str(dice.randint(1, 9999)),
        dice.choice(("x", "X", "-", "Nữ", "(1)", str(dice.randint(0, 9)), str(dice.randint(1, 99)))),
        f"{dice.choice('ABCDKMTX')}{dice.choice('ABCDKMT')} {dice.randint(100000, 999999)}",
    ))  # fmt: skip


def phrase(dice: random.Random, most: int = 8) -> str:
    """Something short: a value, a label, a name."""
    if dice.random() < 0.22:
        return number(dice)
    text = words(dice, dice.randint(1, most))
    turn = dice.random()
    return text.upper() if turn < 0.25 else text.title() if turn < 0.4 else text


def mrz(dice: random.Random, length: int) -> str:
    letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    zone = ""
    while len(zone) < length:
        zone += dice.choice(
            (
                "".join(dice.choices("0123456789", k=dice.randint(3, 10))),
                "".join(dice.choices(letters, k=dice.randint(2, 8))) + "<",
                "<" * dice.randint(1, 12),
            )
        )
    return zone[:length]
