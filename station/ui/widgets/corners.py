"""Four corners over the picture of a page, to be dragged to where the paper ends; a loupe shows the one in hand."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPen,
    QPixmap,
    QPolygonF,
    QTransform,
)
from PySide6.QtWidgets import QWidget

from station.dossier.outline import Outline, is_convex

REACH = 28
"""Pixels of the screen within which a press takes a corner."""
MARGIN = 14
"""Room around the picture, so that a handle at its edge can be seen and taken."""
STEP, STRIDE = 1, 12
"""Pixels of the screen that an arrow moves a corner, without and with Shift."""
LOUPE, CLOSER = 168, 3.0
"""Side of the loupe in pixels, and how much closer than the picture it shows."""

_ARROWS = {
    Qt.Key.Key_Left: QPointF(-1, 0),
    Qt.Key.Key_Right: QPointF(1, 0),
    Qt.Key.Key_Up: QPointF(0, -1),
    Qt.Key.Key_Down: QPointF(0, 1),
}


class Corners(QWidget):
    """The whole picture in the room there is. Corners are kept in pixels of the image as it came, not turned."""

    changed = Signal()
    chosen_changed = Signal(int)
    """Which corner of the picture as it stands on the screen: 0 top left, clockwise."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(240, 240)
        self.setMouseTracking(True)
        self._picture = QPixmap()
        self._turn = 0
        self._corners = [QPointF() for _ in range(4)]
        self._chosen = 0
        self._dragging = False

    @property
    def has_picture(self) -> bool:
        """The picture has been decoded."""
        return not self._picture.isNull()

    @property
    def outline(self) -> Outline:
        """The corners clockwise, beginning at the one nearest to the image's top left."""
        first = min(range(4), key=lambda at: self._corners[at].x() + self._corners[at].y())
        one, two, three, four = (self._corners[(first + at) % 4] for at in range(4))
        return (one.x(), one.y()), (two.x(), two.y()), (three.x(), three.y()), (four.x(), four.y())

    @property
    def sound(self) -> bool:
        """Whether the corners make a sheet."""
        return not self._picture.isNull() and is_convex(self.outline)

    @property
    def chosen(self) -> int:
        """The corner in hand, by its place on the screen."""
        return (self._chosen + self._turn // 90) % 4

    def show_picture(self, image: QImage | None, rotation: int, outline: Outline | None) -> None:
        """The picture turned clockwise by `rotation` degrees; without an outline the corners are the image's."""
        self._picture = QPixmap.fromImage(image) if image else QPixmap()
        self._turn = rotation % 360
        if outline is None:
            self.take_whole()
        else:
            self._corners = [self._inside(QPointF(*corner)) for corner in outline]
        self._choose(-(self._turn // 90) % 4)
        self._tell()

    def take_whole(self) -> None:
        """The corners of the whole image."""
        right, bottom = max(1, self._picture.width() - 1), max(1, self._picture.height() - 1)
        self._corners = [QPointF(0, 0), QPointF(right, 0), QPointF(right, bottom), QPointF(0, bottom)]
        self._tell()

    def _to_screen(self) -> QTransform:
        """From pixels of the image to pixels of this widget."""
        size = self._picture.size()
        if size.isEmpty():
            return QTransform()
        turned = QTransform().rotate(self._turn).mapRect(QRectF(0, 0, size.width(), size.height()))
        room = QRectF(self.rect()).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        scale = min(room.width() / turned.width(), room.height() / turned.height())
        middle = turned.center()
        return (
            QTransform()
            .translate(room.center().x(), room.center().y())
            .scale(scale, scale)
            .translate(-middle.x(), -middle.y())
            .rotate(self._turn)
        )

    def _from_screen(self, point: QPointF) -> QPointF:
        back, _ = self._to_screen().inverted()
        return self._inside(back.map(point))

    def _inside(self, point: QPointF) -> QPointF:
        right, bottom = max(1, self._picture.width() - 1), max(1, self._picture.height() - 1)
        return QPointF(min(max(point.x(), 0.0), right), min(max(point.y(), 0.0), bottom))

    def _choose(self, corner: int) -> None:
        self._chosen = corner
        self.chosen_changed.emit(self.chosen)
        self.update()

    def _move(self, to: QPointF) -> None:
        """The corner in hand to this place on the screen."""
        self._corners[self._chosen] = self._from_screen(to)
        self._tell()

    def _tell(self) -> None:
        self.changed.emit()
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        places = [self._to_screen().map(corner) for corner in self._corners]
        near = min(range(4), key=lambda at: (places[at] - event.position()).manhattanLength())
        if event.button() == Qt.MouseButton.LeftButton and not self._picture.isNull():
            self._choose(near)
            self._dragging = (places[near] - event.position()).manhattanLength() <= REACH

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._dragging:
            self._move(event.position())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            self._dragging = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _ARROWS and not self._picture.isNull():
            far = STRIDE if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else STEP
            place = self._to_screen().map(self._corners[self._chosen])
            self._move(place + _ARROWS[Qt.Key(event.key())] * far)
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes round the corners; after the last of them it leaves. Until the picture is there, it waits."""
        if not self.has_picture:
            return True
        here = self.chosen + (1 if forward else -1)
        if not 0 <= here < 4:
            return super().focusNextPrevChild(forward)
        self._choose((here - self._turn // 90) % 4)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
        return True

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming in by Tab begins at the first corner, by Shift+Tab at the last."""
        if event.reason() == Qt.FocusReason.TabFocusReason:
            self._choose(-(self._turn // 90) % 4)
        elif event.reason() == Qt.FocusReason.BacktabFocusReason:
            self._choose((3 - self._turn // 90) % 4)
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._picture.isNull():
            return
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing)
        to_screen = self._to_screen()
        painter.setTransform(to_screen)
        painter.drawPixmap(0, 0, self._picture)
        painter.resetTransform()
        sheet = QPolygonF([to_screen.map(corner) for corner in self._corners])
        self._shade(painter, to_screen, sheet)
        self._draw_handles(painter, sheet)
        self._draw_loupe(painter, to_screen, sheet)

    def _shade(self, painter: QPainter, to_screen: QTransform, sheet: QPolygonF) -> None:
        """What lies outside the corners is darkened: it will not be read."""
        everything = QPolygonF(to_screen.mapRect(QRectF(self._picture.rect())))
        outside = everything.subtracted(sheet)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(0, 0, 0, 110))
        painter.drawPolygon(outside, Qt.FillRule.OddEvenFill)
        colour = self.palette().color(QPalette.ColorRole.Accent) if self.sound else QColor(200, 30, 30)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 2))
        painter.drawPolygon(sheet)

    def _draw_handles(self, painter: QPainter, sheet: QPolygonF) -> None:
        accent = self.palette().color(QPalette.ColorRole.Accent)
        for at in range(4):
            mine = at == self._chosen
            painter.setPen(QPen(accent, 3 if mine else 2))
            painter.setBrush(accent if mine and self.hasFocus() else QColor("white"))
            side = 9 if mine else 7
            painter.drawEllipse(sheet.at(at), side, side)

    def _place_of_loupe(self, sheet: QPolygonF) -> QRect:
        """In the corner of the widget that is farthest from the one in hand, or where it covers no other handle."""
        place, right, bottom = sheet.at(self._chosen), self.width() - LOUPE - 4, self.height() - LOUPE - 4
        left, top = 4 if place.x() > self.width() / 2 else right, 4 if place.y() > self.height() / 2 else bottom
        spots = [(left, top), (right + 4 - left, top), (left, bottom + 4 - top), (right // 2, bottom // 2)]
        glasses = [QRect(*spot, LOUPE, LOUPE) for spot in spots]
        handles = [sheet.at(at).toPoint() for at in range(4)]
        return next((glass for glass in glasses if not any(map(glass.contains, handles))), glasses[0])

    def _draw_loupe(self, painter: QPainter, to_screen: QTransform, sheet: QPolygonF) -> None:
        """The corner in hand from close by."""
        place = sheet.at(self._chosen)
        glass = self._place_of_loupe(sheet)
        painter.setClipRect(glass)
        painter.fillRect(glass, self.palette().color(QPalette.ColorRole.Window))
        closer = QTransform().translate(-place.x(), -place.y()) * QTransform().scale(CLOSER, CLOSER)
        closer = closer * QTransform().translate(glass.center().x(), glass.center().y())
        painter.setTransform(to_screen * closer)
        painter.drawPixmap(0, 0, self._picture)
        painter.resetTransform()
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Accent), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawPolygon(closer.map(sheet))
        painter.setClipping(False)
        painter.setPen(QPen(self.palette().color(QPalette.ColorRole.Mid), 1))
        painter.drawRect(glass)
