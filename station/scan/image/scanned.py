"""What the scanner did to a picture taken back, in order: what is left is the paper's own."""

from __future__ import annotations

from station.scan.image.arrays import Colour
from station.scan.image.negative import positive
from station.scan.image.screen import without_screen
from station.scan.image.streaks import Streaks, streaks_of, without_streaks


def as_on_paper(image: Colour) -> tuple[Colour, Streaks]:
    """The picture (height × width × 3) as the paper looks, and the streaks that were on it."""
    image = without_screen(positive(image))
    streaks = streaks_of(image)
    return without_streaks(image, streaks), streaks
