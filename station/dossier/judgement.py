"""What is known of an image the moment it comes in, before anything on it is read."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from station.dossier.fingerprint import ALIKE, Fingerprint, disagreement
from station.dossier.outline import Outline, outline_from_json
from station.dossier.reading import QualityIssue


@dataclass(frozen=True, slots=True)
class Judgement:
    """The page gate's word on one image.

    `issues` are what spoils the reading or the record (`page.blank`, `page.blurred`, `page.cut_edge`, `page.dark`,
    `page.low_resolution`, `page.streaks`, …); an empty tuple lets the page pass. `fingerprint` is a perceptual hash in
    hexadecimal, by which `same_page` knows the same page scanned twice. `papers` are the outlines of the papers in the
    image where there are several on one glass, and empty otherwise. `rotation` is how many degrees clockwise to turn
    it upright.
    """

    issues: tuple[QualityIssue, ...]
    fingerprint: str
    papers: tuple[Outline, ...] = ()
    rotation: int = 0

    def to_json(self) -> dict[str, Any]:
        """As the worker that judges says it."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Judgement:
        """The inverse of `to_json`."""
        return cls(
            issues=tuple(QualityIssue(**issue) for issue in data["issues"]),
            fingerprint=data["fingerprint"],
            papers=tuple(outline for paper in data["papers"] if (outline := outline_from_json(paper))),
            rotation=data["rotation"],
        )


def same_page(one: str, other: str) -> bool:
    """Whether two images with these fingerprints show one and the same page, and not the same form twice.

    Takes some 20 ms. What differs in a word or two only, as two certificates of twins do, may be taken for the same:
    this is a question to a person, never an answer. An empty fingerprint is like no other. Raises ValueError for a
    text that is no fingerprint.
    """
    if not one or not other:
        return False
    difference = disagreement(Fingerprint.from_hex(one), Fingerprint.from_hex(other))
    return difference is not None and difference <= ALIKE
