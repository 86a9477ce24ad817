"""Forms as PDF, and as pictures for the screen and for printers that take no PDF."""

from __future__ import annotations

import io
import threading
from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path

import pypdfium2
from PIL.Image import Image

from station.dossier.printed_form import SHOWS, FormName, PrintedForm
from station.forms.document import Document
from station.forms.template import Template
from station.forms.typography import register_fonts

_ONE_AT_A_TIME = threading.Lock()
"""Two windows may want forms at once; the fonts, which all writers share, and PDFium each bear one thread only."""


class FormWriter:
    """Satisfies `FormWriter` of the deeds. Raises `ResourceError` when a font is missing."""

    def __init__(self, fonts_folder: Path, templates: Mapping[FormName, Template]) -> None:
        with _ONE_AT_A_TIME:
            register_fonts(fonts_folder)
        self._templates = templates

    def write(self, name: FormName, form: PrintedForm) -> bytes:
        """The PDF; the same values always give the same bytes, so that a reprint can be compared."""
        if not isinstance(form, SHOWS[name]):
            raise TypeError(f"{name} does not show a {type(form).__name__}")
        values = {field.name: getattr(form, field.name) for field in fields(form)}
        with _ONE_AT_A_TIME:
            return Document(self._templates[name], values).write()

    def images(self, pdf: bytes, dpi: int) -> Sequence[bytes]:
        """The pages as PNG."""
        with _ONE_AT_A_TIME, pypdfium2.PdfDocument(pdf) as document:
            return [_png(page.render(scale=dpi / 72).to_pil(), dpi) for page in document]


def _png(image: Image, dpi: int) -> bytes:
    written = io.BytesIO()
    image.save(written, "PNG", dpi=(dpi, dpi))
    return written.getvalue()
