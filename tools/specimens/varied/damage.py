"""What happens to a paper on its way: stamps, photocopies, flatbeds, telephones; all drawn by lot."""

from __future__ import annotations

import io
import math
import random
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageChops

from tools.specimens import damage as hand
from tools.specimens.ink import Specimen, px

Pixels = npt.NDArray[Any]
Damage = dict[str, Any]


def sheet(specimen: Specimen, profile: str, dice: random.Random) -> tuple[bytes, Damage]:
    """An A4 page through one profile: plain, stamp, copy, faded, turned, camera."""
    image = specimen.image.convert("RGB")
    if profile == "stamp" or (profile != "faded" and dice.random() < 0.3):
        for at in specimen.stamps:
            image = stamped(image, (at[0] + px(dice.uniform(-30, 10)), at[1] + px(dice.uniform(-14, 12))), dice)
        for at in specimen.signatures:
            hand.signed(image, at, dice)
        if profile == "stamp":  # over what is filled in, too
            image = stamped(image, (px(dice.uniform(60, 150)), px(dice.uniform(90, 200))), dice)
    pixels = np.asarray(image)
    told: Damage = {"profile": profile}
    if profile == "copy":
        pixels = photocopy(pixels, dice)
    if profile == "faded":
        pixels = np.clip(255 - (255 - pixels.astype(np.float32)) * dice.uniform(0.35, 0.55), 0, 255).astype(np.uint8)
    if profile == "camera":
        return encoded(photographed(pixels, dice, dice.choice((2400, 3000, 3600))), dice, told)
    skew = dice.uniform(-5, 5) if profile in ("turned", "copy") else dice.uniform(-1.5, 1.5)
    pixels = rotated(pixels, skew, 250 if profile != "copy" else 20)
    told |= {"skew": round(skew, 2), "dpi": dice.choice((150, 200, 200, 300, 300, 400))}
    if profile == "turned":
        told["rotation"] = dice.choice((90, 180, 270))
        pixels = np.rot90(pixels, told["rotation"] // 90)
    return encoded(grained(resized(pixels, told["dpi"]), dice), dice, told)


def card(specimen: Specimen, profile: str, dice: random.Random) -> tuple[bytes, Damage]:
    """A card through one profile: alone, bed (somewhere on an A4 flatbed), copy, camera."""
    pixels = np.asarray(specimen.image.convert("RGB"))
    told: Damage = {"profile": f"card-{profile}"}
    if profile == "alone":
        told["dpi"] = dice.choice((300, 300, 400))
        pixels = resized(pixels, told["dpi"])
        return encoded(
            grained(
                rotated(
                    np.asarray(hand.on_glass(Image.fromarray(pixels))) if dice.random() < 0.5 else pixels,
                    dice.uniform(-1, 1) if dice.random() < 0.5 else 0,
                    240,
                ),
                dice,
            ),
            dice,
            told,
        )
    if profile == "camera":
        return encoded(
            photographed(pixels, dice, dice.choice((1600, 2200, 3000)), share=dice.uniform(0.45, 0.8)), dice, told
        )
    told["dpi"] = dice.choice((200, 300, 300)) if profile == "bed" else 300
    lid = dice.choice((255, 250, 236, 205, 170)) if profile == "bed" else 252
    bed = np.full((3508, 2480, 3), lid, np.uint8)
    bed = np.clip(
        bed + np.random.default_rng(dice.getrandbits(32)).normal(0, 1.5, bed.shape[:2])[..., None], 0, 255
    ).astype(np.uint8)
    angle = dice.choice((0, 0, 90, 180, 270)) + dice.uniform(-6, 6) if dice.random() < 0.8 else dice.uniform(0, 360)
    told |= {"angle": round(angle, 1), "lid": lid}
    height, width = pixels.shape[:2]
    reach = math.hypot(height, width) / 2 + 20
    x, y = dice.uniform(reach, 2480 - reach), dice.uniform(reach, 3508 - reach)
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    turn[:, 2] += (x - width / 2, y - height / 2)
    mask = np.zeros((height, width), np.uint8)
    inset = px(3)
    cv2.rectangle(mask, (inset, 0), (width - inset, height), 255, -1)
    cv2.rectangle(mask, (0, inset), (width, height - inset), 255, -1)
    for a in (inset, width - inset):
        for b in (inset, height - inset):
            cv2.circle(mask, (a, b), inset, 255, -1)
    laid = cv2.warpAffine(pixels, turn, (2480, 3508), flags=cv2.INTER_CUBIC)
    where = cv2.warpAffine(mask, turn, (2480, 3508), flags=cv2.INTER_LINEAR)
    shade = (
        cv2.GaussianBlur(np.roll(where, (5, 4), (0, 1)), (0, 0), 5).astype(np.float32) / 255 * dice.uniform(0.05, 0.25)
    )
    bed = (bed * (1 - shade[..., None])).astype(np.float32)
    alpha = where.astype(np.float32)[..., None] / 255
    pixels = (laid * alpha + bed * (1 - alpha)).astype(np.uint8)
    if profile == "copy":
        pixels = photocopy(pixels, dice)
    return encoded(grained(resized(pixels, told["dpi"]), dice), dice, told)


def stamped(image: Image.Image, at: tuple[int, int], dice: random.Random) -> Image.Image:
    """A stamp whose ink lies over the print and darkens it, as ink does."""
    ink = Image.new("RGB", image.size, "white")
    hand.stamped(ink, at, dice)
    return ImageChops.multiply(image, ink)


def photocopy(pixels: Pixels, dice: random.Random) -> Pixels:
    """Grey, harder, with specks, a black rim on one side and the holes of a binder."""
    gray = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY).astype(np.float32)
    gray = np.clip((gray - 128) * dice.uniform(1.2, 1.8) + 150, 0, 255)
    height, width = gray.shape
    rng = np.random.default_rng(dice.getrandbits(32))
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
    return np.asarray(cv2.cvtColor(gray.astype(np.uint8), cv2.COLOR_GRAY2RGB), np.uint8)


