"""What the citizen is to pay: the fee lines of the procedure, counted, and what is remitted (miễn, giảm)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from station.dossier.procedure import Channel, FeeLine, Per, Procedure
from station.dossier.service import Charge, Payment
from station.errors import RuleError

MOST = 10_000
"""Nobody has a paper of more pages certified, nor more copies of one: a larger count is a slip of the finger."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """How much of one fee line: `count` units, and of what is counted by page as many `copies` of so many pages.

    A line may be counted several times: two papers to certify are two quantities of one line.
    """

    line: str
    count: int
    copies: int = 1


def first_quantities(procedure: Procedure, case: str = "") -> tuple[Quantity, ...]:
    """What is counted before anybody has counted: one of everything, but no pages, which only a person can count."""
    return tuple(Quantity(line.key, 0 if line.per is Per.PAGE else 1) for line in procedure.fees_of(case))


def charge(line: FeeLine, quantity: Quantity, channel: Channel = Channel.COUNTER) -> Charge:
    """One line counted. `RuleError("dossier.bad_quantity")` for a count that cannot be meant."""
    if not (0 <= quantity.count <= MOST and 1 <= quantity.copies <= MOST):
        raise RuleError("dossier.bad_quantity", most=MOST)
    one = _of_one_copy(line, quantity.count, channel)
    return Charge(line.key, line.name, quantity.count, one * quantity.copies, quantity.copies)


def payment(
    procedure: Procedure,
    quantities: Iterable[Quantity],
    channel: Channel = Channel.COUNTER,
    exemption: str = "",
    reason: str = "",
    case: str = "",
) -> Payment:
    """What is to be paid in a case, as yet unpaid. An exemption wants the officer's word (which paper proves it).

    `RuleError`: `dossier.no_such_fee`, `dossier.no_such_exemption`, `dossier.no_reason`, `dossier.bad_quantity`.
    """
    lines = {line.key: line for line in procedure.fees_of(case)}
    charges = []
    for quantity in quantities:
        if quantity.line not in lines:
            raise RuleError("dossier.no_such_fee", fee=quantity.line)
        charges.append(charge(lines[quantity.line], quantity, channel))
    remitted = _remitted(procedure, exemption, reason, sum(one.amount for one in charges)) if exemption else 0
    said = " ".join(reason.split()) if exemption else ""
    return Payment(tuple(charges), remitted, exemption, said, channel=channel)


def quantities_of(counted: Payment) -> tuple[Quantity, ...]:
    """What was counted, to be counted again."""
    return tuple(Quantity(one.key, one.quantity, one.copies) for one in counted.charges)


def has_price(line: FeeLine) -> bool:
    """Zero stands where the province decides and the catalogue does not know: that is not «free»."""
    return bool(line.amount or line.channels or line.tiers)


def left_open(procedure: Procedure, counted: Payment, case: str = "") -> tuple[FeeLine, ...]:
    """Lines of which nobody knows yet what they come to: of unknown price, or by pages that nobody has counted."""
    if any(one.key == counted.exemption and one.percent == 100 for one in procedure.exemptions):
        return ()
    some = {one.key for one in counted.charges if one.quantity}
    return tuple(
        line
        for line in procedure.fees_of(case)
        if not has_price(line) or (line.per is Per.PAGE and line.key not in some)
    )


def _of_one_copy(line: FeeLine, count: int, channel: Channel) -> int:
    """A price for the channel stands for the whole line, tiers included; the cap holds for one copy in every case."""
    if channel in line.channels or not line.tiers:
        amount = count * line.channels.get(channel, line.amount)
    else:
        amount, left = 0, count
        # From the last tier down: each takes the units from its own start on.
        for start, each in sorted(
            ((1, line.amount), *((tier.start, tier.amount) for tier in line.tiers)), reverse=True
        ):
            here = max(0, left - start + 1)
            amount += here * each
            left -= here
    return amount if line.cap is None else min(amount, line.cap)


def _remitted(procedure: Procedure, exemption: str, reason: str, amount: int) -> int:
    found = next((one for one in procedure.exemptions if one.key == exemption), None)
    if found is None:
        raise RuleError("dossier.no_such_exemption", exemption=exemption)
    if not reason.strip():
        raise RuleError("dossier.no_reason")
    return amount * found.percent // 100
