"""«Quản trị máy» at the largest letters on a small screen: no panel runs out of it, and no words are clipped."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QScrollArea
from pytestqt.qtbot import QtBot

from station.language import Language
from station.ui import theme
from station.ui.appearance import Appearance, Mode
from station.ui.counter.window import CounterWindow
from station.ui.session import Session
from tests.ui.conftest import Counter
from tests.ui.desk import KINDS
from tests.ui.test_pseudo_translation import clipped


@pytest.fixture
def large(dressed: QApplication) -> Iterator[None]:
    theme.apply(dressed, Appearance(Mode.LIGHT, 140))
    yield
    theme.apply(dressed)


@pytest.mark.usefixtures("large")
@pytest.mark.parametrize("tongue", ["vi", "en"])
def test_every_panel_fits_the_width_of_a_small_screen(counter: Counter, qtbot: QtBot, tongue: str) -> None:
    language = Language.load(tongue).with_sentences(KINDS.sentences(tongue))
    window = CounterWindow(Session(counter.session.desk, language, counter.session.tasks))
    qtbot.addWidget(window)
    window.resize(1366, 768)
    window.show()
    window.step_bar.administration.click()
    page, found = window.administration, {}
    for panel in page.panels:
        page.list.pick(panel)
        qtbot.wait(50)
        area = next(one for one in page.findChildren(QScrollArea) if one.widget() is panel)
        over = area.horizontalScrollBar().maximum()
        found[panel.title_key] = [*clipped(panel), *([f"{over} pixels too wide"] if over else [])]
    assert len(found) == len(page.panels)
    assert not {title: words for title, words in found.items() if words}
