"""The way to the province without a line: what waits goes to a USB stick, and the answer comes back from one."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from station.dossier.courier import Taken, Written
from station.errors import StationError
from station.ui.session import Session
from station.ui.widgets.buttons import button
from station.ui.widgets.labels import label

WRITE, TAKE = "Alt+U", "Alt+N"


class CourierRow(QWidget):
    """One sentence, which says what came of it, and two buttons that rest while a stick is at work."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, say = session, session.language
        self.told = label(say("courier.note"), "hint", wrap=True)
        self.write = button(say("courier.write"), self._on_write, "secondary", WRITE)
        self.take = button(say("courier.take"), self._on_take, "secondary", TAKE)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.told, 1)
        row.addWidget(self.write)
        row.addWidget(self.take)

    def _on_write(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, self._session.language("courier.choose_stick"))
        if chosen:
            desk = self._session.desk
            self._begin()
            self._session.tasks.device(
                lambda: desk.courier.write_parcel(Path(chosen), desk.officer), self._written, self._failed, self._rest
            )

    def _on_take(self) -> None:
        say = self._session.language
        chosen, _filter = QFileDialog.getOpenFileName(
            self, say("courier.choose_answer"), filter=say("courier.answer_kind")
        )
        if chosen:
            desk = self._session.desk
            self._begin()
            self._session.tasks.device(
                lambda: desk.courier.take_answer(Path(chosen), desk.officer), self._taken, self._failed, self._rest
            )

    def _begin(self) -> None:
        self.write.setEnabled(False)
        self.take.setEnabled(False)
        self.told.setText(self._session.language("courier.busy"))

    def _end(self, said: str) -> None:
        self.write.setEnabled(True)
        self.take.setEnabled(True)
        self.told.setText(said)

    def _written(self, written: Written) -> None:
        key, files = "courier.written" if written.events else "courier.asked", ", ".join(written.files)
        self._end(self._session.language(key, events=written.events, pages=written.pages, files=files))

    def _taken(self, taken: Taken) -> None:
        figures = {name: getattr(taken, name) for name in ("received", "refused", "waiting", "changes")}
        self._end(self._session.language("courier.taken", **figures))

    def _failed(self, error: StationError) -> None:
        self._rest()
        self._session.failed.emit(error)

    def _rest(self) -> None:
        self._end(self._session.language("courier.note"))
