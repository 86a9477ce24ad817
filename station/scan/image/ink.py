"""Stamps and signatures fade, print stays: a grey image in which coloured ink is nearly paper, coloured print not."""

from __future__ import annotations

import cv2
import numpy as np

from station.scan.image.arrays import Colour, Gray, Mask
from station.scan.image.percentile import paper_of
from station.scan.image.shrink import shrink

CHROMATIC = 45
"""Difference of the strongest and weakest channel from which a pixel is coloured ink, at full brightness."""

STRONGEST_TINT = 1.6
"""How much weaker than its strongest channel a paper's weakest may be and still be tinted paper."""

SEARCH = 3
"""Coloured print is looked for at a third of the size: letters are large enough there, and it takes a ninth."""

FEWEST_LETTERS = 5
FEWEST_WORDS = 3
LONG = 4.0
LETTER = (4, 60)
"""Pixels that a coloured letter is high at the reduced size: 3 mm titles at 150 dpi to 10 mm ones at 450 dpi."""

SEAL = 0.6
"""How round a large coloured mark must be to be a seal: its shorter side by its longer one."""

SEAL_RED, SEAL_SHARE = 0.2, 0.05
"""How much redder than the paper a pixel under a seal is, and which share of a value's box makes it covered."""

DARK, DARK_SHARE = 120, 0.02

GAP = 1.6
UNEVEN = 0.45


def without_coloured_ink(image: Colour) -> Gray:
    """Take the brightest channel where a pixel is coloured, plain grey elsewhere and in lines of coloured print.

    A red stamp is bright in red and a blue signature in blue, so both fade; black print under them is dark in all
    three channels and stays. A red title would fade too, so what stands in a line like print is kept.
    """
    blue, green, red = cv2.split(white_paper(image))
    brightest = cv2.max(cv2.max(blue, green), red)
    weakest = cv2.min(cv2.min(blue, green), red)
    # In shadow all channels shrink together, so colour is judged relative to brightness.
    coloured = cv2.subtract(brightest, weakest).astype(np.uint16) * 255 > CHROMATIC * brightest.astype(np.uint16)
    coloured &= brightest > 50
    gray = cv2.cvtColor(cv2.merge((blue, green, red)), cv2.COLOR_BGR2GRAY)
    faded = np.where(coloured, brightest, gray).astype(np.uint8)
    for left, top, right, bottom in print_lines(coloured):
        faded[top:bottom, left:right] = np.minimum(faded, gray)[top:bottom, left:right]
    return faded


def white_paper(image: Colour) -> Colour:
    """The image as if its paper were grey: on tinted paper or under a warm lamp everything would count as coloured."""
    sample = image[::16, ::16].reshape(-1, 3)
    bright = sample[sample.max(axis=1) >= np.percentile(sample.max(axis=1), 40)]
    paper = np.maximum(np.median(bright, axis=0), 1.0)
    gains = np.minimum(paper.max() / paper, STRONGEST_TINT)
    if gains.max() < 1.03:
        return image
    levels = np.clip(np.arange(256)[:, None] * gains[None, :], 0, 255).astype(np.uint8)
    return np.asarray(cv2.LUT(image, levels[None]), np.uint8)


def print_lines(coloured: Mask) -> list[tuple[int, int, int, int]]:
    """Boxes of lines of coloured print: letters of one height side by side, apart from the rings of seals."""
    ink = (shrink(coloured.astype(np.uint8) * 255, SEARCH) > 100).astype(np.uint8)
    if ink.mean() > 0.3:  # a tinted page: colour tells nothing
        return []
    _, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    boxes = stats[1:, :4]
    tall, wide = boxes[:, cv2.CC_STAT_HEIGHT], boxes[:, cv2.CC_STAT_WIDTH]
    # What is half as long as the page is its frame or rim, no seal.
    sealed = (np.minimum(tall, wide) > SEAL * np.maximum(tall, wide)) & (np.maximum(tall, wide) < max(ink.shape) / 2)
    rings = boxes[sealed & (tall > LETTER[1])]
    letters = boxes[(tall >= LETTER[0]) & (tall <= LETTER[1]) & (wide <= 6 * tall)]
    for left, top, across, down in rings.tolist():
        middle_x, middle_y = letters[:, 0] + letters[:, 2] / 2, letters[:, 1] + letters[:, 3] / 2
        inside = (middle_x > left) & (middle_x < left + across) & (middle_y > top) & (middle_y < top + down)
        letters = letters[~inside]
    lines = []
    for line in _in_lines(letters[np.argsort(letters[:, 0])].tolist()):
        left, top = min(box[0] for box in line), min(box[1] for box in line)
        right, bottom = max(box[0] + box[2] for box in line), max(box[1] + box[3] for box in line)
        # Small letters may touch: a few long marks are a line as well.
        if len(line) >= FEWEST_LETTERS or (len(line) >= FEWEST_WORDS and right - left > LONG * (bottom - top)):
            lines.append(
                (max(0, left - 2) * SEARCH, max(0, top - 4) * SEARCH, (right + 2) * SEARCH, (bottom + 3) * SEARCH)
            )
    return lines


def _in_lines(letters: list[list[int]]) -> list[list[list[int]]]:
    """Letters, sorted from left to right, joined where the next one begins near the last one's end on its height."""
    lines: list[list[list[int]]] = []
    for letter in letters:
        _, top, _, tall = letter
        for line in lines:
            left, above, across, down = line[-1]
            level = abs(top + tall - above - down) <= UNEVEN * max(tall, down)
            if level and 0.5 < tall / down < 2 and letter[0] - left - across <= GAP * max(tall, down):
                line.append(letter)
                break
        else:
            lines.append([letter])
    return lines


def under_seal(part: Colour) -> bool:
    """Whether red ink lies over a piece of a page: what is read there was pieced together, however well."""
    if not part.size:
        return False
    paper = paper_of(part, 75)
    blue, green, red = (part[..., channel].astype(np.float32) * (max(paper) / paper[channel]) for channel in range(3))
    if np.mean(np.maximum(np.maximum(blue, green), red) < DARK) < DARK_SHARE:
        return False  # the figures themselves are printed in red
    return bool(np.mean(red - np.maximum(blue, green) > SEAL_RED * np.maximum(red, 80.0)) > SEAL_SHARE)
