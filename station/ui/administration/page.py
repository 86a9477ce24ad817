"""«Quản trị máy»: the panels that who sits here may open, listed at the left, one at a time at the right."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from station.ui.administration.backup_panel import BackupPanel
from station.ui.administration.erasing_panel import ErasingPanel
from station.ui.administration.health_panel import HealthPanel
from station.ui.administration.hold_panel import HoldPanel
from station.ui.administration.keys_panel import KeysPanel
from station.ui.administration.ledger_panel import LedgerPanel
from station.ui.administration.my_data_panel import MyDataPanel
from station.ui.administration.panel import Panel
from station.ui.administration.passphrase_panel import PassphrasePanel
from station.ui.administration.people_panel import PeoplePanel
from station.ui.administration.trail_panel import TrailPanel
from station.ui.session import Session
from station.ui.widgets.buttons import button
from station.ui.widgets.empty import EmptyState
from station.ui.widgets.labels import label
from station.ui.widgets.rows import Row, RowList

ADMINISTRATION = "Ctrl+Shift+A"
"""Opens this page."""

PANELS: tuple[type[Panel], ...] = (
    LedgerPanel,
    BackupPanel,
    HealthPanel,
    TrailPanel,
    MyDataPanel,
    ErasingPanel,
    HoldPanel,
    PeoplePanel,
    PassphrasePanel,
    KeysPanel,
)


class AdministrationPage(QWidget):
    """Arrows choose a panel, Enter goes into it, Esc goes back."""

    left = Signal()

    def __init__(self, session: Session, panels: tuple[type[Panel], ...] = PANELS) -> None:
        super().__init__()
        self._session, self._language = session, session.language
        self.panels = tuple(panel(session) for panel in panels)
        self._shown: Panel | None = None
        say = self._language
        self.list = RowList()
        self.list.setAccessibleName(say("administration.title"))
        self._nothing = EmptyState()
        self._nothing.tell(say("administration.nothing"), say("administration.nothing_do"))
        self._stack = QStackedWidget()
        self._stack.addWidget(self._nothing)
        self._places = {panel: _scrolled(panel) for panel in self.panels}
        for place in self._places.values():
            self._stack.addWidget(place)
        self.back = button(say("administration.back"), self.left.emit, "secondary", "Esc")
        self._build()
        self.list.selectionModel().currentChanged.connect(lambda _now, _before: self._on_picked())
        self.list.activated.connect(lambda _index: self._on_entered())

    @property
    def shown(self) -> Panel | None:
        """The panel in front."""
        return self._shown

    def enter(self, wanted: type[Panel] | None = None) -> None:
        """The page has come to the front, with the wanted panel if it may be opened: that depends on who sits here."""
        may = self._session.desk.trust.permits.may
        offered = [panel for panel in self.panels if any(may(deed) for deed in panel.deeds)]
        say, before = self._language, self._shown
        self._shown = None
        self.list.rows.show_rows(
            [Row(say(panel.title_key), say(f"{panel.title_key}_hint"), None, panel) for panel in offered]
        )
        if offered:
            asked = next((panel for panel in offered if type(panel) is wanted), before)
            self.list.pick(asked if asked in offered else offered[0])
            self._on_picked()
            self.list.setFocus()
        else:
            self._stack.setCurrentWidget(self._nothing)
            self.back.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        """Something else came to the front, or the screens were locked: nothing of what was shown stays."""
        self._leave()
        super().hideEvent(event)

    def _leave(self) -> None:
        if self._shown is not None:
            self._shown.leave()

    def _build(self) -> None:
        self.list.setFixedWidth(300)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self.list)
        row.addWidget(self._stack, 1)
        bottom = QHBoxLayout()
        bottom.addWidget(self.back)
        bottom.addStretch()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(label(self._language("administration.title"), "title"))
        column.addLayout(row, 1)
        column.addLayout(bottom)

    def _on_picked(self) -> None:
        picked = self.list.picked()
        if not isinstance(picked, Panel) or picked is self._shown:
            return
        self._leave()
        self._shown = picked
        self._stack.setCurrentWidget(self._places[picked])
        picked.leave()  # an answer that came after it was hidden is for who asked
        picked.enter()
        self.list.setFocus()

    def _on_entered(self) -> None:
        if self._shown is not None:
            self._shown.enter()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _scrolled(panel: Panel) -> QScrollArea:
    """A panel may be longer than the screen where letters are large."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setFrameShape(QScrollArea.Shape.NoFrame)
    area.setWidget(panel)
    return area
