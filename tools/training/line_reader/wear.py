"""What happens to paper before the station sees it: copying, fading, light, moiré, a shaking hand, a poor JPEG."""

from __future__ import annotations

import math
import random
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

Pixels = npt.NDArray[Any]


def worn(pixels: Pixels, x_height: float, dice: random.Random) -> Pixels:
    """A third stays nearly as it was; x-heights are those of the image that is given and returned."""
    rng = np.random.default_rng(dice.getrandbits(31))
    if dice.random() < 0.33:
        soft = cv2.GaussianBlur(pixels, (0, 0), dice.uniform(0.3, 0.9))
        return packed(_grained(soft.astype(np.float32), dice.uniform(0.3, 4), rng), dice.randint(60, 95))
    turn = dice.random()
    if turn < 0.12:
        pixels = _copied(pixels, x_height, dice)
    elif turn < 0.17:
        pixels = _faxed(pixels, dice)
    level: Pixels = pixels.astype(np.float32)
    if dice.random() < 0.25:
        level = 255 - (255 - level) * dice.uniform(0.3, 0.75)
    if dice.random() < 0.08:
        level = level * (1 - dice.uniform(0.1, 0.3) * (1 - _behind(pixels, dice)))
    if dice.random() < 0.45:
        level *= _light(level.shape[0], level.shape[1], dice)[..., None]
    if dice.random() < 0.12:
        level = _flashed(level, dice)
    if dice.random() < 0.15:
        level *= _folded(level.shape[0], level.shape[1], x_height, dice)[..., None]
    if dice.random() < 0.25:
        level *= dice.uniform(0.35, 0.8)
    if dice.random() < 0.1:
        level *= _moire(level.shape[0], level.shape[1], x_height, dice)
    level = _blurred(level, x_height, dice)
    if dice.random() < 0.08:
        level = cv2.addWeighted(level, 1.8, cv2.GaussianBlur(level, (0, 0), 1.2), -0.8, 0)
    level = _grained(level, dice.choice((1, 2, 4, 6, 9)) * dice.uniform(0.5, 1.2), rng)
    return packed(level, dice.choice((22, 28, 35, 45, 60, 75, 90)))


def _blurred(level: Pixels, x_height: float, dice: random.Random) -> Pixels:
    """Out of focus or shaken, up to what a patient eye can still read."""
    turn = dice.random()
    if turn < 0.3:
        return cv2.GaussianBlur(level, (0, 0), dice.uniform(0.3, 0.8))
    if turn < 0.62:
        return cv2.GaussianBlur(level, (0, 0), max(0.4, x_height * dice.uniform(0.04, 0.14)))
    length = max(3, round(x_height * dice.uniform(0.2, 0.62)))
    lean = dice.uniform(0, math.pi)
    kernel = np.zeros((length, length), np.float32)
    for step in np.linspace(-1, 1, 4 * length):
        reach = (length - 1) / 2
        kernel[round(reach + reach * step * math.sin(lean)), round(reach + reach * step * math.cos(lean))] = 1
    level = cv2.GaussianBlur(level, (0, 0), dice.uniform(0.4, 1.1))
    return np.asarray(cv2.filter2D(level, -1, kernel / kernel.sum()))


def _grained(level: Pixels, amount: float, rng: np.random.Generator) -> Pixels:
    grain = rng.standard_normal(level.shape[:2], np.float32) * np.float32(amount)
    return np.asarray(np.clip(level + grain[..., None], 0, 255), np.uint8)


def packed(pixels: Pixels, quality: int) -> Pixels:
    """Through a JPEG and back."""
    written = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
    return np.asarray(cv2.imdecode(written, cv2.IMREAD_COLOR))


def _copied(pixels: Pixels, x_height: float, dice: random.Random) -> Pixels:
    """Grey and hard; strokes grow or break; specks; streaks of a dirty drum."""
    gray = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    soft = cv2.GaussianBlur(gray, (0, 0), max(0.4, x_height * dice.uniform(0.02, 0.08))).astype(np.float32)
    paper, print_ = np.percentile(soft, (80, 1))
    middle = print_ + (paper - print_) * dice.uniform(0.4, 0.8)
    hard = np.clip((soft - middle) * dice.uniform(1.3, 3.2) + 140, 0, 255)
    specks = np.random.default_rng(dice.getrandbits(31)).random(hard.shape, np.float32) < dice.uniform(0, 0.0012)
    hard[cv2.dilate(specks.astype(np.uint8), np.ones((2, 2), np.uint8)) > 0] = dice.uniform(20, 110)
    for _ in range(dice.choice((0, 0, 1, 2))):
        at = dice.randrange(hard.shape[1])
        hard[:, at : at + dice.randint(2, 6)] *= dice.uniform(0.6, 0.9)
    return np.asarray(cv2.cvtColor(hard.astype(np.uint8), cv2.COLOR_GRAY2BGR))


