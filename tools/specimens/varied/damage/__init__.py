"""What happens to a paper on its way to the reader, one named profile a time; all drawn by lot."""

from __future__ import annotations

import math
import random
from collections.abc import Callable

import cv2
import numpy as np
from PIL import Image

from tools.specimens import damage as hand
from tools.specimens.ink import Specimen, px
from tools.specimens.varied.damage import wear
from tools.specimens.varied.damage.camera import hologram, moire, photographed
from tools.specimens.varied.damage.copying import copy_of_a_copy, dusty, fax, photocopy, scattered
from tools.specimens.varied.damage.pixels import Damage, Pixels, encoded, grained, noise, resized, rotated

__all__ = ["BEDS", "SHEETS", "Damage", "card", "encoded", "grained", "photographed", "resized", "rotated", "sheet"]

SHEETS = (
    "plain", "stamp", "camera", "copy", "fold", "low", "curl", "copy2", "coffee", "flash", "fax", "bound", "dark",
    "through", "turned", "shaken", "faded", "moire", "border", "dust",
    "dots", "negative",
)  # fmt: skip
BEDS = ("bed", "alone", "camera", "glare", "copy", "dark", "turned bed", "shaken")
PICTURES = {"camera": "", "curl": "curl", "flash": "flash", "dark": "dark", "shaken": "shaken", "glare": ""}
ON_PAPER: dict[str, Callable[[Pixels, random.Random], Pixels]] = {
    "copy": photocopy, "copy2": copy_of_a_copy, "fax": fax, "fold": wear.folded, "coffee": wear.stained,
    "bound": wear.bound, "through": wear.shone_through, "faded": wear.faded, "moire": moire,
}  # fmt: skip


def sheet(specimen: Specimen, profile: str, dice: random.Random) -> tuple[bytes, Damage]:
    """An A4 page through one profile of `SHEETS`."""
    signed = profile == "stamp" or (profile != "faded" and dice.random() < 0.35)
    image = wear.signed_and_stamped(specimen, dice, profile == "stamp") if signed else specimen.image.convert("RGB")
    pixels = np.asarray(image)
    told: Damage = {"profile": profile}
    if profile in PICTURES:
        long = dice.choice((2400, 3000, 3600))
        return encoded(photographed(pixels, dice, long, trouble=PICTURES[profile]), dice, told)
    if profile in ON_PAPER:
        pixels = ON_PAPER[profile](pixels, dice)
    skew = dice.uniform(-5, 5) if profile in ("turned", "copy", "copy2") else dice.uniform(-1.5, 1.5)
    pixels = rotated(pixels, skew, {"copy": 20, "border": 8}.get(profile, 250))
    if profile == "border":
        pixels = _bordered(pixels, dice)
    told |= {"skew": round(skew, 2), "dpi": 150 if profile == "low" else dice.choice((200, 200, 300, 300, 400))}
    if profile == "dust":
        pixels = dusty(pixels, dice)
    if profile == "turned":
        told["rotation"] = dice.choice((90, 180, 270))
        pixels = np.rot90(pixels, told["rotation"] // 90)
    quality = {"low": (22, 35), "dots": (80, 92)}.get(profile, (40, 85))
    pixels = grained(resized(pixels, told["dpi"]), dice)
    if profile == "dots":
        pixels = scattered(pixels)
    return encoded(255 - pixels if profile == "negative" else pixels, dice, told, quality)


def card(specimen: Specimen, profile: str, dice: random.Random) -> tuple[bytes, Damage]:
    """A card through one profile of `BEDS`: alone, somewhere on an A4 glass, copied, photographed."""
    pixels = np.asarray(specimen.image.convert("RGB"))
    told: Damage = {"profile": f"card-{profile.replace(' ', '-')}"}
    if profile == "alone":
        told["dpi"] = dice.choice((300, 300, 400))
        pixels = resized(pixels, told["dpi"])
        if dice.random() < 0.5:
            pixels = np.asarray(hand.on_glass(Image.fromarray(pixels)))
        skew = dice.uniform(-1, 1) if dice.random() < 0.5 else 0
        return encoded(grained(rotated(pixels, skew, 240), dice), dice, told)
    if profile in PICTURES:
        if profile == "glare":
            pixels = hologram(pixels, dice)
        long, share = dice.choice((1600, 2200, 3000)), dice.uniform(0.45, 0.8)
        return encoded(photographed(pixels, dice, long, share, PICTURES[profile]), dice, told)
    told["dpi"] = 300 if profile == "copy" else dice.choice((200, 300, 300))
    told["lid"] = 252 if profile == "copy" else dice.choice((255, 250, 236, 205, 170))
    told["angle"] = round(dice.choice((0, 0, 90, 180, 270)) + dice.uniform(-6, 6), 1)
    if profile == "turned bed":
        told["angle"] = round(dice.uniform(0, 360), 1)
    pixels = _on_bed(pixels, told["angle"], told["lid"], dice)
    if profile == "copy":
        pixels = photocopy(pixels, dice)
    return encoded(grained(resized(pixels, told["dpi"]), dice), dice, told)


def _bordered(pixels: Pixels, dice: random.Random) -> Pixels:
    """The lid was open: black around the sheet, and the sheet not in the middle."""
    height, width = pixels.shape[:2]
    above, below, left, right = (px(dice.uniform(3, 18)) for _ in range(4))
    around = cv2.copyMakeBorder(pixels, above, below, left, right, cv2.BORDER_CONSTANT, value=(8, 8, 8))
    return np.asarray(cv2.resize(around, (width, height), interpolation=cv2.INTER_AREA), np.uint8)


def _on_bed(pixels: Pixels, angle: float, lid: int, dice: random.Random) -> Pixels:
    """A card with round corners and a shadow somewhere on an A4 glass under a lid of some grey."""
    bed = np.full((3508, 2480, 3), lid, np.uint8)
    bed = np.clip(bed + noise(dice).normal(0, 1.5, bed.shape[:2])[..., None], 0, 255).astype(np.uint8)
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
    soft = cv2.GaussianBlur(np.roll(where, (5, 4), (0, 1)), (0, 0), 5).astype(np.float32) / 255
    shade = soft * dice.uniform(0.05, 0.25)
    alpha = where.astype(np.float32)[..., None] / 255
    return np.asarray(laid * alpha + bed * (1 - shade[..., None]) * (1 - alpha), np.uint8)
