"""Backs of identity cards as scanners and cameras see them, with the zone that is printed on them."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from tools.specimens.ink import Specimen
from tools.specimens.varied import damage
from tools.specimens.varied.cards import citizen_card_back, identity_card_back

Pixels = npt.NDArray[Any]


@dataclass(frozen=True)
class DrawnZone:
    """A picture file of a card, and the three lines printed on it."""

    content: bytes
    lines: tuple[str, str, str]
    condition: str


def flat(specimen: Specimen, dice: random.Random) -> bytes:
    pixels = np.asarray(specimen.image.convert("RGB"))
    return damage.encoded(pixels, dice, {})[0]


def scan(specimen: Specimen, dice: random.Random) -> bytes:
    return damage.card(specimen, dice.choice(("alone", "bed")), dice)[0]


def copy(specimen: Specimen, dice: random.Random) -> bytes:
    return damage.card(specimen, "copy", dice)[0]


def dpi_200(specimen: Specimen, dice: random.Random) -> bytes:
    pixels = damage.resized(np.asarray(specimen.image.convert("RGB")), 200)
    return damage.encoded(damage.grained(pixels, dice), dice, {})[0]


def camera(specimen: Specimen, dice: random.Random) -> bytes:
    return damage.card(specimen, "camera", dice)[0]


def low_light(specimen: Specimen, dice: random.Random) -> bytes:
    """A telephone in a dim room: a third of the light, and the grain of a sensor that amplifies it."""
    seen = damage.photographed(
        np.asarray(specimen.image.convert("RGB")), dice, dice.choice((1600, 2200, 3000)), share=dice.uniform(0.45, 0.8)
    )
    grain = np.random.default_rng(dice.getrandbits(32)).normal(0, dice.uniform(3, 6), seen.shape)
    dim = seen.astype(np.float32) * dice.uniform(0.25, 0.4) + grain
    return damage.encoded(np.clip(dim, 0, 255).astype(np.uint8), dice, {})[0]


def glare(specimen: Specimen, dice: random.Random) -> bytes:
    """A lamp mirrored in the plastic, not over the zone alone."""
    pixels = np.asarray(cv2.imdecode(np.frombuffer(camera(specimen, dice), np.uint8), cv2.IMREAD_COLOR), np.float32)
    height, width = pixels.shape[:2]
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    x, y, wide = dice.uniform(0.3, 0.7) * width, dice.uniform(0.3, 0.7) * height, dice.uniform(0.1, 0.2) * width
    lamp = dice.uniform(40, 90) * np.exp(-((xs - x) ** 2 + (ys - y) ** 2) / (2 * wide * wide))
    seen = np.clip(pixels + lamp[..., None], 0, 255).astype(np.uint8)
    return damage.encoded(np.ascontiguousarray(seen[:, :, ::-1]), dice, {})[0]


CONDITIONS: dict[str, Callable[[Specimen, random.Random], bytes]] = {
    "flat": flat, "scan": scan, "copy": copy, "200 dpi": dpi_200, "camera": camera, "low light": low_light,
    "glare": glare,
}  # fmt: skip


def zone(condition: str, dice: random.Random) -> DrawnZone:
    """One card back under one condition."""
    specimen = dice.choice((citizen_card_back, identity_card_back))(dice)
    first, second, third = specimen.mrz
    return DrawnZone(CONDITIONS[condition](specimen, dice), (first, second, third), condition)
