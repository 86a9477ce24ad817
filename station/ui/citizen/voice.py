"""The language of the citizen's screen alone: the officer's goes on as it was."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from station.language import Language
from station.ui.session import Session

OTHER = {"vi": "en", "en": "vi"}
NAMES = {"vi": "Tiếng Việt", "en": "English"}
"""Each by its own name: who looks for it can read that."""


class Voice(QObject):
    """Called like a `Language`. Every citizen begins with the station's own."""

    changed = Signal()

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session = session
        self._spoken = {session.language.name: session.language}
        self.language: Language = session.language

    def __call__(self, key: str, /, **values: object) -> str:
        return self.language(key, **values)

    @property
    def other_name(self) -> str:
        """What the button says that changes it."""
        return NAMES[OTHER[self.language.name]]

    def change(self) -> None:
        """Speak the other language."""
        self._speak(OTHER[self.language.name])

    def begin_again(self) -> None:
        """The next citizen did not choose."""
        self._speak(self._session.language.name)

    def _speak(self, name: str) -> None:
        if name == self.language.name:
            return
        if name not in self._spoken:
            self._spoken[name] = Language.load(name).with_sentences(self._session.desk.kinds.sentences(name))
        self.language = self._spoken[name]
        self.changed.emit()
