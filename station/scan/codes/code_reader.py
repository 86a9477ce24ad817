"""Codes out of an image file's bytes: what the deeds ask for when a card lies under a camera."""

from __future__ import annotations

from collections.abc import Sequence


class ImageCodeReader:
    """Reads the QR codes of a photographed or scanned card."""

    def read_codes(self, content: bytes) -> Sequence[str]:
        """Exact UTF-8 texts, in reading order. Raises `InputError`: `code.undecodable`, or as `load` does."""
        from station.scan.codes.qr import exact_texts, read_codes  # OpenCV: not before the first card
        from station.scan.image.load import load

        return exact_texts(read_codes(load(content)))
