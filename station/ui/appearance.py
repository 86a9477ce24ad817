"""What the officer likes to look at: light or dark, and how large the letters are; kept on this machine."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass, replace
from enum import StrEnum
from pathlib import Path

log = logging.getLogger(__name__)

SCALES = (90, 100, 110, 125, 140)
"""Percent of the usual size of letters."""


class Mode(StrEnum):
    """Light, dark, or as the operating system has it."""

    AUTO = "auto"
    LIGHT = "light"
    DARK = "dark"


@dataclass(frozen=True, slots=True)
class Appearance:
    """`scale` is one of `SCALES`."""

    mode: Mode = Mode.AUTO
    scale: int = 100

    @classmethod
    def load(cls, file: Path) -> Appearance:
        """What was kept; the usual where nothing was, or where the file cannot be read: looks keep nobody waiting."""
        try:
            kept = json.loads(file.read_text(encoding="utf-8"))
            return cls(Mode(kept["mode"]), kept["scale"] if kept["scale"] in SCALES else cls().scale)
        except FileNotFoundError:
            return cls()
        except (OSError, ValueError, KeyError, TypeError) as error:
            log.warning("the appearance cannot be read: %s", type(error).__name__)
            return cls()

    def save(self, file: Path) -> None:
        """Keep it; where that is not possible, it holds until the program ends."""
        try:
            file.write_text(json.dumps(asdict(self)), encoding="utf-8")
        except OSError as error:
            log.warning("the appearance cannot be kept: %s", type(error).__name__)

    def larger(self) -> Appearance:
        return replace(self, scale=next((scale for scale in SCALES if scale > self.scale), SCALES[-1]))

    def smaller(self) -> Appearance:
        return replace(self, scale=next((scale for scale in reversed(SCALES) if scale < self.scale), SCALES[0]))
