"""The citizen's yes or no to one use of their data is written down (Decree 45/2020/ND-CP, article 16)."""

from __future__ import annotations

from dataclasses import replace

from station.actions.change import Change
from station.dossier.dossier import Dossier
from station.dossier.service import Consent


class RecordConsent:
    def __init__(self, change: Change) -> None:
        self._change = change

    def __call__(self, dossier_id: str, subject: str, *, given: bool, by: str) -> Dossier:
        """`by` is the officer who asked. A refusal is kept like a consent; a later word stands beside the earlier."""
        now = self._change.clock.now()

        def record(dossier: Dossier) -> Dossier:
            dossier.must_be_open()
            return replace(dossier, consents=(*dossier.consents, Consent(subject, given, by, now)))

        return self._change(dossier_id, "record_consent", by, record, subject=subject, given=int(given))
