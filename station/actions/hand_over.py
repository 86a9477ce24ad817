"""The officer hands an open dossier over to another: it waits, put aside, until that one takes it up."""

from __future__ import annotations

from dataclasses import replace

from station.actions.change import Change
from station.actions.park_dossier import LONGEST_NOTE
from station.dossier.dossier import Dossier
from station.dossier.service import Parked
from station.dossier.text import exact
from station.errors import InputError

LONGEST_NAME = 80


class HandOver:
    def __init__(self, change: Change) -> None:
        self._change = change

    def __call__(self, dossier_id: str, to: str, note: str, by: str) -> Dossier:
        """`to` is the other officer's name, as they are called at their station; empty: `InputError`."""
        name = exact(to)[:LONGEST_NAME]
        if not name:
            raise InputError("value.no_officer")
        parked = Parked(by, self._change.clock.now(), exact(note)[:LONGEST_NOTE])

        def hand_over(dossier: Dossier) -> Dossier:
            dossier.must_be_open()
            return replace(dossier, parked=parked, holder=name)

        return self._change(dossier_id, "hand_over", by, hand_over, to=name)
