"""The way every deed changes a dossier: load, change, save and write down who did it, in one transaction."""

from __future__ import annotations

from collections.abc import Callable

from station.actions.account_images import account_images
from station.actions.history import History
from station.actions.ports.clock import Clock
from station.actions.ports.dossiers import Dossiers
from station.dossier.audit import AuditEntry
from station.dossier.dossier import Dossier
from station.dossier.intake import TakenImage


class Change:
    """`history` remembers what people did, so that they can take it back."""

    def __init__(self, dossiers: Dossiers, clock: Clock, history: History | None = None) -> None:
        self._dossiers, self.clock, self._history = dossiers, clock, history

    def __call__(
        self,
        dossier_id: str,
        deed: str,
        by: str,
        change: Callable[[Dossier], Dossier],
        taken: TakenImage | None = None,
        **detail: str | int,
    ) -> Dossier:
        """Apply `change` to the dossier as it stands now. What `change` raises leaves everything as it was.

        `taken` is the image that came in with it.
        """
        with self._dossiers.transaction() as kept:
            kept.permit(deed, by, dossier_id)
            before = kept.load(dossier_id)
            saved = kept.save(change(before))
            if taken is not None:
                kept.take(taken)
            account_images(kept, deed, before, saved)
            kept.audit(AuditEntry(deed, by, self.clock.now(), dossier_id, detail))
        self.remember(deed, before, saved)
        return saved

    def remember(self, deed: str, before: Dossier, after: Dossier) -> None:
        """A deed that wrote for itself tells here what it changed."""
        if self._history is not None:
            self._history.remember(deed, before, after)
