"""All that is no text: papers, guilloche, desks, photographs, stamps, fingerprints, codes, watermarks."""

from __future__ import annotations

import math
import random

import cv2
import numpy as np
from PIL import Image, ImageDraw

from tools.training.line_finder.canvas import Canvas, Pixels
from tools.training.line_finder.material import faces, words


def noise(side: int, cell: float, amount: float, seed: int, aspect: float = 1) -> Pixels:
    """Smooth noise of one grain; float32 around 0."""
    rng = np.random.default_rng(seed)
    small = rng.normal(0, amount, (max(2, round(side / cell)), max(2, round(side / cell / aspect)))).astype(np.float32)
    return cv2.resize(small, (side, side), interpolation=cv2.INTER_LINEAR)


def paper(side: int, dice: random.Random) -> Pixels:
    """White, tinted or grey paper, plain or with a security pattern."""
    base = dice.choice((255, 255, 252, 246, 238, 228, 215, dice.uniform(150, 240)))
    pixels = np.full((side, side), base, np.float32)
    turn = dice.random()
    if turn < 0.45:
        pixels -= guilloche(side, dice) * dice.uniform(4, 46)
    if dice.random() < 0.25:
        pixels += noise(side, dice.uniform(60, 400), dice.uniform(2, 12), dice.getrandbits(31))
    return np.clip(pixels, 0, 255).astype(np.uint8)


def guilloche(side: int, dice: random.Random) -> Pixels:
    """Wavy fine lines, one or two families, 0 to 1."""
    rows, columns = np.mgrid[0:side, 0:side].astype(np.float32)
    total = np.zeros((side, side), np.float32)
    for _ in range(dice.choice((1, 1, 2))):
        angle = dice.uniform(0, math.pi) if dice.random() < 0.5 else dice.gauss(math.pi / 2, 0.05)
        across = columns * math.cos(angle) + rows * math.sin(angle)
        along = rows * math.cos(angle) - columns * math.sin(angle)
        period, length = dice.uniform(7, 34), dice.uniform(40, 320)
        swing = dice.uniform(0.1, 1.2) * period
        phase = across + swing * np.sin(along * (6.28 / length))
        ripple = np.cos(phase * np.float32(6.2832 / period))
        share = dice.uniform(0.5, 0.95)
        total = np.maximum(total, np.clip((ripple - share) / (1 - share), 0, 1))
    return total


def desk(side: int, dice: random.Random) -> Pixels:
    """What lies around a sheet: a lid, a table, wood, cloth."""
    base = dice.choice((dice.uniform(0, 60), dice.uniform(60, 190), dice.uniform(190, 255)))
    pixels = np.full((side, side), base, np.float32)
    if dice.random() < 0.6:
        pixels += noise(
            side, dice.uniform(2, 12), dice.uniform(3, 22), dice.getrandbits(31), dice.choice((1, 1, 12, 30))
        )
        pixels += noise(side, dice.uniform(30, 200), dice.uniform(3, 22), dice.getrandbits(31), dice.choice((1, 1, 4)))
    if dice.random() < 0.35:  # the grain of wood or the weave of cloth, as long and as thin as letters' strokes
        streaks = noise(side, dice.uniform(2, 7), dice.uniform(6, 34), dice.getrandbits(31), dice.uniform(0.04, 0.3))
        pixels += streaks if dice.random() < 0.7 else streaks + streaks.T
    if dice.random() < 0.3:
        pixels = pixels.T
    return np.clip(pixels, 0, 255).astype(np.uint8)


