"""How long to wait before trying again: exponential, capped, with full jitter (AWS Architecture Blog, 2015)."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Backoff:
    """Seconds. Where the other side says when to come again, nobody comes earlier, nor later than `longest_asked`."""

    base: float = 2.0
    cap: float = 900.0
    longest_asked: float = 86_400.0

    def wait(self, failures: int, asked: float | None = None, draw: Callable[[], float] = random.random) -> float:
        """Before the next attempt after `failures` failures in a row; `draw` gives 0 to 1."""
        ceiling = min(self.cap, self.base * 2.0 ** min(max(failures - 1, 0), 32))
        return max(draw() * ceiling, min(asked or 0.0, self.longest_asked))
