"""Đúng – đủ – sạch – sống at the seal: four scores, and on Enter the sentences behind each."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from station.dossier.quality import Aspect
from station.language import Language
from station.ui.counter.quality_bar import QualityBar
from station.ui.counter.window import CounterWindow
from tests.ui.conftest import Counter


@pytest.fixture
def bar(window: CounterWindow, counter: Counter, qtbot: QtBot) -> QualityBar:
    counter.identified()
    window.go_to("seal")
    qtbot.waitUntil(window.seal.quality.isVisible)
    return window.seal.quality


def pressed(bar: QualityBar, aspect: Aspect) -> QPushButton:
    made = bar.buttons[aspect]
    made.setFocus()
    return made


def test_each_score_is_a_labelled_number_and_a_screen_reader_says_it_in_words(
    bar: QualityBar, counter: Counter, language: Language
) -> None:
    dossier = counter.session.dossier
    assert dossier is not None
    quality = counter.session.desk.seal_dossier.quality(dossier)
    for aspect, made in bar.buttons.items():
        name, value = language(f"quality.{aspect.value}"), quality.of(aspect).value
        assert made.text() == f"{name}  {value}"
        assert made.accessibleName() == language("quality.score", aspect=name, value=value)
        assert made.accessibleDescription() == language(f"quality.means.{aspect.value}")


def test_enter_opens_the_reasons_and_escape_closes_them(
    bar: QualityBar, window: CounterWindow, qtbot: QtBot, language: Language
) -> None:
    qtbot.keyClick(pressed(bar, Aspect.COMPLETE), Qt.Key.Key_Return)
    assert bar.reasons.isVisible()
    assert bar.reasons.hasFocus()
    told = [row.title for row in bar.reasons.rows.rows]
    residence = language("finding.quality.person_lacks", field=language("field.person.residence"))
    assert residence in told
    qtbot.keyClick(bar.reasons, Qt.Key.Key_Escape)
    assert not bar.reasons.isVisible()
    assert bar.buttons[Aspect.COMPLETE].hasFocus()
    assert window.current == "seal"


def test_enter_on_a_reason_goes_where_it_is_mended(bar: QualityBar, window: CounterWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(pressed(bar, Aspect.COMPLETE), Qt.Key.Key_Return)
    reason = next(row.data for row in bar.reasons.rows.rows if getattr(row.data, "code", "") == "quality.person_lacks")
    assert bar.reasons.pick(reason)
    qtbot.keyClick(bar.reasons, Qt.Key.Key_Return)
    assert window.current == "identify"


def test_where_nothing_is_lost_the_panel_says_so(bar: QualityBar, qtbot: QtBot, language: Language) -> None:
    qtbot.keyClick(pressed(bar, Aspect.CURRENT), Qt.Key.Key_Space)
    assert [row.title for row in bar.reasons.rows.rows] == [language("quality.no_reasons")]


def test_the_scores_follow_the_dossier(bar: QualityBar, counter: Counter, qtbot: QtBot) -> None:
    dossier, desk = counter.session.dossier, counter.session.desk
    assert dossier is not None
    before = bar.buttons[Aspect.COMPLETE].text()
    counter.session.take(desk.correct_field.add(dossier.id, None, "residence", "Thôn Mẫu", desk.officer))
    qtbot.waitUntil(lambda: bar.buttons[Aspect.COMPLETE].text() != before)
