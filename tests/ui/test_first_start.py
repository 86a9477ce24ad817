"""The first start's dialog after a mistake of the program: nobody is shut in with it."""

from __future__ import annotations

from typing import Any

from pytestqt.qtbot import QtBot

from station.language import Language
from station.ui.first_start import FirstStartDialog, Way
from station.ui.tasks import Tasks


class BrokenWays:
    """Each way meets a bug."""

    def __getattr__(self, _way: str) -> Any:
        return lambda *_given: 1 // 0


def test_after_a_bug_it_can_be_tried_again_or_given_up(qtbot: QtBot) -> None:
    language = Language.load()
    dialog: FirstStartDialog[Any] = FirstStartDialog(language, Tasks(), BrokenWays())
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.choices[Way.ALONE].click()
    for field, text in ((dialog.name, "Trần Thị Lan Mẫu"), (dialog.person_id, "lan.mau")):
        field.setText(text)
    for field in (dialog.passphrase, dialog.again):
        field.setText("mật khẩu của ai cũng vậy")
    with qtbot.captureExceptions() as reported:
        dialog.go.click()
        qtbot.waitUntil(lambda: bool(reported))
    assert dialog.trouble.text() == language("counter.unlock.broken")
    assert dialog.go.isEnabled()
    dialog.reject()
    assert not dialog.isVisible()
