"""Receipts on demand: what draws PDF takes longest to load of all, and the first receipt is minutes after the start."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from station.dossier.receipt import Receipt

if TYPE_CHECKING:
    from station.forms.receipt_pdf import ReceiptPdf


class Receipts:
    """Satisfies `ReceiptWriter`; raises `ResourceError` at the first receipt when a font or the wording is wrong."""

    def __init__(self, fonts_folder: Path) -> None:
        self._fonts_folder = fonts_folder

    @cached_property
    def _pdf(self) -> ReceiptPdf:
        from station.forms.receipt_pdf import ReceiptPdf

        return ReceiptPdf(self._fonts_folder)

    def write(self, receipt: Receipt) -> bytes:
        return self._pdf.write(receipt)

    def images(self, pdf: bytes, dpi: int) -> Sequence[bytes]:
        return self._pdf.images(pdf, dpi)
