"""A page that was just captured of a paper that this person has handed in before: one key takes the earlier one."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QHBoxLayout

from station.clock import VIETNAM
from station.dossier.dossier import Dossier, State
from station.dossier.page import Page
from station.dossier.reuse import REUSE, KnownPaper, consent_to_reuse
from station.ui.session import Session
from station.ui.widgets.buttons import button, name
from station.ui.widgets.labels import label

USE, KEEP = "Alt+D", "Alt+G"
Key = tuple[str, str | None, str | None]
"""A page as what it was read, for whom."""


class SeenBar(QFrame):
    """Hidden while there is nothing to say; each page is looked up once when it has been read, off the screen."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._language = session, session.language
        self._looked: dict[Key, KnownPaper | None] = {}
        self._kept: set[str] = set()
        self._page: Page | None = None
        self.setProperty("role", "notice")
        self.sentence = label(role="text", wrap=True)
        self.use = button(self._language("reuse.seen.use"), self._on_use, "secondary", USE)
        self.keep = button(self._language("reuse.seen.keep"), self._on_keep, "secondary", KEEP)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 8, 12, 8)
        row.setSpacing(8)
        row.addWidget(self.sentence, 1)
        row.addWidget(self.use)
        row.addWidget(self.keep)
        self.hide()

    def show_dossier(self, dossier: Dossier | None) -> None:
        """Look up what was read since, and show the first page that is known."""
        if dossier is None or dossier.state is not State.OPEN or dossier.person_id is None:
            self._looked.clear()
            self._kept.clear()
            self._page = None
            self.hide()
            return
        for page in dossier.pages:
            if page.read and page.reused_from is None:
                self._look_up(dossier, page)
        self._show(dossier)

    def _look_up(self, dossier: Dossier, page: Page) -> None:
        key, offer = _key(dossier, page), self._session.desk.reuse.offer
        if key not in self._looked:
            self._looked[key] = None
            self._session.tasks.look(
                lambda: offer.seen(dossier, page.id),
                lambda paper: self._on_found(key, paper),
                self._session.failed.emit,
            )

    def _on_found(self, key: Key, paper: KnownPaper | None) -> None:
        if paper is not None and key in self._looked:
            self._looked[key] = paper
            self._show(self._session.dossier)

    def _show(self, dossier: Dossier | None) -> None:
        consent = consent_to_reuse(dossier) if dossier else None
        refused = consent is not None and not consent.given
        known = (page for page in dossier.pages if self._known(dossier, page)) if dossier and not refused else iter(())
        self._page = next(known, None)
        paper = self._known(dossier, self._page) if dossier and self._page else None
        if self._page and paper:
            day = f"{paper.captured_at.astimezone(VIETNAM):%d/%m/%Y}"
            key = "sentence" if consent else "ask"
            told = self._language(f"reuse.seen.{key}", page=self._page.number, day=day, number=paper.dossier_number)
            self.sentence.setText(told)
            name(self.use, self._language(f"reuse.seen.{'use' if consent else 'agree'}"), USE)
        self.setVisible(paper is not None)

    def _known(self, dossier: Dossier, page: Page) -> KnownPaper | None:
        paper = self._looked.get(_key(dossier, page))
        return paper if paper and not paper.expired and page.id not in self._kept else None

    def _on_use(self) -> None:
        session, dossier, page = self._session, self._session.dossier, self._page
        paper = self._known(dossier, page) if dossier and page else None
        if dossier is None or page is None or paper is None:
            return
        desk = session.desk

        def deed() -> Dossier:
            if consent_to_reuse(desk.dossiers.get(dossier.id)) is None:
                desk.reuse.consent(dossier.id, REUSE, given=True, by=desk.officer)
            return desk.reuse.reuse_page.instead(dossier.id, page.id, paper, desk.officer)

        session.do(deed)

    def _on_keep(self) -> None:
        if self._page:
            self._kept.add(self._page.id)
            self._show(self._session.dossier)


def _key(dossier: Dossier, page: Page) -> Key:
    return page.id, page.kind, dossier.person_id
