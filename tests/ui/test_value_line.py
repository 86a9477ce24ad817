"""What is being compared can be read whole, also while it is selected."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station.ui.widgets.value_line import ValueLine


def rows_of_ink(line: ValueLine) -> list[int]:
    """The rows of the first letters' picture that have something darker than any background on them."""
    image = line.viewport().grab().toImage()
    return [y for y in range(image.height()) if any(image.pixelColor(x, y).lightness() < 90 for x in range(4, 60))]


@pytest.mark.parametrize("capitals", ["ẨẨẨẨ", "ẤẤẤẤ", "ẪẪẪẪ"])
def test_selected_capitals_keep_the_mark_above_their_mark(dressed: QApplication, qtbot: QtBot, capitals: str) -> None:
    line = ValueLine()
    qtbot.addWidget(line)
    line.setText(capitals)
    line.resize(300, line.height())
    line.show()
    line.moveCursor(line.textCursor().MoveOperation.End)
    plain = rows_of_ink(line)
    line.selectAll()
    assert rows_of_ink(line)[0] == plain[0]
