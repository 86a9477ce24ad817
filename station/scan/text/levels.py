"""What the reading network sees of a strip: levels stretched by the middle row, as Tesseract's `NetworkIO::FromPix`."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from station.scan.image.arrays import Gray

Levels = npt.NDArray[np.float32]


def seen(strip: Gray) -> Levels:
    """-1 black, 1 white; what is beyond that is cut off, as in Tesseract's integer mode."""
    black, white = _black_and_white(strip[strip.shape[0] // 2].astype(np.int32))
    half = max((white - black) / 2, 0.0) or 1.0
    return np.asarray(np.clip((strip.astype(np.float32) - black) / half - 1, -1, 1), np.float32)


def _black_and_white(row: npt.NDArray[np.int32]) -> tuple[float, float]:
    """A quarter of the way up the row's local minima, three quarters up its local maxima."""
    before, here, after = row[:-2], row[1:-1], row[2:]
    low = here[((here < before) & (here <= after)) | ((here <= before) & (here < after))]
    high = here[((here > before) & (here >= after)) | ((here >= before) & (here > after))]
    return _quantile(low, 0.25) if len(low) else 0.0, _quantile(high, 0.75) if len(high) else 255.0


def _quantile(levels: npt.NDArray[np.int32], share: float) -> float:
    """As Tesseract's `STATS::ile`: between whole levels by how many values each holds."""
    counts = np.bincount(levels, minlength=257)
    sums = np.cumsum(counts)
    target = min(max(share * sums[-1], 1.0), float(sums[-1]))
    level = int(np.searchsorted(sums, target))  # the first level at which enough values are counted
    return float(level + 1 - (sums[level] - target) / counts[level])
