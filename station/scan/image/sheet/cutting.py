"""The sheet cut out of the image and seen from straight above."""

from __future__ import annotations

import cv2
import numpy as np

from station.scan.image.arrays import Colour, Matrix
from station.scan.image.sheet.kinds import A4, Sheet
from station.scan.image.sheet.quads import corners_of, sides

CARD_SIZE = (1264, 797)  # 375 dpi
PAGE_LONG_SIDE = 2806  # 240 dpi


def cut_out(image: Colour, sheet: Sheet, page_side: int = PAGE_LONG_SIDE) -> tuple[Colour, Matrix]:
    """The sheet seen from above, and the matrix from its pixels to the image's; the image itself if no quad.

    A card comes out at 375 dpi, a page with its longer side as long as asked.
    """
    if sheet.quad is None:
        return image, np.eye(3)
    if not sheet.edges:
        (left, top), (right, bottom) = sheet.quad[0].astype(int).tolist(), sheet.quad[2].astype(int).tolist()
        return image[top : bottom + 1, left : right + 1], np.array([[1, 0, left], [0, 1, top], [0, 0, 1]], np.float64)
    across, down = sides(sheet.quad)
    if sheet.card:
        wide, tall = CARD_SIZE if across >= down else CARD_SIZE[::-1]
    else:
        short = round(page_side / A4)
        wide, tall = (short, page_side) if down >= across else (page_side, short)
    target = corners_of(0, 0, wide - 1, tall - 1).astype(np.float32)
    back = cv2.getPerspectiveTransform(target, sheet.quad.astype(np.float32))
    seen = cv2.warpPerspective(
        image, back, (wide, tall), flags=cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(seen, np.uint8), np.asarray(back, np.float64)
