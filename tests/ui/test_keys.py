"""«Khóa của trạm» and «Mật khẩu của tôi»: what opens the store is shown, added, removed and changed."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from station.clock import VIETNAM
from station.dossier.key_slot import RECOVERY, KeySlot
from station.language import Language
from station.ui.administration import keys_panel
from station.ui.administration.keys_panel import KeysPanel
from station.ui.administration.passphrase_panel import PassphrasePanel
from station.ui.counter.window import CounterWindow
from tests.people import LAN, MAY, PASSPHRASE
from tests.ui.conftest import Counter

RECIPIENT = "age1zdkjwcdyux029n8lrncx8e78wquzyh7e66lez9l2tzfywuf253qsc8et65"
Agree = Callable[[bool], None]


@pytest.fixture
def agree(monkeypatch: pytest.MonkeyPatch) -> Agree:
    """What is answered to every question."""
    return lambda yes: monkeypatch.setattr(keys_panel, "ask", lambda *_given, **_values: yes)


def titles(panel: KeysPanel) -> list[str]:
    return [row.title for row in panel.list.rows.rows]


@pytest.fixture
def panel(counter: Counter, window: CounterWindow, qtbot: QtBot) -> KeysPanel:
    counter.session.desk.trust.attendance.sit(MAY)
    window.step_bar.administration.click()
    window.administration.enter(KeysPanel)
    shown = window.administration.shown
    assert isinstance(shown, KeysPanel)
    qtbot.waitUntil(lambda: bool(shown.list.rows.rows))
    return shown


def keep_picture(window: CounterWindow, name: str) -> None:
    """Where `STATION_PICTURES` names a folder: for whoever looks at the screens."""
    if place := os.environ.get("STATION_PICTURES"):
        window.grab().save(str(Path(place) / f"{name}.png"))


def test_every_way_of_opening_the_store_is_shown_with_its_person(
    panel: KeysPanel, window: CounterWindow, language: Language
) -> None:
    assert titles(panel) == [language("key_slots.kind.passphrase")] * 2
    assert LAN.name in panel.list.rows.rows[1].hint
    assert panel.state.text() == language("key_slots.no_recovery")
    keep_picture(window, "keys")


def test_a_recovery_key_is_added_and_removed_again(
    panel: KeysPanel, window: CounterWindow, qtbot: QtBot, language: Language, agree: Agree
) -> None:
    panel.recipient.setText("ssh-ed25519 AAAA")
    panel.recovery.click()
    qtbot.waitUntil(lambda: panel.told.text() == str(language("error.keys.recipient.say")) or bool(panel.told.text()))
    assert len(titles(panel)) == 2
    panel.recipient.setText(RECIPIENT)
    panel.recovery.click()
    qtbot.waitUntil(lambda: language("key_slots.kind.recovery") in titles(panel))
    assert panel.told.text() == language("key_slots.done.add_recovery")
    assert not panel.state.isVisible()
    keep_picture(window, "keys-recovery")
    panel.list.pick(KeySlot(RECOVERY, RECIPIENT, True))
    agree(False)
    panel.remove.click()
    assert language("key_slots.kind.recovery") in titles(panel)
    agree(True)
    panel.remove.click()
    qtbot.waitUntil(lambda: language("key_slots.kind.recovery") not in titles(panel))


def test_what_this_machine_does_not_have_is_told(panel: KeysPanel, qtbot: QtBot, language: Language) -> None:
    panel.login.click()
    qtbot.waitUntil(lambda: language("error.keys.no_keyring.say") in panel.told.text())


def test_another_data_key_waits_for_the_next_start(
    panel: KeysPanel, window: CounterWindow, qtbot: QtBot, language: Language, agree: Agree
) -> None:
    agree(True)
    panel.rotate.click()
    qtbot.waitUntil(lambda: panel.state.text() == language("key_slots.due"))
    assert not panel.rotate.isEnabled()
    assert panel.told.text() == language("key_slots.done.rotate")
    keep_picture(window, "keys-due")


def test_key_and_token_for_the_hub_are_changed_when_it_asks_for_it(
    counter: Counter, panel: KeysPanel, window: CounterWindow, qtbot: QtBot, language: Language, agree: Agree
) -> None:
    qtbot.waitUntil(lambda: panel.access.text() == language("key_slots.access_untold"))
    counter.store.hub_access.told(b"a hub", "token")
    panel.enter()
    since = counter.store.hub_access.changed_at()
    assert since is not None
    day = f"{since.astimezone(VIETNAM):%d/%m/%Y}"
    qtbot.waitUntil(lambda: panel.access.text() == language("key_slots.access", day=day))
    keep_picture(window, "keys-hub")
    agree(False)
    panel.change_access.click()
    assert not counter.store.hub_access.change_wanted()
    agree(True)
    panel.change_access.click()
    qtbot.waitUntil(lambda: panel.access.text() == language("key_slots.access_wanted"))
    assert counter.store.hub_access.change_wanted()
    assert not panel.change_access.isEnabled()
    assert panel.told.text() == language("key_slots.done.change_access")


def test_who_leaves_the_panel_leaves_nothing_on_it(panel: KeysPanel, window: CounterWindow) -> None:
    window.administration.hide()
    assert titles(panel) == []


@pytest.fixture
def mine(counter: Counter, window: CounterWindow) -> PassphrasePanel:
    counter.session.desk.trust.attendance.sit(LAN)
    window.step_bar.administration.click()
    window.administration.enter(PassphrasePanel)
    shown = window.administration.shown
    assert isinstance(shown, PassphrasePanel)
    return shown


def test_an_officer_changes_the_passphrase_and_signs_in_by_the_new_one(
    mine: PassphrasePanel, counter: Counter, window: CounterWindow, qtbot: QtBot, language: Language
) -> None:
    for line, typed in ((mine.present, PASSPHRASE), (mine.new, "một câu khác hẳn"), (mine.again, "một câu khác hẳn")):
        line.setText(typed)
    keep_picture(window, "passphrase")
    mine.change.click()
    qtbot.waitUntil(lambda: mine.told.text() == language("key_slots.passphrase.changed"))
    assert {line.text() for line in (mine.present, mine.new, mine.again)} == {""}
    assert counter.session.desk.trust.sign_in.prove(LAN.id, "một câu khác hẳn") == LAN


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ((PASSPHRASE, "một câu khác hẳn", "một câu khác"), "keys.not_repeated"),
        (("không phải câu này", "một câu khác hẳn", "một câu khác hẳn"), "people.wrong"),
    ],
)
def test_what_is_wrong_is_told_and_nothing_changes(
    mine: PassphrasePanel, counter: Counter, qtbot: QtBot, language: Language, typed: tuple[str, ...], code: str
) -> None:
    for line, text in zip((mine.present, mine.new, mine.again), typed, strict=True):
        line.setText(text)
    mine.change.click()
    qtbot.waitUntil(lambda: language(f"error.{code}.say") in mine.told.text())
    assert counter.session.desk.trust.sign_in.prove(LAN.id, PASSPHRASE) == LAN


def test_no_passphrase_can_be_read_on_the_screen_and_none_stays(mine: PassphrasePanel, window: CounterWindow) -> None:
    lines = (mine.present, mine.new, mine.again)
    assert {line.echoMode() for line in lines} == {QLineEdit.EchoMode.Password}
    for line in lines:
        line.setText(PASSPHRASE)
    window.administration.hide()
    assert {line.text() for line in lines} == {""}
