"""A picture as plain pixels: all that a screen is given of an image from outside, with nothing in it to decode."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Picture:
    """Rows of red, green and blue bytes from the top. Raises `ValueError` where the bytes do not fill the rows."""

    width: int
    height: int
    pixels: bytes

    def __post_init__(self) -> None:
        if min(self.width, self.height) < 1 or len(self.pixels) != 3 * self.width * self.height:
            raise ValueError("pixels do not fill the picture")
