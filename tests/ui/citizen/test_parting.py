"""A signature, thanks and a rating: what comes after the questions."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QByteArray, QPoint, Qt
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from station.dossier.dossier import Dossier
from station.language import Language
from station.ui.citizen.window import CitizenWindow
from station.ui.session import CitizenView
from tests.ui.citizen.conftest import dossier_on, words_in
from tests.ui.conftest import Counter


def draw(qtbot: QtBot, citizen: CitizenWindow) -> None:
    canvas = citizen.sign.canvas
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(60, 60))
    for step in range(10):
        qtbot.mouseMove(canvas, QPoint(60 + 12 * step, 60 + 30 * (step % 2)))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton)


def test_a_signature_is_drawn_kept_and_sealed_under_its_sentence(
    asked: CitizenWindow, counter: Counter, qtbot: QtBot
) -> None:
    counter.session.let_citizen_see(CitizenView.SIGN)
    assert not asked.sign.done.isEnabled()
    draw(qtbot, asked)
    asked.sign.clear.click()
    assert not asked.sign.done.isEnabled()
    draw(qtbot, asked)
    said = asked.sign.statement.text()
    assert "Nguyễn Thị Đăng" in said
    asked.sign.done.click()
    qtbot.waitUntil(lambda: dossier_on(counter).signature is not None)
    signature = dossier_on(counter).signature
    assert signature is not None
    picture = QImage.fromData(QByteArray(counter.session.desk.pages.read(signature.sha256)))
    dark = sum(
        picture.pixelColor(x, y).lightness() < 100 for x in range(0, picture.width(), 3) for y in range(0, 400, 3)
    )
    assert dark > 20
    showing = dossier_on(counter).showings[-1]
    assert showing.digest == signature.digest
    assert said in showing.shown
    assert asked.view is CitizenView.WAIT
    assert not asked.sign.canvas.touched, "nothing of it stays behind"


def test_who_will_not_sign_says_so(asked: CitizenWindow, counter: Counter) -> None:
    told: list[str] = []
    counter.session.officer_told.connect(told.append)
    counter.session.let_citizen_see(CitizenView.SIGN)
    asked.sign.no.click()
    assert told == ["declined"]
    assert asked.view is CitizenView.WAIT
    assert dossier_on(counter).signature is None


def test_thanks_say_the_number_and_when_to_come_back(
    citizen: CitizenWindow, counter: Counter, language: Language
) -> None:
    counter.identified()
    dossier = counter.sealed()
    counter.session.let_citizen_see(CitizenView.THANKS)
    assert dossier.number is not None
    assert dossier.number in words_in(citizen)
    assert "Đăng" not in words_in(citizen)
    counter.session.show(None)
    assert dossier.number not in words_in(citizen)


@pytest.fixture
def served(citizen: CitizenWindow, counter: Counter) -> Dossier:
    counter.identified()
    dossier = counter.sealed()
    counter.session.let_citizen_see(CitizenView.THANKS)
    return dossier


def test_thanks_say_in_words_when_to_come_back_and_what_was_taken(
    served: Dossier, citizen: CitizenWindow, counter: Counter
) -> None:
    due = served.due_at
    assert due is not None
    assert f"ngày {due.day} tháng" in citizen.thanks.due.text()
    procedure = counter.session.desk.procedures.get(served.procedure_code)
    first = next(paper for paper in procedure.papers if paper.key in served.presented and paper.handling == "submit")
    assert first.name in citizen.thanks.taken.text()


def test_a_face_is_the_citizens_word_and_stands_with_the_right_dossier(
    served: Dossier, citizen: CitizenWindow, counter: Counter, qtbot: QtBot
) -> None:
    counter.session.show(None)
    assert citizen.view is CitizenView.RATE
    assert served.number is not None
    assert served.number not in words_in(citizen)
    citizen.rate.faces[4].click()
    citizen.rate.faces[1].click()
    qtbot.waitUntil(lambda: counter.store.dossiers.rating(served.id) is not None)
    rating = counter.store.dossiers.rating(served.id)
    assert rating is not None
    assert rating.score == 4
    citizen.rate._ending.start(10)
    qtbot.waitUntil(lambda: citizen.view is CitizenView.IDLE)


def test_the_next_dossier_ends_the_last_citizens_rating(
    served: Dossier, citizen: CitizenWindow, counter: Counter, qtbot: QtBot
) -> None:
    counter.session.show(None)
    counter.open()
    assert counter.session.citizen_view is CitizenView.WAIT
    assert not citizen.rate.isVisible()
    counter.session.show(None)
    assert not citizen.rate.isVisible()


def test_skipping_the_rating_leads_to_the_welcome(served: Dossier, citizen: CitizenWindow, counter: Counter) -> None:
    citizen.thanks.rate.click()
    citizen.rate.skip.click()
    assert citizen.view is CitizenView.IDLE
    assert counter.store.dossiers.rating(served.id) is None
