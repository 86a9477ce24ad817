"""One page to look at: turned upright, as wide as the room, with the value in question framed."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPalette, QPen, QPixmap, QResizeEvent, QTransform, QWheelEvent
from PySide6.QtWidgets import QFrame, QGraphicsPixmapItem, QGraphicsRectItem, QGraphicsScene, QGraphicsView

from station.dossier.outline import Outline
from station.dossier.reading import Box

STEP = 1.25
"""One step of zooming."""
ROOM = 0.35
"""How much of the view stays free around the framed value when it is brought into sight."""


class PageImage(QGraphicsView):
    """Ctrl + wheel, Ctrl+plus and Ctrl+minus zoom, Ctrl+0 fits the width again."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.viewport().setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorUnderMouse)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scene = QGraphicsScene(self)
        self._picture, self._frame = QGraphicsPixmapItem(), QGraphicsRectItem()
        self._picture.setTransformationMode(Qt.TransformationMode.SmoothTransformation)
        self._scene.addItem(self._picture)
        self._frame.setParentItem(self._picture)
        self._frame.hide()
        self.setScene(self._scene)
        self._zoom = 1.0

    def show_picture(self, image: QImage | None, rotation: int = 0, outline: Outline | None = None) -> None:
        """The page turned clockwise by `rotation` degrees; None shows nothing.

        Of an image that holds several papers, the part within the `outline` fills the view.
        """
        self._picture.setPixmap(QPixmap.fromImage(image) if image else QPixmap())
        self._picture.setTransform(QTransform().rotate(rotation))
        whole = self._picture.sceneBoundingRect()
        if image and outline:
            whole = self._picture.mapRectToScene(QRectF(part_of(image.rect(), outline)))
        self._scene.setSceneRect(whole)
        self._frame.hide()
        self._fit()
        self._to_top()

    def show_box(self, box: Box | None) -> None:
        """Frame a value, `box` in pixels of the page as it came, and bring it into sight; None: no frame."""
        self._frame.setVisible(box is not None)
        if box is None:
            return
        left, top, right, bottom = box
        margin = max(6, (bottom - top) // 4)
        around = QRectF(left, top, right - left, bottom - top).adjusted(-margin, -margin, margin, margin)
        colour = self.palette().color(QPalette.ColorRole.Accent)
        pen = QPen(colour, 3)
        pen.setCosmetic(True)
        fill = QColor(colour)
        fill.setAlpha(28)
        self._frame.setRect(around)
        self._frame.setPen(pen)
        self._frame.setBrush(fill)
        port = self.viewport()
        self.ensureVisible(self._frame, int(port.width() * ROOM), int(port.height() * ROOM))

    def zoom(self, steps: int) -> None:
        """Closer for positive steps; 0 fits the width."""
        self._zoom = min(8.0, max(0.5, self._zoom * STEP**steps)) if steps else 1.0
        self._fit()

    def _fit(self) -> None:
        # Reckoned without the scroll bars that stand there now: a page about as tall as the view would else be
        # wider without a bar, taller for it, get a bar, be narrower, lose the bar, and so on without end.
        page, room = self._scene.sceneRect(), self.maximumViewportSize()
        if page.width() <= 0:
            return
        scale = (room.width() - 2) / page.width()
        if page.height() * scale > room.height():
            scale = (room.width() - self.verticalScrollBar().sizeHint().width() - 2) / page.width()
        self.setTransform(QTransform().scale(self._zoom * scale, self._zoom * scale))

    def _to_top(self) -> None:
        """A page is read from its head; growing would else keep its middle in the middle."""
        bar = self.verticalScrollBar()
        bar.setValue(bar.minimum())

    def resizeEvent(self, event: QResizeEvent) -> None:
        bar = self.verticalScrollBar()
        at_top = bar.value() == bar.minimum()
        super().resizeEvent(event)
        self._fit()
        if at_top:
            self._to_top()

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1 if event.angleDelta().y() > 0 else -1)
        else:
            super().wheelEvent(event)


def part_of(whole: QRect, outline: Outline) -> QRect:
    """The upright part of an image around a paper's corners."""
    across, down = [corner[0] for corner in outline], [corner[1] for corner in outline]
    left, top = int(min(across)), int(min(down))
    return QRect(left, top, int(max(across)) - left + 1, int(max(down)) - top + 1).intersected(whole)
