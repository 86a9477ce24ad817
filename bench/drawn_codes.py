"""QR codes as scanners and cameras see them: any module size, blur, turn and light; the same for the same seed."""

from __future__ import annotations

import io
import math
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
import segno
from PIL import Image, ImageDraw, ImageFont

from station import paths
from tools.specimens.people import Person
from tools.specimens.varied import facts

Pixels = npt.NDArray[Any]

MODULES = (1.4, 1.6, 1.8, 2.0, 2.3, 2.7, 3.2, 4.0)
"""Pixels that one module spans."""

BLURS = (0.0, 0.5, 0.8, 1.1, 1.4, 1.7, 1.95, 2.5)
"""Sigma in pixels of the image."""

DAMAGES = ("plain", "noise", "jpeg", "glare", "low contrast", "perspective", "dark", "tinted")
QUIET = 4
FINE = 8
"""Pixels a module in the drawing that the seen image is made from."""

A4 = (3508, 2480)


@dataclass(frozen=True)
class Drawn:
    """An image with the texts of its codes, and how it was made."""

    image: Pixels
    texts: tuple[str, ...]
    family: str
    module: float
    blur: float
    damage: str


def citizen_card(dice: random.Random) -> str:
    return facts.person(dice).qr()


def identity_card(dice: random.Random) -> str:
    return facts.person(dice).qr(extras=4)


def health_card(dice: random.Random) -> str:
    who, at = facts.person(dice), facts.place(dice)
    office = f"Bảo hiểm xã hội tỉnh {at.province}".encode().hex()
    born, since = who.birth_date.strftime("%d/%m/%Y"), facts.day(dice, 2025, 2026).strftime("%d/%m/%Y")
    number, sex = dice.randint(10**9, 10**10 - 1), "2" if who.sex == "female" else "1"
    checked = f"{dice.getrandbits(64):016x}-{dice.randint(1000, 9999)}"
    parts = [number, who.name.encode().hex(), born, sex, "-", "79 - 001", since, "-", since, f"7906{number}"]
    return "|".join(map(str, [*parts, "-", "4", f" {since}", checked, "4", office, "$"]))


def old_health_card(dice: random.Random) -> str:
    who, since = facts.person(dice), facts.day(dice, 2018, 2020).strftime("%d/%m/%Y")
    sex = "2" if who.sex == "female" else "1"
    parts = [f"GD479{dice.randint(10**9, 10**10 - 1)}", who.name.encode().hex(), who.birth_date.strftime("%d/%m/%Y")]
    return "|".join([*parts, sex, who.residence.encode().hex()[:80], "01 - 028", since, "-", since, "$"])


def land_certificate(dice: random.Random) -> str:
    at = facts.place(dice)
    return (
        f"AA {dice.randint(10**7, 10**8 - 1)}; Thửa đất số {dice.randint(1, 900)}, tờ bản đồ số {dice.randint(1, 90)}"
        f"; xã {at.commune}, tỉnh {at.province}; {dice.randint(60, 900)},5 m²; {facts.person(dice).name}"
    )


def vehicle(dice: random.Random) -> str:
    plate = f"{dice.randint(11, 99)}{dice.choice('ABC')}-{dice.randint(100, 999)}.{dice.randint(10, 99)}"
    return f"{plate};Trắng;JA39E{dice.randint(10**6, 10**7)};RLHJA39{dice.randint(10**9, 10**10)}"


def receipt(dice: random.Random) -> str:
    on = facts.day(dice, 2026, 2026).isoformat()
    return f"TRAMSO1|T01-2026-{dice.randint(1, 99999):06}|1.001193|{on}T09:14:05+07:00|{dice.getrandbits(128):032x}"


FAMILIES: dict[str, Callable[[random.Random], str]] = {
    "citizen card": citizen_card,
    "identity card": identity_card,
    "health card": health_card,
    "old health card": old_health_card,
    "land certificate": land_certificate,
    "vehicle": vehicle,
    "receipt": receipt,
}


def alone(dice: random.Random, module: float, blur: float, damage: str) -> Drawn:
    """One code, turned by any angle, on a sheet not much larger than itself."""
    family = dice.choice(list(FAMILIES))
    text = FAMILIES[family](dice)
    code = symbol(text, dice)
    side = math.ceil(code.shape[0] / FINE * module * 1.75) + 40
    sheet = np.full((side, side), 255, np.uint8)
    laid = placed(
        sheet, code, module, (side / 2, side / 2), dice.uniform(0, 360), dice, leaning=damage == "perspective"
    )
    return Drawn(damaged(laid, blur, damage, dice), (text,), family, module, blur, damage)


