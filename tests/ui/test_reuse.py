"""The second visit at the counter: what is offered, asked and used again by keyboard; old addresses in new units."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from station.dossier.dossier import Dossier
from station.dossier.reading import PageReading, ReadField, Source, Status
from station.dossier.reuse import KnownPaper
from station.language import Language
from station.ui.counter.identify import IdentifyStep
from station.ui.counter.reuse_panel import ReusePanel
from station.ui.counter.window import CounterWindow
from tests.ui.conftest import Counter
from tests.ui.fakes import picture

NAME = "Nguyễn Thị Đăng"
OLD = "Số 5, Phường Cống Vị, Quận Ba Đình, Thành phố Hà Nội"


def read(key: str, value: str) -> ReadField:
    return ReadField(key, value, value, 0.99, Status.ACCEPTED, Source.OCR)


@pytest.fixture
def first(counter: Counter, qtbot: QtBot) -> Dossier:
    """What the person handed in last time: one paper of theirs, one that has expired, and a telephone number."""
    dossier, desk = counter.identified(), counter.session.desk
    names = read("subject.full_name", NAME)
    counter.reader.script = [
        PageReading("birth_certificate", 0.98, fields=(names, read("number", "12/2020"))),
        PageReading("driving_licence", 0.98, fields=(names, read("expiry_date", "2020-01-01"))),
    ]
    for text in ("GIẤY KHAI SINH", "GIẤY PHÉP LÁI XE"):
        counter.session.add_file(picture(text), f"{text}.png")
        qtbot.waitUntil(lambda: not counter.session.scanning)
    qtbot.waitUntil(lambda: sum(page.read for page in desk.dossiers.get(dossier.id).pages) == 2)
    counter.session.take(desk.correct_field.add(dossier.id, None, "phone", "0912345678", desk.officer))
    for condition in desk.procedures.get(dossier.procedure_code).conditions:
        counter.session.take(desk.answer_condition(dossier.id, condition.key, False, desk.officer))
    sealed = counter.sealed()
    counter.session.show(None)
    return sealed


@pytest.fixture
def step(window: CounterWindow, counter: Counter, first: Dossier, qtbot: QtBot) -> IdentifyStep:
    """The same person again, just identified."""
    counter.identified()
    window.go_to("identify")
    qtbot.waitUntil(window.identify.reuse.isVisible)
    return window.identify


def titles(panel: ReusePanel) -> list[str]:
    return [row.title for row in panel.list.rows.rows]


def on_counter(counter: Counter) -> Dossier:
    assert counter.session.dossier is not None
    return counter.session.dossier


def test_a_new_person_sees_nothing_of_it(window: CounterWindow, counter: Counter, first: Dossier, qtbot: QtBot) -> None:
    counter.identified("Trần Văn Mẫu", "001099000999")
    window.go_to("identify")
    qtbot.wait(300)
    assert not window.identify.reuse.isVisible()


def test_papers_are_named_with_their_day_and_number_before_the_citizen_is_asked(
    step: IdentifyStep, language: Language
) -> None:
    rows = {row.title: row for row in step.reuse.list.rows.rows}
    certificate = rows[language("kind.birth_certificate")]
    assert isinstance(certificate.data, KnownPaper)
    assert "12/2020" in certificate.hint
    assert language("reuse.captured", day="")[:6] in certificate.hint
    assert rows[language("kind.driving_licence")].data is None
    assert not step.reuse.list.isEnabled()
    assert step.reuse.agree.isVisible()


def test_by_keyboard_the_citizen_agrees_and_everything_is_used_again(
    step: IdentifyStep, window: CounterWindow, counter: Counter, first: Dossier, qtbot: QtBot, language: Language
) -> None:
    panel = step.reuse
    qtbot.keyClick(window, Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(panel.list.hasFocus)
    qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(on_counter(counter).pages) == 1)
    (page,) = on_counter(counter).pages
    assert (page.sha256, page.reused_from) == (first.pages[0].sha256, first.id)
    qtbot.waitUntil(lambda: language("reuse.used", count=1) in titles(panel))
    qtbot.waitUntil(lambda: panel.list.picked() is not None)
    qtbot.keyClick(panel.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: on_counter(counter).value("phone") == "0912345678")
    qtbot.waitUntil(step.go_on.hasFocus)
    assert not window.messages.isVisible()


def test_a_refusal_is_kept_told_and_not_asked_again(
    step: IdentifyStep, window: CounterWindow, counter: Counter, qtbot: QtBot, language: Language
) -> None:
    qtbot.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: bool(on_counter(counter).consents))
    assert [consent.given for consent in on_counter(counter).consents] == [False]
    qtbot.waitUntil(lambda: step.reuse.ask.text() == language("reuse.refused"))
    assert not step.reuse.agree.isVisible()
    assert not step.reuse.list.isVisible()
    assert step.go_on.hasFocus()
    window.go_to("scan")
    window.go_to("identify")
    assert not step.reuse.agree.isVisible()


def test_nothing_of_one_person_stands_there_when_another_one_comes(
    step: IdentifyStep, counter: Counter, qtbot: QtBot
) -> None:
    counter.identified("Trần Văn Mẫu", "001099000999")
    assert not step.reuse.isVisible()
    qtbot.wait(200)
    assert titles(step.reuse) == [] or not step.reuse.isVisible()


def identify_at(counter: Counter, residence: str) -> None:
    desk, dossier = counter.session.desk, counter.open()
    values = {"full_name": NAME, "id_number": "001199000123", "residence": residence}
    counter.session.take(desk.identify_person.by_hand(dossier.id, values, desk.officer))


def test_of_a_divided_commune_the_officer_is_asked_and_both_are_kept(
    window: CounterWindow, counter: Counter, qtbot: QtBot, language: Language
) -> None:
    identify_at(counter, OLD)
    window.go_to("identify")
    today = window.identify.today
    qtbot.waitUntil(today.isVisible)
    assert today.question.text() == language("reuse.today.several")
    assert len(today.choices) == 2
    qtbot.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: on_counter(counter).value("residence") != OLD)
    entry = on_counter(counter).entry("person/residence")
    assert (entry.value, entry.corrections[0].old) == ("Số 5, Phường Giảng Võ, thành phố Hà Nội", OLD)
    assert entry.readings[0].printed == OLD
    assert not today.isVisible()


def test_an_address_of_today_asks_nothing(window: CounterWindow, counter: Counter, qtbot: QtBot) -> None:
    identify_at(counter, "Số 5, Phường Giảng Võ, thành phố Hà Nội")
    window.go_to("identify")
    qtbot.wait(300)
    assert not window.identify.today.isVisible()


def test_a_paper_scanned_again_is_known_and_the_earlier_one_takes_its_place(
    window: CounterWindow, counter: Counter, first: Dossier, qtbot: QtBot, language: Language
) -> None:
    counter.identified()
    window.go_to("scan")
    fields = (read("subject.full_name", NAME), read("number", "12/2020"))
    counter.reader.script = [PageReading("birth_certificate", 0.98, fields=fields)]
    counter.session.add_file(picture("GIẤY KHAI SINH, quét lần hai"), "again.png")
    seen = window.scan.seen
    qtbot.waitUntil(seen.isVisible)
    assert first.number is not None
    assert first.number in seen.sentence.text()
    assert language("reuse.seen.agree") in seen.use.text()
    qtbot.keyClick(window, Qt.Key.Key_D, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: [page.reused_from for page in on_counter(counter).pages] == [first.id])
    assert [consent.given for consent in on_counter(counter).consents] == [True]
    qtbot.waitUntil(seen.isHidden)


def test_who_keeps_the_new_scan_is_not_asked_about_it_again(
    window: CounterWindow, counter: Counter, first: Dossier, qtbot: QtBot
) -> None:
    counter.identified()
    window.go_to("scan")
    fields = (read("subject.full_name", NAME), read("number", "12/2020"))
    counter.reader.script = [PageReading("birth_certificate", 0.98, fields=fields)]
    counter.session.add_file(picture("GIẤY KHAI SINH, quét lần hai"), "again.png")
    qtbot.waitUntil(window.scan.seen.isVisible)
    qtbot.keyClick(window, Qt.Key.Key_G, Qt.KeyboardModifier.AltModifier)
    assert not window.scan.seen.isVisible()
    window.scan.refresh(on_counter(counter))
    assert not window.scan.seen.isVisible()
    assert [page.reused_from for page in on_counter(counter).pages] == [None]
    assert on_counter(counter).consents == ()
