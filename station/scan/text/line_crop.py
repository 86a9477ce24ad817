"""A line of text as a curve over the page, and the straight strip that is cut out along it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import cv2
import numpy as np

from station.dossier.reading import Box
from station.scan.image.arrays import Gray

HEIGHT = 52
"""Rows of a strip, which engines read best at about this size."""

BASELINE_ROW = 40
"""So many rows stand above the baseline: an x-height and room for the two marks of «Ấ» and «Ễ» in bold capitals."""

X_HEIGHT = 17
MARGIN = 0.6
"""Of an x-height, left and right of the line."""

ABOVE, BELOW = 2.1, 0.65
"""In x-heights: what stacked marks of capitals and descenders reach beyond the baseline."""

SEEN_HEIGHT = 36
"""Rows that the network of the text engine has: a strip of this height is given to it as it is."""

SEEN_SCALE = 0.75
SEEN = slice(2, 38)
"""Rows of a strip at that scale that the network sees: 28 above the baseline; an x-height is 12.75."""

Point = tuple[float, float]


@dataclass(frozen=True)
class Segment:
    """A stretch of text on one baseline. Pixels of the image; pixel `k` covers `k` to `k + 1`."""

    baseline: tuple[Point, ...]
    """From the left end of the line to its right end, two points or more: a page can be bent."""

    x_height: float
    confidence: float
    """0 to 1: how sure the finder is on average along the line."""

    handwritten: bool = False

    @property
    def left(self) -> float:
        return self.baseline[0][0]

    @property
    def right(self) -> float:
        return self.baseline[-1][0]

    @cached_property
    def box(self) -> Box:
        """Upright, with room for marks above and descenders below."""
        heights = [y for _, y in self.baseline]
        return (
            int(np.floor(self.left)),
            int(np.floor(min(heights) - ABOVE * self.x_height)),
            int(np.ceil(self.right)),
            int(np.ceil(max(heights) + BELOW * self.x_height)),
        )


def crop(image: Gray, segment: Segment, height: int = HEIGHT) -> Gray:
    """The line, straightened, in rows of fixed meaning: of 52 rows 40 lie above the baseline, an x-height is 17.

    What lies beyond the image's border repeats the border.
    """
    scale = X_HEIGHT * height / HEIGHT / segment.x_height
    x, y = np.array(segment.baseline, np.float64).T
    reach = 3.0 * segment.x_height
    left, top = max(0, int(x[0] - reach)), max(0, int(y.min() - reach))
    part = image[top : int(y.max() + reach) + 1, left : int(x[-1] + reach) + 1]
    if part.size == 0:
        return np.full((height, height), 255, np.uint8)
    x, y = x - left, y - top
    if scale < 0.75:  # shrink by area first, or thin strokes fall between the samples
        rows, columns = max(1, round(part.shape[0] * scale)), max(1, round(part.shape[1] * scale))
        x, y = x * columns / part.shape[1], y * rows / part.shape[0]
        part = cv2.resize(part, (columns, rows), interpolation=cv2.INTER_AREA)
        scale = 1.0
    return _straightened(part, x, y, scale, height)


def for_network(strip: Gray) -> Gray:
    """A strip of `HEIGHT` rows as the text engine's network sees it: without the rows that no letter reaches."""
    wide = max(SEEN_HEIGHT, round(strip.shape[1] * SEEN_SCALE))
    small = cv2.resize(strip, (wide, round(HEIGHT * SEEN_SCALE)), interpolation=cv2.INTER_AREA)
    return np.asarray(small[SEEN], np.uint8)


def _straightened(part: Gray, x: Gray, y: Gray, scale: float, height: int) -> Gray:
    """Sample along the baseline and across it."""
    lengths = np.concatenate([[0.0], np.cumsum(np.hypot(np.diff(x), np.diff(y)))])
    margin = MARGIN * X_HEIGHT * height / HEIGHT / scale
    width = max(1, round((lengths[-1] + 2 * margin) * scale))
    along = (np.arange(width) + 0.5) / scale - margin
    # Beyond the ends the line goes on as straight as it is there.
    inside = np.clip(along, 0.0, lengths[-1])
    step = min(lengths[-1], 2.0 / scale)
    ahead, behind = np.clip(inside + step, 0.0, lengths[-1]), np.clip(inside - step, 0.0, lengths[-1])
    dx, dy = np.interp(ahead, lengths, x) - np.interp(behind, lengths, x), _between(ahead, behind, lengths, y)
    norm = np.maximum(np.hypot(dx, dy), 1e-6)
    dx, dy = np.where(norm > 1e-6, dx / norm, 1.0), dy / norm
    from_x = np.interp(inside, lengths, x) + (along - inside) * dx
    from_y = np.interp(inside, lengths, y) + (along - inside) * dy
    across = (np.arange(height) + 0.5 - BASELINE_ROW * height / HEIGHT)[:, None] / scale
    map_x = (from_x - across * dy - 0.5).astype(np.float32)
    map_y = (from_y + across * dx - 0.5).astype(np.float32)
    how = cv2.INTER_CUBIC if scale > 1.1 else cv2.INTER_LINEAR
    return cv2.remap(part, map_x, map_y, how, borderMode=cv2.BORDER_REPLICATE).astype(np.uint8)


def _between(ahead: Gray, behind: Gray, lengths: Gray, values: Gray) -> Gray:
    return np.asarray(np.interp(ahead, lengths, values) - np.interp(behind, lengths, values))
