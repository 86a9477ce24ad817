"""Whether a correction goes together with what was changed since: merged, or a question for a person. Pure.

Nobody's text ever gives way silently. One correction is one deed: it is done whole, or asked about whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from provincial_hub.receiving.answers import Reason


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody made of one value (`id` in the sealed body).

    `as_printed`: they say that the paper has it so, although it is not written as its key wants it.
    """

    value: str
    before: str
    after: str
    as_printed: bool = False

    def told(self) -> dict[str, Any]:
        """As the contract writes it."""
        told: dict[str, Any] = {"value": self.value, "before": self.before, "after": self.after}
        return told | {"as_printed": True} if self.as_printed else told


@dataclass(frozen=True, slots=True)
class Revision:
    """What one version of a dossier changed. A person's decision names a value even where its text stays.

    `own`: by an earlier correction of the station whose correction is weighed, which had seen its own.
    """

    version: int
    changes: tuple[Change, ...]
    own: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """One value of a question: what both saw, what the hub made of it meanwhile, what the other wants."""

    value: str
    base: str
    hub: str
    station: str


@dataclass(frozen=True, slots=True)
class Merged:
    """The changes to the newest version; `before` is its text. Empty where others had made the same changes."""

    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """Two texts for the same value: a person decides. All values of the deed stand here."""

    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """The correction is none: it speaks of what the version did not say."""

    reason: Reason


def values_after(sealed: Mapping[str, str], revisions: Iterable[Revision]) -> dict[str, str]:
    """The texts of a version: the sealed ones and what each revision up to it changed, in order."""
    values = dict(sealed)
    for revision in revisions:
        values.update((change.value, change.after) for change in revision.changes)
    return values


def merge(base: Mapping[str, str], changes: Sequence[Change], since: Sequence[Revision]) -> Merged | Question | Refused:
    """`base` is what the hub's version said that the corrector knew of; `since` are the revisions after it, in order.

    A station that corrects twice before it hears of the first has seen `base` with its own correction on top. Whoever
    saw another text than that (the first one raised a question meanwhile) is asked, not refused.
    """
    fault = fault_in(base, changes)
    if fault is not None:
        return Refused(fault)
    seen = values_after(base, (revision for revision in since if revision.own))
    decided = {change.value: change.after for revision in since if not revision.own for change in revision.changes}
    now = values_after(base, since)

    def differ(change: Change) -> bool:
        unseen = decided.get(change.value, change.after) != change.after or seen[change.value] != change.before
        return unseen and now[change.value] != change.after

    if any(differ(change) for change in changes):
        fields = (Field(change.value, change.before, now[change.value], change.after) for change in changes)
        return Question(tuple(fields))
    return Merged(
        tuple(replace(change, before=now[change.value]) for change in changes if now[change.value] != change.after)
    )


def fault_in(base: Mapping[str, str], changes: Sequence[Change]) -> Reason | None:
    """Why these are no changes to this version."""
    if len({change.value for change in changes}) < len(changes):
        return Reason("correction.twice", "the correction changes a value twice")
    for change in changes:
        if change.value not in base:
            return Reason("correction.unknown_value", "the correction names a value that the dossier does not have")
    return None


def settle(now: Mapping[str, str], fields: Sequence[Field], changes: Sequence[Change]) -> Merged | Question | Refused:
    """A person's answer to a question; `before` is the hub's text that they saw, `now` what the newest version says.

    Every value of the question stands among the changes of `Merged`, also those that were left as they are: the
    decision counts against corrections that did not know of it.
    """
    if {field.value for field in fields} != {change.value for change in changes} or len(fields) != len(changes):
        return Refused(Reason("question.other_values", "the answer does not name each value of the question once"))
    if any(now[change.value] not in (change.before, change.after) for change in changes):
        return Question(
            tuple(Field(change.value, change.before, now[change.value], change.after) for change in changes)
        )
    return Merged(tuple(replace(change, before=now[change.value]) for change in changes))
