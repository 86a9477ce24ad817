"""What an officer can take with one key for a value: what else may be printed, and what its place is called today."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from station.dossier.addresses import today
from station.dossier.entry import Entry
from station.dossier.text import same
from station.dossier.units import Gazetteer

OTHERS = 3
TODAY = 4
_LIVED_IN = ("residence", "address")
"""Where somebody lives is asked in today's units; where somebody was born stays as it was written then."""


@dataclass(frozen=True, slots=True)
class Offers:
    """`perhaps`: values that lost or that closed knowledge knows; `today`: an old address in today's units."""

    perhaps: tuple[str, ...] = ()
    today: tuple[str, ...] = ()


class OfferValues:
    """Changes nothing: what is printed stays until the officer takes an offer, and is kept as corrected then."""

    def __init__(self, gazetteer: Callable[[], Gazetteer]) -> None:
        self._gazetteer = gazetteer

    def __call__(self, entry: Entry) -> Offers:
        others = [] if entry.trusted else [other for read in entry.readings for other in read.others]
        perhaps = [other for other in dict.fromkeys(others) if not same(other, entry.value)]
        if not entry.key.endswith(_LIVED_IN):
            return Offers(tuple(perhaps[:OTHERS]))
        offers = [offer.address for offer in today(entry.value, self._gazetteer())]
        return Offers(tuple(perhaps[:OTHERS]), tuple(offers[:TODAY]))
