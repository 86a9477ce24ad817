"""From a file's bytes to an array, without trusting the file."""

from __future__ import annotations

import warnings

import numpy as np
from PIL import Image, ImageOps

from station.errors import InputError
from station.scan.image.arrays import Colour
from station.scan.image.opening import DAMAGED, open_image
from station.scan.image.shrink import to_side


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


def pixels(image: Image.Image) -> Colour:
    """Decode an opened image (its current frame), to be looked at only. Raises `InputError("file.truncated")`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            image.load()
            ImageOps.exif_transpose(image, in_place=True)  # otherwise it copies what stands upright, too
            if image.has_transparency_data:
                sheet = Image.new("RGBA", image.size, "white")
                image = Image.alpha_composite(sheet, image.convert("RGBA"))
            if image.mode.startswith("I;16"):
                image = Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
            colour = image if image.mode == "RGB" else image.convert("RGB")
            content = colour.tobytes("raw", "BGR")
        except DAMAGED as error:
            raise InputError("file.truncated") from error
    return np.frombuffer(content, np.uint8).reshape(colour.height, colour.width, 3)
