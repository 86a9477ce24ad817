"""A person chooses between two texts of one value: nothing else decides it."""

from __future__ import annotations

from collections.abc import Mapping

from station.actions.ports.clock import Clock
from station.actions.ports.dossiers import Dossiers
from station.dossier.audit import AuditEntry
from station.dossier.dossier import Dossier
from station.dossier.question import Question
from station.dossier.settlement import settlement
from station.dossier.text import exact
from station.dossier.value_form import form_broken
from station.errors import InputError, RuleError

LONGEST_REASON = 1000
LONGEST_VALUE = 10_000


class SettleQuestion:
    def __init__(self, dossiers: Dossiers, clock: Clock, station: str) -> None:
        self._dossiers, self._clock, self._station = dossiers, clock, station

    def __call__(self, question_id: str, choices: Mapping[str, str], by: str, reason: str) -> None:
        """The text that holds, for every value that was asked about: one of the two, or a third.

        A question that the hub has not asked yet keeps the choice, and the hub is told as soon as it asks.

        Raises `RuleError`: `dossier.unknown_question`, `dossier.question_settled`; `InputError`: `value.not_chosen`,
        `value.too_long`, `value.no_correction_reason`, `value.form.…` of a third text.
        """
        words = exact(reason)[:LONGEST_REASON]
        if not words:
            raise InputError("value.no_correction_reason")
        with self._dossiers.transaction() as kept:
            kept.permit("settle_question", by, "")  # before it is told whether there is such a question
            question = kept.question(question_id)
            if not question.is_open:
                raise RuleError("dossier.question_settled")
            texts, now = _chosen(question, choices), self._clock.now()
            _must_have_form(question, texts, kept.load(question.dossier_id))
            kept.answer(question_id, texts, words, by, now)
            detail: dict[str, str | int] = {"question": question_id}
            if question.hub_question is not None:
                detail["seq"] = kept.next_seq()
                version = kept.hub_word(question.dossier_id).version
                kept.enqueue(
                    settlement(
                        question,
                        texts,
                        station=self._station,
                        seq=int(detail["seq"]),
                        version=version,
                        by=by,
                        at=now,
                        reason=words,
                    )
                )
            kept.audit(AuditEntry("settle_question", by, now, question.dossier_id, detail))


def _chosen(question: Question, choices: Mapping[str, str]) -> dict[str, str]:
    texts = {field.value: exact(choices.get(field.value, "")) for field in question.fields}
    if not all(texts.values()):
        raise InputError("value.not_chosen")
    if max(map(len, texts.values())) > LONGEST_VALUE:
        raise InputError("value.too_long", most=LONGEST_VALUE)
    return texts


def _must_have_form(question: Question, texts: Mapping[str, str], dossier: Dossier) -> None:
    """Of a third text; either of the two may be chosen as it is. What is printed so is a correction's to say."""
    for field in question.fields:
        text = texts[field.value]
        odd = form_broken(dossier.entry(field.value).key, text)
        if odd is not None and text not in (field.hub, field.station):
            raise InputError(odd.fault)
