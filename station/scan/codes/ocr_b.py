"""A reader of OCR-B at fixed pitch: every cell of a zone's line is compared with the 37 letters of the typeface.

It knows nothing of language or layout and shares nothing with the text engines, so that agreement with one of them
means something; and it costs milliseconds.
"""

from __future__ import annotations

import functools
import string

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image, ImageDraw, ImageFont

from station import paths
from station.scan.codes.zone_lines import LETTERS, MARGIN, PITCH
from station.scan.image.arrays import Gray

Floats = npt.NDArray[np.float32]

ALPHABET = string.digits + string.ascii_uppercase + "<"
CELL = 14
"""Pixels from letter to letter at which cells are compared."""

TALL = 20
SIZES = (0.92, 1.0, 1.08)
"""Widths of the letters beside the pitch: printers of cards differ."""

SOFTNESS = 0.9
REACH_X, REACH_Y = 2, 3
STRETCHES = np.linspace(0.975, 1.025, 11)
FAINTEST = 10
"""Difference of paper and print below which there is none."""

LEAST_LIKENESS = 0.5
"""Mean correlation below which the line is not in this typeface, or not at this pitch."""


def read_line(image: Gray) -> str:
    """Thirty letters out of a line as `zone_lines` cuts it; empty where it is not OCR-B."""
    scale = CELL / PITCH
    small = np.asarray(cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.float32)
    ink = np.asarray(cv2.GaussianBlur(255 - small, (0, 0), 0.6), np.float32)
    paper, print_ = np.percentile(ink, (20, 99))
    if print_ - paper < FAINTEST:
        return ""
    ink = np.clip((ink - paper) * (255 / (print_ - paper)), 0, 255)
    starts = cells(ink)
    likeness = compared(ink, starts)
    best = likeness.max(axis=1)
    if float(best.mean()) < LEAST_LIKENESS:
        return ""
    return "".join(ALPHABET[letter] for letter in likeness.argmax(axis=1))


def cells(ink: Floats) -> npt.NDArray[np.intp]:
    """The left edges of the thirty cells: where a comb of 31 teeth meets the least ink."""
    profile = np.cumsum(np.concatenate([[0.0], ink.sum(axis=0, dtype=np.float64)]))
    teeth = np.arange(LETTERS + 1) * CELL
    shifts = np.arange(-CELL // 2, CELL // 2 + 1)
    middle = ink.shape[1] / 2
    at = middle + (teeth[None, None] + MARGIN * CELL - middle) * STRETCHES[:, None, None] + shifts[None, :, None]
    columns = np.clip(np.rint(at).astype(np.intp), 1, ink.shape[1] - 2)
    met = (profile[columns + 2] - profile[columns - 1]).sum(axis=2)
    # An outer tooth may stand in the empty margin for nothing: what lies inside the comb must be the whole line.
    inside = profile[columns[..., -1]] - profile[columns[..., 0]]
    stretch, shift = np.unravel_index(np.argmin(met + 2.0 * (profile[-1] - inside)), met.shape)
    return np.asarray(columns[stretch, shift, :-1], np.intp)


def compared(ink: Floats, starts: npt.NDArray[np.intp]) -> Floats:
    """For each cell and letter the best correlation over small shifts, at the size that suits the line."""
    room = cv2.copyMakeBorder(ink, REACH_Y, REACH_Y, CELL, CELL, cv2.BORDER_REPLICATE)
    rows = (ink.shape[0] - TALL) // 2 + np.arange(2 * REACH_Y + 1)
    columns = starts[:, None] + CELL + np.arange(-REACH_X, REACH_X + 1)[None]
    windows = np.lib.stride_tricks.sliding_window_view(room, (TALL, CELL))
    seen = windows[rows[None, :, None], np.clip(columns, 0, windows.shape[1] - 1)[:, None, :]]
    flat = normalised(seen.reshape(*seen.shape[:3], -1).astype(np.float32))
    by_size = np.einsum("cyxp,slp->scyxl", flat, templates(), optimize=True).max(axis=(2, 3))
    return np.asarray(by_size[by_size.max(axis=2).mean(axis=1).argmax()], np.float32)


def normalised(patches: Floats) -> Floats:
    centred = patches - patches.mean(axis=-1, keepdims=True)
    return np.asarray(centred / np.maximum(np.linalg.norm(centred, axis=-1, keepdims=True), 40.0), np.float32)


@functools.cache
def templates() -> Floats:
    """Sizes × letters × pixels of a cell, each of mean 0 and length 1."""
    return np.stack([normalised(np.stack([letter(character, size) for character in ALPHABET])) for size in SIZES])


def letter(character: str, size: float) -> Floats:
    fine = 8
    face = ImageFont.truetype(str(paths.resources() / "fonts" / "OCRB.otf"), 1000)
    pixels = CELL * fine * size / face.getlength("0") * 1000
    face = ImageFont.truetype(str(paths.resources() / "fonts" / "OCRB.otf"), round(pixels))
    cell = Image.new("L", (CELL * fine, TALL * fine), 0)
    top, bottom = (face.getbbox("H", anchor="ls")[place] for place in (1, 3))
    at = ((CELL * fine - face.getlength(character)) / 2, (TALL * fine - (bottom + top)) / 2)
    ImageDraw.Draw(cell).text(at, character, 255, face, anchor="ls")
    drawn = np.asarray(cell, np.float32)
    small = cv2.resize(drawn, (CELL, TALL), interpolation=cv2.INTER_AREA)
    return np.asarray(cv2.GaussianBlur(small, (0, 0), SOFTNESS), np.float32).reshape(-1)
