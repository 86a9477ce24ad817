"""A page as the driver writes it (PNM), checked for wholeness and turned into the JPEG that we keep.

PNM and not the driver's JPEG or PNG: its header says exactly how many bytes must follow, so a torn page cannot pass
for a whole one, the driver loses nothing, and nothing is compressed twice. We encode once: quality 92 without chroma
subsampling (0.5 to 1 MB for A4 at 300 dpi; the same page is about 10 MB as PNG), with the density set.
"""

from __future__ import annotations

import math
import re
import struct

import numpy as np

QUALITY = 92
MEDIA_TYPE = "image/jpeg"
_SIZE = rb"\s+(?:#[^\n]*\s+)*(\d{1,6})\s+(\d{1,6})"
_BILEVEL = re.compile(rb"P4" + _SIZE + rb"\s")
_SAMPLES = re.compile(rb"P([56])" + _SIZE + rb"\s+(\d{1,5})\s")
_JFIF_DENSITY = 13
_DOTS_PER_INCH = 1
_BLOCK = 8
_MISSING = 128


def jpeg_from_pnm(pnm: bytes, resolution: int) -> bytes | None:
    """The page as JPEG, or None unless `pnm` is one whole image (P4, P5, P6; 8 or 16 bits)."""
    pixels = _pixels(pnm)
    if pixels is None or _is_torn(pixels):
        return None
    import cv2

    made, encoded = cv2.imencode(
        ".jpg",
        cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR) if pixels.ndim == 3 else pixels,
        [
            cv2.IMWRITE_JPEG_QUALITY,
            QUALITY,
            cv2.IMWRITE_JPEG_SAMPLING_FACTOR,
            cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444,
        ],
    )
    if not made:
        return None
    content = bytearray(encoded.tobytes())
    struct.pack_into(">BHH", content, _JFIF_DENSITY, _DOTS_PER_INCH, resolution, resolution)
    return bytes(content)


Pixels = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]


def _pixels(pnm: bytes) -> Pixels | None:
    if header := _BILEVEL.match(pnm):
        return _bilevel(memoryview(pnm)[header.end() :], int(header[1]), int(header[2]))
    if header := _SAMPLES.match(pnm):
        width, height, deep = int(header[2]), int(header[3]), int(header[4]) > 255
        shape = (height, width, 3) if header[1] == b"6" else (height, width)
        return _samples(memoryview(pnm)[header.end() :], shape, deep)
    return None


def _is_torn(pixels: Pixels) -> bool:
    """Whether the last corner is exactly the grey that libjpeg puts in place of missing data.

    sane-airscan takes a network scanner's torn JPEG for a whole one: the rest of the page comes as plain 128. Paper
    through a real lens is never that even.
    """
    return bool((pixels[-_BLOCK:, -_BLOCK:] == _MISSING).all())


def _bilevel(body: memoryview, width: int, height: int) -> Pixels | None:
    row = (width + 7) // 8
    if not body or len(body) != row * height:
        return None
    ink = np.unpackbits(np.frombuffer(body, np.uint8).reshape(height, row), axis=1)[:, :width]
    return np.where(ink, np.uint8(0), np.uint8(255))


def _samples(body: memoryview, shape: tuple[int, ...], deep: bool) -> Pixels | None:
    if not body or len(body) != math.prod(shape) * (2 if deep else 1):
        return None
    if deep:
        return (np.frombuffer(body, ">u2") >> 8).astype(np.uint8).reshape(shape)
    return np.frombuffer(body, np.uint8).reshape(shape)
