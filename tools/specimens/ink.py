"""The drawing surface: fonts at 300 dpi, tinted paper, and the truth gathered while drawing."""

from __future__ import annotations

import io
import math
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import segno
from PIL import Image, ImageDraw, ImageFont

from station import paths

DPI = 300
MARK = "MẪU – SPECIMEN"
BLACK = (24, 24, 28)
RED = (176, 24, 40)
GREY = (128, 128, 128)
Colour = tuple[int, int, int]

FONTS = {
    "serif": "LiberationSerif-Regular.ttf",
    "serif-bold": "LiberationSerif-Bold.ttf",
    "serif-italic": "LiberationSerif-Italic.ttf",
    "sans": "LiberationSans-Regular.ttf",
    "sans-bold": "LiberationSans-Bold.ttf",
    "ocr-b": "OCRB.otf",
}


@cache
def font(name: str, points: float) -> ImageFont.FreeTypeFont:
    """One of the fonts in `resources/fonts` (filled by `tools/fetch_models.py`)."""
    file: Path = paths.resources() / "fonts" / FONTS[name]
    return ImageFont.truetype(str(file), round(points * DPI / 72))


def px(millimetres: float) -> int:
    """Millimetres on paper in pixels."""
    return round(millimetres * DPI / 25.4)


@dataclass
class Specimen:
    """One drawn paper with everything that is true about it (`docs/reading.md`, truth files)."""

    kind: str
    image: Image.Image
    fields: dict[str, str] = field(default_factory=dict)
    also: dict[str, list[str] | None] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    qr: str = ""
    mrz: tuple[str, ...] = ()
    handwritten: list[str] = field(default_factory=list)
    """Keys filled in by hand: their values stand neither in `fields` nor in `lines`."""
    font: str = ""
    signatures: list[tuple[int, int]] = field(default_factory=list)
    """Where people sign, and `stamps` where the office stamps: put on before the paper is scanned."""
    stamps: list[tuple[int, int]] = field(default_factory=list)

    @property
    def draw(self) -> ImageDraw.ImageDraw:
        return ImageDraw.Draw(self.image)

    def draw_qr(self, text: str, x: float, y: float, side: float) -> None:
        """A QR code at a place and of a size in millimetres, a whole number of pixels to a module."""
        code = segno.make(text, error="m", micro=False, boost_error=False)
        modules = code.symbol_size(border=2)[0]
        drawn = io.BytesIO()
        code.save(drawn, kind="png", scale=px(side) // modules, border=2)
        self.image.paste(Image.open(drawn).convert("RGB"), (px(x), px(y)))
        self.qr = text


def tinted(width: int, height: int, tint: Colour, waves: Colour | None = None) -> Image.Image:
    """A sheet of coloured paper, with fine security waves where the real one has them."""
    image = Image.new("RGB", (width, height), tint)
    if waves:
        draw = ImageDraw.Draw(image)
        for start in range(-80, height + 80, 70):
            for swing in (28, -28):
                curve = [(x, start + swing * math.sin(x / 90 + start / 60)) for x in range(0, width + 12, 12)]
                draw.line(curve, fill=waves, width=2)
    return image
