"""Which text engines there are, in order of preference, and how one is chosen."""

from __future__ import annotations

from pathlib import Path

from station.errors import ResourceError
from station.scan.text.pytesseract_engine import PytesseractEngine
from station.scan.text.tesserocr_engine import TesserocrEngine

Engine = TesserocrEngine | PytesseractEngine

ENGINES: dict[str, type[TesserocrEngine] | type[PytesseractEngine]] = {
    "tesserocr": TesserocrEngine,
    "pytesseract": PytesseractEngine,
}


def open_engine(name: str, models: Path, model: str = "vie") -> Engine:
    """The engine of this name (`settings.text_engine`) with one model loaded.

    Falls back to the next installed one when the named one cannot run here. Raises `ResourceError`.
    """
    if name not in ENGINES:
        raise ResourceError("resource.no_engine", engine=name, known=", ".join(ENGINES))
    for kind in (ENGINES[name], *(other for key, other in ENGINES.items() if key != name)):
        if kind.is_installed():
            return kind(models, model)
    raise ResourceError("resource.no_tesseract", remedy=TesserocrEngine.how_to_install())
