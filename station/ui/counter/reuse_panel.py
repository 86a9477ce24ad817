"""Once only, at the counter: what is here already, the citizen's yes or no, and one key to use a paper again."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout

from station.dossier.dossier import Dossier, State
from station.dossier.reuse import REUSE, Known, KnownFact, KnownPaper, consent_to_reuse
from station.ui.counter.reuse_rows import reuse_rows
from station.ui.session import Session
from station.ui.widgets.buttons import button
from station.ui.widgets.labels import label
from station.ui.widgets.rows import RowList

LEAST_LIST = 56
"""Pixels that show one line and that there are more: the person's own data have the room first."""


class ReusePanel(QFrame):
    """Hidden where there is nothing. Before the citizen has agreed, papers are named and cannot be used."""

    exhausted = Signal()
    """Nothing is left to decide here: the keyboard may go on."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._language = session, session.language
        self._known, self._asked_for = Known(), ("", "", 0)
        self.setProperty("role", "card")
        self.counts, self.ask = label(role="hint"), label(role="text", wrap=True)
        self.agree = button(self._language("reuse.agree"), lambda: self._answer(given=True), "primary", "Alt+D")
        self.refuse = button(self._language("reuse.refuse"), lambda: self._answer(given=False), "secondary", "Alt+K")
        self.list = RowList()
        self.list.setAccessibleName(self._language("reuse.list"))
        self.list.setMinimumHeight(LEAST_LIST)
        self.list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)  # takes what is left
        self.use = button(self._language("reuse.use"), self._on_use, "secondary", "Enter")
        self._build()
        self.list.doubleClicked.connect(lambda _index: self._on_use())
        self.list.selectionModel().selectionChanged.connect(lambda *_: self._show_use())
        self.hide()

    def show_dossier(self, dossier: Dossier | None) -> None:
        """Look up what there is, unless this person and these pages were looked up already."""
        if dossier is None or dossier.state is not State.OPEN or not dossier.person_id:
            self._known, self._asked_for = Known(), ("", "", 0)
            self.hide()
            return
        wanted = (dossier.id, dossier.person_id, hash(tuple(page.id for page in dossier.pages)))
        if wanted == self._asked_for:
            self._show(dossier)
            return
        if wanted[:2] != self._asked_for[:2]:
            self._known = Known()
            self.hide()  # nothing of one person stands there while another is looked up
        self._asked_for = wanted
        offer = self._session.desk.reuse.offer
        self._session.tasks.look(
            lambda: offer(dossier), lambda known: self._on_found(wanted, known), self._session.failed.emit
        )

    def _on_found(self, asked_for: tuple[str, str, int], known: Known) -> None:
        if asked_for == self._asked_for and self._session.dossier is not None:
            self._known = known
            self._show(self._session.dossier)

    def _show(self, dossier: Dossier) -> None:
        consent = consent_to_reuse(dossier)
        used = any(page.reused_from for page in dossier.pages)
        self.setVisible(bool(self._known.papers or self._known.facts or used))
        papers, facts = len(self._known.offered), len(self._known.facts)
        self.counts.setText(self._language("reuse.one", count=papers, facts=facts))
        asking = consent is None and bool(papers or facts)
        self.agree.setVisible(asking)
        self.refuse.setVisible(asking)
        key = "ask" if asking else "agreed" if consent is None or consent.given else "refused"
        self.ask.setText(self._language(f"reuse.{key}"))
        refused = consent is not None and not consent.given
        self.list.setVisible(not refused)
        self.list.setEnabled(not asking)
        had_keyboard = self.list.hasFocus()
        self.list.rows.show_rows(reuse_rows(self._known, dossier, self._language))
        self._show_use()
        if had_keyboard and not self._pick_first():
            self.exhausted.emit()

    def _show_use(self) -> None:
        dossier = self._session.dossier
        consent = consent_to_reuse(dossier) if dossier else None
        picked = self.list.picked()
        self.use.setVisible(bool(consent and consent.given and (self._known.offered or self._known.facts)))
        self.use.setEnabled(picked is not None)
        key = "use_fact" if isinstance(picked, KnownFact) else "use"
        self.use.setText(f"{self._language(f'reuse.{key}')} (Enter)")
        self.use.setAccessibleName(self._language(f"reuse.{key}"))

    def _pick_first(self) -> bool:
        first = next(iter((*self._known.offered, *self._known.facts)), None)
        return first is not None and self.list.pick(first)

    def _answer(self, *, given: bool) -> None:
        session, dossier = self._session, self._session.dossier
        if dossier is None:
            return
        desk = session.desk

        def then(_dossier: Dossier) -> None:
            if given and self._pick_first():
                self.list.setFocus()
            else:
                self.exhausted.emit()

        session.do(lambda: desk.reuse.consent(dossier.id, REUSE, given=given, by=desk.officer), then)

    def _on_use(self) -> None:
        session, dossier, picked = self._session, self._session.dossier, self.list.picked()
        if dossier is None or not self.use.isEnabled():
            return
        desk, dossier_id = session.desk, dossier.id
        if isinstance(picked, KnownPaper):
            session.do(lambda: desk.reuse.reuse_page(dossier_id, picked, desk.officer))
        elif isinstance(picked, KnownFact):
            self._asked_for = ("", "", 0)  # what is offered depends on the fact, too
            session.do(lambda: desk.reuse.reuse_page.fact(dossier_id, picked, desk.officer))

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        head = QHBoxLayout()
        head.addWidget(label(self._language("reuse.title"), "subtitle"))
        head.addStretch()
        head.addWidget(self.counts)
        column.addLayout(head)
        column.addWidget(self.ask)
        answers = QHBoxLayout()
        answers.setSpacing(8)
        answers.addWidget(self.agree)
        answers.addWidget(self.refuse)
        answers.addStretch()
        column.addLayout(answers)
        column.addWidget(self.list, 1)
        last = QHBoxLayout()
        last.addStretch()
        last.addWidget(self.use)
        column.addLayout(last)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in the list uses the row; elsewhere it is the step's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.list.hasFocus():
            self._on_use()
        else:
            super().keyPressEvent(event)
