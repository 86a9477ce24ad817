"""The head of an image file, read without trusting the file: size and format are known before anything is decoded."""

from __future__ import annotations

import contextlib
import io
import struct
import warnings
from collections.abc import Iterator

from PIL import Image, UnidentifiedImageError

from station.errors import InputError

LONGEST_SIDE = 25_000
MOST_PIXELS = 120_000_000
FORMATS = ("JPEG", "PNG", "TIFF", "WEBP", "BMP")
DAMAGED = (
    OSError, SyntaxError, ValueError, EOFError, IndexError, KeyError, TypeError, AttributeError, ArithmeticError,
    struct.error,
)  # fmt: skip
"""What Pillow's decoders raise at a file that is damaged or crafted, as fuzzing has shown."""


def open_image(content: bytes) -> Image.Image:
    """Read the header only and refuse what must not be decoded. Raises `InputError` as `load` does."""
    if not content:
        raise InputError("file.empty")
    with quietly():
        try:
            image = Image.open(io.BytesIO(content), formats=FORMATS)
        except UnidentifiedImageError as error:
            raise InputError("file.not_an_image") from error
        except Image.DecompressionBombError as error:
            raise InputError("file.too_large", megapixels=MOST_PIXELS // 1_000_000) from error
        except DAMAGED as error:
            raise InputError("file.truncated") from error
    refuse_too_large(image)
    return image


def refuse_too_large(image: Image.Image) -> None:
    """Raise `InputError("file.too_large")` for an image beyond what a page can be."""
    if max(image.size) > LONGEST_SIDE or image.width * image.height > MOST_PIXELS:
        raise InputError("file.too_large", megapixels=MOST_PIXELS // 1_000_000)


@contextlib.contextmanager
def quietly() -> Iterator[None]:
    """Without Pillow's warnings, which would go to the terminal of the station."""
    with warnings.catch_warnings():
        # Pillow's own limit is lower than ours and would only warn; ours is checked.
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        # A damaged EXIF or TIFF directory is no reason to refuse a picture that decodes.
        warnings.simplefilter("ignore", UserWarning)
        yield
