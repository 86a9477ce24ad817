"""«Nhật ký»: what a supervisor sees of who did what, and nothing as programs write it."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from station.actions.read_trail import Asked
from station.errors import RuleError
from station.ui.administration.trail_panel import TrailPanel
from station.ui.administration.trail_table import COLUMNS
from station.ui.counter.window import CounterWindow
from station.verify_trail import WELL, verify_trail
from tests import people
from tests.ui.conftest import Counter

SNAKE = re.compile(r"\b[a-z]+_[a-z_]+\b")


@pytest.fixture
def panel(counter: Counter, window: CounterWindow, qtbot: QtBot) -> TrailPanel:
    """In front, after a dossier was sealed."""
    counter.identified()
    counter.sealed()
    counter.session.show(None)
    window.step_bar.administration.click()
    window.administration.enter(TrailPanel)
    shown = window.administration.shown
    assert isinstance(shown, TrailPanel)
    qtbot.waitUntil(lambda: bool(shown.table.lines) and shown.person.count() > 1)
    return shown


def cells(panel: TrailPanel) -> list[dict[str, str]]:
    model = panel.table
    return [
        {name: str(model.data(model.index(row, place))) for place, name in enumerate(COLUMNS)}
        for row in range(model.rowCount())
    ]


def test_every_line_is_told_in_words(panel: TrailPanel, counter: Counter) -> None:
    rows = cells(panel)
    number = counter.store.dossiers.find(limit=1)[0].number
    assert number is not None
    sealed = next(row for row in rows if row["deed"] == "chốt hồ sơ")
    assert sealed["dossier"] == number
    assert sealed["by"] == people.OFFICER.name
    assert any(row["by"] == "Công dân" for row in rows)
    assert rows[0]["deed"] == "xem nhật ký"
    assert [text for row in rows for text in row.values() if SNAKE.search(text)] == []


def test_lines_are_chosen_by_dossier_person_and_day(panel: TrailPanel, counter: Counter, qtbot: QtBot) -> None:
    every = panel.table.rowCount()
    panel.person.setCurrentIndex(panel.person.findData("citizen"))
    panel.person.activated.emit(panel.person.currentIndex())
    qtbot.waitUntil(lambda: 0 < panel.table.rowCount() < every)
    assert {row["by"] for row in cells(panel)} == {"Công dân"}
    panel.person.setCurrentIndex(0)
    panel.dossier.setText(str(counter.store.dossiers.find(limit=1)[0].number))
    panel.dossier.returnPressed.emit()
    qtbot.waitUntil(lambda: {row["by"] for row in cells(panel)} > {"Công dân"})
    assert {row["dossier"] for row in cells(panel)} == {panel.dossier.text()}
    panel.dossier.setText("TAM-0000")
    panel.dossier.returnPressed.emit()
    qtbot.waitUntil(lambda: panel.table.rowCount() == 0)
    assert panel.view.isHidden()


def test_the_chain_is_checked_and_a_changed_line_is_told(panel: TrailPanel, counter: Counter, qtbot: QtBot) -> None:
    panel.check.click()
    qtbot.waitUntil(panel.verdict.isVisible)
    assert panel.verdict.property("role") == "ok"
    with counter.store.audit._database.writing() as connection:
        connection.exec_driver_sql("DROP TRIGGER audit_is_never_edited")
        connection.exec_driver_sql("UPDATE audit SET by = 'lan.mau' WHERE seq = 2")
    panel.check.click()
    qtbot.waitUntil(lambda: panel.verdict.property("role") == "error")
    assert "dòng 2" in panel.verdict.text()


def test_the_exported_file_is_well_and_says_who_took_it(
    panel: TrailPanel, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "trail.jsonl"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(file), ""))
    monkeypatch.setattr("station.ui.administration.trail_panel.ask_second", lambda *_args: None)
    panel.export.click()
    assert not file.exists(), "nobody confirmed"
    vouch = panel.session.desk.trust.four_eyes.vouch
    monkeypatch.setattr(
        "station.ui.administration.trail_panel.ask_second",
        lambda _parent, _session, deed: vouch(deed, people.MINH.id, people.PASSPHRASE),
    )
    panel.export.click()
    qtbot.waitUntil(lambda: panel.verdict.isVisible() and file.exists())
    head = panel.session.desk.trust.trail.index(people.OFFICER.id)[0]

    assert verify_trail(file, [head.short, head.text], None, None, io.StringIO()) == WELL
    assert '"export_trail"' in file.read_text(encoding="utf-8")


def test_the_trail_is_not_exported_by_one_person_alone(panel: TrailPanel) -> None:
    written: list[bytes] = []
    export = panel.session.desk.trust.trail.export
    for second in ("", people.OFFICER.id, people.MINH.id):
        with pytest.raises(RuleError, match=r"people\.second_needed"):
            export(people.OFFICER.id, written.append, second)
    assert written == []


def test_nothing_stays_when_the_panel_is_left(panel: TrailPanel) -> None:
    panel.leave()
    assert panel.table.rowCount() == 0
    assert panel.person.count() == panel.day.count() == 0


def test_an_officer_without_the_role_reads_no_trail(counter: Counter) -> None:
    counter.session.desk.trust.attendance.sit(people.LAN)
    with pytest.raises(RuleError, match=r"people\.not_allowed"):
        counter.session.desk.trust.trail(people.LAN.id, Asked())


def test_who_looks_at_a_dossier_is_written_down_once_a_sitting(counter: Counter) -> None:
    desk, trail = counter.session.desk, counter.store.audit
    dossier = counter.identified()
    counter.session.show(None)
    desk.see(dossier.id, desk.officer)
    assert "see_dossier" not in [entry.deed for entry in trail.entries(dossier.id)]
    desk.trust.sign_in(people.MINH.id, people.PASSPHRASE)
    for _ in range(3):
        desk.see(dossier.id, people.MINH.id)
    desk.trust.sign_in(people.LAN.id, people.PASSPHRASE)
    desk.see(dossier.id, people.LAN.id)
    seen = [entry.by for entry in trail.entries(dossier.id) if entry.deed == "see_dossier"]
    assert seen == [people.LAN.id, people.MINH.id]


def test_a_search_by_number_is_a_line_without_the_number(counter: Counter) -> None:
    desk, trail = counter.session.desk, counter.store.audit
    counter.identified(id_number="001199000123")
    for words in ("001 199 000 123", "001199000123", "Nguyễn", "0011990"):
        desk.see.find(words, desk.officer, 10)
    (line,) = [entry for entry in trail.entries() if entry.deed == "search_by_number"]
    assert line.detail == {"number": counter.store.pseudonyms.of("001199000123")}
    assert "001199000123" not in "".join(trail.export("T01"))
