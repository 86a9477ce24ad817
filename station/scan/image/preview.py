"""A page as a few kilobytes to look at: print on paper in black and white, everything else small and in colour.

Print in CCITT Group 4 stays legible at 200 dpi and is smaller than any photograph of it; a page with a seal in colour,
a portrait or pencil would lose in it what people look for, and becomes a small WebP.
"""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageChops, ImageFilter, ImageOps

from station.dossier.rendition import MOST_BYTES, Rendition
from station.errors import InputError
from station.scan.image.opening import DAMAGED, open_image
from station.scan.image.showing import on_white, within

PRINT_SIDE = 2339
"""The longer side of A4 at 200 dpi."""
_PHOTO = ((1000, 40), (1000, 25), (700, 25), (500, 20))
"""Longer side and quality, tried until one fits."""
_INK = 48
"""How much darker than the paper around it a pixel is that counts as ink."""
_FAINT, _MOST_FAINT, _MOST_INK = (16, 72), 0.08, 0.25
_VIVID, _MOST_COLOURED = 80, 0.004


def preview(content: bytes) -> Rendition:
    """At most 64 KiB. Raises `InputError` for bytes that are no whole image of a bearable size."""
    with open_image(content) as opened, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            opened.draft("RGB", within(opened.size, PRINT_SIDE))
            page = _no_larger(on_white(ImageOps.exif_transpose(opened)), PRINT_SIDE)
        except DAMAGED as error:
            raise InputError("file.truncated") from error
    darker = _darker_than_paper(page.convert("L"))
    if not _has_colour(page) and _is_print(darker):
        coded = _group4(darker)
        if len(coded) <= MOST_BYTES:
            return Rendition("image/tiff", coded)
    for side, quality in _PHOTO:
        coded = _webp(_no_larger(page, side), quality)
        if len(coded) <= MOST_BYTES:
            break
    return Rendition("image/webp", coded)


def _no_larger(page: Image.Image, side: int) -> Image.Image:
    if max(page.size) <= side:
        return page
    return page.resize(within(page.size, side), Image.Resampling.BOX, reducing_gap=2.0)


def _darker_than_paper(gray: Image.Image) -> Image.Image:
    """Each pixel's distance to the brightest around it: shadows and tinted paper fall away, ink stays."""
    around = gray.reduce(8).filter(ImageFilter.MaxFilter(7)).filter(ImageFilter.BoxBlur(3))
    return ImageChops.subtract(around.resize(gray.size, Image.Resampling.BILINEAR), gray)


def _has_colour(page: Image.Image) -> bool:
    saturation, value = page.reduce(4).convert("HSV").split()[1:]
    vivid = ImageChops.darker(
        saturation.point([255 * (level > _VIVID) for level in range(256)]),
        value.point([255 * (level > _VIVID) for level in range(256)]),
    )
    return vivid.histogram()[255] > _MOST_COLOURED * vivid.width * vivid.height


def _is_print(darker: Image.Image) -> bool:
    levels, area = darker.histogram(), darker.width * darker.height
    faint = sum(levels[_FAINT[0] : _FAINT[1]])
    return faint <= _MOST_FAINT * area and sum(levels[_INK:]) <= _MOST_INK * area


def _group4(darker: Image.Image) -> bytes:
    black_on_white = darker.point([255 * (level < _INK) for level in range(256)], mode="1")
    coded = io.BytesIO()
    black_on_white.save(coded, "TIFF", compression="group4", dpi=(200, 200))
    return coded.getvalue()


def _webp(page: Image.Image, quality: int) -> bytes:
    coded = io.BytesIO()
    page.save(coded, "WEBP", quality=quality, method=4)
    return coded.getvalue()
