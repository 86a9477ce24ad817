"""The line reader: Tesseract's network for Vietnamese script, tuned on damaged lines, reads strips of print (decision
0073)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from station.scan.image.arrays import Gray
from station.scan.text.engine import Word, is_blank
from station.scan.text.line_crop import for_network
from station.scan.text.shown_pieces import shown_pieces
from station.scan.text.signs import words_of
from station.scan.text.strip_network import StripNetwork
from station.scan.text.words import in_strip

MODEL = "line_reader.onnx"


class LineReader:
    """For one thread at a time."""

    def __init__(self, models: Path) -> None:
        """Raises what `model_files.network` does."""
        self.network = StripNetwork(models, MODEL)

    def read_strips(self, strips: Sequence[Gray]) -> list[list[Word]]:
        """See `station.scan.text.engine.StripReader`."""
        pieces = [shown_pieces(strip) if not is_blank(strip) else [] for strip in strips]
        inked = [piece for each in pieces for piece in each if not is_blank(piece.image)]
        pictures = [for_network(piece.image) for piece in inked]
        read = {
            id(piece): piece.in_strip(in_strip(words_of(likely, self.network.signs, picture), piece.image))
            for piece, picture, likely in zip(inked, pictures, self.network.likelihoods(pictures), strict=True)
        }
        return [
            sorted((word for piece in each for word in read.get(id(piece), ())), key=lambda word: word.box[0])
            for each in pieces
        ]
