"""What is being compared can be read whole, also while it is selected."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station.ui.widgets.value_line import ValueLine


def rows_of_ink(line: ValueLine) -> list[int]:
    """The rows of the first letters' picture that have something darker than any background on them."""
    image = line.viewport().grab().toImage()
    return [y for y in range(image.height()) if any(image.pixelColor(x, y).lightness() < 170 for x in range(4, 60))]


def test_a_selected_capital_keeps_the_mark_above_its_mark(dressed: QApplication, qtbot: QtBot) -> None:
    line = ValueLine()
    qtbot.addWidget(line)
    line.setText("ẨẨẨẨ")
    line.resize(300, line.height())
    line.show()
    line.moveCursor(QTextCursor.MoveOperation.End)
    plain = rows_of_ink(line)
    line.selectAll()
    assert rows_of_ink(line)[0] == plain[0]
