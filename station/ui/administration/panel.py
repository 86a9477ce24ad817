"""One panel of «Quản trị máy»."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QWidget

from station.actions.permits import Deed
from station.ui.session import Session


class Panel(QWidget):
    """Shows one thing to those who may do at least one of its deeds; the deeds themselves ask again."""

    title_key: ClassVar[str] = ""
    """Key in `resources/i18n`; `<title_key>_hint` says in a line what the panel is for."""
    deeds: ClassVar[frozenset[Deed]] = frozenset()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session, self.language = session, session.language
        self.setObjectName(self.title_key.replace(".", "_"))

    def enter(self) -> None:
        """The panel has come to the front: ask for what it shows, and put the keyboard where the work begins."""
        self.setFocus()

    def leave(self) -> None:
        """The panel is about to be hidden, or somebody else sits down: nothing that was shown stays."""
