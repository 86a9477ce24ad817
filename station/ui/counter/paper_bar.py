"""Which paper the picked page belongs to: the machine's guess, and the keys that confirm or change it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from station.dossier.dossier import Dossier, State
from station.dossier.grouping import papers
from station.dossier.page import Page
from station.dossier.papers import Paper, Place, Plain
from station.ui.paper_words import pages_words, paper_words, why_words
from station.ui.session import Session
from station.ui.widgets.buttons import button, name
from station.ui.widgets.elided_box import ElidedBox
from station.ui.widgets.labels import ElidedLabel

JOIN, SPLIT = "Ctrl+J", "Ctrl+B"
_NEW = ""


class PaperBar(QWidget):
    """Joins and splits through the session; `settled` says that a page which was asked about has its answer."""

    settled = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._language = session, session.language
        self._dossier: Dossier | None = None
        self._paper: Paper | None = None
        self._place: Place | None = None
        self.question = ElidedLabel(role="warning")
        self.choice = ElidedBox(letters=8)
        self.choice.setAccessibleName(self._language("pile.belongs"))
        self.join = button(self._language("pile.join"), self._on_join, "secondary", JOIN)
        self.split = button(self._language("pile.split"), self._on_split, "secondary", SPLIT)
        row = QHBoxLayout()
        row.setSpacing(10)
        caption = QLabel(self._language("pile.belongs"))
        caption.setBuddy(self.choice)
        row.addWidget(caption)
        row.addWidget(self.choice, 1)
        row.addWidget(self.join)
        row.addWidget(self.split)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.question)
        column.addLayout(row)
        self.choice.activated.connect(lambda _index: self._on_chosen(self.choice.currentData()))

    def show_page(self, dossier: Dossier | None, page: Page | None) -> None:
        """Where the page belongs, as far as is known; nothing where there is nothing to choose."""
        self._dossier, self._paper, self._place = dossier, None, None
        choosable = dossier is not None and page is not None and len(dossier.pages) > 1
        self.setVisible(choosable)
        if dossier is None or page is None or not choosable:
            self.choice.clear()
            return
        all_papers = papers(dossier)
        self._paper = next(paper for paper in all_papers if page in paper.pages)
        self._place = next(place for place in self._paper.places if place.page == page)
        self._show_choices(dossier, all_papers, page)
        self._show_question(page, self._place)
        self._show_deeds(dossier, self._paper, self._place)

    def _show_choices(self, dossier: Dossier, all_papers: tuple[Paper, ...], page: Page) -> None:
        self.choice.clear()
        for paper in all_papers:
            pages = pages_words(paper, self._language)
            words = self._language(
                "pile.choice", number=paper.number, name=paper_words(dossier, paper, self._language), pages=pages
            )
            self.choice.addItem(words, paper.id)
        if self._paper and self._paper.id != page.id:
            self.choice.addItem(self._language("pile.new"), _NEW)
        self.choice.setCurrentIndex(self.choice.findData(self._paper.id if self._paper else None))

    def _show_question(self, page: Page, place: Place) -> None:
        ask = self._language("pile.ask", page=page.number)
        if place.why is Plain.DECIDED:
            told = self._language("pile.decided")
        else:
            key = "pile.guess" if place.goes_with else "pile.guess_new"
            told = self._language(key, why=why_words(place, self._language))
        self.question.setText(f"{ask} {told}")
        self.question.setVisible(place.unsure)
        self.choice.setToolTip(told)
        self.choice.setAccessibleName(ask)
        self.choice.setAccessibleDescription(told)

    def _show_deeds(self, dossier: Dossier, paper: Paper, place: Place) -> None:
        begins, decided = place.goes_with is None, place.why is Plain.DECIDED
        name(self.join, self._language("pile.join" if begins else "pile.join_right"), JOIN)
        name(self.split, self._language("pile.split_right" if begins and place.unsure else "pile.split"), SPLIT)
        is_open = dossier.state is State.OPEN
        self.choice.setEnabled(is_open)
        self.join.setEnabled(is_open and (paper.number > 1 if begins else not decided))
        self.split.setEnabled(is_open and not (begins and not place.unsure))

    def _on_join(self) -> None:
        """To the paper before; a page that is joined already is confirmed where it is."""
        if self._dossier and self._paper and self._place:
            before = papers(self._dossier)[self._paper.number - 2] if self._place.goes_with is None else self._paper
            self._on_chosen(before.id)

    def _on_split(self) -> None:
        self._on_chosen(_NEW)

    def _on_chosen(self, paper_id: str) -> None:
        """One of the papers, or a new one; the page's own paper again confirms the guess."""
        dossier, place, desk = self._dossier, self._place, self._session.desk
        if dossier is None or place is None:
            return
        page_id, unsure = place.page.id, place.unsure

        def done(_dossier: Dossier) -> None:
            if unsure:
                self.settled.emit()

        if paper_id in (_NEW, page_id):
            self._session.do(lambda: desk.split_paper(dossier.id, page_id, desk.officer), done)
        else:
            self._session.do(lambda: desk.join_pages(dossier.id, page_id, paper_id, desk.officer), done)
