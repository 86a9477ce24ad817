"""What a camera or scanner does to a sheet: one warp for picture and labels, then light, blur, noise and JPEG."""

from __future__ import annotations

import math
import random

import cv2
import numpy as np

from tools.training.line_finder.canvas import Pixels
from tools.training.line_finder.surroundings import noise


def warped(layers: list[Pixels], side: int, dice: random.Random) -> list[Pixels]:
    """Turn by up to 4.5°, tilt, and at times bend; cut the middle `side` square out."""
    whole = layers[0].shape[0]
    angle = math.radians(dice.choice((0, dice.gauss(0, 1), dice.uniform(-4.5, 4.5))))
    scale = dice.uniform(0.97, 1.03)
    turn = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]]) / scale
    square = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]], np.float64) * side / 2
    source = square @ turn.T + whole / 2
    if dice.random() < 0.35:
        source += np.random.default_rng(dice.getrandbits(31)).uniform(-1, 1, (4, 2)) * side * 0.02
    target = (square + side / 2).astype(np.float32)
    if dice.random() >= 0.25:
        matrix = cv2.getPerspectiveTransform(source.astype(np.float32), target)
        return [cv2.warpPerspective(layer, matrix, (side, side), flags=cv2.INTER_LINEAR) for layer in layers]
    back = cv2.getPerspectiveTransform(target, source.astype(np.float32))
    grid = np.stack(np.meshgrid(np.arange(side, dtype=np.float32), np.arange(side, dtype=np.float32)), -1)
    places = cv2.perspectiveTransform(grid, back)
    bend = dice.uniform(-1, 1) * side * 0.015
    places[..., 1] += np.float32(bend) * np.sin(
        places[..., 0] * np.float32(math.tau / (side * dice.uniform(0.9, 2.5))) + np.float32(dice.uniform(0, 6))
    )
    return [cv2.remap(layer, places[..., 0], places[..., 1], cv2.INTER_LINEAR) for layer in layers]


def seen(pixels: Pixels, dice: random.Random) -> Pixels:
    """The grey picture at the network's scale, as a device delivers it."""
    side = pixels.shape[0]
    rng = np.random.default_rng(dice.getrandbits(31))
    if dice.random() < 0.12:  # a copy of a copy
        pixels = _copied(pixels, dice)
    if dice.random() < 0.35:
        pixels = cv2.GaussianBlur(pixels, (0, 0), dice.uniform(0.3, 1.0))
    elif dice.random() < 0.1:
        length = dice.randint(2, 3)
        pixels = cv2.blur(pixels, (length, 1) if dice.random() < 0.5 else (1, length))
    elif dice.random() < 0.15:
        pixels = cv2.addWeighted(pixels, 2, cv2.GaussianBlur(pixels, (0, 0), 1), -1, 0)
    level = pixels.astype(np.float32)
    if dice.random() < 0.3:  # faded, or thin ink
        level = 255 - (255 - level) * dice.uniform(0.3, 0.8)
    if dice.random() < 0.4:
        level *= 1 - _shadow(side, dice)
    gain, lift = dice.uniform(0.7, 1.1), dice.uniform(-25, 25)
    level = level * gain + lift
    if dice.random() < 0.6:
        level += rng.normal(0, dice.uniform(1, 7), level.shape).astype(np.float32)
    pixels = np.clip(level, 0, 255).astype(np.uint8)
    if dice.random() < 0.35:
        packed = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, dice.randint(25, 90)])[1]
        return np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE))
    return pixels


def _copied(pixels: Pixels, dice: random.Random) -> Pixels:
    """Hard contrast, specks, and the strokes a little thicker or thinner."""
    soft = cv2.GaussianBlur(pixels, (0, 0), 0.7).astype(np.float32)
    middle = float(np.median(soft)) * dice.uniform(0.72, 0.9)  # above the lightest ink
    hard = np.clip((soft - middle) * dice.uniform(2, 5) + 128, 0, 255)
    specks = np.random.default_rng(dice.getrandbits(31)).random(hard.shape) < dice.uniform(0, 0.002)
    hard[specks] = dice.uniform(0, 120)
    side = pixels.shape[0]
    for _ in range(dice.choice((0, 0, 1, 3))):  # lines down the sheet from dust on the glass
        hard[:, dice.randrange(side)] *= dice.uniform(0, 0.9)
    if dice.random() < 0.2:  # the lid stood open
        wide = dice.randint(2, 40)
        hard[:, slice(0, wide) if dice.random() < 0.5 else slice(side - wide, side)] = dice.uniform(0, 60)
    return np.asarray(hard, np.uint8)


def _shadow(side: int, dice: random.Random) -> Pixels:
    """How much light is missing, 0 to 1: an edge, soft or sharp, or slow unevenness."""
    if dice.random() < 0.4:
        return np.asarray(np.clip(noise(side, side / dice.uniform(1.5, 5), 0.18, dice.getrandbits(31)) + 0.15, 0, 0.75))
    rows, columns = np.mgrid[0:side, 0:side].astype(np.float32)
    angle = dice.uniform(0, math.tau)
    away = columns * math.cos(angle) + rows * math.sin(angle) - dice.uniform(-0.5, 1.2) * side
    soft = side * dice.choice((0.01, 0.05, 0.2, 0.5))
    return np.asarray(dice.uniform(0.1, 0.65) / (1 + np.exp(np.clip(-away / soft, -30, 30))))
