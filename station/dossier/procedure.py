"""A procedure (thủ tục hành chính) and the papers (thành phần hồ sơ) it asks for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Handling(StrEnum):
    """What the citizen does with a paper: hand it in (phải nộp) or only show it (phải xuất trình)."""

    SUBMIT = "submit"
    PRESENT = "present"


class TimeUnit(StrEnum):
    """How the law counts the time: working days, calendar days, or on the spot (ngay trong ngày)."""

    WORKING_DAY = "working_day"
    DAY = "day"
    SAME_DAY = "same_day"


@dataclass(frozen=True, slots=True)
class RequiredPaper:
    """One paper of a procedure's list. `kinds` are the kinds of `docs/reading.md` that satisfy it.

    An empty `kinds` means that no machine can recognise it: the officer ticks it. `both_sides` asks for front and back
    of a card. `one_of` names a group of which one paper is enough. `code` is the component code on the national portal,
    where it has one.
    """

    key: str
    name: str
    kinds: tuple[str, ...] = ()
    handling: Handling = Handling.SUBMIT
    required: bool = True
    originals: int = 1
    copies: int = 0
    one_of: str | None = None
    code: str | None = None
    note: str = ""
    both_sides: bool = False


@dataclass(frozen=True, slots=True)
class Procedure:
    """One procedure in one version of the catalogue. Fees are in đồng; `fee_note` says who sets them."""

    code: str
    version: str
    name: str
    short_name: str
    field: str
    authority: str
    time: int
    unit: TimeUnit
    fee: int
    fee_note: str
    result: str
    legal_basis: tuple[str, ...]
    papers: tuple[RequiredPaper, ...]