def on_page(dice: random.Random, dpi: int, sides: tuple[float, ...], blur: float) -> Drawn:
    """Several codes of these sides in millimetres, quiet zone included, on an A4 page full of print."""
    page = text_page(dice)
    if dpi != 300:
        page = np.asarray(cv2.resize(page, None, fx=dpi / 300, fy=dpi / 300, interpolation=cv2.INTER_AREA), np.uint8)
    texts, families, modules = [], [], []
    for place, side in enumerate(sides):
        family = dice.choice(list(FAMILIES))
        text = FAMILIES[family](dice)
        code = symbol(text, dice)
        pixels = side / 25.4 * dpi
        modules.append(pixels / (code.shape[0] / FINE))
        centre = (
            page.shape[1] * (0.2 + 0.3 * (place % 3)) + dice.uniform(-20, 20),
            page.shape[0] * (0.15 + 0.28 * (place // 3)) + dice.uniform(-20, 20),
        )
        half = round(pixels * 0.55)
        x, y = round(centre[0]), round(centre[1])
        cv2.rectangle(page, (x - half, y - half), (x + half, y + half), 255, -1)
        page = placed(page, code, modules[-1], centre, dice.uniform(-4, 4), dice)
        texts.append(text)
        families.append(family)
    damage = dice.choice(("plain", "noise", "jpeg", "low contrast"))
    return Drawn(damaged(page, blur, damage, dice), tuple(texts), families[0], min(modules), blur, damage)


def symbol(text: str, dice: random.Random) -> Pixels:
    """The code with its quiet zone, `FINE` pixels a module."""
    drawn = io.BytesIO()
    made = segno.make(text, error=dice.choice("lmmq"), micro=False, boost_error=False)
    made.save(drawn, kind="png", scale=FINE, border=QUIET)
    return np.asarray(Image.open(drawn).convert("L"))


def placed(
    sheet: Pixels,
    code: Pixels,
    module: float,
    centre: tuple[float, float],
    degrees: float,
    dice: random.Random,
    leaning: bool = False,
) -> Pixels:
    """The code on the sheet with its centre there, each of its modules about so many pixels; smooth edges."""
    half = code.shape[0] / FINE * module / 2
    corners = np.array([[-half, -half], [half, -half], [half, half], [-half, half]])
    if leaning:
        corners += np.array([[dice.uniform(-0.14, 0.02) * half for _ in range(2)] for _ in range(4)]) * np.sign(corners)
    angle = math.radians(degrees)
    spin = np.array([[math.cos(angle), -math.sin(angle)], [math.sin(angle), math.cos(angle)]])
    target = corners @ spin.T + np.array(centre)
    left, top = np.floor(target.min(axis=0)).astype(int) - 2
    right, bottom = np.ceil(target.max(axis=0)).astype(int) + 2
    over = 4  # drawn four times finer, then averaged: what a sensor does
    fine = np.full(((bottom - top) * over, (right - left) * over), 255, np.uint8)
    source = (
        np.array([[0, 0], [code.shape[1], 0], [code.shape[1], code.shape[0]], [0, code.shape[0]]], np.float32) - 0.5
    )
    matrix = cv2.getPerspectiveTransform(
        source.astype(np.float32), ((target - (left, top)) * over - 0.5).astype(np.float32)
    )
    fine = cv2.warpPerspective(code, matrix, (fine.shape[1], fine.shape[0]), flags=cv2.INTER_AREA, borderValue=255)
    small = cv2.resize(fine, (right - left, bottom - top), interpolation=cv2.INTER_AREA)
    seen = sheet.copy()
    part = seen[max(0, top) : bottom, max(0, left) : right]
    inner = small[max(0, -top) : max(0, -top) + part.shape[0], max(0, -left) : max(0, -left) + part.shape[1]]
    np.minimum(part, inner, out=part)
    return seen


def damaged(sheet: Pixels, blur: float, damage: str, dice: random.Random) -> Pixels:
    """Light, blur, grain and compression, in the order in which a sensor adds them."""
    rng = np.random.default_rng(dice.getrandbits(32))
    seen: Pixels = sheet.astype(np.float32)
    ink, paper = (25.0, 240.0)
    if damage == "low contrast":
        ink, paper = dice.uniform(100, 130), dice.uniform(185, 215)
    if damage == "dark":
        ink, paper = 10.0, dice.uniform(60, 90)
    seen = ink + seen / 255 * (paper - ink)
    height, width = seen.shape
    if damage == "tinted":  # guilloche of a card
        ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
        waves = np.sin(xs / 7 + 3 * np.sin(ys / 23)) + np.sin(ys / 9 + 2 * np.sin(xs / 31))
        seen = np.minimum(seen, 205 + 12 * waves)
    if damage == "glare":
        ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
        x, y, wide = dice.uniform(0.2, 0.8) * width, dice.uniform(0.2, 0.8) * height, dice.uniform(0.12, 0.3) * width
        seen = seen + dice.uniform(70, 150) * np.exp(-((xs - x) ** 2 + (ys - y) ** 2) / (2 * wide * wide))
    if blur:
        seen = np.asarray(cv2.GaussianBlur(seen, (0, 0), blur), np.float32)
    seen = seen + rng.normal(0, 6 if damage == "noise" else 1.2, seen.shape)
    pixels = np.clip(np.rint(seen), 0, 255).astype(np.uint8)
    if damage == "jpeg" or (damage == "perspective" and dice.random() < 0.5):
        _, kept = cv2.imencode(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, dice.randint(55, 80)])
        pixels = np.asarray(cv2.imdecode(kept, cv2.IMREAD_GRAYSCALE), np.uint8)
    return pixels


def text_page(dice: random.Random) -> Pixels:
    """A4 at 300 dpi, filled with print."""
    page = Image.new("L", (A4[1], A4[0]), 255)
    pen = ImageDraw.Draw(page)
    face = ImageFont.truetype(str(paths.resources() / "fonts" / "LiberationSerif-Regular.ttf"), 54)
    for row in range(44):
        who: Person = facts.person(dice)
        pen.text((240, 220 + row * 70), f"{row + 1}. {who.name}, {who.residence}"[: dice.randint(30, 78)], 10, face)
    return np.asarray(page).copy()
