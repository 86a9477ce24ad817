"""One training sample: a grey picture at the network's scale and its two masks at half of that."""

from __future__ import annotations

import random

import cv2
import numpy as np
from PIL import Image

from tools.training.line_finder import cards, surroundings
from tools.training.line_finder.canvas import OVER, Canvas, Pixels
from tools.training.line_finder.damage import seen, warped
from tools.training.line_finder.handwriting import signature
from tools.training.line_finder.pages import Page

SIDE = 512
MARGIN = 40
"""Around the sample, so that a turned sheet still fills it; network pixels."""


def sample(dice: random.Random) -> tuple[Pixels, Pixels]:
    """uint8 picture of SIDE × SIDE, and uint8 masks, 2 × SIDE/2 × SIDE/2: printed, handwritten."""
    whole = (SIDE + 2 * MARGIN) * OVER
    turn = dice.random()
    canvas = _card(whole, dice) if turn < 0.3 else _nothing(whole, dice) if turn < 0.34 else _page(whole, dice)
    if dice.random() < 0.12:
        surroundings.watermark(canvas, dice)
    picture, printed, written = warped([np.asarray(canvas.image), canvas.printed, canvas.written], SIDE * OVER, dice)
    small = cv2.resize(picture, (SIDE, SIDE), interpolation=cv2.INTER_AREA)
    masks = [cv2.resize(mask, (SIDE // 2, SIDE // 2), interpolation=cv2.INTER_AREA) for mask in (printed, written)]
    return seen(small, dice), np.stack(masks)


def _x_height(dice: random.Random) -> float:
    """In canvas pixels: mostly 4 to 11 network pixels, at times smaller or larger."""
    if dice.random() < 0.12:
        return dice.uniform(3, 16) * OVER
    return float(np.exp(dice.uniform(np.log(4.0), np.log(10.5)))) * OVER


def _page(side: int, dice: random.Random) -> Canvas:
    canvas = Canvas(side, surroundings.paper(side, dice), dice)
    x = _x_height(dice)
    width = x * dice.uniform(55, 110)
    left = dice.uniform(0.02, 0.2) * side if dice.random() < 0.5 else dice.uniform(side * 0.5 - width, side * 0.35)
    page = Page(canvas, dice, x, left, left + width)
    if dice.random() < 0.2:
        inset = x * dice.uniform(2, 4)
        for away in (0, dice.choice((0, 6))):
            box = (
                left - inset + away,
                dice.uniform(-40, 60) + away,
                left + width + inset - away,
                side * dice.uniform(0.85, 1.2) - away,
            )
            canvas.draw.rectangle(box, outline=dice.randint(60, 180), width=dice.choice((1, 2, 5)))
    page.fill()
    for _ in range(dice.choice((0, 0, 0, 0, 1, 1, 2))):
        surroundings.stamp(canvas, dice.uniform(0, side), dice.uniform(0, side), x * dice.uniform(4.5, 9.5), dice)
    if dice.random() < 0.08:
        signature(
            canvas,
            dice.uniform(0, side * 0.8),
            dice.uniform(0, side),
            x * dice.uniform(2, 5),
            dice.choice((20, 60, 100)),
            dice,
        )
    if dice.random() < 0.1:
        _through_the_paper(canvas, dice)
    if dice.random() < 0.2:
        _holes(canvas, left - x * dice.uniform(3, 7), dice)
    if dice.random() < 0.3:
        _beyond_the_edge(canvas, left - x * dice.uniform(1, 8), left + width + x * dice.uniform(1, 8), dice)
    return canvas


def _through_the_paper(canvas: Canvas, dice: random.Random) -> None:
    """Print of the other side, mirrored and faint, is no text of this one."""
    ink = cv2.GaussianBlur(255 - np.asarray(canvas.image)[:, ::-1], (0, 0), dice.uniform(1, 4))
    ink = np.roll(ink, (dice.randrange(canvas.side), dice.randint(-200, 200)), (0, 1))
    canvas.blend(0, 0, (ink * dice.uniform(0.1, 0.45)).astype(np.uint8), dice.randint(0, 120))


def _holes(canvas: Canvas, x: float, dice: random.Random) -> None:
    """Punched, and now and then a staple."""
    radius, shade = dice.uniform(10, 36), dice.choice((0, 10, 60, 120, 255))
    for y in (dice.uniform(0.1, 0.4), dice.uniform(0.5, 0.9)):
        cy = y * canvas.side
        canvas.draw.ellipse(
            (x - radius, cy - radius, x + radius, cy + radius), fill=shade, outline=dice.randint(0, 200)
        )
    if dice.random() < 0.3:
        at, top = dice.uniform(0, canvas.side), dice.uniform(0, canvas.side)
        canvas.line(
            at, top, at + dice.uniform(20, 70), top + dice.uniform(-40, 40), dice.randint(40, 150), dice.randint(3, 9)
        )


def _beyond_the_edge(canvas: Canvas, left: float, right: float, dice: random.Random) -> None:
    """Lay a table around the sheet, on one to four sides; what stood there is gone from the labels too."""
    side = canvas.side
    around = surroundings.desk(side, dice)
    top = dice.uniform(0.02, 0.15) * side if dice.random() < 0.4 else 0
    bottom = dice.uniform(0.8, 0.98) * side if dice.random() < 0.4 else side
    inside = np.zeros((side, side), np.uint8)
    inside[round(top) : round(bottom), max(0, round(left)) : max(0, min(side, round(right)))] = 1
    pixels = np.where(inside, np.asarray(canvas.image), around)
    if dice.random() < 0.4:  # the sheet's own shadow
        edge = cv2.GaussianBlur(inside.astype(np.float32), (0, 0), dice.uniform(4, 12))
        pixels = np.where(inside, pixels, pixels * (1 - 0.5 * edge))
    canvas.image.paste(Image.fromarray(pixels.astype(np.uint8)))
    canvas.printed *= inside
    canvas.written *= inside


def _card(side: int, dice: random.Random) -> Canvas:
    canvas = Canvas(side, surroundings.desk(side, dice), dice)
    x = _x_height(dice)
    width = x * dice.uniform(62, 110)
    height = width * dice.uniform(0.58, 0.7)
    left, top = (
        dice.uniform(min(20, side - width - 20), max(20, side - width - 20)),
        dice.uniform(min(10, side - height), max(10, side - height)),
    )
    paper = surroundings.paper(side, dice)
    box = [max(0, round(left)), max(0, round(top)), min(side, round(left + width)), min(side, round(top + height))]
    canvas.paste(box[0], box[1], paper[box[1] : box[3], box[0] : box[2]])
    cards.fill(canvas, dice, x, left, top, left + width, top + height)
    inside = np.zeros((side, side), np.uint8)
    inside[box[1] : box[3], box[0] : box[2]] = 1
    canvas.printed *= inside
    if dice.random() < 0.4:  # glare
        cover = np.clip(surroundings.noise(side, side / 4, 60, dice.getrandbits(31)), 0, 90)
        canvas.image.paste(Image.fromarray(np.clip(np.asarray(canvas.image) + cover, 0, 255).astype(np.uint8)))
    if dice.random() < 0.15:
        surroundings.stamp(
            canvas, dice.uniform(left, left + width), dice.uniform(top, top + height), x * dice.uniform(6, 10), dice
        )
    return canvas


def _nothing(side: int, dice: random.Random) -> Canvas:
    """Pictures, patterns and tables' edges without a letter."""
    canvas = Canvas(
        side, surroundings.desk(side, dice) if dice.random() < 0.5 else surroundings.paper(side, dice), dice
    )
    for _ in range(dice.randint(0, 6)):
        wide = dice.randint(40, 500)
        at = dice.randint(-50, side - 50), dice.randint(-50, side - 50)
        kind = dice.randrange(5)
        if kind == 0:
            canvas.paste(*at, surroundings.photograph(wide, wide, dice))
        elif kind == 1:
            canvas.paste(*at, surroundings.qr(wide, dice))
        elif kind == 2:
            canvas.blend(*at, surroundings.fingerprint(wide, wide, dice), dice.randint(30, 160))
        elif kind == 3:
            canvas.paste(*at, surroundings.barcode(wide, wide // 3, dice))
        else:
            canvas.draw.rectangle(
                (*at, at[0] + wide, at[1] + wide // 2), outline=dice.randint(0, 150), width=dice.randint(1, 6)
            )
    return canvas
