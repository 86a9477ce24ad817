"""Tesseract inside this process, model resident: the engine in ordinary use."""

from __future__ import annotations

import importlib.util
import os
from functools import cached_property
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from station.dossier.text import exact
from station.errors import ResourceError
from station.scan.image.arrays import Gray
from station.scan.text.engine import PageText, Word, is_blank
from station.scan.text.model_files import model_file
from station.scan.text.words import lines_of

VARIABLES = {
    "thresholding_method": "2",  # Sauvola: best on everything but clean pages
    "invert_threshold": "0",  # no line is read a second time for white print on black: strips are dark on light
    "user_defined_dpi": "300",
    "debug_file": os.devnull,
}


PAGE_SIDE = 2640
"""Pixels of the longer side at which a page is read: A4 at 225 dpi. Larger, the models read marks on capitals worse
(«NGUYÊN» for «NGUYỄN») and take longer."""


class TesserocrEngine:
    """One model, e.g. `vie`, loaded when it is first asked. Not for use by two threads at once."""

    def __init__(self, models: Path, model: str = "vie") -> None:
        """Raises `ResourceError("resource.no_model")` when the model's file is missing."""
        model_file(models, f"{model}.traineddata")
        self._models = models
        self._model = model

    @cached_property
    def _tesserocr(self) -> Any:
        # libtesseract reads this once, when it is loaded; more threads cost three times the CPU and gain nothing.
        os.environ.setdefault("OMP_THREAD_LIMIT", "1")
        import tesserocr

        return tesserocr

    @cached_property
    def _api(self) -> Any:
        """A tenth of a second of work, which most cards need not wait for. Raises `resource.bad_model`."""
        try:
            return self._tesserocr.PyTessBaseAPI(
                path=str(self._models), lang=self._model, oem=self._tesserocr.OEM.LSTM_ONLY, variables=VARIABLES
            )
        except RuntimeError as error:
            raise ResourceError("resource.bad_model", file=f"{self._model}.traineddata") from error

    @staticmethod
    def is_installed() -> bool:
        return importlib.util.find_spec("tesserocr") is not None

    @staticmethod
    def how_to_install() -> str:
        return "pip install tesserocr"

    def read_page(self, image: Gray) -> PageText:
        scale = max(1.0, max(image.shape) / PAGE_SIDE)
        if scale > 1.0:
            image = cv2.resize(image, None, fx=1 / scale, fy=1 / scale, interpolation=cv2.INTER_AREA)
        words = self._words(image, self._tesserocr.PSM.AUTO)
        return PageText.of(lines_of((line, scaled(word, scale)) for line, word in words))

    def read_block(self, image: Gray) -> PageText:
        """Lines of one uniform block, such as the three lines of an MRZ."""
        return PageText.of(lines_of(self._words(image, self._tesserocr.PSM.SINGLE_BLOCK)))

    def read_line(self, image: Gray) -> tuple[str, float]:
        if is_blank(image):
            return "", 0.0
        self._show(image, self._tesserocr.PSM.SINGLE_LINE)
        text = exact(self._api.GetUTF8Text())
        return text, max(0, self._api.MeanTextConf()) / 100 if text else 0.0

    def read_words(self, image: Gray) -> list[Word]:
        return [word for _, word in self._words(image, self._tesserocr.PSM.SINGLE_LINE)]

    def close(self) -> None:
        """Give the model's memory back; asked again, it is loaded again."""
        if "_api" in self.__dict__:
            self._api.End()
            del self._api

    def _show(self, image: Gray, mode: int) -> None:
        height, width = image.shape
        self._api.SetPageSegMode(mode)
        self._api.SetImageBytes(np.ascontiguousarray(image).tobytes(), width, height, 1, width)

    def _words(self, image: Gray, mode: int) -> list[tuple[int, Word]]:
        """The words with the number of the line that each stands on."""
        if is_blank(image):
            return []
        self._show(image, mode)
        self._api.Recognize()
        words: list[tuple[int, Word]] = []
        line = 0
        level = self._tesserocr.RIL
        for item in self._tesserocr.iterate_level(self._api.GetIterator(), level.WORD):
            if item.IsAtBeginningOf(level.TEXTLINE):
                line += 1
            if not item.Empty(level.WORD):
                box = item.BoundingBox(level.WORD)
                words.append((line, Word(item.GetUTF8Text(level.WORD), box, item.Confidence(level.WORD) / 100)))
        return words


def scaled(word: Word, scale: float) -> Word:
    """The word with its box in pixels of an image `scale` times as large."""
    left, top, right, bottom = (round(edge * scale) for edge in word.box)
    return Word(word.text, (left, top, right, bottom), word.confidence)
