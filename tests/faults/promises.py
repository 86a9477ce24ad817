"""What a station has promised so far, and whether all of it is found after a restart: everything, and nothing twice."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from station.dossier.conservation import gaps
from station.dossier.dossier import Dossier, State
from station.errors import StationError
from station.store.keys import Keys
from station.store.store import Store

from .counter import Place
from .full_day import state_of
from .writes import Life, Tell, Told, run

_TAKES_OUT = frozenset({"remove_page", "replace_page", "undo"})
"""Deeds after which a page that was captured may be gone, as was asked for."""


@dataclass
class Promises:
    """Gathered from the lines of one life after the other."""

    states: dict[str, Told] = field(default_factory=dict)
    visits: dict[str, str] = field(default_factory=dict)
    stages: set[str] = field(default_factory=set)
    received: dict[str, str] = field(default_factory=dict)
    in_flight: Told = field(default_factory=dict)
    """The deed that was under way when the process ended."""

    def hear(self, life: Life) -> None:
        self.in_flight = {}
        for line in life.told:
            if "doing" in line:
                self.in_flight = line
            elif "whole" in line:
                self.states[line["dossier"]] = line
                self.in_flight = {} if "done" in line else self.in_flight
            if "visit" in line:
                self.visits[line["visit"]] = line["dossier"]
            if "received" in line:
                self.received[line["received"]] = line["hub_number"]
            if "stage" in line:
                self.stages.add(line["stage"])

    def losses(self, store: Store) -> list[str]:
        """What was promised and is not there, what is there twice, and what the store itself finds wrong."""
        found = [f"verify: {one}" for one in store.verify()]
        found += [f"ledger: {gap.value}" for gap in gaps(store.ledger.counts())]
        dossiers = {one.id: store.dossiers.get(one.id) for one in store.dossiers.find(limit=1000)}
        for name, told in self.states.items():
            there = dossiers.get(name)
            found += ["a dossier is gone"] if there is None else self._differences(told, there)
        opening = self.in_flight.get("doing") == "open"
        if len(dossiers) > len(self.states) + opening:
            found.append("a dossier came from nowhere")
        found += self._outbox(store, dossiers)
        self.adopt(dossiers)
        return found

    def adopt(self, dossiers: dict[str, Dossier]) -> None:
        """From now on this is what must be there: a deed that was under way has happened, or it has not."""
        for name, told in list(self.states.items()):
            if name in dossiers:
                self.states[name] = {**told, **state_of(dossiers[name])}

    def _differences(self, told: Told, there: Dossier) -> list[str]:
        more = there.version - told["version"]
        if more == 0:
            return [] if state_of(there)["whole"] == told["whole"] else ["a dossier is another than was told"]
        if more < 0 or more > 1 or self.in_flight.get("dossier") != there.id:
            return [f"a dossier is {more} versions away from what was told"]
        missing = Counter(told["pages"]) - Counter(page.sha256 for page in there.pages)
        if missing and self.in_flight.get("doing") not in _TAKES_OUT:
            return ["a captured page is gone"]
        return []

    def _outbox(self, store: Store, dossiers: dict[str, Dossier]) -> list[str]:
        found = []
        sealed = [one for one in dossiers.values() if one.state is State.SEALED]
        if len({one.number for one in sealed}) < len(sealed):
            found.append("a number was given twice")
        for dossier in dossiers.values():
            pages = [page.id for page in dossier.pages]
            seals = sum(line.deed == "seal_dossier" for line in store.audit.entries(dossier.id))
            if len(set(pages)) < len(pages):
                found.append("a page is there twice")
            if seals != (dossier.state is State.SEALED):
                found.append(f"sealed {seals} times by the trail")
            if (store.dossiers.progress(dossier.id) is not None) != (dossier.state is State.SEALED):
                found.append("the seal and its event are not together")
        for name, number in self.received.items():
            progress = store.dossiers.progress(name)
            if progress is None or progress.hub_number != number:
                found.append("a receipt of the hub is gone")
        return found


def check(place: Place, keys: Keys, promises: Promises) -> list[str]:
    """Open the store again, in a process of its own, and say what is not as it was promised."""

    def look(tell: Tell) -> None:
        try:
            with Store.open(place.folder, keys) as store:
                losses = promises.losses(store)
                tell({"losses": losses, "states": promises.states})
        except StationError as error:
            tell({"losses": [f"not opened: {error.code}"], "states": promises.states})

    life = run(look)
    told = life.told[-1] if life.told else {}
    if "losses" not in told:
        return [f"the check broke: {told}"]
    promises.states = told["states"]
    return [str(one) for one in told["losses"]]
