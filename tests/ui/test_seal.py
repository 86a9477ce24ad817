"""What stands in the way, the seal, and what follows it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station.dossier.confirmation import questions
from station.dossier.delivery import Delivery, HubReceipt, Progress
from station.dossier.dossier import Dossier, State
from station.dossier.entry import Verdict
from station.dossier.finding import Finding
from station.language import Language
from station.ui.counter.window import CounterWindow
from station.ui.session import CitizenView
from station.ui.words import time_words
from tests.ui.conftest import Counter
from tests.ui.papers import doubtful, paper, scanned

RECEIVED_AT = "2026-11-20T12:00:05+07:00"
Key, Modifier = Qt.Key, Qt.KeyboardModifier


def press(qtbot: QtBot, key: Qt.Key, modifier: Qt.KeyboardModifier = Modifier.NoModifier) -> None:
    focus = QApplication.focusWidget()
    assert focus is not None
    qtbot.keyClick(focus, key, modifier)


def ready(counter: Counter, *, shown: bool = True) -> Dossier:
    """A dossier with nothing left to do; `shown`: with nothing to know either."""
    dossier, desk = counter.identified(), counter.session.desk
    for paper_ in desk.procedures.get(dossier.procedure_code).papers:
        if paper_.required and (shown or paper_.handling.value == "submit"):
            dossier = desk.note_paper(dossier.id, paper_.key, True, desk.officer)
    for entry in questions(dossier):
        dossier = desk.confirm_by_citizen(dossier.id, entry.id, entry.value, Verdict.RIGHT)
    counter.session.take(dossier)
    return dossier


@pytest.fixture
def sealed(window: CounterWindow, counter: Counter, qtbot: QtBot) -> CounterWindow:
    ready(counter)
    window.go_to("seal")
    press(qtbot, Key.Key_Return)
    qtbot.waitUntil(lambda: counter.session.dossier is not None and counter.session.dossier.state is State.SEALED)
    qtbot.waitUntil(lambda: window.seal.sealed.has_receipt)
    return window


def test_enter_on_a_finding_goes_where_it_is_mended(window: CounterWindow, counter: Counter, qtbot: QtBot) -> None:
    scanned(counter, qtbot, paper(doubtful("number", "105")))
    window.go_to("seal")
    findings = [row.data for row in window.seal.list.rows.rows if isinstance(row.data, Finding)]
    unchecked = next(finding for finding in findings if finding.code == "value.unchecked")
    assert not window.seal.seal.isEnabled()
    window.seal.list.pick(unchecked)
    press(qtbot, Key.Key_Return)
    assert window.current == "review"
    assert window.review.shown_entry == unchecked.entry_id


def test_what_blocks_cannot_be_sealed_over(window: CounterWindow, counter: Counter, qtbot: QtBot) -> None:
    counter.identified()
    window.go_to("seal")
    assert not window.seal.seen.isVisible()
    press(qtbot, Key.Key_F10)
    press(qtbot, Key.Key_D, Modifier.ControlModifier)
    press(qtbot, Key.Key_F10)
    qtbot.wait(50)
    assert counter.session.dossier is not None
    assert counter.session.dossier.state is State.OPEN


def test_what_the_receipt_will_say_stands_before_the_officer_before_the_seal(
    window: CounterWindow, counter: Counter, language: Language
) -> None:
    dossier = ready(counter)
    window.go_to("seal")
    desk = counter.session.desk
    told = {row.hint: row.title for row in window.seal.list.rows.rows if not row.heading}
    assert told[language("seal.due")] == time_words(desk.seal_dossier.promise(dossier).due_at, language)
    assert language("seal.fee") in told
    assert window.seal.seal.isEnabled(), "it is to be read and is no work"


def test_what_is_to_be_known_must_be_ticked_before_the_seal(
    window: CounterWindow, counter: Counter, qtbot: QtBot
) -> None:
    ready(counter, shown=False)
    window.go_to("seal")
    assert not window.seal.seal.isEnabled()
    press(qtbot, Key.Key_D, Modifier.ControlModifier)
    qtbot.waitUntil(window.seal.seal.isEnabled)
    press(qtbot, Key.Key_F10)
    qtbot.waitUntil(lambda: counter.session.dossier is not None and counter.session.dossier.state is State.SEALED)


def test_the_tick_is_not_carried_over_to_the_next_dossier(window: CounterWindow, counter: Counter) -> None:
    ready(counter, shown=False)
    window.go_to("seal")
    window.seal.seen.setChecked(True)
    ready(counter, shown=False)
    window.go_to("seal")
    assert not window.seal.seen.isChecked()


def test_sealing_gives_a_number_thanks_the_citizen_and_counts_as_waiting(
    sealed: CounterWindow, counter: Counter, qtbot: QtBot, language: Language
) -> None:
    dossier = counter.session.dossier
    assert dossier is not None
    assert sealed.seal.sealed.number.text() == dossier.number
    assert counter.session.citizen_view is CitizenView.THANKS
    waiting = language("province.badge.waiting", count=1)
    qtbot.waitUntil(lambda: waiting in sealed.status.province.line.text())
    assert sealed.seal.sealed.done_button.hasFocus()


def test_every_sentence_about_the_delivery_has_room(sealed: CounterWindow, qtbot: QtBot, language: Language) -> None:
    view = sealed.seal.sealed
    told = [key for key in sorted(language.keys()) if key.startswith("error.hub.") and key.endswith(".say")]
    reasons = [None, *(key.removeprefix("error.").removesuffix(".say") for key in told)]
    for reason in reasons:
        for delivery in Delivery:
            later = datetime.now(UTC) + timedelta(minutes=3) if reason else None
            view._on_progress(view._dossier_id or "", Progress("d", delivery, 1, 12, reason, "chi tiết", later))
            qtbot.wait(1)
            said = [one for one in (view.sentence, view.why.sentence) if one.isVisible()]
            assert len(said) == (delivery is not Delivery.RECEIVED), "of what has arrived only its receipt has words"
            for sentence in said:
                assert sentence.height() >= sentence.heightForWidth(sentence.width()), (delivery, reason)
            assert view.delivery.height() >= view.delivery.heightForWidth(view.delivery.width())


def test_the_receipt_is_made_again_once_the_hub_has_acknowledged(
    sealed: CounterWindow, counter: Counter, qtbot: QtBot, language: Language
) -> None:
    dossier = counter.session.dossier
    assert dossier is not None
    before = sealed.seal.sealed.receipt.grab().toImage()
    (event,) = counter.store.outbox.pending()
    counter.store.outbox.keep_receipt(
        event,
        HubReceipt(event.station, event.seq, event.dossier_id, event.pages, RECEIVED_AT, "H-1", True, "k1", "c2ln"),
    )
    counter.connection.told(dossier.id)
    qtbot.waitUntil(lambda: sealed.seal.sealed.received)
    assert sealed.seal.sealed.delivery.text() == language("delivery.received", why="")
    assert sealed.seal.sealed.delivery.property("role") == "ok"

    def changed() -> bool:
        after: QImage = sealed.seal.sealed.receipt.grab().toImage()
        return after != before

    qtbot.waitUntil(lambda: sealed.seal.sealed.has_receipt and changed())


def test_enter_frees_the_counter_and_nothing_of_the_citizen_stays(
    sealed: CounterWindow, counter: Counter, qtbot: QtBot
) -> None:
    press(qtbot, Key.Key_Return)
    assert sealed.current == "home"
    assert counter.session.citizen_view is CitizenView.RATE
    sealed.seal.refresh(None)
    view = sealed.seal.sealed
    assert (view.number.text(), view.due.text(), view.has_receipt) == ("", "", False)
