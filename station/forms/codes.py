"""Machine-readable codes as drawings that flow with the text of a form."""

from __future__ import annotations

import segno
from reportlab.graphics.barcode.code128 import Code128
from reportlab.lib.units import mm
from reportlab.platypus import Flowable

QUIET = 4
"""Modules of white around a QR code (ISO/IEC 18004)."""


class QrCode(Flowable):
    """A QR code of a square side, as rectangles: sharp at any resolution."""

    def __init__(self, text: str, side: float) -> None:
        super().__init__()
        self.width = self.height = side
        self._rows = [bytes(row) for row in segno.make(text, error="m", micro=False).matrix]

    def wrap(self, _width: float, _height: float) -> tuple[float, float]:
        return self.width, self.height

    def draw(self) -> None:
        module = self.width / (len(self._rows) + 2 * QUIET)
        for line, row in enumerate(self._rows):
            y = self.height - (line + 1 + QUIET) * module
            column = 0
            while column < len(row):
                # One rectangle a run of black modules: no hairlines between neighbours.
                end = column
                while end < len(row) and row[end]:
                    end += 1
                if end > column:
                    x = (column + QUIET) * module
                    self.canv.rect(x, y, (end - column) * module, module, stroke=0, fill=1)
                column = end + 1


def barcode(text: str, width: float, height: float = 9 * mm) -> Flowable:
    """Code 128 of the dossier's number, no wider than `width`, its quiet zone included."""
    narrow = Code128(text, barWidth=1, barHeight=height, quiet=True)
    return Code128(text, barWidth=min(0.33 * mm, width / narrow.width), barHeight=height, quiet=True)
