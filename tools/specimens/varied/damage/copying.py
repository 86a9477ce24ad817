"""Copying machines and dirty scanners: photocopies, copies of copies, fax, dust on a feeder's glass, two colours."""

from __future__ import annotations

import random

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from tools.specimens.ink import px
from tools.specimens.varied.damage.pixels import Pixels, noise, rotated


def photocopy(pixels: Pixels, dice: random.Random) -> Pixels:
    """Grey, harder, with specks, and on a sheet a black rim on one side and the holes of a binder."""
    gray = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY).astype(np.float32)
    gray = np.clip((gray - 128) * dice.uniform(1.2, 1.8) + 150, 0, 255)
    height, width = gray.shape
    rng = noise(dice)
    for _ in range(dice.randint(40, 300)):
        cv2.circle(gray, (int(rng.integers(width)), int(rng.integers(height))), int(rng.integers(1, 4)), 40, -1)
    if height > 2000:
        rim = px(dice.uniform(2, 6))
        side = dice.randrange(3)
        gray[:, :rim] = 15 if side == 0 else gray[:, :rim]
        gray[:rim] = 15 if side == 1 else gray[:rim]
        gray[:, -rim:] = 15 if side == 2 else gray[:, -rim:]
        for y in (height // 2 - px(40), height // 2 + px(40)):
            cv2.circle(gray, (px(10), y), px(3), 20, -1)
    return _three(gray)


def copy_of_a_copy(pixels: Pixels, dice: random.Random) -> Pixels:
    """Twice through the machine: strokes grow or break, streaks of a dirty drum, a tilt each time."""
    seen = photocopy(pixels, dice)
    seen = np.asarray(cv2.GaussianBlur(seen, (0, 0), dice.uniform(0.8, 1.4)), np.uint8)
    seen = rotated(seen, dice.uniform(-1, 1), 255)
    gray = cv2.cvtColor(seen, cv2.COLOR_RGB2GRAY).astype(np.float32)
    gray = np.clip((gray - dice.uniform(160, 205)) * dice.uniform(2, 3.2) + 128, 0, 255)
    for _ in range(dice.randint(0, 3)):
        x, wide = dice.randint(0, gray.shape[1] - 9), dice.randint(2, 6)
        gray[:, x : x + wide] *= dice.uniform(0.6, 0.85)
    return _three(gray)


def fax(pixels: Pixels, dice: random.Random) -> Pixels:
    """Two colours at 204 by 196 dots an inch, as a fax machine's «fine», and lines lost on the way."""
    height, width = pixels.shape[:2]
    gray = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    small = cv2.resize(gray, (round(width * 204 / 300), round(height * 196 / 300)), interpolation=cv2.INTER_AREA)
    level = dice.uniform(150, 190) + noise(dice).normal(0, 6, small.shape)
    black = np.where(small < level, 0, 255).astype(np.uint8)
    for _ in range(dice.randint(0, 6)):
        black[dice.randrange(black.shape[0])] = 255
    return _three(cv2.resize(black, (width, height), interpolation=cv2.INTER_LINEAR).astype(np.float32))


def dusty(pixels: Pixels, dice: random.Random) -> Pixels:
    """Lines in the scanner's own direction over the whole sheet, pale or black, one to four pixels wide."""
    seen = pixels.astype(np.float32)
    for _ in range(dice.randint(1, 6)):
        left, wide = dice.randint(20, seen.shape[1] - 30), dice.randint(1, 4)
        seen[:, left : left + wide] *= dice.uniform(0.05, 0.8)
    return np.asarray(seen.astype(np.uint8), np.uint8)


def scattered(pixels: Pixels) -> Pixels:
    """Black and white alone, greys made of scattered dots (Floyd and Steinberg 1976)."""
    return np.asarray(Image.fromarray(pixels).convert("1").convert("RGB"), np.uint8)


def _three(gray: npt.NDArray[np.float32]) -> Pixels:
    return np.asarray(cv2.cvtColor(gray.astype(np.uint8), cv2.COLOR_GRAY2RGB), np.uint8)