def photographed(pixels: Pixels, dice: random.Random, long: int, share: float = 0.9) -> Pixels:
    """From a telephone above a desk: perspective, shadow, blur."""
    height, width = pixels.shape[:2]
    across = round(long * 0.75) if height > width else long
    down = long if height > width else round(long * 0.75)
    scale = min(across / width, down / height) * share
    rng = np.random.default_rng(dice.getrandbits(32))
    base = dice.choice(((96, 66, 44), (62, 62, 66), (150, 120, 90), (200, 200, 196), (40, 70, 60), (180, 160, 130)))
    grain = cv2.resize(rng.normal(0, 1, (down // 6, across // 40)).astype(np.float32), (across, down))
    desk = np.clip(np.array(base, np.float32) + grain[..., None] * dice.uniform(2, 12), 0, 255).astype(np.uint8)
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    angle = math.radians(dice.uniform(-12, 12))
    spin = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]], np.float32)
    target = (corners - corners.mean(axis=0)) * scale * 0.92 @ spin.T + np.array([across / 2, down / 2], np.float32)
    wobble = 0.03 * min(across, down) * share
    target += np.array([[dice.uniform(-wobble, wobble) for _ in range(2)] for _ in range(4)], np.float32)
    matrix = cv2.getPerspectiveTransform(corners, target.astype(np.float32))
    laid = cv2.warpPerspective(pixels, matrix, (across, down), flags=cv2.INTER_AREA)
    where = (
        cv2.warpPerspective(np.full((height, width), 255, np.uint8), matrix, (across, down)).astype(np.float32) / 255
    )
    drop = cv2.GaussianBlur(np.roll(where, (10, 8), (0, 1)), (0, 0), 12) * 0.4
    seen = laid * where[..., None] + desk * (1 - drop[..., None]) * (1 - where[..., None])
    depth, lean = dice.uniform(0, 0.45), dice.uniform(0, 2 * math.pi)
    ys, xs = np.mgrid[0:down, 0:across].astype(np.float32)
    edge = (xs / across - 0.5) * math.cos(lean) + (ys / down - 0.5) * math.sin(lean) - dice.uniform(-0.3, 0.3)
    light = 1 - depth / (1 + np.exp(-edge * dice.choice((6, 40))))
    seen = seen * light[..., None] * np.array([1, dice.uniform(0.94, 1), dice.uniform(0.84, 1)], np.float32)
    blurred = cv2.GaussianBlur(seen, (0, 0), dice.uniform(0.4, 1.2))
    grainy = blurred + rng.normal(0, dice.uniform(1, 4), (down, across, 1))
    return np.asarray(np.clip(grainy, 0, 255), np.uint8)


def rotated(pixels: Pixels, degrees: float, border: int) -> Pixels:
    height, width = pixels.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    seen = cv2.warpAffine(pixels, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=(border,) * 3)
    return np.asarray(seen, np.uint8)


def resized(pixels: Pixels, dpi: int) -> Pixels:
    size = cv2.resize(
        pixels, None, fx=dpi / 300, fy=dpi / 300, interpolation=cv2.INTER_AREA if dpi < 300 else cv2.INTER_CUBIC
    )
    return np.asarray(size, np.uint8)


def grained(pixels: Pixels, dice: random.Random) -> Pixels:
    soft = cv2.GaussianBlur(np.ascontiguousarray(pixels), (0, 0), dice.uniform(0.3, 0.9))
    grain = np.random.default_rng(dice.getrandbits(32)).normal(0, dice.uniform(0.5, 6), (*soft.shape[:2], 1))
    return np.clip(soft + grain, 0, 255).astype(np.uint8)


def encoded(pixels: Pixels, dice: random.Random, told: Damage) -> tuple[bytes, Damage]:
    quality = dice.randint(40, 85)
    written = io.BytesIO()
    Image.fromarray(pixels).save(written, "JPEG", quality=quality)
    return written.getvalue(), told | {"jpeg": quality}
