"""«Hàng gửi» says in one sentence that the province's server was brought back, and what the station does about it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from station.dossier.delivery import HubReceipt, OutboxEvent
from station.language import Language
from station.ui.counter.window import CounterWindow
from tests.ui.conftest import KINDS, Counter
from tests.ui.province import sealed, tell


@pytest.fixture(params=["vi", "en"])
def language(request: pytest.FixtureRequest) -> Language:
    return Language.load(request.param).with_sentences(KINDS.sentences(request.param))


def receipt_for(event: OutboxEvent, life: int) -> HubReceipt:
    return HubReceipt(
        event.station,
        event.seq,
        event.dossier_id,
        event.pages,
        f"2026-11-20T1{life}:00:05+07:00",
        f"H-{life}-{event.seq}",
        True,
        "k1",
        f"signature of life {life}",
    )


def test_the_sentence_stands_there_until_all_that_was_lost_was_sent_again_and_a_day_longer(
    window: CounterWindow, counter: Counter, qtbot: QtBot, language: Language
) -> None:
    for name in ("Một Mẫu", "Hai Mẫu", "Ba Mẫu"):
        sealed(counter, name)
    events, waiting = counter.store.outbox.pending(), window.province.waiting
    for event in events:
        counter.store.outbox.keep_receipt(event, receipt_for(event, 1))
    counter.session.show(None)
    qtbot.keyClick(window, Qt.Key.Key_F4)
    qtbot.waitUntil(lambda: window.province_in_front and window.province._watch.seen is not None)
    assert not waiting.restored.isVisible()

    tell(counter, "hub.restored", highest_seq=events[0].seq)
    counter.session.delivery_changed.emit(events[1].dossier_id)
    sending = language("province.restored.sending", count=2, left=2)
    qtbot.waitUntil(lambda: waiting.restored.text() == sending)
    assert waiting.restored.isVisible()
    assert waiting.table.rowCount() == 2
    keep_picture(window, f"restored-sending-{language('province.view.queue')}")

    for event in events[1:]:
        counter.store.outbox.keep_receipt(event, receipt_for(event, 2))
        counter.session.delivery_changed.emit(event.dossier_id)
    qtbot.waitUntil(lambda: waiting.table.rowCount() == 0)
    start = language("province.restored.sent", count=2, at="|").partition("|")[0]
    assert waiting.restored.text().startswith(start)
    keep_picture(window, f"restored-sent-{language('province.view.queue')}")


def keep_picture(window: CounterWindow, name: str) -> None:
    """Where `STATION_PICTURES` names a folder: for whoever looks at the screens."""
    if place := os.environ.get("STATION_PICTURES"):
        window.grab().save(str(Path(place) / f"{name}.png"))
