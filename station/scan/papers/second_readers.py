"""What is asked of other models than the page's, of which `station.scan.second_readers` is what the station has."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from station.dossier.reading import Box
from station.scan.text.engine import PageText
from station.scan.text.hand import Uneven


class SecondReaders(Protocol):
    """Other models than the page's, for single values. Boxes are in pixels of the prepared image."""

    def lines(self, values: Sequence[Sequence[Box]]) -> Sequence[Sequence[str]]:
        """For each value, in boxes on one line each, what each of them reads: all at once, which costs half."""
        ...

    def small_print(self, boxes: Sequence[Box]) -> bool:
        """Whether the print in these boxes is so small on the page that all models misread the same signs of it."""
        ...

    def uneven(self, values: Sequence[Sequence[Sequence[Box]]], labels: Sequence[Sequence[Box]]) -> Uneven:
        """How unevenly the words of values, in boxes line by line, stand and lean beside those of their labels."""
        ...

    def dark_print(self, box: Box) -> Sequence[PageText]:
        """What each reads in the darkest print of a part of the page: without signatures and pale seals."""
        ...
