"""What happens at the counter beside the papers: dossiers parked, fees paid, consent given, values shown, signed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from station.dossier.procedure import Channel


@dataclass(frozen=True, slots=True)
class Parked:
    """Put aside by an officer, to be taken up again by anyone; `note` says what it waits for."""

    by: str
    at: datetime
    note: str = ""


class PaymentMethod(StrEnum):
    """How a fee was paid: tiền mặt, chuyển khoản."""

    CASH = "cash"
    TRANSFER = "transfer"


@dataclass(frozen=True, slots=True)
class Charge:
    """One fee line as it was counted: `quantity` copies, pages or people, and the `amount` in đồng.

    Of what is counted by page, `quantity` are the pages of one copy, and there are as many `copies` of it.
    """

    key: str
    name: str
    quantity: int
    amount: int
    copies: int = 1


@dataclass(frozen=True, slots=True)
class Payment:
    """What is to be paid, and whether an officer has said that it was.

    `exemption` is the key of the procedure's `Exemption`, `reason` the officer's word for it. Without `paid_by` nothing
    has been paid, whatever a screen showed.
    """

    charges: tuple[Charge, ...] = ()
    remitted: int = 0
    exemption: str = ""
    reason: str = ""
    method: PaymentMethod | None = None
    paid_by: str | None = None
    paid_at: datetime | None = None
    channel: Channel = Channel.COUNTER

    @property
    def paid(self) -> bool:
        """Whether an officer has said so."""
        return self.paid_by is not None

    @property
    def total(self) -> int:
        """Đồng to pay after what is remitted."""
        return sum(charge.amount for charge in self.charges) - self.remitted


@dataclass(frozen=True, slots=True)
class Consent:
    """The citizen's yes or no to one use of their data (Decree 45/2020, article 16), as recorded by `by`."""

    subject: str
    given: bool
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Showing:
    """What stood on a screen before the citizen when they answered.

    `shown` is what stood there as canonical JSON and `digest` its SHA-256 (hex), as `dossier/showing.py` makes both;
    `answer` is a verdict, or what was done (`signed`). `entry_ids` are the values that the answer settled.
    """

    screen: str
    at: datetime
    entry_ids: tuple[str, ...]
    digest: str
    answer: str
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature drawn on the citizen's screen, kept as a page image, under what the showing of that digest says."""

    sha256: str
    size: int
    digest: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Rating:
    """The citizen's word on the service (Decision 766/QĐ-TTg), from 1 to 5, given after the dossier was sealed."""

    dossier_id: str
    score: int
    at: datetime
