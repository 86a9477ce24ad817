"""The sheet a training picture is composed on, at twice the network's scale, with the two label masks beside it."""

from __future__ import annotations

import random
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw

from tools.training.line_finder.material import Face

Pixels = npt.NDArray[Any]
OVER = 2
"""Canvas pixels per network pixel."""

WIDEST_GAP = 2.5
"""In x-heights; a wider gap splits a line into two segments."""

BITS = 4
FRACTION = 1 << BITS


class Canvas:
    """Grey pixels, and what of them is printed text and what handwriting. All measures in canvas pixels."""

    def __init__(self, side: int, paper: Pixels, dice: random.Random) -> None:
        self.side, self.dice = side, dice
        self.image = Image.fromarray(paper)
        self.draw = ImageDraw.Draw(self.image)
        self.printed: Pixels = np.zeros((side, side), np.uint8)
        self.written: Pixels = np.zeros((side, side), np.uint8)

    def text(
        self,
        x: float,
        base: float,
        text: str,
        face: Face,
        x_height: float,
        ink: int,
        *,
        told: bool = True,
        spacing: float = 0,
    ) -> float:
        """Print text on its baseline; returns where it ends. `told=False` leaves it out of the labels."""
        cut = face.sized(x_height)
        if not spacing:
            end = x + cut.getlength(text)
            if base < -3 * x_height or base > self.side + 3 * x_height or end < 0 or x > self.side:
                return end
            self.draw.text((round(x), round(base)), text, font=cut, fill=ink, anchor="ls")
        else:
            end = x
            for letter in text:
                self.draw.text((round(end), round(base)), letter, font=cut, fill=ink, anchor="ls")
                end += cut.getlength(letter) + spacing
            end -= spacing
        if told and end > x:
            self.tell(round(x), end, round(base), cut.size * face.x_height)
        return end

    def tell(
        self, left: float, right: float, base: float, x_height: float, *, hand: bool = False, tilt: float = 0
    ) -> None:
        """Mark an x-height band; `tilt` is how much lower its right end lies."""
        corners = np.array(
            [(left, base - x_height), (right, base + tilt - x_height), (right, base + tilt), (left, base)], np.float64
        )
        # Pixel centres are whole numbers for OpenCV; the band's edges lie between pixels.
        shifted = np.round((corners - 0.5) * FRACTION).astype(np.int32)
        mask = self.written if hand else self.printed
        cv2.fillConvexPoly(mask, shifted, 255, cv2.LINE_AA, BITS)

    def line(self, x0: float, y0: float, x1: float, y1: float, ink: int, width: int = 1) -> None:
        self.draw.line((x0, y0, x1, y1), fill=ink, width=width)

    def blend(self, left: int, top: int, layer: Pixels, ink: int) -> None:
        """Ink through a coverage layer (0 to 255), multiplied in as translucent ink is."""
        height, width = layer.shape
        x0, y0, x1, y1 = max(0, left), max(0, top), min(self.side, left + width), min(self.side, top + height)
        if x1 <= x0 or y1 <= y0:
            return
        part = np.asarray(self.image.crop((x0, y0, x1, y1)), np.float32)
        cover = layer[y0 - top : y1 - top, x0 - left : x1 - left].astype(np.float32) / 255
        darker = part * (1 - cover * (1 - ink / 255))
        self.image.paste(Image.fromarray(darker.astype(np.uint8)), (x0, y0))

    def paste(self, left: int, top: int, pixels: Pixels) -> None:
        self.image.paste(Image.fromarray(pixels), (left, top))
