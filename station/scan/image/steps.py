"""The steps of preparing a page, named, so that a measurement can leave one out and show what it is worth."""

from __future__ import annotations

from enum import StrEnum


class Step(StrEnum):
    """In the order of the chain."""

    RECTIFY = "rectify"
    """Find the sheet or card in a photograph or on the glass, and cut it out."""

    INK = "ink"
    """Let coloured ink fade."""

    LIGHT = "light"
    """Even out shadow and uneven light."""

    ORIENT = "orient"
    """Turn the page upright."""

    LEVEL = "level"
    """Take the lean out."""

    ENLARGE = "enlarge"
    """Enlarge a small page."""

    STRETCH = "stretch"
    """Make the paper white and the print black."""

    LEADERS = "leaders"
    """Take dots, rules and boxes away."""


ALL: frozenset[Step] = frozenset(Step)


def all_but(step: Step) -> frozenset[Step]:
    """The whole chain less one step."""
    return ALL - {step}
