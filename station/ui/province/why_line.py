"""«Vì sao kẹt?» as it stands before the officer: one sentence that stays true by itself, and its code for IT."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from station.dossier.delivery import Delivery
from station.dossier.why_stuck import Why
from station.ui.province.why_words import code_to_copy, sign_of_why, why_sentence
from station.ui.session import Session
from station.ui.widgets.buttons import button, name
from station.ui.widgets.icon_label import IconLabel
from station.ui.widgets.labels import label

COPY = "Ctrl+Shift+C"
TICK = 1000


class WhyLine(QWidget):
    """Empty where there is nothing to explain. What it says of the next attempt counts down."""

    def __init__(self, session: Session, *, narrow: bool = False) -> None:
        """`narrow`: the button stands below the sentence."""
        super().__init__()
        self._session, self._language = session, session.language
        self._why: Why | None = None
        self._number = ""
        self.sign = IconLabel("state-waiting", 20)
        self.sentence = label(wrap=True)
        self.sentence.setObjectName("why")
        self.copy = button(self._language("province.why.copy"), self._on_copy, "quiet", COPY)
        self._told = QWidget()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._told)
        grid = QGridLayout(self._told)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        grid.setColumnStretch(1, 1)
        grid.addWidget(self.sign, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self.sentence, 0, 1)
        grid.addWidget(self.copy, int(narrow), 1 if narrow else 2, Qt.AlignmentFlag.AlignLeft)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._clock = QTimer(self, interval=TICK)
        self._clock.timeout.connect(self._show)
        self.show_why(None)

    @property
    def why(self) -> Why | None:
        """What is explained here."""
        return self._why

    def show_why(self, why: Why | None, delivery: Delivery = Delivery.WAITING, number: str = "") -> None:
        """Explain this; None leaves the line empty."""
        self._why, self._number = why, number
        self._told.setVisible(why is not None)  # in one: each widget that appears lays out the whole window
        if why is None:
            self._clock.stop()
            self.sentence.setText("")
            return
        self.sign.show_icon(sign_of_why(delivery, why))
        name(self.copy, self._language("province.why.copy"), COPY)
        self.copy.setToolTip(why.it_code)
        self._show()
        if why.next_attempt is not None:
            self._clock.start()
        else:
            self._clock.stop()

    def _show(self) -> None:
        if self._why is not None:
            told = why_sentence(self._why, self._session.desk.queue.now(), self._language)
            if told != self.sentence.text():
                self.sentence.setText(told)

    def _on_copy(self) -> None:
        if self._why is not None:
            now = self._session.desk.queue.now()
            QGuiApplication.clipboard().setText(code_to_copy(self._why, self._number, now, self._language))
            name(self.copy, self._language("province.why.copied_now"), COPY)
