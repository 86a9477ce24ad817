"""An officer corrects a value of a sealed dossier: the seal stays, the correction stands on top, the hub is told."""

from __future__ import annotations

from station.actions.ports.clock import Clock
from station.actions.ports.dossiers import Dossiers
from station.dossier.audit import AuditEntry
from station.dossier.correction import Changed, Origin, Revision
from station.dossier.delivery import OutboxEvent
from station.dossier.dossier import State
from station.dossier.hub_changes import HubWord, ValueNow
from station.dossier.text import exact
from station.dossier.value_form import form_broken
from station.errors import InputError, RuleError

CORRECTED = "dossier.corrected"
"""The event's kind in contract/v1."""
LONGEST_REASON = 1000
LONGEST_VALUE = 10_000


class CorrectSealed:
    def __init__(self, dossiers: Dossiers, clock: Clock, station: str) -> None:
        self._dossiers, self._clock, self._station = dossiers, clock, station

    def __call__(
        self, dossier_id: str, value_id: str, after: str, reason: str, by: str, *, as_printed: bool = False
    ) -> Revision:
        """The revision, its line of the trail and the event for the hub, kept together.

        `as_printed`: the officer says that the paper has it so, whatever form its key wants.

        Raises `InputError`: `value.empty`, `value.too_long`, `value.no_correction_reason`, `value.form.…`;
        `RuleError`: `dossier.never_sealed`, `dossier.no_such_field`, `dossier.same_value`,
        `dossier.value_in_question`.
        """
        text, words = exact(after), exact(reason)[:LONGEST_REASON]
        if not text:
            raise InputError("value.empty")
        if len(text) > LONGEST_VALUE:
            raise InputError("value.too_long", most=LONGEST_VALUE)
        if not words:
            raise InputError("value.no_correction_reason")
        with self._dossiers.transaction() as kept:
            kept.permit("correct_sealed", by, dossier_id)
            if kept.load(dossier_id).state is not State.SEALED:
                raise RuleError("dossier.never_sealed")
            word, now = kept.hub_word(dossier_id), self._clock.now()
            value = _correctable(word, value_id, text)
            odd = form_broken(value.key, text)
            if odd is not None and not as_printed:
                raise InputError(odd.fault)
            changed = Changed(value_id, value.now, text)
            revision = Revision(
                dossier_id, Origin.STATION, (changed,), words, by, now, _seen(word), seq=kept.next_seq()
            )
            kept.revise(revision)
            kept.enqueue(_event(self._station, revision, as_printed=odd is not None))
            told: dict[str, str | int] = {"entry": value_id, "seq": revision.seq or 0}
            told |= {"as_printed": 1} if odd else {}
            kept.audit(AuditEntry("correct_sealed", by, now, dossier_id, told))
            return revision


def _correctable(word: HubWord, value_id: str, text: str) -> ValueNow:
    value = next((one for one in word.values if one.id == value_id), None)
    if value is None:
        raise RuleError("dossier.no_such_field")
    if value.asked:
        raise RuleError("dossier.value_in_question")
    if value.now == text:
        raise RuleError("dossier.same_value")
    return value


def _seen(word: HubWord) -> int:
    """The newest of the hub's versions that is known here: the seal is its first. Our own corrections count as seen."""
    return max(word.version, 1)


def _event(station: str, revision: Revision, *, as_printed: bool) -> OutboxEvent:
    said = {"as_printed": True} if as_printed else {}
    changes = [{"value": one.value, "before": one.before, "after": one.after, **said} for one in revision.changes]
    told = {"changes": changes, "reason": revision.reason, "by": revision.by, "at": revision.at.isoformat()}
    return OutboxEvent(
        station=station,
        seq=revision.seq or 0,
        kind=CORRECTED,
        dossier_id=revision.dossier_id,
        base_version=revision.base_version,
        created_at=revision.at,
        body=told,
        pages=(),
    )
