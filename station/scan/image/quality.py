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
EDGE_SOFT = 5.5  # pixels that an edge takes from paper to ink; sharp scans 2 to 3.5, blur of 2.5 pixels gives 6
INK_BLANK = 0.0006  # share of the page


def issues(gray: Gray, paper: Gray, skew: float, letter: float | None, scale: float) -> tuple[QualityIssue, ...]:
    """Judge an evened page. `paper` is its brightness before evening, `letter` the letter height in pixels, of
    which each is `scale` pixels of the input: print that was small in the input stays small however it is enlarged."""
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
    if letter * scale < LETTERS_LOW:
        found.append(QualityIssue("page.low_resolution", round(letter * scale, 1)))
    softness = edge_width(gray)
    if softness > EDGE_SOFT:
        found.append(QualityIssue("page.blurred", round(softness, 1)))
    return tuple(found)


def edge_width(gray: Gray) -> float:
    """How many pixels print takes from paper to ink: full contrast over the steepest slopes."""
    steps = np.abs(cv2.Sobel(gray, cv2.CV_32F, 1, 0, ksize=3)[::2, ::2]) / 8.0
    strong = steps[steps > 12]
    if strong.size < 100:
        return 0.0
    return float(255.0 / np.percentile(strong, 98))
