"""Handwriting: typefaces that imitate it, shaken word by word, and cursive strokes and signatures of no letters."""

from __future__ import annotations

import random

import cv2
import numpy as np
from PIL import Image, ImageDraw

from tools.training.line_finder.canvas import Canvas, Pixels
from tools.training.line_finder.material import Face, faces


def written(
    canvas: Canvas, x: float, base: float, text: str, x_height: float, ink: int, dice: random.Random, room: float
) -> float:
    """A value filled in by hand, in at most `room` pixels; returns where it ends."""
    if dice.random() < 0.35:
        return _cursive_line(canvas, x, base, len(text), x_height, ink, dice, room)
    face = faces().any_hand(dice)
    size = x_height * dice.uniform(0.8, 1.4)
    slope = dice.uniform(-0.04, 0.04)
    start = end = x
    for word in text.split():
        layer, below, width = _word(word, face, size, dice)
        if end + width > x + room:
            break
        drop = slope * (end - x) + dice.uniform(-0.15, 0.15) * size
        canvas.blend(round(end), round(base + drop - (layer.shape[0] - below)), layer, ink)
        end += width + size * dice.uniform(0.4, 0.9)
    if end > start:
        canvas.tell(start, end - 0.6 * size, base, size, hand=True, tilt=slope * (end - start))
    return end


def _word(word: str, face: Face, size: float, dice: random.Random) -> tuple[Pixels, int, int]:
    """One word's coverage, slanted and bent a little; rows below the baseline; its width."""
    cut = face.sized(size)
    rise, fall, side = round(cut.size * 1.4), round(cut.size * 0.5), round(cut.size * 0.4)
    width = round(cut.getlength(word)) + 2 * side
    image = Image.new("L", (width, rise + fall))
    ImageDraw.Draw(image).text((side, rise), word, font=cut, fill=255, anchor="ls")
    pixels = np.asarray(image)
    slant, turn = dice.uniform(-0.12, 0.25), dice.uniform(-0.05, 0.05)
    matrix = np.array([[1, -slant, slant * rise], [turn, 1, -turn * width / 2]], np.float64)
    pixels = cv2.warpAffine(pixels, matrix, (width, rise + fall))
    if dice.random() < 0.6:
        rows, columns = np.mgrid[0 : rise + fall, 0:width].astype(np.float32)
        wave = np.float32(0.08 * size)
        phase, pace = dice.uniform(0, 6), dice.uniform(1, 3) / size
        pixels = cv2.remap(
            pixels,
            columns + wave * np.sin(rows * pace + phase),
            rows + wave * np.sin(columns * pace + 2 * phase),
            cv2.INTER_LINEAR,
        )
    if dice.random() < 0.3:
        pixels = cv2.dilate(pixels, np.ones((2, 2), np.uint8))
    return pixels, fall, width - side


def _cursive_line(
    canvas: Canvas, x: float, base: float, letters: int, x_height: float, ink: int, dice: random.Random, room: float
) -> float:
    """Joined-up strokes without meaning, in words."""
    pen = max(1, round(x_height * dice.uniform(0.1, 0.2)))
    size = x_height * dice.uniform(0.8, 1.3)
    slant, slope = dice.uniform(0, 0.5), dice.uniform(-0.04, 0.04)
    end = start = x
    while letters > 0:
        length = dice.randint(2, 6)
        letters -= length + 1
        pace = size * dice.uniform(0.7, 1.1)
        if end + length * pace > x + room:
            break
        points = _cursive_word(length, pace, size, dice)
        at = base + slope * (end - x) + dice.uniform(-0.1, 0.1) * size
        placed = [(end + px + slant * py, at - py) for px, py in points]
        canvas.draw.line(placed, fill=ink, width=pen, joint="curve")
        for _ in range(dice.choice((0, 1, 1, 2))):  # marks above, as Vietnamese has them
            mx, my = end + dice.uniform(0, length * pace), at - size * dice.uniform(1.3, 1.9)
            canvas.draw.line(
                (mx, my, mx + size * dice.uniform(-0.4, 0.5), my - size * dice.uniform(0, 0.4)), fill=ink, width=pen
            )
        end += length * pace + size * dice.uniform(0.5, 0.9)
    if end > start:
        canvas.tell(start, end - 0.6 * size, base, size, hand=True, tilt=slope * (end - start))
    return end


def _cursive_word(letters: int, pace: float, size: float, dice: random.Random) -> list[tuple[float, float]]:
    """A smooth pen path: up and down strokes, some of them tall or hanging, some loops."""
    x, path = 0.0, [(0.0, 0.0)]
    for _ in range(letters):
        for _ in range(dice.choice((1, 1, 2))):
            top = size * (dice.uniform(1.6, 2.2) if dice.random() < 0.22 else dice.uniform(0.75, 1.05))
            foot = -size * (dice.uniform(0.6, 1.0) if dice.random() < 0.12 else dice.uniform(-0.1, 0.08))
            step = pace * dice.uniform(0.3, 0.5)
            path += [(x + step * 0.7, top), (x + step * dice.uniform(0.2, 0.7), top * 0.5), (x + step, foot)]
            x += step
        x += pace * 0.2
    return _smooth(path)


def _smooth(path: list[tuple[float, float]], each: int = 6) -> list[tuple[float, float]]:
    """A Catmull-Rom curve through the points."""
    points = np.array([path[0], *path, path[-1]], np.float64)
    t = np.linspace(0, 1, each, endpoint=False)[:, None]
    a, b, c, d = points[:-3, None], points[1:-2, None], points[2:-1, None], points[3:, None]
    curve = 0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - a - 3 * c + d) * t**3)
    return [(float(px), float(py)) for px, py in curve.reshape(-1, 2)]


def signature(canvas: Canvas, x: float, base: float, size: float, ink: int, dice: random.Random) -> None:
    """A signature about four sizes wide: a few large strokes over each other and a flourish."""
    width = size * dice.uniform(2.5, 5)
    path = [(0.0, 0.0)]
    for at in np.linspace(0, 1, dice.randint(5, 14)):
        path.append((width * at + dice.gauss(0, 0.25) * size, dice.uniform(-0.4, 1.2) * size * (1.3 - at)))
    if dice.random() < 0.6:
        path += [
            (width * 1.1, dice.uniform(-0.4, 0.3) * size),
            (dice.uniform(-0.2, 0.3) * width, dice.uniform(-0.5, 0.2) * size),
        ]
    placed = [(x + px, base - py) for px, py in _smooth(path, 10)]
    canvas.draw.line(placed, fill=ink, width=max(1, round(size * dice.uniform(0.04, 0.09))), joint="curve")
    canvas.tell(x, x + width, base, size * 0.8, hand=True)
