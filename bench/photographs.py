"""Whether a sheet or card in a photograph is found: drawn desks and damages, with the true corners.

    python -m bench.photographs --count 3      so many of each of 26 cases

Right is within 1 % of the diagonal at every corner, near within 2 %; a wrong outline costs more than none.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from station.scan.image.sheet.finding import find_sheet
from tools.specimens.varied.cards import CARDS
from tools.specimens.varied.papers import PAPERS
from tools.specimens.varied.style import Lot

Pixels = npt.NDArray[Any]


@dataclass(frozen=True)
class Case:
    """What lies where: `fill` of the picture, tilted by up to `tilt`, turned by up to `turn` degrees, moved out by
    `shift` of the picture."""

    desk: str
    long: int = 2400
    tilt: float = 0.03
    turn: float = 4.0
    fill: float = 0.8
    shift: float = 0.0
    finger: bool = False
    shadow: bool = False


CASES = {
    "white desk": Case("white"),
    "dark desk": Case("dark"),
    "wood": Case("wood"),
    "light wood": Case("light wood"),
    "checks": Case("checks"),
    "finger": Case("wood", finger=True),
    "shadow": Case("wood", shadow=True),
    "shadow, dark desk": Case("dark", shadow=True),
    "strong tilt": Case("dark", tilt=0.16, turn=12, fill=0.72),
    "strong tilt, wood": Case("wood", tilt=0.14, turn=10, fill=0.7),
    "partly outside": Case("dark", shift=0.14, fill=0.85),
    "1280 pixels": Case("wood", long=1280),
    "half the picture": Case("dark", fill=0.5),
}
DESKS = {"white": (215, 217, 218), "dark": (52, 48, 45), "wood": (70, 110, 160), "light wood": (150, 185, 215)}
GRAIN = {"wood": 22.0, "light wood": 12.0}


def desk(case: Case, width: int, height: int, noise: np.random.Generator) -> Pixels:
    if case.desk == "checks":
        down, across = np.mgrid[0:height, 0:width] // max(40, width // 18)
        cloth = np.where(((down + across) % 2)[..., None] == 0, (210, 225, 215), (150, 140, 200))
        return cloth + noise.normal(0, 4, (height, width, 1))
    base = np.full((height, width, 3), DESKS[case.desk], np.float32) + noise.normal(0, 3, (height, width, 1))
    if case.desk in GRAIN:
        rough = noise.normal(0, GRAIN[case.desk], (height // 40 + 1, width // 400 + 2)).astype(np.float32)
        base = base + np.asarray(cv2.resize(rough, (width, height), interpolation=cv2.INTER_CUBIC))[..., None]
    return np.asarray(base)


def photographed(sheet: Pixels, case: Case, dice: Lot, *, card: bool) -> tuple[Pixels, Pixels]:
    """The picture, and the corners of the sheet in it."""
    noise = np.random.default_rng(dice.getrandbits(32))
    width, height = (case.long, case.long * 3 // 4) if card else (case.long * 3 // 4, case.long)
    tall, wide = sheet.shape[:2]
    corners = placed(wide, tall, width, height, case, dice)
    alpha = np.zeros((tall, wide), np.uint8)
    radius = round(wide * 3.18 / 85.6) if card else 1
    cv2.rectangle(alpha, (radius, radius), (wide - radius - 1, tall - radius - 1), 255, -1)
    alpha = np.asarray(cv2.dilate(alpha, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1,) * 2)))
    source = np.array([[0, 0], [wide - 1, 0], [wide - 1, tall - 1], [0, tall - 1]], np.float32)
    matrix = cv2.getPerspectiveTransform(source, corners.astype(np.float32))
    size = (width, height)
    soft = cv2.GaussianBlur(sheet, (0, 0), max(0.3, 0.35 * wide / np.ptp(corners[:, 0])))
    seen = cv2.warpPerspective(soft.astype(np.float32) * dice.uniform(0.84, 0.95), matrix, size)
    mask = np.asarray(cv2.warpPerspective(alpha, matrix, size)).astype(np.float32)[..., None] / 255
    cast = cv2.GaussianBlur(np.roll(mask[..., 0], (case.long // 300,) * 2, (0, 1)), (0, 0), case.long / 300)
    picture = desk(case, width, height, noise) * (1 - 0.25 * cast[..., None] * (1 - mask)) * (1 - mask) + seen * mask
    picture = picture * np.linspace(dice.uniform(0.6, 0.9), 1, width)[None, :, None]
    if case.shadow:
        edge = (np.arange(width) > dice.uniform(0.3, 0.7) * width).astype(np.float32)
        picture = picture * (1 - 0.45 * cv2.GaussianBlur(edge[None, :], (0, 0), case.long / 400)[0])[None, :, None]
    if case.finger:
        middle = (corners[0] + corners[3]) / 2
        across, down = np.round(middle).astype(int).tolist()
        tip, wrist = (across + round(0.03 * case.long), down), (across - round(0.25 * case.long), down)
        cv2.line(picture, tip, wrist, (120, 150, 205), round(0.045 * case.long))
    grained = cv2.GaussianBlur(picture, (0, 0), 0.8) + noise.normal(0, 3, (height, width, 1))
    return np.clip(grained, 0, 255).astype(np.uint8), corners


def placed(wide: int, tall: int, width: int, height: int, case: Case, dice: Lot) -> Pixels:
    scale = case.fill * min(width / wide, height / tall)
    half = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]]) * np.array([wide, tall]) * scale / 2
    turn = np.radians(dice.uniform(-case.turn, case.turn))
    corners = half @ np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    tilt = np.array([dice.uniform(-case.tilt, case.tilt), dice.uniform(-case.tilt, case.tilt)])
    corners = corners / (1 + (corners @ tilt)[:, None] / (max(wide, tall) * scale / 2))
    corners = corners + np.array([width, height]) * (0.5, 0.5)
    return np.asarray(
        corners + np.array([width, height]) * ((case.shift, 0) if dice.random() < 0.5 else (0, case.shift))
    )


def verdict(found: Pixels | None, true: Pixels) -> str:
    if found is None:
        return "none"
    diagonal = float(np.hypot(*(true[2] - true[0])))
    worst = min(float(np.linalg.norm(np.roll(found, turn, axis=0) - true, axis=1).max()) for turn in range(4))
    return "right" if worst < 0.01 * diagonal else "near" if worst < 0.02 * diagonal else "wrong"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=1)
    asked = parser.parse_args()
    cv2.setNumThreads(1)
    table: dict[str, Counter[str]] = defaultdict(Counter)
    taken = []
    for seed in range(asked.count):
        for card in (False, True):
            for number, (name, case) in enumerate(CASES.items()):
                dice = Lot(seed * 1000 + number * 2 + card)
                drawn = (CARDS if card else PAPERS)[dice.choice(list(CARDS if card else PAPERS))](dice)
                sheet = np.ascontiguousarray(np.asarray(drawn.image.convert("RGB"))[..., ::-1])
                picture, corners = photographed(sheet, case, dice, card=card)
                before = time.process_time()
                found = find_sheet(picture)
                taken.append(time.process_time() - before)
                for row in (name, "all"):
                    table[row][verdict(found.quad, corners)] += 1
    for name, counts in table.items():
        print(f"  {name:<20}" + ", ".join(f"{result} {count}" for result, count in counts.most_common()))
    print(f"  {np.mean(taken):.3f} CPU seconds a picture")


if __name__ == "__main__":
    main()
