"""Where the officer asks for a signature on the citizen's screen, and sees whether there is one."""

from __future__ import annotations

from PySide6.QtWidgets import QFrame, QVBoxLayout

from station.dossier.dossier import Dossier, State
from station.ui.session import CitizenView, Session
from station.ui.widgets.buttons import button
from station.ui.widgets.labels import label, set_role
from station.ui.words import time_words


class SignBar(QFrame):
    """A signature is never required here; the law of the procedure says when paper wants one."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._language = session, session.language
        self._dossier: Dossier | None = None
        self.setProperty("role", "card")
        self.state = label(role="hint", wrap=True)
        say = self._language
        self.ask = button(say("sign.ask"), self._on_ask, "secondary", "Ctrl+K")
        self.remove = button(say("sign.remove"), self._on_remove, "quiet", "Ctrl+Shift+K")
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(label(say("sign.title"), "subtitle"))
        column.addWidget(self.state)
        column.addWidget(self.ask)
        column.addWidget(self.remove)

    def show_dossier(self, dossier: Dossier | None) -> None:
        """Whether the citizen has signed, and whether what they signed still stands as it stood."""
        self._dossier = dossier
        signature = dossier.signature if dossier else None
        open_ = dossier is not None and dossier.state is State.OPEN
        self.ask.setEnabled(open_)
        self.remove.setVisible(open_ and signature is not None)
        if dossier is None or signature is None:
            self.state.setText(self._language("sign.none"))
            set_role(self.state, "hint")
            return
        changed = any(made.at > signature.at for entry in dossier.entries for made in entry.corrections)
        key = "sign.changed" if changed else "sign.signed"
        self.state.setText(self._language(key, at=time_words(signature.at, self._language)))
        set_role(self.state, "warning" if changed else "ok")

    def _on_ask(self) -> None:
        if self._dossier is not None:
            self._session.let_citizen_see(CitizenView.SIGN)

    def _on_remove(self) -> None:
        if self._dossier is not None:
            desk, dossier_id = self._session.desk, self._dossier.id
            self._session.do(lambda: desk.service.sign_on_screen.undo(dossier_id, desk.officer))
