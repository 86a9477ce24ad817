"""Pictures with their masks over them, for a look at what the network does."""

from __future__ import annotations

from pathlib import Path

import cv2
import numpy as np

from tools.training.line_finder.canvas import Pixels


def overlaid(picture: Pixels, masks: Pixels) -> Pixels:
    """Printed bands red, handwriting blue; uint8 picture, uint8 masks of half its size."""
    height, width = picture.shape
    shown = np.repeat(picture[..., None], 3, 2).astype(np.float32)
    for mask, colour in zip(masks, ((40, 40, 230), (230, 80, 20)), strict=True):
        share = cv2.resize(mask, (width, height))[..., None].astype(np.float32) / 255 * 0.55
        shown = shown * (1 - share) + np.array(colour, np.float32) * share
    return shown.astype(np.uint8)


def write(file: Path, tiles: list[Pixels], across: int = 3) -> None:
    """Tiles of one size in rows."""
    rows = [np.hstack(tiles[at : at + across]) for at in range(0, len(tiles) - across + 1, across)]
    cv2.imwrite(str(file), np.vstack(rows), [cv2.IMWRITE_PNG_COMPRESSION, 9])
