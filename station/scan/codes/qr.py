"""QR codes: read from the whole image, or sharpened where one is suspected; exact bytes, never a repaired text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import zxingcpp

from station.dossier.reading import Box, Code, QualityIssue
from station.errors import InputError
from station.scan.codes.blurred.reader import Allowance, read_blurred
from station.scan.codes.suspects import cut, suspects
from station.scan.image.arrays import Colour, Gray
from station.scan.image.deblur import deblurred, gaussian
from station.scan.image.shake import Shake, line

SYMBOLOGY = "QRCode"
FORMATS = zxingcpp.BarcodeFormats([zxingcpp.BarcodeFormat.QRCodeModel2])
"""Cards, certificates and receipts carry QR alone; every further kind costs time on each page and can be imitated
by rows of print or guilloche. Micro QR is left out by name: its few checks pass noise for figures."""

BLURS, NOISE = (0.7, 1.2, 1.7, 2.0), 0.003
"""Blur taken back, in pixels, and noise expected, the likely first: whatever is a code shows itself to one of these."""

NOISES = (0.01, 0.003, 0.03)
"""Noise expected where a shake is taken back, the likely first: it lets nothing at all pass of some frequencies."""

MOST_SOLVED = 3
"""Patches of one image whose modules are solved for, where no look gives a text, within one `Allowance`."""

ROUNDS_IF_SHAKEN = 12
"""Of solving: what a shake that was taken back leaves is solved for in one or two, or never."""

ALIKE = 0.4

MOST_OBLONG = 1.5
"""Of a symbol that was seen and not read, the longer side by the shorter at most; a square tilted by 45° has 1.4."""

FINE, COARSE = 1000, 1400
"""Pixels: a suspected patch is enlarged up to three times within the first, and made smaller beyond the second."""


@dataclass(frozen=True)
class FoundCode:
    """One code. `text` is None where the payload is not UTF-8, and where the code was seen but could not be read:
    `payload` is then empty. Both are reported to people, never guessed at."""

    symbology: str
    payload: bytes
    text: str | None
    box: Box

    @property
    def error(self) -> str:
        """Why there is no text: `code.undecodable`, `code.unreadable`; empty where there is."""
        if self.text is not None:
            return ""
        return "code.undecodable" if self.payload else "code.unreadable"


def read_codes(image: Colour, shake: Shake | None = None) -> tuple[FoundCode, ...]:
    """All codes on the image, in reading order; `shake` is how the hand shook that took it, where it did.

    Works on the picture as it came: cleaning would harm a code.
    """
    gray = np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), np.uint8) if image.ndim == 3 else image
    found = list(decoded(gray))
    read = [code for code in found if code.payload]
    seen = [code for code in found if not code.payload]
    boxes = [*(with_quiet_zone(code.box, gray) for code in seen), *suspects(gray, shaken=shake is not None)]
    for box in boxes:
        if not any(overlap(code.box, box) for code in read):
            more = closely(gray, box, shake)
            read += [code for code in more if code.payload]
            seen += [code for code in more if not code.payload]
    if seen or not read:
        allowance = Allowance(ROUNDS_IF_SHAKEN) if shake else Allowance()
        for box in apart(boxes)[:MOST_SOLVED]:
            if not any(overlap(code.box, box) for code in read):
                read += solved(gray, box, shake, allowance)
    for code in seen:
        if not any(overlap(other.box, code.box) for other in read):
            read.append(code)
    return tuple(sorted(read, key=lambda code: (code.box[1], code.box[0])))


def exact_texts(codes: Iterable[FoundCode]) -> list[str]:
    """The texts that were read; raises `InputError` (`code.undecodable`, `code.unreadable`) if there are codes but
    no text."""
    codes = tuple(codes)
    texts = [code.text for code in codes if code.text is not None]
    if codes and not texts:
        raise InputError(codes[0].error, symbology=codes[0].symbology)
    return texts


def told(codes: Iterable[FoundCode]) -> tuple[Code, ...]:
    """The codes as a reading tells them: text, or the error in its place."""
    return tuple(Code(code.symbology, code.text or "", code.error) for code in codes)


def issues(codes: Iterable[FoundCode]) -> tuple[QualityIssue, ...]:
    """`page.code_unreadable` with the number of codes that were seen but gave no text."""
    number = sum(code.text is None for code in codes)
    return (QualityIssue("page.code_unreadable", number),) if number else ()


def closely(gray: Gray, box: Box, shake: Shake | None) -> list[FoundCode]:
    """Look into a patch with more and more blur taken back; a code that never yields is told as seen."""
    seen: list[FoundCode] = []
    for look, scale in looks(cut(gray, box), shake):
        found = [placed(code, box[0], box[1], scale) for code in decoded(look)]
        if read := [code for code in found if code.payload]:
            return read
        seen += found
    return seen[:1]


def looks(patch: Gray, shake: Shake | None) -> Iterator[tuple[Gray, float]]:
    """The patch as it is and sharpened, at a size that suits the decoder, and how many times larger that is."""
    side = max(patch.shape)
    scale = float(max(1, min(3, FINE // side)))
    if shake:
        for noise in NOISES:
            yield enlarged(deblurred(patch, line(shake), noise), scale), scale
        return
    if side > COARSE:
        patch = np.asarray(cv2.resize(patch, None, fx=FINE / side, fy=FINE / side, interpolation=cv2.INTER_AREA))
    yield enlarged(patch, scale), scale * max(patch.shape) / side
    for sigma in BLURS:
        yield enlarged(deblurred(patch, gaussian(sigma), NOISE), scale), scale * max(patch.shape) / side


def solved(gray: Gray, box: Box, shake: Shake | None, allowance: Allowance) -> list[FoundCode]:
    """The code in a patch that is too blurred for any look: its modules are solved for."""
    patch = cut(gray, box)
    symbol = read_blurred(deblurred(patch, line(shake), NOISES[0]) if shake else patch, allowance)
    if symbol is None:
        return []
    code = FoundCode(SYMBOLOGY, symbol.payload, text_of(symbol.payload), symbol.box)
    return [placed(code, box[0], box[1], 1.0)]


def enlarged(patch: Gray, scale: float) -> Gray:
    if scale == 1:
        return patch
    return np.asarray(cv2.resize(patch, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC), np.uint8)


def decoded(gray: Gray) -> Iterator[FoundCode]:
    """What zxing-cpp sees: codes with their exact bytes; without, where error correction gave up."""
    for barcode in zxingcpp.read_barcodes(gray, formats=FORMATS, return_errors=True, try_invert=False):
        payload, box = bytes(barcode.bytes) if barcode.valid else b"", box_of(barcode.position)
        if payload or (not barcode.valid and may_be_square(box)):
            yield FoundCode(SYMBOLOGY, payload, text_of(payload), box)


def may_be_square(box: Box) -> bool:
    """Whether a square seen aslant may stand in this box: the decoder sees symbols across a portrait and the print
    beside it, too."""
    wide, tall = box[2] - box[0], box[3] - box[1]
    return max(wide, tall) <= MOST_OBLONG * min(wide, tall)


def text_of(payload: bytes) -> str | None:
    try:
        return payload.decode("utf-8") or None
    except UnicodeDecodeError:
        return None


def box_of(corners: Any) -> Box:
    points = (corners.top_left, corners.top_right, corners.bottom_right, corners.bottom_left)
    xs, ys = [point.x for point in points], [point.y for point in points]
    return min(xs), min(ys), max(xs), max(ys)


def placed(code: FoundCode, left: int, top: int, scale: float) -> FoundCode:
    """The same code where it stands in the whole image."""
    box = (
        round(left + code.box[0] / scale), round(top + code.box[1] / scale),
        round(left + code.box[2] / scale), round(top + code.box[3] / scale),
    )  # fmt: skip
    return FoundCode(code.symbology, code.payload, code.text, box)


def with_quiet_zone(box: Box, gray: Gray) -> Box:
    margin = max(8, max(box[2] - box[0], box[3] - box[1]) // 6)
    return (
        max(0, box[0] - margin), max(0, box[1] - margin),
        min(gray.shape[1], box[2] + margin), min(gray.shape[0], box[3] + margin),
    )  # fmt: skip


def apart(boxes: Iterable[Box]) -> list[Box]:
    """The boxes without those that show much the same as one before: what was not solved there is not solved here."""
    kept: list[Box] = []
    for box in boxes:
        if all(shared(box, other) < ALIKE for other in kept):
            kept.append(box)
    return kept


def shared(one: Box, other: Box) -> float:
    """The part of the larger box that lies in both."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    larger = max((box[2] - box[0]) * (box[3] - box[1]) for box in (one, other))
    return max(0, width) * max(0, height) / max(1, larger)


def overlap(code: Sequence[int], box: Sequence[int]) -> bool:
    """Whether the centre of the code lies in the box, or that of the box in the code."""
    return any(
        outer[0] <= (inner[0] + inner[2]) / 2 <= outer[2] and outer[1] <= (inner[1] + inner[3]) / 2 <= outer[3]
        for inner, outer in ((code, box), (box, code))
    )
