"""A telephone above a desk: perspective, curled paper, shadow, flash, low light, a shaking hand; a screen's moiré."""

from __future__ import annotations

import math
import random
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from tools.specimens.varied.damage.pixels import Pixels, noise, whole

DESKS = ((96, 66, 44), (62, 62, 66), (150, 120, 90), (200, 200, 196), (40, 70, 60), (180, 160, 130))
Light = npt.NDArray[Any]


def photographed(pixels: Pixels, dice: random.Random, long: int, share: float = 0.9, trouble: str = "") -> Pixels:
    """One picture, `long` pixels on its longer side; the trouble is `curl`, `flash`, `dark`, `shaken` or none."""
    height, width = pixels.shape[:2]
    across = round(long * 0.75) if height > width else long
    down = long if height > width else round(long * 0.75)
    if trouble == "curl":
        pixels = curled(pixels, dice)
    laid, where = _placed(pixels, dice, across, down, min(across / width, down / height) * share)
    drop = cv2.GaussianBlur(np.roll(where, (10, 8), (0, 1)), (0, 0), 12) * 0.4
    seen = laid * where[..., None] + _desk(dice, across, down) * (1 - drop[..., None]) * (1 - where[..., None])
    seen *= _light(dice, across, down)[..., None] * np.array([1, dice.uniform(0.94, 1), dice.uniform(0.84, 1)])
    grain = dice.uniform(1, 4)
    if trouble == "flash":
        seen = _flashed(seen, dice, across, down)
    if trouble == "dark":
        seen, grain = seen * dice.uniform(0.32, 0.55), dice.uniform(4, 8)
    blurred: Light = np.asarray(cv2.GaussianBlur(seen.astype(np.float32), (0, 0), dice.uniform(0.4, 1.2)))
    if trouble == "shaken":
        blurred = shaken(blurred, dice)
    rng = noise(dice)
    return whole(blurred + rng.normal(0, grain, (down, across, 1)))


def curled(pixels: Pixels, dice: random.Random) -> Pixels:
    """A sheet that does not lie flat: lines bow, and the bow has a shadow."""
    height, width = pixels.shape[:2]
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    bow, phase = dice.uniform(0.006, 0.02) * height, dice.uniform(0, math.pi)
    wave = np.sin(xs / width * math.pi * dice.uniform(0.8, 1.6) + phase)
    seen = cv2.remap(pixels, xs, ys + bow * wave, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    shade = 1 - dice.uniform(0.05, 0.22) * (1 + wave) / 2
    return whole(seen * shade[..., None])


def shaken(picture: Light, dice: random.Random) -> Light:
    """Blurred along one direction."""
    length, turn = dice.randint(5, 9), dice.uniform(0, math.pi)
    kernel = np.zeros((length, length), np.float32)
    middle, reach = (length - 1) / 2, (length - 1) / 2
    for step in np.linspace(-1, 1, 4 * length):
        x, y = middle + reach * step * math.cos(turn), middle + reach * step * math.sin(turn)
        kernel[round(y), round(x)] = 1
    return np.asarray(cv2.filter2D(picture, -1, kernel / kernel.sum()), np.float32)


def moire(pixels: Pixels, dice: random.Random) -> Pixels:
    """The beat of two rasters: a picture of a screen, or of a printed raster."""
    height, width = pixels.shape[:2]
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    light = np.ones((height, width), np.float32)
    for _ in range(2):
        turn, period = dice.uniform(0, math.pi), dice.uniform(7, 40)
        light += dice.uniform(0.03, 0.07) * np.sin(
            (xs * math.cos(turn) + ys * math.sin(turn)) * 2 * math.pi / period + 3 * np.sin(ys / 700)
        )
    tint = np.stack([light, np.roll(light, 3, 1), np.roll(light, 6, 1)], axis=-1)
    return whole(pixels * tint)


def hologram(pixels: Pixels, dice: random.Random) -> Pixels:
    """A card's foil catching the light: a coloured band across it, and a white spot."""
    height, width = pixels.shape[:2]
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    turn, place = dice.uniform(0.3, 1.2), dice.uniform(0.3, 0.9)
    along = xs * math.cos(turn) + ys * math.sin(turn) - place * width
    band = np.exp(-((along / dice.uniform(60, 160)) ** 2)) * dice.uniform(0.2, 0.45)
    hue = np.stack([0.5 + 0.5 * np.sin(along / 40 + shift) for shift in (0, 2.1, 4.2)], axis=-1) * 255
    seen = pixels * (1 - band[..., None]) + hue * band[..., None]
    spot = np.exp(
        -(((xs - dice.uniform(0, width)) / 90) ** 2 + ((ys - dice.uniform(0, height)) / 60) ** 2)
    ) * dice.uniform(0.2, 0.7)
    return whole(seen * (1 - spot[..., None]) + 255 * spot[..., None])


def _placed(pixels: Pixels, dice: random.Random, across: int, down: int, scale: float) -> tuple[Light, Light]:
    """The paper in perspective on the picture, and where it lies."""
    height, width = pixels.shape[:2]
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    angle = math.radians(dice.uniform(-12, 12))
    spin = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]], np.float32)
    target = (corners - corners.mean(axis=0)) * scale * 0.92 @ spin.T + np.array([across / 2, down / 2], np.float32)
    wobble = 0.03 * min(across, down)
    target += np.array([[dice.uniform(-wobble, wobble) for _ in range(2)] for _ in range(4)], np.float32)
    matrix = cv2.getPerspectiveTransform(corners, target.astype(np.float32))
    laid = cv2.warpPerspective(pixels, matrix, (across, down), flags=cv2.INTER_AREA)
    where = cv2.warpPerspective(np.full((height, width), 255, np.uint8), matrix, (across, down))
    return np.asarray(laid, np.float32), np.asarray(where, np.float32) / 255


def _desk(dice: random.Random, across: int, down: int) -> Light:
    grain = cv2.resize(noise(dice).normal(0, 1, (down // 6, across // 40)).astype(np.float32), (across, down))
    base = np.array(dice.choice(DESKS), np.float32)
    return np.clip(base + grain[..., None] * np.float32(dice.uniform(2, 12)), 0, 255)


def _light(dice: random.Random, across: int, down: int) -> Light:
    """From one side, soft or with the hard edge of a shadow."""
    depth, lean = dice.uniform(0, 0.45), dice.uniform(0, 2 * math.pi)
    ys, xs = np.mgrid[0:down, 0:across].astype(np.float32)
    edge = (xs / across - 0.5) * math.cos(lean) + (ys / down - 0.5) * math.sin(lean) - dice.uniform(-0.3, 0.3)
    return np.asarray(1 - depth / (1 + np.exp(-edge * dice.choice((6, 40)))), np.float32)


def _flashed(seen: Light, dice: random.Random, across: int, down: int) -> Light:
    """A spot of the telephone's own light: washed out in the middle, dark at the edges."""
    ys, xs = np.mgrid[0:down, 0:across].astype(np.float32)
    x, y = across * dice.uniform(0.25, 0.75), down * dice.uniform(0.25, 0.75)
    far = ((xs - x) ** 2 + (ys - y) ** 2) / (across * dice.uniform(0.12, 0.22)) ** 2
    spot = np.exp(-far) * dice.uniform(0.55, 0.85)
    edge = 1 - 0.35 * np.clip(far / 20, 0, 1)
    return np.asarray(seen * edge[..., None] * (1 - spot[..., None]) + 250 * spot[..., None], np.float32)
