"""One counter for a test: the real window over the real store, without scanners, readers and a hub."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from PySide6.QtCore import SignalInstance
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station.dossier.confirmation import questions
from station.dossier.dossier import Dossier
from station.dossier.entry import Verdict
from station.language import Language
from station.paths import DataFolder
from station.store.keys import Keys
from station.store.store import Store
from station.ui import theme
from station.ui.counter.window import CounterWindow
from station.ui.session import Session
from station.ui.tasks import Tasks
from tests.ui.desk import KINDS, make_desk
from tests.ui.fakes import PatientGate, ScriptedReader, Switch, TrayOfPictures

PATIENCE = 60_000
"""Milliseconds: what never comes is found all the same, and how slow a machine is, is not what is tested."""


class PatientBot(QtBot):
    """The officer's hands and eyes, which wait as long as a machine that has other things to do may need."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE) -> None:
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: SignalInstance, *, timeout: int = PATIENCE, **how: Any) -> Any:
        return super().waitSignal(signal, timeout=timeout, **how)

    def waitExposed(self, widget: Any, *, timeout: int = PATIENCE) -> Any:
        return super().waitExposed(widget, timeout=timeout)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    return PatientBot(request)


@dataclass
class Counter:
    """Everything at one counter that a test may want to turn."""

    session: Session
    store: Store
    sources: TrayOfPictures
    reader: ScriptedReader
    connection: Switch
    gate: PatientGate

    def open(self, procedure: str = "1.001193") -> Dossier:
        """Open a dossier and put it on the counter."""
        desk = self.session.desk
        dossier = desk.open_dossier(procedure, desk.officer)
        self.session.show(dossier)
        return dossier

    def identified(
        self, name: str = "Nguyễn Thị Đăng", id_number: str = "001199000123", residence: str = ""
    ) -> Dossier:
        """Open a dossier whose person was typed."""
        desk, dossier = self.session.desk, self.open()
        values = {"full_name": name, "id_number": id_number, "birth_date": "1999-03-05", "sex": "female"}
        values |= {"residence": residence} if residence else {}
        self.session.take(desk.identify_person.by_hand(dossier.id, values, desk.officer))
        assert self.session.dossier is not None
        return self.session.dossier

    def sealed(self) -> Dossier:
        """Do what the law asks of the dossier on the counter, and seal it."""
        desk, dossier = self.session.desk, self.session.dossier
        assert dossier is not None
        procedure = desk.procedures.get(dossier.procedure_code)
        for paper in procedure.papers:
            if paper.required:
                dossier = desk.note_paper(dossier.id, paper.key, True, desk.officer)
        for entry in questions(dossier):
            dossier = desk.confirm_by_citizen(dossier.id, entry.id, entry.value, Verdict.RIGHT)
        dossier = desk.seal_dossier(dossier.id, desk.officer, despite_warnings=True)
        self.session.take(dossier)
        return dossier


@pytest.fixture(scope="session")
def language() -> Language:
    return Language.load("vi").with_sentences(KINDS.sentences("vi"))


@pytest.fixture(scope="session")
def dressed(qapp: QApplication) -> QApplication:
    theme.apply(qapp)
    return qapp


@pytest.fixture
def counter(dressed: QApplication, qtbot: QtBot, tmp_path: Path, language: Language) -> Iterator[Counter]:
    keys = Keys.derived_from(secrets.token_bytes(32))
    with Store.open(DataFolder(tmp_path / "station"), keys) as store:
        sources, reader, connection = TrayOfPictures(), ScriptedReader(), Switch()
        gate = PatientGate()
        tasks = Tasks()
        desk = make_desk(store, sources, reader, connection, gate=gate)
        yield Counter(Session(desk, language, tasks), store, sources, reader, connection, gate)
        sources.gate.set()
        tasks.close()


@pytest.fixture
def window(counter: Counter, qtbot: QtBot) -> CounterWindow:
    """The officer's window as it stands on a small counter screen, with the keyboard."""
    made = CounterWindow(counter.session)
    qtbot.addWidget(made)
    made.resize(1366, 768)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made
