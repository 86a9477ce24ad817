"""An image file as plain pixels for a screen: upright, turned, cut to one paper, no larger than asked."""

from __future__ import annotations

import warnings

from PIL import Image, ImageOps

from station.dossier.outline import Outline
from station.dossier.picture import Picture
from station.errors import InputError
from station.scan.image.opening import DAMAGED, open_image

_TURNS = {90: Image.Transpose.ROTATE_270, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_90}


def showing(content: bytes, side: int, rotation: int, outline: Outline | None) -> Picture:
    """The image with its longer side at most `side`, turned clockwise; of several papers the part where this one lies.

    Raises `InputError` for bytes that are no whole image of a bearable size, and `file.truncated` for an empty part.
    """
    with open_image(content) as opened, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            if outline is None:
                opened.draft("RGB", within(opened.size, side))
            image: Image.Image = ImageOps.exif_transpose(opened)
            image = on_white(image)
            if outline is not None:
                image = image.crop(part_of(image.size, outline))
            if max(image.size) > side:
                image = image.resize(within(image.size, side), Image.Resampling.BOX, reducing_gap=2.0)
            if rotation in _TURNS:
                image = image.transpose(_TURNS[rotation])
            return Picture(*image.size, image.tobytes())
        except DAMAGED as error:
            raise InputError("file.truncated") from error


def part_of(size: tuple[int, int], outline: Outline) -> tuple[int, int, int, int]:
    """The upright part of an image around a paper's corners: left, top, right, bottom."""
    across, down = [corner[0] for corner in outline], [corner[1] for corner in outline]
    return (
        max(0, int(min(across))),
        max(0, int(min(down))),
        min(size[0], int(max(across)) + 1),
        min(size[1], int(max(down)) + 1),
    )


def within(size: tuple[int, int], side: int) -> tuple[int, int]:
    """The size with its longer side at most `side`."""
    longest = max(*size, side)
    return max(1, size[0] * side // longest), max(1, size[1] * side // longest)


def on_white(image: Image.Image) -> Image.Image:
    """In plain colours, with what is transparent white."""
    if image.has_transparency_data:
        sheet = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(sheet, image.convert("RGBA"))
    if image.mode.startswith("I;16"):
        image = image.point(lambda value: value / 256).convert("L")
    return image.convert("RGB")
