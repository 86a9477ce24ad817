"""The event by which the hub is told how a question of two values was answered (contract/v1, `dossier.settled`)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from station.dossier.correction import settled_changes
from station.dossier.delivery import OutboxEvent
from station.dossier.question import Question

SETTLED = "dossier.settled"


def settlement(
    question: Question,
    choices: Mapping[str, str],
    *,
    station: str,
    seq: int,
    version: int,
    by: str,
    at: datetime,
    reason: str,
) -> OutboxEvent:
    """`question` is one that the hub has asked, `version` the one of the dossier that was seen."""
    changes = [
        {"value": one.value, "before": one.before, "after": one.after}
        for one in settled_changes(question.fields, choices)
    ]
    body = {
        "question": question.hub_question,
        "changes": changes,
        "reason": reason,
        "by": by,
        "at": at.isoformat(),
    }
    return OutboxEvent(station, seq, SETTLED, question.dossier_id, version, at, body, ())
