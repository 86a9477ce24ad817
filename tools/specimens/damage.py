"""What hands and scanners do to paper: stamps, ink, skew, blur, noise, shadow; the same for the same seed."""

from __future__ import annotations

import io
import math
import random
from typing import Any

import numpy as np
from PIL import Image, ImageDraw, ImageFilter

from tools.specimens.ink import DPI, font, px

STAMP = (196, 40, 52)
PEN = (36, 52, 140)
GLASS = (244, 244, 243)
Step = list[Any]


def stamped(image: Image.Image, centre: tuple[int, int], dice: random.Random) -> Step:
    """A red round stamp that says only MẪU and SPECIMEN; it lets the print below show through."""
    side = px(36)
    layer = Image.new("L", (side, side), 0)
    draw = ImageDraw.Draw(layer)
    middle = side // 2
    for radius, width in ((middle - 6, 8), (px(12), 4)):
        draw.ellipse((middle - radius, middle - radius, middle + radius, middle + radius), outline=215, width=width)
    words = "MẪU * SPECIMEN * MẪU * SPECIMEN * "
    for place, letter in enumerate(words):
        angle = 2 * math.pi * place / len(words)
        tile = Image.new("L", (px(6), px(6)), 0)
        ImageDraw.Draw(tile).text((px(3), px(3)), letter, font=font("sans-bold", 9), fill=215, anchor="mm")
        turned = tile.rotate(-math.degrees(angle), Image.Resampling.BICUBIC)
        x = middle + round(px(14.8) * math.sin(angle)) - px(3)
        y = middle - round(px(14.8) * math.cos(angle)) - px(3)
        layer.paste(255, (x, y), turned)
    star = [
        (middle + radius * math.sin(math.pi * corner / 5), middle - radius * math.cos(math.pi * corner / 5))
        for corner in range(10)
        for radius in [px(6) if corner % 2 == 0 else px(2.4)]
    ]
    draw.polygon(star, fill=200)
    layer = layer.rotate(dice.uniform(-25, 25), Image.Resampling.BICUBIC)
    layer = layer.point(lambda value: int(value * 0.72))
    image.paste(STAMP, (centre[0] - middle, centre[1] - middle), layer)
    return ["stamp"]


def signed(image: Image.Image, centre: tuple[int, int], dice: random.Random) -> Step:
    """A meaningless curve in blue ink."""
    x, y = centre
    height, speed = dice.uniform(4, 7), dice.uniform(5.5, 8)
    curve = [
        (x + px(-17 + 34 * part), y + px(height * math.sin(speed * 3 * part) * (1 - part * 0.6) * math.cos(2 * part)))
        for part in (step / 160 for step in range(161))
    ]
    ImageDraw.Draw(image).line(curve, fill=PEN, width=6, joint="curve")
    return ["signature"]


def scanned(image: Image.Image, dice: random.Random, shadow: bool = False) -> tuple[Image.Image, list[Step]]:
    """What a flatbed adds: a little skew, blur and noise, and a shadow where the lid stood open."""
    skew, blur, noise = dice.uniform(-1.2, 1.2), dice.uniform(0.4, 0.7), dice.uniform(0.8, 1.4)
    image = image.rotate(skew, Image.Resampling.BICUBIC, fillcolor=GLASS)
    image = image.filter(ImageFilter.GaussianBlur(blur))
    pixels = np.asarray(image, dtype=np.float32)
    steps: list[Step] = [["skew", round(skew, 2)], ["blur", round(blur, 2)], ["noise", round(noise, 2)]]
    if shadow:
        depth = dice.uniform(0.2, 0.3)
        ramp = np.linspace(1 - depth, 1, pixels.shape[1] // 2, dtype=np.float32)
        pixels = pixels * np.concatenate([ramp, np.ones(pixels.shape[1] - ramp.size, np.float32)])[None, :, None]
        steps.append(["shadow", round(depth, 2)])
    # One noise value for all three channels: a scanner's grain is grey.
    grain = np.random.default_rng(dice.getrandbits(32)).normal(0, noise, pixels.shape[:2]).astype(np.float32)
    pixels = pixels + grain[..., None]
    return Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)), steps


def on_glass(card: Image.Image) -> Image.Image:
    """A card lying on the scanner's glass with some room around it."""
    room = px(9)
    glass = Image.new("RGB", (card.width + 2 * room, card.height + 2 * room), GLASS)
    corners = Image.new("L", card.size, 0)
    ImageDraw.Draw(corners).rounded_rectangle((0, 0, card.width - 1, card.height - 1), radius=px(3), fill=255)
    glass.paste(card, (room, room), corners)
    return glass


def jpeg(image: Image.Image, quality: int, limit: int) -> tuple[bytes, int]:
    """The file as a scanner writes it, no larger than the limit; and the quality that took."""
    while True:
        written = io.BytesIO()
        image.save(written, "JPEG", quality=quality, dpi=(DPI, DPI), optimize=True)
        if written.tell() <= limit:
            return written.getvalue(), quality
        quality -= 4
