"""What the hub has told this station about dossiers it keeps: official code, state, a return, corrections, results."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from station.dossier.correction import Revision
from station.dossier.question import Question

RESTORED = "hub.restored"
"""The subject by which a hub says that it was brought back from a backup, and how far it has got with this station."""


class HubState(StrEnum):
    """Where the province's work on a dossier stands."""

    RECEIVED = "received"  # đã tiếp nhận
    IN_PROGRESS = "in_progress"  # đang giải quyết
    MORE_WANTED = "more_wanted"  # yêu cầu bổ sung
    DONE = "done"  # đã có kết quả
    REFUSED = "refused"  # từ chối giải quyết
    WITHDRAWN = "withdrawn"  # công dân rút hồ sơ


@dataclass(frozen=True, slots=True)
class HubChange:
    """One thing that the hub has told, its signature checked. `document` is what was signed (contract/v1, Changes)."""

    cursor: int
    subject: str
    at: datetime
    body: dict[str, Any]
    document: dict[str, Any]

    @property
    def dossier_id(self) -> str | None:
        """Which dossier it is about; None for one of a subject that is about none, or that nobody here knows."""
        named = self.body.get("dossier_id")
        return named if isinstance(named, str) and self.subject.startswith("dossier.") else None


@dataclass(frozen=True, slots=True)
class OfficialCode:
    """The official code (mã hồ sơ chính thức) that took the place of the provisional number."""

    code: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CaseState:
    """One step of the province's work, as it was told. `on` is the day of the step, `note` a word for the citizen."""

    state: HubState
    on: date
    note: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Returned:
    """The province gives a dossier back with a reason: work to do. `made_again` is the dossier that replaces it."""

    dossier_id: str
    number: str | None
    reason: str
    by: str
    at: datetime
    made_again: str | None = None


@dataclass(frozen=True, slots=True)
class HubRestored:
    """The hub was brought back from a backup: how many dossiers it had lost, and how many of them still wait.

    `gone` were erased here since, as they were due: nobody can send these again.
    """

    at: datetime
    lost: int
    left: int
    gone: int
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class CaseBrief:
    """What a line of a list says of it: empty where the hub has told nothing. `asked`: a question waits for a word."""

    code: str = ""
    state: HubState | None = None
    returned: str = ""
    """Why it came back, as long as nobody has made it again."""
    asked: bool = False


@dataclass(frozen=True, slots=True)
class ValueNow:
    """One value of a sealed dossier: as it was sealed, and as it is with every correction since.

    `waiting`: a correction of ours that the hub does not have yet; `asked`: somebody has to choose (`Question`).
    """

    id: str
    key: str
    page_id: str | None
    sealed: str
    now: str
    waiting: bool = False
    asked: bool = False

    @property
    def changed(self) -> bool:
        return self.now != self.sealed


@dataclass(frozen=True, slots=True)
class HubWord:
    """Everything since the seal of one dossier. `states` and `revisions` are in the order in which they came about."""

    dossier_id: str
    version: int
    """The hub's version that the station knows of; 0 before it has the dossier."""
    code: OfficialCode | None = None
    states: tuple[CaseState, ...] = ()
    returned: Returned | None = None
    revisions: tuple[Revision, ...] = ()
    questions: tuple[Question, ...] = ()
    values: tuple[ValueNow, ...] = ()

    @property
    def state(self) -> CaseState | None:
        """The newest step."""
        return self.states[-1] if self.states else None
