"""The officer takes out all blank pages at once: the backs of sheets that went through a feeder reading both sides."""

from __future__ import annotations

from station.actions.account_images import account_images
from station.actions.change import Change
from station.actions.ports.dossiers import Dossiers
from station.dossier.audit import AuditEntry
from station.dossier.dossier import Dossier


class RemoveBlankPages:
    def __init__(self, dossiers: Dossiers, change: Change) -> None:
        self._dossiers, self._change = dossiers, change

    def __call__(self, dossier_id: str, by: str) -> Dossier:
        """All or none; the trail names each, as if they had been removed one by one."""
        now = self._change.clock.now()
        with self._dossiers.transaction() as kept:
            kept.permit("remove_page", by, dossier_id)
            dossier = before = kept.load(dossier_id)
            for page in before.pages:
                if page.blank:
                    dossier = dossier.without_page(page.id)
                    kept.audit(AuditEntry("remove_page", by, now, dossier_id, {"page": page.id, "sha256": page.sha256}))
            saved = kept.save(dossier)
            account_images(kept, "remove_blank_pages", before, saved)
        self._change.remember("remove_blank_pages", before, saved)
        return saved
