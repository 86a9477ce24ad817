"""The captured pages as a grid of small pictures, paper by paper, each with its number and how far it was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import IntEnum
from types import MappingProxyType
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from station.dossier.dossier import Dossier
from station.dossier.page import Page
from station.dossier.reading import PageReading
from station.language import Language
from station.ui import theme
from station.ui.counter import paper_strip
from station.ui.counter.page_remarks import Remark
from station.ui.counter.paper_strip import Strip, strips
from station.ui.widgets.thumbnails import SIDE, Thumbnails
from station.ui.words import kind_words

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
NOTHING: Mapping[str, Any] = MappingProxyType({})
CELL = QSize(160, 214 + paper_strip.HEIGHT)


class Role(IntEnum):
    PAGE = Qt.ItemDataRole.UserRole
    STATE = Qt.ItemDataRole.UserRole + 1
    SIGN = Qt.ItemDataRole.UserRole + 2
    STRIP = Qt.ItemDataRole.UserRole + 3


class PageModel(QAbstractListModel):
    """One row a page of the dossier."""

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self.pages: Sequence[Page] = ()
        self._fields: dict[str, int] = {}
        self._remarks: Mapping[str, Remark] = {}
        self._early: Mapping[str, PageReading] = {}
        self._strips: Mapping[str, Strip] = {}

    def show_pages(
        self,
        dossier: Dossier | None,
        remarks: Mapping[str, Remark] = NOTHING,
        early: Mapping[str, PageReading] = NOTHING,
    ) -> None:
        """Follow the dossier: pages are added and moved, so that the selection and the place stay."""
        self._strips = strips(dossier, self._language) if dossier else {}
        pages = tuple(strip.place.page for strip in self._strips.values())
        self._fields = {page.id: len(dossier.entries_of(page.id)) for page in pages} if dossier else {}
        self._remarks, self._early = remarks, early
        before = [page.id for page in self.pages]
        after = [page.id for page in pages]
        if before == after[: len(before)]:
            if len(after) > len(before):
                self.beginInsertRows(QModelIndex(), len(before), len(after) - 1)
                self.pages = pages
                self.endInsertRows()
            self.pages = pages
            if before:
                self.dataChanged.emit(self.index(0), self.index(len(before) - 1))
        elif set(before) <= set(after):
            self._move_to(pages)
        else:
            self.beginResetModel()
            self.pages = pages
            self.endResetModel()

    def _move_to(self, pages: Sequence[Page]) -> None:
        """The same pages in another order, and perhaps more of them: what is picked stays picked."""
        self.layoutAboutToBeChanged.emit()
        kept = self.persistentIndexList()
        picked = [self.pages[index.row()].id for index in kept]
        self.pages = pages
        rows = {page.id: row for row, page in enumerate(pages)}
        self.changePersistentIndexList(kept, [self.index(rows[page_id]) for page_id in picked])
        self.layoutChanged.emit()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.pages)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        page = self.pages[index.row()]
        if role == Role.PAGE:
            return page
        if role == Role.SIGN:
            return sign_of(page, self._remarks.get(page.id), known=self._goes_on(page))
        if role == Role.STRIP:
            return self._strips[page.id]
        if role == Role.STATE:
            return self._state(page)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            number = self._language("counter.scan.page", number=page.number)
            return f"{number}. {self._strips[page.id].spoken}. {self._state(page)}"
        return None

    def _goes_on(self, page: Page) -> bool:
        """What it is, its paper says: the page alone does not show it."""
        return self._strips[page.id].place.goes_with is not None and page.kind == "other"

    def _state(self, page: Page) -> str:
        remark, early = self._remarks.get(page.id), self._early.get(page.id)
        return state_text(
            self._language, page, self._fields.get(page.id, 0), remark, early, goes_on=self._goes_on(page)
        )


def state_text(
    language: Language,
    page: Page,
    fields: int,
    remark: Remark | None = None,
    early: PageReading | None = None,
    *,
    goes_on: bool = False,
) -> str:
    """What spoils the image, «Đang đọc…», the kind with the number of values, or that it could not be read."""
    if remark and remark.tile:
        return remark.tile
    if early and not page.read:
        return f"{kind_words(early.kind, language)} – {language('early.reading_on')}"
    if page.failure is not None and page.kind is None:
        return language("counter.scan.failed")
    if not page.read or page.kind is None:
        return language("counter.scan.being_read")
    kind = language("pile.goes_on") if goes_on else kind_words(page.kind, language)
    return f"{kind} – {language('counter.scan.fields', count=fields)}" if fields else kind


def sign_of(page: Page, remark: Remark | None = None, *, known: bool = False) -> str:
    """To be looked at, still being read, or done."""
    if remark and remark.open:
        return "mark-warning"
    if not page.read or page.kind is None:
        return "mark-warning" if page.failure is not None else "state-waiting"
    return "mark-done" if page.kind != "other" or page.kind_set_by or known else "mark-warning"


class PageDelegate(QStyledItemDelegate):
    """Paints one page: the picture on paper white, the number, the state in two lines."""

    def __init__(self, language: Language, thumbnails: Thumbnails) -> None:
        super().__init__()
        self._language, self._thumbnails = language, thumbnails

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        page: Page = index.data(Role.PAGE)
        palette, room = option.palette, option.rect.adjusted(4, 2 + paper_strip.HEIGHT, -4, -4)
        painter.save()
        columns = option.widget.width() // option.rect.width() if option.widget else 1
        paper_strip.paint(painter, option.rect, columns, index.data(Role.STRIP), option.font, palette)
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(room, palette.color(QPalette.ColorRole.Highlight))
            painter.setPen(palette.color(QPalette.ColorRole.Accent))
            painter.drawRect(room.adjusted(0, 0, -1, -1))
        self._paint_picture(painter, QRect(room.left(), room.top() + 6, room.width(), SIDE), page, palette)
        top = room.top() + SIDE + 12
        painter.drawPixmap(QPoint(room.left() + 6, top), theme.icon(index.data(Role.SIGN)).pixmap(16, 16))
        bold = QFont(option.font)
        bold.setBold(True)
        painter.setFont(bold)
        painter.setPen(palette.color(QPalette.ColorRole.Text))
        number = self._language("counter.scan.page", number=page.number)
        painter.drawText(QRect(room.left() + 28, top - 2, room.width() - 32, 20), _LEFT, number)
        small = QFont(option.font)
        small.setPointSizeF(option.font.pointSizeF() - 1)
        painter.setFont(small)
        painter.setPen(palette.color(QPalette.ColorRole.PlaceholderText))
        text = index.data(Role.STATE)
        below = QRect(room.left() + 6, top + 19, room.width() - 12, room.bottom() - top - 19)
        painter.drawText(below, _WRAPPED, _two_lines(text, painter, below))
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, _index: Index) -> QSize:
        return option.widget.gridSize() if isinstance(option.widget, QListView) else CELL

    def _paint_picture(self, painter: QPainter, room: QRect, page: Page, palette: QPalette) -> None:
        picture = self._thumbnails.of(page)
        if picture is None or picture.isNull():
            sheet = QRect(0, 0, SIDE * 5 // 7, SIDE)
            sheet.moveCenter(room.center())
            painter.fillRect(sheet, palette.color(QPalette.ColorRole.Window))
        else:
            sheet = QRect(QPoint(0, 0), picture.size())
            sheet.moveCenter(room.center())
            painter.drawPixmap(sheet.topLeft(), picture)
        painter.setPen(palette.color(QPalette.ColorRole.Mid))
        painter.drawRect(sheet.adjusted(0, 0, -1, -1))


class PageGrid(QListView):
    """Wraps with the width; the arrows move, the selection is one page."""

    def __init__(self, language: Language, thumbnails: Thumbnails) -> None:
        super().__init__()
        self.pages = PageModel(language)
        self.setModel(self.pages)
        self._delegate = PageDelegate(language, thumbnails)
        self.setItemDelegate(self._delegate)
        self.setViewMode(QListView.ViewMode.IconMode)
        self.setMovement(QListView.Movement.Static)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setAccessibleName(language("counter.scan.pages"))
        thumbnails.changed.connect(self.viewport().update)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """As many columns as fit, sharing the whole width."""
        # Room for the scroll bar is left also while there is none: its coming must not change the columns.
        room = self.width() - 2 * self.frameWidth() - self.verticalScrollBar().sizeHint().width() - 2
        self.setGridSize(QSize(room // max(1, room // CELL.width()), CELL.height()))
        super().resizeEvent(event)

    def picked(self) -> Page | None:
        """The current page."""
        index = self.currentIndex()
        return self.pages.pages[index.row()] if index.isValid() else None

    def to_next_unsure(self) -> None:
        """To the next page whose paper is not certain, from the first again after the last; else nowhere."""
        rows = self.pages.rowCount()
        here = self.currentIndex().row()
        for step in range(1, rows + 1):
            index = self.pages.index((here + step) % rows)
            if index.data(Role.STRIP).place.unsure:
                self.setCurrentIndex(index)
                return


_LEFT = int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
_WRAPPED = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)


def _two_lines(text: str, painter: QPainter, room: QRect) -> str:
    """The text, cut with «…» where it needs more than the room."""
    metrics = painter.fontMetrics()
    whole = QRect(0, 0, room.width(), 10_000)
    if metrics.boundingRect(whole, _WRAPPED, text).height() <= room.height():
        return text
    while text and metrics.boundingRect(whole, _WRAPPED, f"{text}…").height() > room.height():
        text = text.rpartition(" ")[0]
    return f"{text}…"
