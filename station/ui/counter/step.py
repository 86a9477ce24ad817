"""One step of the work at the counter, as a page of the officer's window."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from station.dossier.dossier import Dossier
from station.ui.session import Session


class Step(QWidget):
    """A page that shows one thing. It asks the session for deeds and follows the session's dossier."""

    name = ""
    """Key under `[step]` in `resources/i18n`, and the object name."""

    finished = Signal()
    """The officer is done here: the window goes to the next step."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session, self.language = session, session.language
        self.setObjectName(self.name)

    def refresh(self, dossier: Dossier | None) -> None:
        """Show the dossier as it now stands; called while the page is visible and before it is."""

    def enter(self) -> None:
        """The page has come to the front: put the keyboard where the work begins."""
        self.setFocus()

    def leave(self) -> None:
        """The page is about to be hidden."""
