"""What offices and pockets do to a sheet: stamps, folds, coffee, punch holes, staples, the print of the other side."""

from __future__ import annotations

import math
import random

import cv2
import numpy as np
from PIL import Image

from tools.specimens import damage as hand
from tools.specimens.ink import Specimen, px
from tools.specimens.varied.damage.pixels import Pixels, darkened, inked, noise, whole


def stamped(image: Image.Image, at: tuple[int, int], dice: random.Random) -> Image.Image:
    """A red stamp whose ink lies over the print."""
    ink = Image.new("RGB", image.size, "white")
    hand.stamped(ink, at, dice)
    return inked(image, ink)


def signed_and_stamped(specimen: Specimen, dice: random.Random, over_values: bool) -> Image.Image:
    """Stamps and signatures where they belong, and one stamp over what is filled in, if wanted."""
    image = specimen.image.convert("RGB")
    for at in specimen.stamps:
        image = stamped(image, (at[0] + px(dice.uniform(-30, 10)), at[1] + px(dice.uniform(-14, 12))), dice)
    for at in specimen.signatures:
        hand.signed(image, at, dice)
    if over_values:
        image = stamped(image, (px(dice.uniform(60, 150)), px(dice.uniform(90, 200))), dice)
    return image


def folded(pixels: Pixels, dice: random.Random) -> Pixels:
    """A letter fold: light and shadow beside each crease, the print worn off along it."""
    height, width = pixels.shape[:2]
    light = np.ones((height, width), np.float32)
    worn = pixels.copy()
    creases = [(0, height * part) for part in dice.choice(((1 / 3, 2 / 3), (1 / 2,)))]
    creases += [(1, width / 2)] if dice.random() < 0.5 else []
    for axis, place in creases:
        along = np.arange((height, width)[axis], dtype=np.float32) - place - dice.uniform(-60, 60)
        side = dice.choice((-1, 1))
        shade = 1 - dice.uniform(0.08, 0.22) * np.exp(-np.abs(along) / dice.uniform(40, 160)) * (along * side > 0)
        edge = 1 + 0.1 * np.exp(-((along / 3) ** 2))
        light *= (shade * edge)[:, None] if axis == 0 else (shade * edge)[None, :]
        rubbed = np.abs(along) < dice.uniform(1, 3)
        if axis == 0:
            worn[rubbed] = np.maximum(worn[rubbed], 190)
        else:
            worn[:, rubbed] = np.maximum(worn[:, rubbed], 190)
    return darkened(worn, light)


def stained(pixels: Pixels, dice: random.Random) -> Pixels:
    """Rings of a coffee cup, and a spill."""
    height, width = pixels.shape[:2]
    over = np.zeros((height, width), np.float32)
    for _ in range(dice.randint(1, 2)):
        centre = (dice.randint(px(20), width - px(20)), dice.randint(px(40), round(height * 0.6)))
        radius = px(dice.uniform(34, 44))
        cv2.circle(over, centre, radius, 0.28, px(dice.uniform(1, 3)))
        cv2.ellipse(over, centre, (radius, radius), 0, 0, 360, 0.08, -1)
    spill = (dice.randint(0, width), dice.randint(0, round(height * 0.7)))
    reach = (px(dice.uniform(12, 40)), px(dice.uniform(8, 26)))
    cv2.ellipse(over, spill, reach, dice.uniform(0, 180), 0, 360, 0.22, -1)
    rough = cv2.resize(noise(dice).uniform(0.5, 1.2, (60, 45)).astype(np.float32), (width, height))
    over = cv2.GaussianBlur(over, (0, 0), 5) * rough
    tint = np.array((0.35, 0.65, 1.0), np.float32)
    return whole(pixels * (1 - over[..., None] * tint))


def bound(pixels: Pixels, dice: random.Random) -> Pixels:
    """Two holes of a punch, dark behind, and a staple with its shadow."""
    height, width = pixels.shape[:2]
    seen = pixels.copy()
    behind = dice.choice((20, 70, 150))
    for y in (height // 2 - px(40), height // 2 + px(40)):
        cv2.circle(seen, (px(dice.uniform(9, 12)), y), px(3), (behind,) * 3, -1)
    x, y = dice.choice((px(12), width - px(22))), px(dice.uniform(8, 14))
    turn = math.radians(dice.uniform(-50, 50))
    end = (x + round(px(11) * math.cos(turn)), y + round(px(11) * math.sin(turn)))
    cv2.line(seen, (x + 10, y + 16), (end[0] + 10, end[1] + 16), (130, 130, 132), 14)
    cv2.line(seen, (x, y), end, (96, 98, 104), 10)
    cv2.line(seen, (x, y - 2), (end[0], end[1] - 2), (210, 212, 216), 3)
    return seen


def shone_through(pixels: Pixels, dice: random.Random) -> Pixels:
    """The other side of thin paper: the same print mirrored, faint and soft."""
    behind = cv2.GaussianBlur(np.ascontiguousarray(pixels[:, ::-1]), (0, 0), dice.uniform(1.5, 3)).astype(np.float32)
    behind = np.roll(behind, (dice.randint(-90, 90), dice.randint(-60, 60)), (0, 1))
    strength = dice.uniform(0.12, 0.28)
    return whole(pixels * (1 - strength * (1 - behind / 255)))


def faded(pixels: Pixels, dice: random.Random) -> Pixels:
    """An old print, or a printer at the end of its ink."""
    left = 255 - (255 - pixels.astype(np.float32)) * dice.uniform(0.35, 0.55)
    return whole(left)
