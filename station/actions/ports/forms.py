"""What is printed, and what signs it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from station.dossier.printed_form import FormName, PrintedForm


class FormWriter(Protocol):
    """Makes the forms of TT 03/2025/TT-VPCP as PDF."""

    def write(self, name: FormName, form: PrintedForm) -> bytes:
        """The same values always give the same bytes."""
        ...

    def images(self, pdf: bytes, dpi: int) -> Sequence[bytes]:
        """The PDF's pages as PNG, for the screen and for printers that take no PDF."""
        ...


class ReceiptSigner(Protocol):
    """Signs receipts with the station's own key."""

    @property
    def station(self) -> str: ...

    @property
    def key_id(self) -> str: ...

    def sign(self, text: str) -> bytes: ...
