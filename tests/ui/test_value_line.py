"""What is being compared can be read whole, also while it is selected."""

from __future__ import annotations

from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from station.ui.widgets.text_line import TextLine
from station.ui.widgets.value_line import ValueLine


def rows_of_ink(line: QWidget, frame: int = 0) -> list[int]:
    """The rows of the first letters' picture that have something darker than any background on them."""
    image = line.grab().toImage()
    rows = range(frame, image.height() - frame)
    return [y for y in rows if any(image.pixelColor(x, y).lightness() < 170 for x in range(4 + frame, 60))]


def test_a_selected_capital_keeps_the_mark_above_its_mark(dressed: QApplication, qtbot: QtBot) -> None:
    line = ValueLine()
    qtbot.addWidget(line)
    line.setText("ẨẨẨẨ")
    line.resize(300, line.height())
    line.show()
    line.moveCursor(QTextCursor.MoveOperation.End)
    plain = rows_of_ink(line.viewport())
    line.selectAll()
    assert rows_of_ink(line.viewport())[0] == plain[0]


def test_a_selected_name_keeps_the_mark_above_its_mark(dressed: QApplication, qtbot: QtBot) -> None:
    line = TextLine("ẨẨẨẨ")
    qtbot.addWidget(line)
    line.resize(300, 36)
    line.show()
    line.deselect()
    line.clearFocus()
    plain = rows_of_ink(line, frame=4)
    line.selectAll()
    assert rows_of_ink(line, frame=4)[0] == plain[0]
