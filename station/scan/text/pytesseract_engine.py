"""The `tesseract` program, started for every image: the second adapter, for machines where tesserocr does not load."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from station.dossier.text import exact
from station.errors import ReadingError, ResourceError
from station.scan.image.arrays import Gray
from station.scan.text.engine import PageText, Word, is_blank
from station.scan.text.model_files import model_file
from station.scan.text.words import lines_of

DEADLINE = 60
"""Seconds for one image."""


class PytesseractEngine:
    """One model, e.g. `vie`; 7 to 12 times dearer per line than the resident engine."""

    def __init__(self, models: Path, model: str = "vie") -> None:
        """Raises `ResourceError`: `resource.no_model`, or `resource.no_tesseract` when the program is not installed."""
        model_file(models, f"{model}.traineddata")
        if not self.is_installed():
            raise ResourceError("resource.no_tesseract", remedy=self.how_to_install())
        os.environ.setdefault("OMP_THREAD_LIMIT", "1")
        self._model = model
        self._options = f'--tessdata-dir "{models}" --oem 1 --dpi 300 -c thresholding_method=2'

    @staticmethod
    def is_installed() -> bool:
        return shutil.which("tesseract") is not None

    @staticmethod
    def how_to_install() -> str:
        return "apt-get install tesseract-ocr" if os.name != "nt" else "winget install UB-Mannheim.TesseractOCR"

    def read_page(self, image: Gray) -> PageText:
        return PageText.of(lines_of(self._words(image, "--psm 3")))

    def read_block(self, image: Gray) -> PageText:
        """Lines of one uniform block, such as the three lines of an MRZ."""
        return PageText.of(lines_of(self._words(image, "--psm 6")))

    def read_line(self, image: Gray) -> tuple[str, float]:
        words = self.read_words(image)
        text = exact(" ".join(word.text for word in words))
        return text, sum(word.confidence for word in words) / len(words) if text else 0.0

    def read_words(self, image: Gray) -> list[Word]:
        return [word for _, word in self._words(image, "--psm 7")]

    def close(self) -> None:
        """Nothing stays open between two images."""

    def _words(self, image: Gray, mode: str) -> list[tuple[int, Word]]:
        if is_blank(image):
            return []
        import pytesseract

        try:
            data = pytesseract.image_to_data(
                image,
                lang=self._model,
                config=f"{self._options} {mode}",
                output_type=pytesseract.Output.DICT,
                timeout=DEADLINE,
            )
        except (pytesseract.TesseractError, RuntimeError, OSError) as error:
            raise ReadingError("reading.engine_failed", engine="pytesseract") from error
        return [
            (hash((block, paragraph, line)), Word(text, (x, y, x + width, y + height), confidence / 100))
            for block, paragraph, line, text, x, y, width, height, confidence in zip(
                *(data[name] for name in ("block_num", "par_num", "line_num", "text", "left", "top")),
                *(data[name] for name in ("width", "height", "conf")),
                strict=True,
            )
            if text.strip()
        ]
