"""Forms on demand: what draws PDF takes longest to load of all, and the first form is minutes after the start."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from station.dossier.printed_form import FormName, PrintedForm
from station.forms.template import Template

if TYPE_CHECKING:
    from station.forms.form_writer import FormWriter


class Forms:
    """Satisfies `FormWriter` of the deeds; raises `ResourceError` at the first form when a font is missing."""

    def __init__(self, fonts_folder: Path, templates: Mapping[FormName, Template]) -> None:
        self._fonts_folder, self._templates = fonts_folder, templates

    @cached_property
    def _writer(self) -> FormWriter:
        from station.forms.form_writer import FormWriter

        return FormWriter(self._fonts_folder, self._templates)

    def write(self, name: FormName, form: PrintedForm) -> bytes:
        return self._writer.write(name, form)

    def images(self, pdf: bytes, dpi: int) -> Sequence[bytes]:
        return self._writer.images(pdf, dpi)
