"""Corrections after the seal: how they stand one upon the other, and when two of them make a question.

The sealed dossier never changes: its values are what was sealed with every revision on top. Two people who correct
different values never meet; two who give the same value different texts make a question, and neither text is lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from station.dossier.question import Disputed


class Origin(StrEnum):
    """Who made a revision."""

    STATION = "station"  # an officer here
    HUB = "hub"  # somebody at the province, or at another counter
    SETTLED = "settled"  # the answer to a question, wherever it was given


@dataclass(frozen=True, slots=True)
class Changed:
    """One value made another. `value` is its `id` in the sealed dossier."""

    value: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Revision:
    """Values corrected together, with who, when and why; kept for ever.

    `base_version` is the hub's version that whoever corrected had seen; `version` the one that it made, None until the
    hub has said so. `seq` is our event, None for what came from the hub.
    """

    dossier_id: str
    origin: Origin
    changes: tuple[Changed, ...]
    reason: str
    by: str
    at: datetime
    base_version: int
    version: int | None = None
    seq: int | None = None

    @property
    def in_flight(self) -> bool:
        """Ours, and the hub has not taken it in yet."""
        return self.version is None


def values_now(sealed: Mapping[str, str], revisions: Iterable[Revision]) -> dict[str, str]:
    """Every value with the corrections since the seal; those in flight stand on top of what the hub has.

    What the hub has stands in the order of its versions, whatever the order in which it was heard of.
    """
    now = dict(sealed)
    for revision in sorted(revisions, key=_place):
        now.update((changed.value, changed.after) for changed in revision.changes if changed.value in sealed)
    return now


def disputed(ours: Revision, theirs: Revision) -> tuple[Disputed, ...]:
    """Where our correction in flight and theirs differ; empty where they touch different values or agree."""
    told = {changed.value: changed for changed in theirs.changes}
    return tuple(
        Disputed(changed.value, changed.before, told[changed.value].after, changed.after)
        for changed in ours.changes
        if changed.value in told and told[changed.value].after != changed.after
    )


def settled_changes(fields: Sequence[Disputed], choices: Mapping[str, str]) -> tuple[Changed, ...]:
    """What the answer to a question makes of the values at the hub; `choices` has a text for each field."""
    return tuple(Changed(field.value, field.hub, choices[field.value]) for field in fields)


def _place(revision: Revision) -> tuple[bool, int]:
    return (True, revision.seq or 0) if revision.version is None else (False, revision.version)