def _faxed(pixels: Pixels, dice: random.Random) -> Pixels:
    """Two colours, rough edges, lines lost on the way."""
    gray = cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY)
    small = cv2.resize(gray, None, fx=0.8, fy=0.8, interpolation=cv2.INTER_AREA)
    rng = np.random.default_rng(dice.getrandbits(31))
    paper, print_ = np.percentile(small, (80, 1))
    level = print_ + (paper - print_) * dice.uniform(0.45, 0.75) + rng.normal(0, 6, small.shape)
    black = np.where(small < level, 0, 255).astype(np.uint8)
    for _ in range(dice.randint(0, 3)):
        black[dice.randrange(len(black))] = 255
    grown = cv2.resize(black, gray.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.cvtColor(grown, cv2.COLOR_GRAY2BGR))


def _behind(pixels: Pixels, dice: random.Random) -> Pixels:
    """The print of the other side: mirrored and soft, 0 to 1."""
    other = cv2.GaussianBlur(np.ascontiguousarray(pixels[:, ::-1]), (0, 0), dice.uniform(1.2, 3)).astype(np.float32)
    return np.roll(other, (dice.randint(-60, 60), dice.randint(-60, 60)), (0, 1)) / 255


def _light(height: int, width: int, dice: random.Random) -> Pixels:
    """From one side, soft or with a shadow's edge."""
    depth, lean = dice.uniform(0, 0.5), dice.uniform(0, math.tau)
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    edge = (columns / width - 0.5) * math.cos(lean) + (rows / height - 0.5) * math.sin(lean) - dice.uniform(-0.3, 0.3)
    return np.asarray(1 - depth / (1 + np.exp(-edge * dice.choice((4, 15, 40)))), np.float32)


def _folded(height: int, width: int, x_height: float, dice: random.Random) -> Pixels:
    """Creases: a thin dark or bright line, and beside it a shadow that fades away over a line or some."""
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    light = np.ones((height, width), np.float32)
    for _ in range(dice.randint(1, 2)):
        lean = dice.choice((0.0, math.pi / 2)) + dice.gauss(0, 0.06)
        across = (columns - width * dice.random()) * math.cos(lean) + (rows - height * dice.random()) * math.sin(lean)
        fading = np.exp(-np.abs(across) / (x_height * dice.uniform(0.6, 5)))
        light -= dice.uniform(0.05, 0.5) * fading * (across > 0)
        light += dice.uniform(-0.45, 0.2) * np.exp(-((across / (x_height * dice.uniform(0.04, 0.15))) ** 2))
    return np.clip(light, 0.15, 1.3)


def _moire(height: int, width: int, x_height: float, dice: random.Random) -> Pixels:
    """The beat of a printed raster and the camera's: waves of light, of another phase in each colour."""
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    light = np.ones((height, width, 3), np.float32)
    for _ in range(dice.randint(1, 2)):
        lean, period = dice.uniform(0, math.pi), x_height * dice.uniform(0.3, 2.5)
        along = (rows * math.sin(lean) + columns * math.cos(lean)) * math.tau / period
        along += dice.uniform(0, 3) * np.sin(rows * math.tau / (x_height * dice.uniform(15, 60)))
        depth, apart = dice.uniform(0.03, 0.14), dice.choice((0.0, dice.uniform(0, 1.5)))
        light += depth * np.sin(along[..., None] + apart * np.arange(3, dtype=np.float32))
    return light


def _flashed(level: Pixels, dice: random.Random) -> Pixels:
    height, width = level.shape[:2]
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    across, down = width * dice.uniform(0, 1), height * dice.uniform(0, 1)
    far = ((columns - across) ** 2 + (rows - down) ** 2) / (width * dice.uniform(0.15, 0.5)) ** 2
    spot = (np.exp(-far) * dice.uniform(0.4, 0.8))[..., None]
    return np.asarray(level * (1 - spot) + 250 * spot, np.float32)
