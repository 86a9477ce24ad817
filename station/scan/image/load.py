"""From a file's bytes to an array, without trusting the file: size is known before anything is decoded."""

from __future__ import annotations

import io
import warnings

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from station.errors import InputError
from station.scan.image.arrays import Colour
from station.scan.image.shrink import to_side

LONGEST_SIDE = 25_000
MOST_PIXELS = 120_000_000
FORMATS = ("JPEG", "PNG", "TIFF", "WEBP", "BMP")


def load(content: bytes) -> Colour:
    """Decode one image, upright as its EXIF says, transparent parts white.

    Raises `InputError`: `file.empty`, `file.not_an_image`, `file.too_large`, or `file.truncated` where part of the
    picture is missing (a decoder that fills the gap with grey would hide it).
    """
    with open_image(content) as image:
        return pixels(image)


def load_reduced(content: bytes, side: int) -> tuple[Colour, float]:
    """Decode one image no larger than this, and how many of its own pixels one of these is. Raises as `load` does.

    A JPEG is decoded at a half, a quarter or an eighth, which costs less than decoding it whole.
    """
    with open_image(content) as image:
        longest = max(image.size)
        if longest > side:
            wanted = (max(1, image.width * side // longest), max(1, image.height * side // longest))
            image.draft(None, wanted)
        decoded = pixels(image)
    small, _ = to_side(decoded, side)
    return small, longest / max(small.shape)


def open_image(content: bytes) -> Image.Image:
    """Read the header only and refuse what must not be decoded. Raises `InputError` as `load` does."""
    if not content:
        raise InputError("file.empty")
    with warnings.catch_warnings():
        # Pillow's own limit is lower than ours and would only warn; ours is checked below.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        # A damaged EXIF or TIFF directory is no reason to refuse a picture that decodes.
        warnings.simplefilter("ignore", UserWarning)
        try:
            image = Image.open(io.BytesIO(content), formats=FORMATS)
        except UnidentifiedImageError as error:
            raise InputError("file.not_an_image") from error
        except Image.DecompressionBombError as error:
            raise InputError("file.too_large", megapixels=MOST_PIXELS // 1_000_000) from error
        except (OSError, SyntaxError, ValueError, EOFError) as error:
            raise InputError("file.truncated") from error
    refuse_too_large(image)
    return image


def refuse_too_large(image: Image.Image) -> None:
    """Raise `InputError("file.too_large")` for an image beyond what a page can be."""
    if max(image.size) > LONGEST_SIDE or image.width * image.height > MOST_PIXELS:
        raise InputError("file.too_large", megapixels=MOST_PIXELS // 1_000_000)


def pixels(image: Image.Image) -> Colour:
    """Decode an opened image (its current frame). Raises `InputError("file.truncated")`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            image.load()
            upright = ImageOps.exif_transpose(image)
            if upright.has_transparency_data:
                sheet = Image.new("RGBA", upright.size, "white")
                upright = Image.alpha_composite(sheet, upright.convert("RGBA"))
            if upright.mode.startswith("I;16"):
                upright = Image.fromarray((np.asarray(upright) >> 8).astype(np.uint8))
            array = np.asarray(upright.convert("RGB"))
        except (OSError, SyntaxError, ValueError, EOFError, IndexError) as error:
            raise InputError("file.truncated") from error
    return np.ascontiguousarray(array[:, :, ::-1])
