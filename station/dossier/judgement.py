"""What is known of an image the moment it comes in, before anything on it is read."""

from __future__ import annotations

from dataclasses import dataclass

from station.dossier.outline import Outline
from station.dossier.reading import QualityIssue


@dataclass(frozen=True, slots=True)
class Judgement:
    """The page gate's word on one image.

    `issues` are what spoils the reading or the record (`page.blank`, `page.blurred`, `page.cut_edge`, `page.dark`,
    `page.low_resolution`, …); an empty tuple lets the page pass. `fingerprint` is a perceptual hash in hexadecimal,
    by which the same page scanned twice is known again. `papers` are the outlines of the papers in the image where
    there are several on one glass, and empty otherwise. `rotation` is how many degrees clockwise to turn it upright.
    """

    issues: tuple[QualityIssue, ...]
    fingerprint: str
    papers: tuple[Outline, ...] = ()
    rotation: int = 0
