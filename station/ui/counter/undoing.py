"""Ctrl+Z and Ctrl+Shift+Z: the last deed on the open dossier, and in a field the last letters typed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QLineEdit, QPlainTextEdit, QWidget

from station.actions.undo import Undo
from station.dossier.dossier import Dossier, State
from station.dossier.taking_back import Step
from station.language import Language
from station.ui.session import Session
from station.ui.words import field_words

_OWN = (QKeySequence.StandardKey.Undo, QKeySequence.StandardKey.Redo)


class Undoing(QObject):
    """Takes deeds back for one window. A field with something typed in it keeps the keys for its own letters."""

    told = Signal(str, str)
    """What was taken back, and how to have it again."""

    def __init__(self, session: Session, window: QWidget) -> None:
        super().__init__(window)
        self._session, self._window = session, window
        self._field: QWidget | None = None
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus_changed)

    @property
    def possible(self) -> bool:
        """Whether there is a deed to take back."""
        dossier = self._session.dossier
        return dossier is not None and dossier.state is State.OPEN and self._undo.can_undo(dossier.id)

    def undo(self) -> None:
        self._run(self._undo.__call__, "undone")

    def redo(self) -> None:
        self._run(self._undo.redo, "redone")

    @property
    def _undo(self) -> Undo:
        return self._session.desk.queue.undo

    def _run(self, deed: Callable[[str, str], tuple[Dossier, Step]], told: str) -> None:
        session, dossier = self._session, self._session.dossier
        if dossier is None or dossier.state is not State.OPEN or session.locked:
            return

        def done(answer: tuple[Dossier, Step]) -> None:
            session.take(answer[0])
            session.read_missing()
            what = deed_words(answer[1], session.language)
            self.told.emit(session.language(f"undo.{told}", what=what), session.language(f"undo.{told}_do"))

        session.tasks.write(lambda: deed(dossier.id, session.desk.officer), done, session.failed.emit)

    def _on_focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        if self._field is not None:
            self._field.removeEventFilter(self)
            self._field = None
        if isinstance(now, QLineEdit | QPlainTextEdit | QAbstractSpinBox) and self._window.isAncestorOf(now):
            now.installEventFilter(self)
            self._field = now

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A field takes these keys for itself even where it has nothing to take back: then they are the window's."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            undo, redo = (event.matches(keys) for keys in _OWN)
            if (undo and not _can_undo(watched)) or (redo and not _can_redo(watched)):
                event.ignore()
                return True
        return False


def deed_words(step: Step, language: Language) -> str:
    """«sửa giá trị – Họ, chữ đệm và tên»: the deed, and of what."""
    deed = language(f"undo.deed.{step.deed}")
    if step.deed == "identify_person":
        return deed
    if page := step.page:
        return language("undo.of_page", deed=deed, page=page.number)
    if entry := step.entry:
        return language("undo.of_field", deed=deed, field=field_words(entry.key, language))
    return deed


def _can_undo(field: QObject) -> bool:
    if isinstance(field, QPlainTextEdit):
        return field.document().isUndoAvailable()
    line = _line_of(field)
    return line is not None and line.isUndoAvailable()


def _can_redo(field: QObject) -> bool:
    if isinstance(field, QPlainTextEdit):
        return field.document().isRedoAvailable()
    line = _line_of(field)
    return line is not None and line.isRedoAvailable()


def _line_of(field: QObject) -> QLineEdit | None:
    """A number or a date is typed into a line inside it."""
    return field if isinstance(field, QLineEdit) else field.findChild(QLineEdit)
