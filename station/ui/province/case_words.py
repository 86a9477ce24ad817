"""Where the province's work on a dossier stands, and who changed what after the seal, in words."""

from __future__ import annotations

from datetime import datetime

from station.dossier.correction import Origin, Revision
from station.dossier.hub_changes import CaseState, HubState, HubWord, Returned
from station.language import Language
from station.ui.counter.queue_words import moment_words

ROLES = {
    HubState.MORE_WANTED: "warning",
    HubState.DONE: "ok",
    HubState.REFUSED: "error",
    HubState.WITHDRAWN: "warning",
}


def state_words(state: HubState, language: Language) -> str:
    """«Đang giải quyết»."""
    return language(f"province.case.{state.value}")


def case_sentence(case: CaseState, language: Language) -> str:
    """The step, its day, and the province's word on it."""
    told = language("province.case.on", state=state_words(case.state, language), day=f"{case.on:%d/%m/%Y}")
    return f"{told} – {case.note}" if case.note else told


def returned_sentence(returned: Returned, now: datetime, language: Language) -> str:
    """Who gave it back, and when."""
    return language("province.returned.by", by=returned.by, at=moment_words(returned.at, now))


def revision_words(revision: Revision | None, now: datetime, language: Language) -> str:
    """Who, when and why."""
    if revision is None:
        return language("province.question.unknown_who")
    told = language("province.question.who", by=revision.by, at=moment_words(revision.at, now))
    return f"{told} – {revision.reason}" if revision.reason else told


def revision_of(word: HubWord, value: str, after: str, *, ours: bool) -> Revision | None:
    """The newest correction that made this value that text, here or at the province."""
    found = [
        one
        for one in word.revisions
        if (one.origin is Origin.STATION) is ours
        and any(made.value == value and made.after == after for made in one.changes)
    ]
    return found[-1] if found else None
