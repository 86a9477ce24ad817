"""A procedure (thủ tục hành chính): its cases, the papers (thành phần hồ sơ) it asks for, its fees and its times."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from station.errors import RuleError


class Level(StrEnum):
    """Who receives (cấp tiếp nhận)."""

    COMMUNE = "commune"
    PROVINCE = "province"


class Channel(StrEnum):
    """How the citizen files (hình thức nộp): at the counter, online, by post."""

    COUNTER = "counter"
    ONLINE = "online"
    POST = "post"


class Handling(StrEnum):
    """What the citizen does with a paper: hand it in (phải nộp) or only show it (phải xuất trình)."""

    SUBMIT = "submit"
    PRESENT = "present"


class TimeUnit(StrEnum):
    """How the law counts the time: working hours or days, calendar days, or on the spot (ngay trong ngày)."""

    WORKING_HOUR = "working_hour"
    WORKING_DAY = "working_day"
    DAY = "day"
    SAME_DAY = "same_day"


class Per(StrEnum):
    """What a fee is counted by."""

    DOSSIER = "dossier"
    COPY = "copy"
    PAGE = "page"
    PERSON = "person"


@dataclass(frozen=True, slots=True)
class Case:
    """One case (trường hợp) of a procedure with its statutory time; `time` is 0 for what is done on the spot."""

    key: str
    name: str
    time: int
    unit: TimeUnit
    note: str = ""


@dataclass(frozen=True, slots=True)
class Condition:
    """A yes-or-no question about the citizen's situation that decides which papers are asked for."""

    key: str
    question: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Tier:
    """From the `start`th unit on (counted from 1), `amount` đồng a unit."""

    start: int
    amount: int


@dataclass(frozen=True, slots=True)
class FeeLine:
    """One fee (phí, lệ phí) in đồng. `channels` says what it is where it is not `amount`; `cap` limits one count.

    Of what is counted by page, `tiers` replace `amount` from their page on and `cap` holds for one copy (Circular
    226/2016/TT-BTC, article 4). It is paid only in `cases` (none named: in all).
    """

    key: str
    name: str
    amount: int
    per: Per = Per.DOSSIER
    channels: dict[Channel, int] = field(default_factory=dict)
    tiers: tuple[Tier, ...] = ()
    cap: int | None = None
    note: str = ""
    cases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Exemption:
    """Who pays less: `percent` of the fee is remitted, for the reason that `name` says."""

    key: str
    name: str
    percent: int = 100


@dataclass(frozen=True, slots=True)
class RequiredPaper:
    """One paper of a procedure's list. `kinds` are the kinds of `docs/reading.md` that satisfy it.

    An empty `kinds` means that no machine can recognise it: the officer ticks it. `both_sides` asks for front and back
    of a card; `any_age` takes a paper that has run out; one whose title begins as in `not_titled` is another paper.
    `one_of` names a group of which one paper is enough. `code` is the component code on the national portal, where it
    has one. It is asked for only in `cases` (none named: in all), and only when every condition in `when` holds: a
    condition's key, or `!key` for its opposite.
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
    any_age: bool = False
    not_titled: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    when: tuple[str, ...] = ()

    def is_asked(self, case: str, answers: Mapping[str, bool]) -> bool | None:
        """Whether this case and these answers ask for it; None while an answer that decides it is missing."""
        if self.cases and case not in self.cases:
            return False
        given = [answers.get(name.removeprefix("!")) for name in self.when]
        met = [
            None if answer is None else answer is not name.startswith("!")
            for name, answer in zip(self.when, given, strict=True)
        ]
        return False if False in met else None if None in met else True


@dataclass(frozen=True, slots=True)
class Procedure:
    """One procedure in one version of the catalogue.

    `fee_note` says who sets the fees. `from_memory` names facts that no published source confirmed: editable defaults,
    and shown as such. A fact is named as in the file: `authority`, `papers.marriage`, `cases.verified`.
    """

    code: str
    version: str
    name: str
    short_name: str
    field: str
    authority: str
    cases: tuple[Case, ...]
    fees: tuple[FeeLine, ...]
    fee_note: str
    results: tuple[str, ...]
    legal_basis: tuple[str, ...]
    papers: tuple[RequiredPaper, ...]
    conditions: tuple[Condition, ...] = ()
    exemptions: tuple[Exemption, ...] = ()
    level: Level = Level.COMMUNE
    valid_from: date | None = None
    valid_to: date | None = None
    from_memory: tuple[str, ...] = ()
    retention_days: int | None = None
    """How long the station keeps a dossier once its purpose here is done; None: as the station is set up."""

    def case(self, key: str = "") -> Case:
        """The case of that key; without one, the usual, which stands first. `RuleError("dossier.no_such_case")`."""
        found = next((case for case in self.cases if not key or case.key == key), None)
        if found is None:
            raise RuleError("dossier.no_such_case", case=key)
        return found

    def fees_of(self, case: str) -> tuple[FeeLine, ...]:
        """What is paid in one case; empty: in the usual one."""
        key = self.case(case).key
        return tuple(line for line in self.fees if not line.cases or key in line.cases)
