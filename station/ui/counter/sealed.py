"""A sealed dossier: its number, its receipt, and how far it has got on its way to the hub."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QByteArray, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from station.dossier.delivery import Delivery, Progress
from station.dossier.dossier import Dossier
from station.dossier.hub_changes import HubWord
from station.dossier.retention import Hold
from station.dossier.why_stuck import why
from station.ui.counter.forms_page import FORMS
from station.ui.province.case_lines import CaseLines
from station.ui.province.why_line import WhyLine
from station.ui.session import Session
from station.ui.widgets.buttons import button, name
from station.ui.widgets.labels import label, set_role
from station.ui.widgets.page_image import PageImage
from station.ui.words import delivery_words, hold_words, is_asked, receipt_words, time_words

_ROLES = {Delivery.RECEIVED: "ok", Delivery.REFUSED: "error"}
SENTENCE_LINES = 4


class SealedView(QWidget):
    """Left what happened and what to do, right the receipt as it will be printed."""

    print_asked = Signal()
    forms_asked = Signal()
    correction_asked = Signal()
    done = Signal()
    acknowledged = Signal(str)
    """Dossier id: the hub has it, and the receipt shown here does not say so yet."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._language = session, session.language
        self._dossier_id: str | None = None
        self._asked = 0
        self._acknowledged = self._has_receipt = False
        self.number = label(role="person")
        self.number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.due = label(wrap=True)
        self.delivery, self.sentence = label(wrap=True), label(role="hint", wrap=True)
        self.held = label(role="error", wrap=True)
        self.why, self.case = WhyLine(session, narrow=True), CaseLines(session.language)
        self.delivery.setObjectName("delivery")
        # Room for the longest sentence from the start: it comes later, and would else be cut off.
        for sentence in (self.sentence, self.why.sentence):
            sentence.setMinimumHeight(SENTENCE_LINES * sentence.fontMetrics().lineSpacing())
            sentence.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self.print_button = button(self._language("seal.print"), self.print_asked.emit, "secondary", "Ctrl+P")
        self.forms_button = button(self._language("forms.open"), self.forms_asked.emit, "secondary")
        name(self.forms_button, self._language("forms.open"), FORMS)  # the window listens to the key
        self.correct_button = button(
            self._language("province.correction.open"), self.correction_asked.emit, "secondary", "Ctrl+E"
        )
        self.done_button = button(self._language("seal.done"), self.done.emit, "primary", "Enter")
        self.receipt = PageImage(self._language("seal.receipt"))
        self._build()

    def _build(self) -> None:
        card = QFrame()
        card.setProperty("role", "card")
        told = QVBoxLayout(card)
        told.setContentsMargins(20, 18, 20, 18)
        told.setSpacing(8)
        told.addWidget(label(self._language("seal.number"), "hint"))
        told.addWidget(self.number)
        told.addSpacing(8)
        told.addWidget(label(self._language("seal.due"), "hint"))
        told.addWidget(self.due)
        told.addSpacing(8)
        told.addWidget(label(self._language("seal.delivery"), "hint"))
        told.addWidget(self.delivery)
        told.addWidget(self.sentence)
        told.addWidget(self.why)
        told.addWidget(self.case)
        told.addWidget(self.held)
        buttons = QHBoxLayout()
        buttons.addWidget(self.print_button)
        buttons.addWidget(self.forms_button)
        buttons.addWidget(self.correct_button)
        buttons.addStretch()
        last = QHBoxLayout()
        last.addStretch()
        last.addWidget(self.done_button)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(label(self._language("seal.sealed"), "title"))
        left.addWidget(card)
        left.addWidget(label(self._language("seal.two_copies"), "hint", wrap=True))
        left.addStretch()
        left.addLayout(buttons)
        left.addLayout(last)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addLayout(left, 9)
        row.addWidget(self.receipt, 11)

    def show_dossier(self, dossier: Dossier) -> None:
        """Number, promised time and delivery."""
        if dossier.id != self._dossier_id:
            self.forget()
        self._dossier_id = dossier.id
        self.number.setText(dossier.number or "")
        self.due.setText(time_words(dossier.due_at, self._language) if dossier.due_at else "")
        self.show_delivery(dossier.id)
        self._ask_hold(dossier.id)

    def show_delivery(self, dossier_id: str) -> None:
        """How far it has got, as the store and the line know now."""
        self._asked += 1
        asked, dossiers = self._asked, self._session.desk.dossiers

        def show(progress: Progress | None) -> None:
            if asked == self._asked:  # answers may overtake each other
                self._on_progress(dossier_id, progress)

        self._session.tasks.look(lambda: dossiers.progress(dossier_id), show, self._session.failed.emit)
        self._ask_case(dossier_id)

    @property
    def has_receipt(self) -> bool:
        """Whether the receipt that stands here says how things are now."""
        return self._has_receipt

    @property
    def received(self) -> bool:
        """Whether it says here that the hub has the dossier."""
        return self._acknowledged

    def show_receipt(self, dossier_id: str, pages: Sequence[bytes]) -> None:
        """The first copy; the second is the same. One that comes too late, for another dossier, is dropped."""
        if dossier_id == self._dossier_id:
            self._has_receipt = True
            self.receipt.show_picture(QImage.fromData(QByteArray(pages[0])))

    def forget(self) -> None:
        """The counter is free: nothing of the last citizen stays in here."""
        self._dossier_id = None
        self._acknowledged = self._has_receipt = False
        self.receipt.show_picture(None)
        for text in (self.number, self.due, self.delivery, self.sentence, self.held):
            text.setText("")
        self.held.hide()
        self.why.show_why(None)
        self.case.show_word(None, self._session.desk.queue.now())

    def _ask_hold(self, dossier_id: str) -> None:
        hold = self._session.desk.forgetting.hold

        def show(found: Hold | None) -> None:
            if dossier_id == self._dossier_id:
                self.held.setVisible(found is not None)
                self.held.setText(hold_words(found, self._language) if found else "")

        self._session.tasks.look(lambda: hold.of(dossier_id), show, self._session.failed.emit)

    def _ask_case(self, dossier_id: str) -> None:
        """What the province has told of it since the seal."""
        desk = self._session.desk

        def show(word: HubWord) -> None:
            if dossier_id == self._dossier_id:
                self.case.show_word(word, desk.queue.now())

        self._session.tasks.look(lambda: desk.hub.changes_of(dossier_id), show, self._session.failed.emit)

    def _on_progress(self, dossier_id: str, progress: Progress | None) -> None:
        if dossier_id != self._dossier_id:
            return
        progress = self._session.desk.connection.seen(progress) if progress else None
        received = progress is not None and progress.delivery is Delivery.RECEIVED
        if received and not self._acknowledged:
            self._acknowledged, self._has_receipt = True, False
            self.acknowledged.emit(dossier_id)
        self.delivery.setText(delivery_words(progress, self._language))
        role = _ROLES.get(progress.delivery, "text") if progress else "text"
        set_role(self.delivery, "warning" if is_asked(progress) else role)
        link = self._session.desk.connection.link()
        told = why(progress, link, self._session.desk.queue.now()) if progress else None
        self.why.setVisible(told is not None)
        self.why.show_why(told, progress.delivery if progress else Delivery.WAITING, self.number.text())
        receipt = progress.receipt if progress else None
        self.sentence.setVisible(receipt is not None)
        self.sentence.setText(receipt_words(receipt, self._language) if receipt else "")
