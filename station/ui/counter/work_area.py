"""Where everything stands in the officer's window: header, steps at the left, messages and the page, status below."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from station.ui.counter.aside_bar import AsideBar
from station.ui.counter.checklist_strip import ChecklistStrip
from station.ui.counter.colleague_line import colleagues
from station.ui.counter.header import Header
from station.ui.counter.pages import Pages
from station.ui.counter.review import ReviewStep
from station.ui.counter.seal import SealStep
from station.ui.counter.status_line import StatusLine
from station.ui.counter.step_bar import StepBar
from station.ui.devices import DeviceList
from station.ui.messages import MessageBar
from station.ui.session import Session

_WITHOUT_PAPERS = frozenset({ReviewStep.name, SealStep.name})
"""Steps that have no list of papers of their own."""


class WorkArea(QWidget):
    """What frames the page, and follows which one is in front."""

    def __init__(self, session: Session, devices: DeviceList, pages: Pages) -> None:
        super().__init__()
        self._session, self._pages = session, pages
        self.setObjectName("work")
        self.header, self.status = Header(session), StatusLine(session, devices)
        self.step_bar, self.messages = StepBar(session.language), MessageBar(session.language)
        self.aside = AsideBar(session.language, lambda: colleagues(session.desk))
        self.checklist = ChecklistStrip(session)
        self._build()
        pages.turned.connect(self._on_turned)

    def show_checklist(self) -> None:
        """In one line below a step without papers, while there are any to tell of."""
        wanted = self._pages.step.name in _WITHOUT_PAPERS and not self._pages.covered
        self.checklist.setVisible(wanted and self.checklist.show_dossier(self._session.dossier))

    def _on_turned(self) -> None:
        self.step_bar.set_current(self._pages.step.name)
        self.show_checklist()

    def _build(self) -> None:
        right = QVBoxLayout()
        right.setContentsMargins(16, 12, 16, 12)
        right.setSpacing(10)
        right.addWidget(self.messages)
        right.addWidget(self.aside)
        right.addWidget(self._pages, 1)
        right.addWidget(self.checklist)
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.step_bar)
        middle.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addLayout(middle, 1)
        column.addWidget(self.status)
