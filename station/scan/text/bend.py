"""How a page bends: how much lower or higher a line stands at its end than a level one would, told by all lines.

A photographed book or a page that curls is level in the middle and leans at its sides. Each line's own baseline knows
it; rows and columns do not: at the right edge a word stands as high as the next row's first one. So words are told
apart by where they would stand on a flat page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from station.dossier.reading import Box
from station.scan.image.arrays import Points
from station.scan.text.line_crop import Segment

LONG = 6.0
"""In x-heights: the lean of shorter lines says nothing."""

FEWEST = 4
"""Long lines, by fewer of which nothing is concluded."""

FLAT = 0.3
"""In x-heights: a page on which nothing is moved by more is flat."""

STIFF = (0.0, 0.02, 0.02, 0.05)
"""How far the bend, its change along a line and down the page are held back, as shares of all lines' weight."""

ODD = 3.0
"""Times the usual error: lines that lean by more than the bend explains are writing or seals."""


@dataclass(frozen=True)
class Bend:
    """A page's bend: `lean` are the coefficients of a line's slope, a + b x + c y + d x², from `middle`, in `unit`s."""

    middle: tuple[float, float]
    unit: float
    lean: tuple[float, float, float, float]

    def levelled(self, box: Box) -> Box:
        """Where on a flat page a box of the bent page would be."""
        return _moved(box, -self._drop((box[0] + box[2]) / 2, (box[1] + box[3]) / 2))

    def bent(self, box: Box) -> Box:
        """Where on the bent page a box of the flat page is."""
        across, down = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        return _moved(box, self._drop(across, down + self._drop(across, down)))

    def _drop(self, across: float, down: float) -> float:
        x, y = (across - self.middle[0]) / self.unit, (down - self.middle[1]) / self.unit
        a, b, c, d = self.lean
        return float(self.unit * x * (a + b * x / 2 + c * y + d * x * x / 3))


def bend_of(segments: Sequence[Segment]) -> Bend | None:
    """What bends the lines of a page; None where they are level, or too few to tell."""
    long = [line for line in segments if not line.handwritten and line.right - line.left > LONG * line.x_height]
    if len(long) < FEWEST:
        return None
    starts = np.array([start for line in long for start in line.baseline[:-1]])
    ends = np.array([end for line in long for end in line.baseline[1:]])
    left, right = min(line.left for line in segments), max(line.right for line in segments)
    places, unit = (starts + ends) / 2, (right - left) / 2
    middle = ((left + right) / 2, float(np.median(places[:, 1])))
    steps = ends - starts
    lean = _fitted((places - middle) / unit, steps[:, 1] / steps[:, 0], steps[:, 0] / unit)
    bend = Bend(middle, unit, lean)
    x_height = float(np.median([line.x_height for line in long]))
    moved = max(abs(bend.levelled(line.box)[1] - line.box[1]) for line in segments)
    return bend if moved > FLAT * x_height else None


def _fitted(places: Points, slopes: Points, weights: Points) -> tuple[float, float, float, float]:
    """Weighted least squares, a second time without what the first does not explain."""
    x, y = places.T
    terms = np.stack([np.ones_like(x), x, y, x * x], 1)
    lean = np.zeros(4)
    for _ in range(2):
        normal = (terms * weights[:, None]).T @ terms + np.diag(STIFF) * weights.sum()
        lean = np.linalg.solve(normal, (terms * weights[:, None]).T @ slopes)
        error = np.abs(slopes - terms @ lean)
        weights = np.where(error <= ODD * np.median(error) + 1e-9, weights, 0.0)
    a, b, c, d = lean.tolist()
    return a, b, c, d


def _moved(box: Box, down: float) -> Box:
    by = round(down)
    return (box[0], box[1] + by, box[2], box[3] + by)
