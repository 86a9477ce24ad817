"""Long names and many values fit: nothing runs out of the window or hides a button."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from station import paths
from station.language import Language
from station.ui.counter.window import CounterWindow
from station.ui.session import Session
from tests.ui.conftest import Counter
from tests.ui.desk import make_desk
from tests.ui.fakes import ScriptedReader, Switch, TrayOfPictures, picture, reading

LONG = ("Đăng ký lại khai sinh có yếu tố nước ngoài cho người đã có hồ sơ, giấy tờ cá nhân " * 3)[:200]
NAME = "Công Tằng Tôn Nữ Thị Huyền Trân Nguyễn Phúc Đoan Trang Hoàng Lê Bảo Ngọc Quỳnh Như Thiên Kim Ánh Dương"


@pytest.fixture
def long_procedures(tmp_path: Path) -> Path:
    folder = tmp_path / "procedures"
    shutil.copytree(paths.resources() / "procedures", folder)
    file = folder / "1.001193.toml"
    text = file.read_text("utf-8")
    file.write_text(text.replace('"Đăng ký khai sinh"', f'"{LONG}"').replace('"Giấy chứng sinh"', f'"{LONG}"'), "utf-8")
    return folder


@pytest.mark.parametrize("size", [(1280, 720), (1366, 768), (1920, 1080)])
def test_every_button_of_every_step_stays_inside_the_window(
    counter: Counter, qtbot: QtBot, language: Language, long_procedures: Path, size: tuple[int, int]
) -> None:
    reader, sources = ScriptedReader(), TrayOfPictures()
    desk = make_desk(counter.store, sources, reader, Switch(), practice=True, procedures=long_procedures)
    session = Session(desk, language, counter.session.tasks)
    window = CounterWindow(session)
    qtbot.addWidget(window)
    window.resize(*size)
    window.show()
    dossier = desk.open_dossier("1.001193", desk.officer)
    session.show(dossier)
    session.take(
        desk.identify_person.by_hand(dossier.id, {"full_name": NAME, "id_number": "001199000123"}, desk.officer)
    )
    reader.script = [reading("residence_form", 120)]
    sources.tray = [picture(LONG)]
    window.go_to("scan")
    qtbot.waitUntil(window.scan.scan.isEnabled)
    window.scan.scan.click()
    qtbot.waitUntil(lambda: bool(session.dossier and len(session.dossier.entries) > 100))
    for step in window.steps:
        window.go_to(step)
        qtbot.wait(20)
        assert (window.width(), window.height()) == size, step
        for button in window.findChildren(QPushButton):
            if button.isVisible():
                place = QRect(button.mapTo(window, button.rect().topLeft()), button.size())
                assert window.rect().contains(place), (step, button.text())
                assert button.width() >= button.sizeHint().width() or button.property("step"), (step, button.text())
