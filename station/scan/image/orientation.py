"""Which way up a page lies: by the direction of its lines, and by what rises above them and hangs below."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from station.scan.image.arrays import Gray, Mask, Matrix
from station.scan.image.components import labelled
from station.scan.image.deskew import lie
from station.scan.image.overview import Overview

CLEAR = 0.25
"""Asymmetry from which a page counts as certainly upside down; below it the page is left as it lies."""

FEWEST_WORDS = 4
MOST_ROWS = 66

TURNS = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}


@dataclass(frozen=True)
class Lie:
    """How a page lies: turned clockwise by `rotation`, its lines would still lean by `lean` degrees."""

    rotation: int
    lean: float


def lie_of(look: Overview) -> Lie:
    """How the page of an overview lies."""
    quarter, lean = lie(look)
    turn = 90 if quarter else 0
    level = levelled(turned(look.ink, turn), lean, border=0)
    return Lie(turn + 180 if rising(level) < -CLEAR else turn, lean)


def turned(gray: Gray, degrees: int) -> Gray:
    """Turn clockwise by a multiple of 90°."""
    return np.asarray(cv2.rotate(gray, TURNS[degrees]), np.uint8) if degrees else gray


def levelled(gray: Gray, lean: float, border: int = 255) -> Gray:
    """Turn by the lean about the middle, the size kept."""
    height, width = gray.shape
    around: Matrix = np.asarray(cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), lean, 1.0))
    return np.asarray(cv2.warpAffine(gray, around, (width, height), borderValue=float(border)), np.uint8)


def rising(ink: Mask) -> float:
    """How many more words rise above the bodies of their letters than hang below them, -1 to 1 of all that do either.

    Vietnamese rises: capitals, ascenders and nearly all marks stand above; only g, p, q, y and the dot hang below.
    `ink` is level, 255 where something is printed.
    """
    # Words: letters joined to blobs of one line; each votes with its own profile.
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((3, 13), np.uint8))
    labels, stats = labelled(np.asarray(joined, np.uint8))
    wide, tall = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    words = (tall >= 9) & (tall < MOST_ROWS) & (wide >= 2.5 * tall)
    words[0] = False
    count = int(words.sum())
    if count < FEWEST_WORDS:
        return 0.0
    pixels = np.flatnonzero(ink > 0)
    word = np.where(words, np.cumsum(words) - 1, -1)[labels.ravel()[pixels]]
    rows, word = pixels[word >= 0] // ink.shape[1], word[word >= 0]
    cells = word * MOST_ROWS + rows - stats[words, cv2.CC_STAT_TOP][word]
    profiles = np.bincount(cells, minlength=count * MOST_ROWS).reshape(count, MOST_ROWS)
    # The body of a word: from the first to the last row with half the ink of its fullest tenth of rows.
    fullest = np.take_along_axis(-np.sort(-profiles, axis=1), (tall[words, None] // 10).astype(np.intp), axis=1)
    body = profiles > 0.5 * fullest
    first, last = np.argmax(body, axis=1), MOST_ROWS - 1 - np.argmax(body[:, ::-1], axis=1)
    row = np.arange(MOST_ROWS)
    above = np.where(row < first[:, None], profiles, 0).sum(axis=1)
    below = np.where(row > last[:, None], profiles, 0).sum(axis=1)
    # Each word has one vote, or three long lines of a machine-readable zone would outweigh a card's print.
    up, down = int((above > 1.4 * below + 4).sum()), int((below > 1.4 * above + 4).sum())
    return (up - down) / (up + down) if up + down >= FEWEST_WORDS else 0.0
