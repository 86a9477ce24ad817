"""The line finder: a small network of our own shows where printed lines and handwriting stand on a page or card."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import cv2
import numpy as np

from station.scan.image.arrays import Gray
from station.scan.text.line_crop import Segment
from station.scan.text.line_doubts import LEAST, LIKELY, believed
from station.scan.text.line_shapes import Numbers, bands_of
from station.scan.text.model_files import network

MODEL = "line_finder.onnx"
PAGE_SIDE, CARD_SIDE = 1216, 768
"""The longer side as the network sees it: about 105 dpi of A4, 225 dpi of an ID-1 card."""

STRIDE = 32
"""The network wants sides that are multiples of this."""

GOOD = (4.0, 11.5)
"""X-heights, in pixels of the network's picture, that it was trained on; outside them it looks again."""

BEST = 7.0
LARGEST = 1.6e6
"""Pixels of the network's picture, that a look at a larger scale may cost."""


@dataclass(frozen=True)
class FoundLines:
    """What stands on a page, top to bottom; pixels of the image that was given."""

    segments: tuple[Segment, ...]

    @cached_property
    def printed(self) -> tuple[Segment, ...]:
        return tuple(segment for segment in self.segments if not segment.handwritten)

    @cached_property
    def handwritten(self) -> tuple[Segment, ...]:
        return tuple(segment for segment in self.segments if segment.handwritten)


class LineFinder:
    """The network, resident. One thread, which is the caller's."""

    def __init__(self, models: Path) -> None:
        """Raises what `model_files.network` does."""
        self._session = network(models, MODEL)

    def find(self, image: Gray, *, card: bool = False) -> FoundLines:
        """Lines of a page that stands upright, or of a card that fills the image."""
        if not image.size:
            return FoundLines(())
        side = CARD_SIDE if card else PAGE_SIDE
        scale = min(side / max(image.shape), 2.0)
        found = self._at(image, scale)
        usual = _usual_x_height(found) * scale
        if usual and not GOOD[0] <= usual <= GOOD[1]:
            better = min(scale * BEST / usual, (LARGEST / image.size) ** 0.5, 2.0)
            if not 0.8 < better / scale < 1.25:
                found = self._at(image, better)
        found = believed(found, image)
        return FoundLines(tuple(sorted(found, key=lambda segment: segment.box[1] + segment.box[3])))

    def _at(self, image: Gray, scale: float) -> list[Segment]:
        height, width = (max(1, round(side * scale)) for side in image.shape)
        how = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
        seen = cv2.resize(image, (width, height), interpolation=how)
        seen = cv2.copyMakeBorder(seen, 0, -height % STRIDE, 0, -width % STRIDE, cv2.BORDER_REPLICATE)
        masks = self._session.run(None, {"page": seen[None, None].astype(np.float32) / 255})[0][0]
        masks = masks[:, : (height + 1) // 2, : (width + 1) // 2]
        to_image = (2 * image.shape[1] / width, 2 * image.shape[0] / height)
        printed, written = masks[0], masks[1]
        return [
            *_segments(np.where(written > printed, 0, printed), to_image, handwritten=False),
            *_segments(np.where(printed > written, 0, written), to_image, handwritten=True),
        ]


def _segments(mask: Numbers, to_image: tuple[float, float], *, handwritten: bool) -> list[Segment]:
    bands = bands_of(mask)
    return [
        Segment(
            tuple((x, y) for x, y in (bands.baseline(line) * to_image).tolist()),
            float(bands.x_height[line] * to_image[1]),
            float(bands.confidence[line]),
            handwritten,
        )
        for line in range(len(bands))
        if bands.confidence[line] >= LEAST
    ]


def _usual_x_height(segments: list[Segment]) -> float:
    """The printed x-height in the middle, line by line: a card's zone is long and large; 0 where there is no print."""
    printed = sorted(
        segment.x_height for segment in segments if not segment.handwritten and segment.confidence >= LIKELY
    )
    return printed[len(printed) // 2] if printed else 0.0
