"""What every way of getting an image does to it: turning, scaling, softness, grain, JPEG."""

from __future__ import annotations

import io
import random
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageChops

Pixels = npt.NDArray[Any]
Damage = dict[str, Any]


def rotated(pixels: Pixels, degrees: float, border: int) -> Pixels:
    height, width = pixels.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    seen = cv2.warpAffine(pixels, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=(border,) * 3)
    return np.asarray(seen, np.uint8)


def resized(pixels: Pixels, dpi: int) -> Pixels:
    """From 300 dpi to another resolution."""
    by = dpi / 300
    size = cv2.resize(pixels, None, fx=by, fy=by, interpolation=cv2.INTER_AREA if dpi < 300 else cv2.INTER_CUBIC)
    return np.asarray(size, np.uint8)


def grained(pixels: Pixels, dice: random.Random) -> Pixels:
    """A little soft, a little noisy: any scanner."""
    soft = cv2.GaussianBlur(np.ascontiguousarray(pixels), (0, 0), dice.uniform(0.3, 0.9))
    grain = noise(dice).normal(0, dice.uniform(0.5, 6), (*soft.shape[:2], 1))
    return whole(soft + grain)


def whole(pixels: Pixels) -> Pixels:
    """Back to whole numbers from 0 to 255."""
    return np.asarray(np.clip(pixels, 0, 255), np.uint8)


def encoded(
    pixels: Pixels, dice: random.Random, told: Damage, quality: tuple[int, int] = (40, 85)
) -> tuple[bytes, Damage]:
    chosen = dice.randint(*quality)
    written = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels)).save(written, "JPEG", quality=chosen)
    return written.getvalue(), told | {"jpeg": chosen}


def noise(dice: random.Random) -> np.random.Generator:
    """NumPy's dice, thrown by ours."""
    return np.random.default_rng(dice.getrandbits(32))


def darkened(pixels: Pixels, light: Pixels) -> Pixels:
    """The image under a light from 0 to 1, one value a pixel."""
    return whole(pixels * light[..., None])


def inked(image: Image.Image, over: Image.Image) -> Image.Image:
    """Ink on a white sheet laid over an image: it darkens and never hides."""
    return ImageChops.multiply(image, over)
