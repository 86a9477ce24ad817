"""The page gate: what an image is worth, known in the moment it comes in, before anything on it is read.

It looks at a reduced image only, so that a pile is judged as fast as a feeder pulls it in (`bench/gate.py`).
"""

from __future__ import annotations

import numpy as np

from station.dossier.judgement import Judgement
from station.dossier.outline import Outline
from station.dossier.reading import QualityIssue
from station.scan.image import flatbed, orientation, quality, several
from station.scan.image.arrays import Colour, Quad
from station.scan.image.fingerprint import fingerprint
from station.scan.image.load import load_reduced
from station.scan.image.overview import SIDE, overview
from station.scan.image.scanned import as_on_paper
from station.scan.image.sheet.cutting import cut_out
from station.scan.image.sheet.finding import find_sheet, runs_out
from station.scan.image.streaks import issues

BEYOND = 0.012
"""Share of the image's longer side that a sheet's corner may lie outside the image."""


class Gate:
    """Keeps nothing between images."""

    def judge(self, content: bytes, *, media: str = "") -> Judgement:
        """Judge one image. Raises `InputError` for bytes that are no whole image of a bearable size, as `load` does.

        `media` is the media type that came with the image; the bytes decide, so it may be wrong or missing.
        """
        del media
        image, scale = load_reduced(content, SIDE)
        image, streaks = as_on_paper(image)
        look = overview(image, scale)
        lying = several.papers(image, look)
        if lying:
            return _of_several(lying, scale)
        sheet = find_sheet(image)
        if sheet.quad is None and not sheet.card:
            sheet = flatbed.card_on_bed(image) or sheet
        if sheet.quad is not None:
            cut, back = cut_out(image, sheet, SIDE)
            look = overview(cut, scale * float(np.sqrt(abs(np.linalg.det(back[:2, :2])))))
        lie = orientation.lie_of(look)
        found = quality.issues(look, whole=sheet.quad is None)
        told = any(issue.code == "page.cut_edge" for issue in found)
        if not told and (_beyond(sheet.quad, image) or (sheet.quad is None and runs_out(image))):
            found = (QualityIssue("page.cut_edge", 1), *found)
        return Judgement(
            issues=(*found, *issues(streaks)), fingerprint=fingerprint(look, lie).to_hex(), rotation=lie.rotation
        )


def _of_several(quads: list[Quad], scale: float) -> Judgement:
    """Several papers are judged one by one, once they are pages of their own."""
    return Judgement(issues=(), fingerprint="", papers=tuple(outline(quad * scale) for quad in quads))


def outline(quad: Quad) -> Outline:
    """Corner points as the dossier keeps them."""
    first, second, third, fourth = ((float(across), float(down)) for across, down in quad)
    return first, second, third, fourth


def _beyond(quad: Quad | None, image: Colour) -> bool:
    """Whether a corner of the sheet lies outside the image."""
    if quad is None:
        return False
    height, width = image.shape[:2]
    beyond = BEYOND * max(height, width)
    return bool((quad < -beyond).any() or (quad > np.array([width, height]) + beyond).any())