def photograph(width: int, height: int, dice: random.Random) -> Pixels:
    """A portrait or any picture: smooth shapes with grain."""
    image = Image.new("L", (width, height), dice.randint(110, 250))
    draw = ImageDraw.Draw(image)
    if dice.random() < 0.7:
        skin, hair, cloth = dice.randint(120, 220), dice.randint(10, 110), dice.randint(10, 240)
        cx, cy, r = width / 2, height * dice.uniform(0.38, 0.48), width * dice.uniform(0.2, 0.28)
        draw.ellipse((cx - r * 1.2, cy - r * 1.6, cx + r * 1.2, cy + r * dice.uniform(0.6, 2)), fill=hair)
        draw.pieslice((-width * 0.05, height * 0.68, width * 1.05, height * 1.5), 180, 360, fill=cloth)
        draw.ellipse((cx - r, cy - r * 1.2, cx + r, cy + r * 1.4), fill=skin)
        for side in (-1, 1):
            draw.ellipse((cx + side * r * 0.45 - 4, cy - 3, cx + side * r * 0.45 + 4, cy + 3), fill=hair)
        draw.line((cx - r * 0.35, cy + r * 0.75, cx + r * 0.35, cy + r * 0.75), fill=hair, width=3)
    else:
        for _ in range(dice.randint(3, 25)):
            x, y, r = dice.uniform(0, width), dice.uniform(0, height), dice.uniform(3, max(4, width / 3))
            draw.ellipse((x - r, y - r * dice.uniform(0.2, 1), x + r, y + r), fill=dice.randint(0, 255))
    pixels = cv2.GaussianBlur(np.asarray(image), (0, 0), dice.uniform(0.8, 4)).astype(np.float32)
    rng = np.random.default_rng(dice.getrandbits(31))
    grain = rng.normal(0, dice.uniform(0, 14), ((height + 1) // 2, (width + 1) // 2)).astype(np.float32)
    return np.asarray(np.clip(pixels + cv2.resize(grain, (width, height)), 0, 255), np.uint8)


def stamp(canvas: Canvas, x: float, y: float, radius: float, dice: random.Random) -> None:
    """Rings, a star, words on the arc; neither print nor handwriting."""
    side = round(2 * radius) + 8
    image = Image.new("L", (side, side))
    draw = ImageDraw.Draw(image)
    c = side / 2
    pen = max(1, round(radius * 0.035))
    oval = dice.random() < 0.15
    for share in (1, dice.uniform(0.9, 0.95), dice.uniform(0.58, 0.68)):
        r = radius * share
        draw.ellipse((c - r, c - r, c + r, c + r), outline=255, width=pen)
    if dice.random() < 0.8:
        r = radius * dice.uniform(0.2, 0.4)
        star = [
            (
                c + (r if k % 2 == 0 else r * 0.4) * math.sin(k * math.pi / 5),
                c - (r if k % 2 == 0 else r * 0.4) * math.cos(k * math.pi / 5),
            )
            for k in range(10)
        ]
        draw.polygon(star, fill=255)
    elif dice.random() < 0.6:
        cut = faces().any_print(dice).sized(radius * 0.12)
        for at, row in enumerate((-0.2, 0.05, 0.3)):
            draw.text(
                (c, c + row * radius),
                words(dice, 2).upper() if at != 1 else words(dice, 3).upper(),
                font=cut,
                fill=255,
                anchor="mm",
            )
    cut = faces().any_print(dice).sized(radius * dice.uniform(0.11, 0.15))
    text = (words(dice, 6) + " * " + words(dice, 3)).upper()[: dice.randint(24, 40)]
    step = math.tau / max(20, len(text) + 2)
    for at, letter in enumerate(text):
        glyph = Image.new("L", (round(radius * 0.4), round(radius * 0.4)))
        ImageDraw.Draw(glyph).text((glyph.width / 2, glyph.height / 2), letter, font=cut, fill=255, anchor="mm")
        turn = -2.2 + at * step
        glyph = glyph.rotate(-math.degrees(turn), Image.Resampling.BILINEAR)
        gx, gy = (
            c + 0.79 * radius * math.sin(turn) - glyph.width / 2,
            c - 0.79 * radius * math.cos(turn) - glyph.height / 2,
        )
        image.paste(255, (round(gx), round(gy)), glyph)
    layer = np.asarray(image)
    if oval:
        layer = cv2.resize(layer, (side, round(side * dice.uniform(0.5, 0.8))))
    if dice.random() < 0.5:  # badly inked
        patchy = np.clip(noise(layer.shape[1], radius / 4, 0.5, dice.getrandbits(31))[: layer.shape[0]] + 0.8, 0.1, 1)
        layer = (layer * patchy).astype(np.uint8)
    canvas.blend(round(x - side / 2), round(y - layer.shape[0] / 2), layer, dice.randint(60, 190))


def fingerprint(width: int, height: int, dice: random.Random) -> Pixels:
    """Whorls: rings bent by noise. Coverage."""
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    side = max(width, height)
    bent = noise(side, side / 3, side * 0.03, dice.getrandbits(31))[:height, :width]
    radius = np.hypot((columns - width / 2) * 1.3, rows - height * 0.55) + bent
    ridges = np.cos(radius * np.float32(6.28 / dice.uniform(5, 11))) > 0
    inside = ((columns - width / 2) / (width / 2)) ** 2 + ((rows - height / 2) / (height / 2)) ** 2 < 1
    return np.where(ridges & inside, 255, 0).astype(np.uint8)


def qr(side: int, dice: random.Random) -> Pixels:
    """Modules by lot with three finder patterns, black on white."""
    modules = dice.choice((25, 29, 37, 45, 57))
    cells = np.random.default_rng(dice.getrandbits(31)).integers(0, 2, (modules, modules), dtype=np.uint8) * 255
    finder = np.full((8, 8), 255, np.uint8)
    finder[:7, :7] = 0
    finder[1:6, 1:6] = 255
    finder[2:5, 2:5] = 0
    cells[:8, :8], cells[:8, -8:], cells[-8:, :8] = finder, finder[:, ::-1], finder[::-1]
    quiet = cv2.copyMakeBorder(cells, 2, 2, 2, 2, cv2.BORDER_CONSTANT, value=255)
    return cv2.resize(quiet, (side, side), interpolation=cv2.INTER_NEAREST)


def barcode(width: int, height: int, dice: random.Random) -> Pixels:
    bars = (
        np.random.default_rng(dice.getrandbits(31)).integers(0, 2, max(8, width // dice.randint(2, 5)), dtype=np.uint8)
        * 255
    )
    return cv2.resize(bars[None], (width, height), interpolation=cv2.INTER_NEAREST)


def chip(width: int, height: int, dice: random.Random) -> Pixels:
    image = Image.new("L", (width, height), dice.randint(150, 220))
    draw = ImageDraw.Draw(image)
    ink = dice.randint(60, 130)
    draw.rectangle((0, 0, width - 1, height - 1), outline=ink, width=2)
    for share in (0.33, 0.66):
        draw.line((0, height * share, width, height * share), fill=ink, width=2)
        draw.line((width * share, 0, width * share, height), fill=ink, width=2)
    return np.asarray(image)


def emblem(side: int, dice: random.Random) -> Pixels:
    """A round emblem as coverage."""
    image = Image.new("L", (side, side))
    draw = ImageDraw.Draw(image)
    draw.ellipse((0, 0, side - 1, side - 1), fill=dice.randint(60, 255), outline=255, width=max(1, side // 14))
    for _ in range(dice.randint(0, 14)):
        x, y, r = dice.uniform(0, side), dice.uniform(0, side), side * dice.uniform(0.03, 0.15)
        draw.ellipse((x - r, y - r, x + r, y + r), fill=dice.randint(0, 255))
    return np.asarray(image)


def watermark(canvas: Canvas, dice: random.Random) -> None:
    """Large light letters across the sheet, slanting or upright: no text to read."""
    face = faces().any_print(dice)
    x_height = dice.uniform(30, 110)
    cut = face.sized(x_height)
    text = dice.choice(("MẪU – SPECIMEN", "MẪU", "BẢN SAO", "SPECIMEN", "SAO Y", words(dice, 2).upper()))
    width, height = round(cut.getlength(text)) + 20, round(cut.size * 1.7)
    image = Image.new("L", (width, height))
    ImageDraw.Draw(image).text((10, height * 0.75), text, font=cut, fill=255, anchor="ls")
    image = image.rotate(dice.choice((1, -1)) * dice.uniform(18, 75), Image.Resampling.BILINEAR, expand=True)
    layer = np.asarray(image)
    canvas.blend(
        round(dice.uniform(0, canvas.side) - layer.shape[1] / 2),
        round(dice.uniform(0, canvas.side) - layer.shape[0] / 2),
        (layer * dice.uniform(0.08, 0.45)).astype(np.uint8),
        dice.randint(0, 150),
    )
