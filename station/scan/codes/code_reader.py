"""Codes out of an image file's bytes: what the deeds ask for when a card lies under a camera."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from station.errors import InputError
from station.scan.devices.isolated import Emit, Header, IsolationError, Limits, RefusedError, run_isolated

if TYPE_CHECKING:
    from station.scan.codes.qr import FoundCode


class ImageCodeReader:
    """Reads the QR codes of a photographed or scanned card; only ever in a process that is confined."""

    def read_codes(self, content: bytes) -> Sequence[str]:
        """Exact UTF-8 texts, in reading order. Raises `InputError`: `code.undecodable`, or as `load` does."""
        from station.scan.codes.qr import exact_texts  # OpenCV: not before the first card

        return exact_texts(_found(content))


def codes_apart(content: bytes) -> Sequence[str]:
    """The same in a child process of its own, for a command of the terminal. Raises `InputError`."""
    try:
        return [str(header["text"]) for header, _ in run_isolated(_codes, content, {}, Limits())]
    except RefusedError as refused:
        raise InputError(refused.code, **refused.parameters) from None
    except IsolationError as error:
        raise InputError("file.too_heavy" if error.too_heavy else "file.reader_died") from error


def _codes(content: bytes, _about: Header, emit: Emit) -> None:
    """Runs in the child."""
    for code in _found(content):
        if code.text:
            emit({"text": code.text}, b"")


def _found(content: bytes) -> Sequence[FoundCode]:
    from station.scan.codes.qr import read_codes
    from station.scan.image.load import load
    from station.scan.image.shake import shake_of

    image = load(content)
    return read_codes(image, shake_of(image))
