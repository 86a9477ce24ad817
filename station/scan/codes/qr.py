"""QR codes: zxing-cpp in three tries, zbar second; always the exact bytes, never a repaired text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import cv2
import zxingcpp

from station.dossier.reading import Box
from station.errors import InputError
from station.scan.codes import zbar
from station.scan.image.arrays import Colour, Gray

FORMATS = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCode])
"""Cards, certificates and receipts carry QR alone; every further kind costs time on each page and can be imitated
by rows of print or guilloche."""

ENLARGE_UP_TO = 3000
"""Pixels of the longer side of an image that may still be doubled: larger ones have their modules resolved."""


@dataclass(frozen=True)
class FoundCode:
    """One code. `text` is None where the payload is not UTF-8: reported to people, never guessed at."""

    symbology: str
    payload: bytes
    text: str | None
    box: Box


def read_codes(image: Colour) -> tuple[FoundCode, ...]:
    """All codes on the image, in reading order. Works on the picture as it came: cleaning would harm a code."""
    gray = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY) if image.ndim == 3 else image
    for attempt in attempts(gray):
        if found := attempt():
            return tuple(sorted(found, key=lambda code: (code.box[1], code.box[0])))
    return ()


def attempts(gray: Gray) -> Iterator[Callable[[], list[FoundCode]]]:
    """The ladder that was measured: each rung reads codes that the one before does not."""
    yield lambda: with_zxing(gray, 1.0)
    if max(gray.shape) > ENLARGE_UP_TO:
        yield lambda: with_zxing(sharpened(gray), 1.0)
    else:
        double = cv2.resize(gray, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
        yield lambda: with_zxing(double, 2.0)
        yield lambda: with_zxing(sharpened(double), 2.0)
        yield lambda: with_zbar(gray)


def exact_texts(codes: Iterable[FoundCode]) -> list[str]:
    """The texts of all codes; raises `InputError("code.undecodable")` if one has a payload that is not UTF-8."""
    texts = []
    for code in codes:
        if code.text is None:
            raise InputError("code.undecodable", symbology=code.symbology)
        texts.append(code.text)
    return texts


def sharpened(gray: Gray) -> Gray:
    """Unsharp masking, which restores modules of 1.7 pixels and more."""
    return cv2.addWeighted(gray, 2.0, cv2.GaussianBlur(gray, (0, 0), 2.0), -1.0, 0)


def with_zxing(gray: Gray, scale: float) -> list[FoundCode]:
    found = []
    for barcode in zxingcpp.read_barcodes(gray, formats=FORMATS):
        if barcode.valid and barcode.bytes:
            corners = barcode.position
            points = [corners.top_left, corners.top_right, corners.bottom_right, corners.bottom_left]
            xs, ys = [point.x / scale for point in points], [point.y / scale for point in points]
            box = (round(min(xs)), round(min(ys)), round(max(xs)), round(max(ys)))
            found.append(code(barcode.format.name, bytes(barcode.bytes), box))
    return found


def with_zbar(gray: Gray) -> list[FoundCode]:
    return [code("QRCode", payload, box) for payload, box in zbar.read_qr(gray)]


def code(symbology: str, payload: bytes, box: Box) -> FoundCode:
    try:
        text: str | None = payload.decode("utf-8")
    except UnicodeDecodeError:
        text = None
    return FoundCode(symbology, payload, text, box)
