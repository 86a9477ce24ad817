"""The groups of QĐ 766/QĐ-TTg that can be computed from what the hub holds, each with what it is divided by."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from provincial_hub.keeping.figure_books import MonthCount

NOT_COMPUTED = ("satisfaction", "transparency", "online_services", "online_payment")
"""Groups of the decision for which the hub holds nothing; the page says of each why."""
PUNCTUAL_POINTS = 20
"""Tiến độ giải quyết: 20 points times the share of dossiers that ended on time."""
REUSE_GOAL = 0.8
"""Tái sử dụng dữ liệu số hóa: its points are full from here on; the decision's scale below it is not applied here."""


@dataclass(frozen=True, slots=True)
class Share:
    part: int
    whole: int

    @property
    def share(self) -> float | None:
        """None where there is nothing to divide by: no figure without data."""
        return self.part / self.whole if self.whole else None


@dataclass(frozen=True, slots=True)
class Figures:
    digitised: Share
    reused: Share
    on_time: Share

    @property
    def points(self) -> float | None:
        """Of the twenty for punctuality."""
        return None if self.on_time.share is None else PUNCTUAL_POINTS * self.on_time.share


def figures(counts: Iterable[MonthCount]) -> Figures:
    """Sums first, shares afterwards: a mean of shares would weigh a quiet station as much as a busy one."""
    every = tuple(counts)

    def total(name: str) -> int:
        return sum(getattr(one, name) for one in every)

    return Figures(
        Share(total("digitised"), total("received")),
        Share(total("reused"), total("received")),
        Share(total("on_time"), total("ended")),
    )
