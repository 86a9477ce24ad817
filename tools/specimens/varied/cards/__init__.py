"""Cards of ID-1 size, a kind a module."""

from __future__ import annotations

import random
from collections.abc import Callable

from tools.specimens.ink import Specimen
from tools.specimens.varied.cards.citizen_card_back import citizen_card_back
from tools.specimens.varied.cards.citizen_card_front import citizen_card_front
from tools.specimens.varied.cards.driving_licence import driving_licence
from tools.specimens.varied.cards.health_insurance_card import health_insurance_card
from tools.specimens.varied.cards.identity_card_back import identity_card_back
from tools.specimens.varied.cards.identity_card_front import identity_card_front
from tools.specimens.varied.cards.vehicle_registration import vehicle_registration

__all__ = [
    "CARDS",
    "citizen_card_back",
    "citizen_card_front",
    "driving_licence",
    "health_insurance_card",
    "identity_card_back",
    "identity_card_front",
    "vehicle_registration",
]

CARDS: dict[str, Callable[[random.Random], Specimen]] = {
    made.__name__: made
    for made in (
        citizen_card_front, citizen_card_back, identity_card_front, identity_card_back, driving_licence,
        health_insurance_card, vehicle_registration,
    )
}  # fmt: skip
