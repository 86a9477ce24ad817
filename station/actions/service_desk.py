"""The deeds beside the papers: fees, signature, rating; and how the citizen's screen of this counter is set up."""

from __future__ import annotations

from dataclasses import dataclass

from station.actions.change import Change
from station.actions.charge_fees import ChargeFees
from station.actions.ports.clock import Clock
from station.actions.ports.dossiers import Dossiers, Pages
from station.actions.ports.rules import Procedures
from station.actions.rate_service import RateService
from station.actions.record_payment import RecordPayment
from station.actions.sign_on_screen import SignOnScreen
from station.dossier.vietqr import BankAccount

PAD = ("F13", "F14", "F15")
"""The three-button pad: Đúng, Sai, show or cover the digits. Keys that no officer's keyboard has."""


@dataclass(frozen=True, slots=True)
class CitizenScreen:
    """`patience` is how many seconds without a touch blank the screen; `account` is None where no transfer is taken."""

    patience: int = 90
    pad: tuple[str, ...] = PAD
    account: BankAccount | None = None


@dataclass(frozen=True, slots=True)
class ServiceDesk:
    """What stands beside the papers at one counter."""

    screen: CitizenScreen
    charge_fees: ChargeFees
    record_payment: RecordPayment
    sign_on_screen: SignOnScreen
    rate_service: RateService

    @classmethod
    def over(
        cls, dossiers: Dossiers, procedures: Procedures, pages: Pages, clock: Clock, screen: CitizenScreen | None = None
    ) -> ServiceDesk:
        """All of it over one store and one catalogue."""
        change = Change(dossiers, clock)
        return cls(
            screen or CitizenScreen(),
            ChargeFees(change, procedures),
            RecordPayment(change),
            SignOnScreen(change, pages),
            RateService(dossiers, clock),
        )
