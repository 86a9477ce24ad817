"""How far the dossier on the counter is, step by step: what is done and what is still open where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from station.dossier.dossier import Dossier, State
from station.dossier.finding import Finding

STEPS = ("open", "identify", "scan", "review", "confirm", "seal")
"""In the order of the work."""

_OF_CODE = {
    "value.unconfirmed": "confirm",
    "quality.person_lacks": "identify",
    "quality.paper_lacking": "scan",
    "quality.paper_pending": "scan",
    "quality.page_unread": "scan",
    "quality.twice": "scan",
}
_OF_GROUP = {
    "person": "identify",
    "paper": "scan",
    "question": "scan",
    "page": "scan",
    "value": "review",
    "contradiction": "review",
    "fee": "confirm",
}


@dataclass(frozen=True, slots=True)
class StepState:
    """What the step bar shows of one step."""

    enabled: bool = False
    done: bool = False
    problems: int = 0


def step_of(finding: Finding) -> str:
    """The step where a finding is mended."""
    return _OF_CODE.get(finding.code) or _OF_GROUP[finding.code.partition(".")[0]]


def states(dossier: Dossier | None, findings: Sequence[Finding]) -> dict[str, StepState]:
    """The state of every step. Without a dossier only opening is possible; a sealed one can only be looked at."""
    if dossier is None or dossier.state is State.DISCARDED:
        return {step: StepState(enabled=step == "open") for step in STEPS}
    if dossier.state is State.SEALED:
        return {step: StepState(enabled=step == "seal", done=True) for step in STEPS}
    blocking = Counter(step_of(finding) for finding in findings if finding.blocking)
    begun = {
        "open": True,
        "identify": bool(dossier.person_name and dossier.person_id),
        "scan": bool(dossier.pages or dossier.presented),
        "review": bool(dossier.pages) and all(page.read for page in dossier.pages),
        "confirm": any(entry.answer for entry in dossier.entries),
    }
    return {
        step: StepState(True, begun.get(step, False) and not blocking[step], blocking[step] if begun.get(step) else 0)
        for step in STEPS
    }


def next_open_step(dossier: Dossier, findings: Sequence[Finding]) -> str:
    """Where the work goes on when a dossier is taken up again."""
    if dossier.state is State.SEALED:
        return "seal"
    told = states(dossier, findings)
    return next((step for step in STEPS if not told[step].done), "seal")
