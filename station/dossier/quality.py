"""How good the data of a dossier are: đúng – đủ – sạch – sống, four scores with what each of them lost.

`docs/data-quality.md` has the formula. The same dossier on the same day always scores the same; a person who confirms a
value never lowers `correct`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from station.dossier.dossier import Dossier
from station.dossier.finding import Finding
from station.dossier.kinds import PaperKinds
from station.dossier.procedure import Procedure
from station.dossier.quality_papers import completeness, currency
from station.dossier.quality_values import cleanness, correctness
from station.dossier.units import NOWHERE, Gazetteer


class Aspect(StrEnum):
    """What is scored; a key of `[quality]`."""

    CORRECT = "correct"  # đúng: agrees with its source, and somebody vouches for it
    COMPLETE = "complete"  # đủ: papers, person and values are all there
    CLEAN = "clean"  # sạch: normalised and unambiguous
    CURRENT = "current"  # sống: still true today


@dataclass(frozen=True, slots=True)
class Score:
    """0 to 100, and a finding for everything that was lost."""

    aspect: Aspect
    value: int
    reasons: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class Quality:
    """The four scores, in the order in which the directives name them."""

    scores: tuple[Score, ...]

    def of(self, aspect: Aspect) -> Score:
        return next(score for score in self.scores if score.aspect is aspect)

    def to_json(self, pages: dict[str, int]) -> dict[str, Any]:
        """`quality` of contract v1: codes and places, no values. `pages` are the numbers of the pages by their id."""
        return {
            score.aspect.value: {
                "score": score.value,
                "reasons": [_reason(reason, pages) for reason in score.reasons],
            }
            for score in self.scores
        }


def quality(
    dossier: Dossier, procedure: Procedure, kinds: PaperKinds, today: date, gazetteer: Gazetteer = NOWHERE
) -> Quality:
    """Score a dossier as it stands. Without a gazetteer nothing is said about addresses."""
    made = (
        (Aspect.CORRECT, correctness(dossier, today, gazetteer)),
        (Aspect.COMPLETE, completeness(dossier, procedure, kinds, today)),
        (Aspect.CLEAN, cleanness(dossier, gazetteer)),
        (Aspect.CURRENT, currency(dossier, kinds, today, gazetteer)),
    )
    return Quality(tuple(Score(aspect, value, reasons) for aspect, (value, reasons) in made))


def _reason(reason: Finding, pages: dict[str, int]) -> dict[str, Any]:
    told: dict[str, Any] = {"code": reason.code}
    if reason.entry_id:
        told["value"] = reason.entry_id
    if reason.other_entry_id:
        told["other_value"] = reason.other_entry_id
    if reason.page_id in pages:
        told["page"] = pages[reason.page_id or ""]
    if reason.paper_key:
        told["paper"] = reason.paper_key
    return told
