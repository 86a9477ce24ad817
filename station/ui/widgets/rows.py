"""Rows of a list with a sign, a title that wraps, a hint below it, and headings between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QFont, QFontMetrics, QKeyEvent, QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from station.ui import theme

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
SIDE, GAP, SIGN = 12, 8, 16


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the list. A heading cannot be picked; `spoken` is what a screen reader adds."""

    title: str
    hint: str = ""
    sign: str | None = None
    data: object = None
    heading: bool = False
    bold: bool = False
    spoken: str = ""


class Role(IntEnum):
    ROW = Qt.ItemDataRole.UserRole


class RowModel(QAbstractListModel):
    """The rows; the same number of rows again keeps the list where it is."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: Sequence[Row] = ()

    def show_rows(self, rows: Sequence[Row]) -> None:
        """Replace the rows."""
        if len(rows) == len(self.rows):
            changed = [place for place, row in enumerate(rows) if row != self.rows[place]]
            self.rows = rows
            for place in changed:
                self.dataChanged.emit(self.index(place), self.index(place))
        else:
            self.beginResetModel()
            self.rows = rows
            self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        if role == Role.ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return ". ".join(part for part in (row.title, row.hint, row.spoken) if part)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or self.rows[index.row()].heading:
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class RowDelegate(QStyledItemDelegate):
    """Paints a `Row`; colours are the palette's."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(Role.ROW)
        palette = option.palette
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, palette.color(QPalette.ColorRole.Highlight))
            painter.fillRect(
                QRect(option.rect.topLeft(), QSize(3, option.rect.height())), palette.color(QPalette.ColorRole.Accent)
            )
        if row.heading:
            painter.fillRect(option.rect, palette.color(QPalette.ColorRole.Window))
        left = option.rect.left() + SIDE
        top = option.rect.top() + (6 if row.heading else GAP)
        if row.sign:
            painter.drawPixmap(left, top + 1, theme.icon(row.sign).pixmap(SIGN, SIGN))
            left += SIGN + GAP
        width = option.rect.right() - SIDE - left
        painter.setFont(_title_font(option.font, row))
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText if row.heading else QPalette.ColorRole.Text))
        height = _height(_title_font(option.font, row), row.title, width)
        painter.drawText(QRect(left, top, width, height), _FLAGS, row.title)
        if row.hint:
            painter.setFont(_hint_font(option.font))
            painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
            below = QRect(left, top + height + 1, width, option.rect.bottom())
            painter.drawText(below, _FLAGS, row.hint)
        if not row.heading:
            painter.setPen(palette.color(QPalette.ColorRole.Mid))
            painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        row: Row = index.data(Role.ROW)
        view = option.widget
        room = view.viewport().width() if isinstance(view, QListView) else 320
        width = room - 2 * SIDE - (SIGN + GAP if row.sign else 0)
        height = _height(_title_font(option.font, row), row.title, width)
        if row.hint:
            height += 1 + _height(_hint_font(option.font), row.hint, width)
        return QSize(room, height + (12 if row.heading else 2 * GAP))


class RowList(QListView):
    """A list of rows, laid out again when its width changes."""

    ticked = Signal()
    """Space on the current row."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows = RowModel()
        self.setModel(self.rows)
        self.rows.dataChanged.connect(self.scheduleDelayedItemsLayout)  # another text may need another height
        self.setItemDelegate(RowDelegate(self))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)

    def picked(self) -> object:
        """The data of the current row."""
        index = self.currentIndex()
        return self.rows.rows[index.row()].data if index.isValid() else None

    def pick(self, data: object) -> bool:
        """Make the row with this data the current one."""
        for place, row in enumerate(self.rows.rows):
            if row.data == data and not row.heading:
                if place and self.rows.rows[place - 1].heading:
                    self.scrollTo(self.rows.index(place - 1))
                self.setCurrentIndex(self.rows.index(place))
                return True
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks; Qt would search for a row that begins with a space."""
        if event.key() == Qt.Key.Key_Space and self.currentIndex().isValid():
            self.ticked.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming in by Tab, the first row is the current one, so that the keys have something to act on."""
        super().focusInEvent(event)
        first = next((place for place, row in enumerate(self.rows.rows) if not row.heading), None)
        # Qt has just made a row current without showing it as picked.
        if first is not None and not self.selectionModel().hasSelection():
            self.setCurrentIndex(QModelIndex())
            self.setCurrentIndex(self.rows.index(first))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.scheduleDelayedItemsLayout()
        if self.currentIndex().isValid():  # what stands beside the list grew: the current row stays in sight
            self.executeDelayedItemsLayout()
            self.scrollTo(self.currentIndex())


_FLAGS = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


def _title_font(base: QFont, row: Row) -> QFont:
    font = QFont(base)
    font.setBold(row.heading or row.bold)
    if row.heading:
        font.setPointSizeF(base.pointSizeF() - 1)
    return font


def _hint_font(base: QFont) -> QFont:
    font = QFont(base)
    font.setPointSizeF(base.pointSizeF() - 1)
    return font


def _height(font: QFont, text: str, width: int) -> int:
    return QFontMetrics(font).boundingRect(QRect(0, 0, max(width, 1), 100_000), _FLAGS, text).height()
