"""The officer's window on a display of 1024×768: every step and page fits, and no word is cut off.

SCREEN_PICTURES=folder keeps what each looks like, there and at 1366×768: those of the province in docs/screens/ come
from it.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station.dossier.delivery import Delivery
from station.dossier.dossier import Dossier
from station.dossier.why_stuck import WORDED, LinkKind, LinkQuality, Queue, QueueEntry, reason
from station.ui.counter.progress import STEPS
from station.ui.counter.window import CounterWindow
from station.ui.province.view_bar import View
from station.ui.province.why_words import why_sentence
from tests.ui.conftest import Counter
from tests.ui.papers import doubtful, entry_id, field, paper, scanned
from tests.ui.province import THEIRS, asked_about, on_paper, sealed, tell
from tests.ui.test_pseudo_translation import clipped

SIZES = ((1024, 768), (1366, 768))
size = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")


def looked_at(
    window: CounterWindow, qtbot: QtBot, shape: tuple[int, int], name: str, ready: Callable[[], bool]
) -> None:
    """What is in front, as soon as it is whole."""
    window.resize(*shape)
    qtbot.waitUntil(ready)
    QApplication.processEvents()
    qtbot.wait(100)  # the layout settles after the last words
    if folder := os.environ.get("SCREEN_PICTURES"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        window.grab().save(str(Path(folder) / f"{name}-{shape[0]}x{shape[1]}.png"))
    assert (window.width(), window.height()) == shape, name
    assert clipped(window) == [], name


@size
def test_every_step_fits(counter: Counter, window: CounterWindow, qtbot: QtBot, size: tuple[int, int]) -> None:
    scanned(counter, qtbot, paper(field("number", "12/2020"), doubtful("subject.full_name", "Trần Thị Mẫu Đơn")))
    for step in ("home", *STEPS):
        window.go_to(step)
        looked_at(window, qtbot, size, step, lambda step=step: window.current == step)


@size
def test_every_page_above_a_step_fits(
    counter: Counter, window: CounterWindow, qtbot: QtBot, size: tuple[int, int]
) -> None:
    counter.identified()
    for name, deed in (
        ("slip", window.above.open_slip),
        ("forms", window.above.open_forms),
        ("administration", window.above.open_administration),
    ):
        deed()
        looked_at(window, qtbot, size, name, lambda: window.pages.covered)


@size
def test_the_province_fits(counter: Counter, window: CounterWindow, qtbot: QtBot, size: tuple[int, int]) -> None:
    dossiers = [sealed(counter, name) for name in ("Trần Thị Mẫu", "Lê Văn Thử", "Phạm Thị Ví Dụ")]
    returned, about = sealed(counter, "Hoàng Văn Giả Định"), on_paper(counter, qtbot)
    counter.session.show(None)
    soon, made = datetime.now(UTC) + timedelta(minutes=3), datetime.now(UTC) - timedelta(hours=2)
    codes = ((longest(window), soon), ("sending.under_way", None), ("sending.metered", None))
    waits = [waiting(one, code, at) for one, (code, at) in zip(dossiers, codes, strict=True)]
    counter.connection.waits = Queue(tuple(waits), 12_400_000, 1080.0, made)
    counter.connection.measured = LinkQuality(LinkKind.THIN, 11_000.0, 850.0, 0.1)
    mother, home = (entry_id(about, 1, f"mother.{key}") for key in ("full_name", "residence"))
    texts = {mother: ("NGUYỄN THỊ ĐẶNG", "NGUYỄN THỊ ĐANG"), home: ("Xóm 6, xã Diễn Châu", "Xóm 5, xã Diễn Châu")}
    asked_about(counter, about, texts)
    why = "Thiếu bản sao giấy chứng sinh; chữ ký trên tờ khai không phải của người nộp. Đề nghị bổ sung rồi gửi lại."
    tell(counter, "dossier.returned", dossier_id=returned.id, reason=why, by=THEIRS)
    page = window.province
    window.above.open_province(View.QUEUE)
    looked_at(window, qtbot, size, "officer-province-queue", lambda: len(page.waiting.table.entries) >= len(waits))
    page.show_view(View.QUESTIONS)
    looked_at(
        window, qtbot, size, "officer-province-questions", lambda: page.questions.card.piece.crop.shown is not None
    )
    page.show_view(View.RETURNED)
    looked_at(window, qtbot, size, "officer-province-returned", lambda: page.returned.reason.text() == why)
    window.above.open_administration()


@size
def test_what_comes_after_the_seal_fits(
    counter: Counter, window: CounterWindow, qtbot: QtBot, size: tuple[int, int]
) -> None:
    dossier, view = sealed(counter), window.seal.sealed
    event = next(one for one in counter.store.outbox.pending() if one.dossier_id == dossier.id)
    soon = datetime.now(UTC) + timedelta(minutes=3)
    counter.store.outbox.note(event.station, event.seq, Delivery.WAITING, longest(window), None, soon)
    window.go_to("seal")
    counter.session.delivery_changed.emit(dossier.id)
    looked_at(window, qtbot, size, "officer-sealed-why", lambda: view.has_receipt and view.why.why is not None)
    window.above.open_correction()
    page = window.correction
    looked_at(window, qtbot, size, "officer-province-correction", lambda: page.list.rows.rowCount() > 0)


def waiting(dossier: Dossier, code: str, next_attempt: datetime | None) -> QueueEntry:
    why = reason(code, next_attempt)
    return QueueEntry(dossier.id, dossier.number or "", Delivery.WAITING, 640_000, 3, dossier.due_at, why)


def longest(window: CounterWindow) -> str:
    """The code of a trouble that is tried again by itself and takes the most words."""
    say, now = window.session.language, datetime.now(UTC)
    troubles = [code for code in WORDED if code.startswith("hub.")]
    return max(troubles, key=lambda code: len(why_sentence(reason(code), now, say)))
