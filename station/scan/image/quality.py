"""What a person should know about an image before trusting what was read from it: plain measures, no verdicts."""

from __future__ import annotations

import cv2
import numpy as np

from station.dossier.reading import QualityIssue
from station.scan.image.arrays import Gray
from station.scan.image.leaders import INK

SKEWED = 1.0  # degrees
DARK = 110.0  # brightness of the paper, 0 to 255
LETTERS_LOW = 13.0  # pixels: height of small letters below which reading suffers
EDGE_SOFT = 5.5  # pixels that a black-to-white edge takes, relative to letters of 24 pixels
INK_BLANK = 0.0006  # share of the page


def issues(gray: Gray, paper: Gray, skew: float, letter: float | None) -> tuple[QualityIssue, ...]:
    """Judge an evened page. `paper` is its brightness before evening, `letter` the letter height in pixels."""
    found: list[QualityIssue] = []
    if abs(skew) >= SKEWED:
        found.append(QualityIssue("page.skewed", round(skew, 1)))
    brightness = float(np.percentile(paper[::8, ::8], 50))
    if brightness < DARK:
        found.append(QualityIssue("page.dark", round(brightness)))
    inked = float(np.mean(gray[::2, ::2] < INK))
    if letter is None:
        if inked < INK_BLANK:
            found.append(QualityIssue("page.blank", round(inked, 5)))
        return tuple(found)
    if letter < LETTERS_LOW:
        found.append(QualityIssue("page.low_resolution", round(letter, 1)))
    softness = edge_width(gray) * 24.0 / max(letter, 12.0)
    if softness > EDGE_SOFT:
        found.append(QualityIssue("page.blurred", round(softness, 1)))
    return tuple(found)


def edge_width(gray: Gray) -> float:
    """How many pixels print takes from paper to ink: full contrast over the steepest slopes."""
    steps = np.abs(cv2.Sobel(gray, cv2.CV_32F, 1, 0, ksize=3)[::2, ::2]) / 8.0
    strong = steps[steps > 12]
    if strong.size < 100:
        return 0.0
    return float(255.0 / (2 * np.percentile(strong, 98)) * 2)
