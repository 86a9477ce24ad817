"""A paper, or a fact, of an earlier dossier is used again (dùng lại giấy tờ đã số hóa)."""

from __future__ import annotations

import uuid

from station.actions.change import Change
from station.actions.ports.dossiers import Dossiers, Pages
from station.dossier.dossier import Dossier
from station.dossier.entry import Entry
from station.dossier.grouping import paper_of
from station.dossier.reuse import FACTS, KnownFact, KnownPaper, consent_to_reuse, linked
from station.errors import RuleError


class ReusePage:
    def __init__(self, change: Change, dossiers: Dossiers, pages: Pages) -> None:
        self._change, self._dossiers, self._pages = change, dossiers, pages

    def __call__(self, dossier_id: str, paper: KnownPaper, by: str) -> Dossier:
        """Link the paper's pages. What is offered is checked again here; `StoreError` where an image is lost.

        The earlier dossier is looked up where this one is written: nobody can erase it in between.

        `RuleError`: `dossier.no_consent`, `dossier.other_persons`, `dossier.paper_expired`, `dossier.reused_already`.
        """
        if paper.expired:
            raise RuleError("dossier.paper_expired")
        for sha256, _ in paper.images:
            self._pages.read(sha256)  # nobody is promised a page that cannot be shown any more
        new_ids = [uuid.uuid4().hex for _ in paper.page_ids]
        return self._change(
            dossier_id,
            "reuse_paper",
            by,
            lambda dossier: linked(dossier, self._dossiers.get(paper.dossier_id), paper.page_ids, new_ids),
            source=paper.dossier_id,
            pages=len(new_ids),
        )

    def instead(self, dossier_id: str, page_id: str, paper: KnownPaper, by: str) -> Dossier:
        """The known paper in place of the one that this page was just captured of. Raises as linking does."""
        if paper.expired:
            raise RuleError("dossier.paper_expired")
        gone = paper_of(self._dossiers.get(dossier_id), page_id).pages
        new_ids = [uuid.uuid4().hex for _ in paper.page_ids]

        def swap(dossier: Dossier) -> Dossier:
            for page in gone:
                dossier = dossier.without_page(page.id)
            return linked(dossier, self._dossiers.get(paper.dossier_id), paper.page_ids, new_ids)

        removed = " ".join(page.sha256 for page in gone)
        return self._change(dossier_id, "reuse_paper", by, swap, source=paper.dossier_id, removed=removed)

    def fact(self, dossier_id: str, fact: KnownFact, by: str) -> Dossier:
        """Take over a fact as the officer's word, which the citizen is then asked about; the old value is kept."""
        now = self._change.clock.now()

        def take(dossier: Dossier) -> Dossier:
            dossier.must_be_open()
            consent = consent_to_reuse(dossier)
            if consent is None or not consent.given:
                raise RuleError("dossier.no_consent")
            if fact.key not in FACTS:
                raise RuleError("dossier.no_such_field")
            entry_id = f"person/{fact.key}"
            if any(entry.id == entry_id for entry in dossier.entries):
                return dossier.with_entry(dossier.entry(entry_id).corrected(fact.value, by, now))
            return dossier.with_new_entry(Entry(entry_id, fact.key, fact.value).checked(by, now))

        return self._change(dossier_id, "reuse_fact", by, take, key=fact.key)
