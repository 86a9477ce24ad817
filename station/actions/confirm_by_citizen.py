"""The citizen says of one value on the second screen: Đúng (right) or Sai (wrong)."""

from __future__ import annotations

import secrets
from dataclasses import replace

from station.actions.change import Change
from station.dossier.confirmation import asked_with
from station.dossier.dossier import Dossier
from station.dossier.entry import Verdict
from station.dossier.service import Showing
from station.dossier.showing import SALT, Shown, canonical, showing_digest

CITIZEN = "citizen"
"""Who answers, in the audit trail."""


class ConfirmByCitizen:
    def __init__(self, change: Change) -> None:
        self._change = change

    def __call__(
        self,
        dossier_id: str,
        entry_id: str,
        shown: str,
        verdict: Verdict,
        showing: Shown | None = None,
        by: str = CITIZEN,
    ) -> Dossier:
        """The answer is to the value that was `shown`: if it changed meanwhile, the answer does not count.

        It settles the same fact on every paper that states it. `showing` is what stood before the citizen, and goes on
        record with the answer; `by` is the officer who wrote down what was said aloud.
        """
        now = self._change.clock.now()
        if showing is not None:
            showing = replace(showing, salt=secrets.token_hex(SALT))

        def answer(dossier: Dossier) -> Dossier:
            asked = dossier.entry(entry_id)
            if asked.value != shown:
                return dossier
            settled = asked_with(dossier, asked)
            for entry in settled:
                dossier = dossier.with_entry(entry.answered(verdict, now))
            if showing is None:
                return dossier
            others = (entry.id for entry in settled if entry.id != entry_id)
            record = Showing(
                showing.screen, now, (entry_id, *others), showing_digest(showing), verdict.value, canonical(showing)
            )
            return replace(dossier, showings=(*dossier.showings, record))

        detail: dict[str, str | int] = {"entry": entry_id, "verdict": verdict.value}
        if showing is not None:
            detail["digest"] = showing_digest(showing)
        return self._change(dossier_id, "confirm_by_citizen", by, answer, None, **detail)
