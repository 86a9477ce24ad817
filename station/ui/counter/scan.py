"""Capturing the papers: from a device, from files, or dropped here; each page is shown once it is on disk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from station.dossier.dossier import Dossier, State
from station.dossier.finding import Finding
from station.dossier.outline import Outline
from station.dossier.page import Page
from station.errors import StationError
from station.ui.counter.checklist_panel import ChecklistPanel
from station.ui.counter.checklist_strip import what_lacks_button
from station.ui.counter.corners_panel import CornersPanel
from station.ui.counter.gate_bar import GateBar
from station.ui.counter.page_actions import PageActions
from station.ui.counter.page_deeds import PageDeeds
from station.ui.counter.page_grid import PageGrid
from station.ui.counter.page_remarks import Matter, Remark, most_pressing, remarks, still_open
from station.ui.counter.paper_bar import PaperBar
from station.ui.counter.seen_bar import SeenBar
from station.ui.counter.step import Step
from station.ui.devices import DeviceList
from station.ui.session import Session
from station.ui.widgets.buttons import button
from station.ui.widgets.device_picker import DevicePicker
from station.ui.widgets.empty import EmptyState
from station.ui.widgets.files import DOCUMENTS, read_file
from station.ui.widgets.labels import label, set_role
from station.ui.widgets.thumbnails import Thumbnails


class ScanStep(Step):
    """Devices above, pages in the middle, the procedure's papers ticking themselves on the right."""

    name = "scan"

    what_lacks_asked = Signal()

    def __init__(self, session: Session, devices: DeviceList) -> None:
        super().__init__(session)
        self._devices, self._dossier_id = devices, ""
        self._remarks: dict[str, Remark] = {}
        self._files: list[Path] = []
        self._opening = False
        self.picker = DevicePicker(self.language, devices)
        self.scan = button(self.language("counter.scan.scan"), self._on_scan_asked, "primary", "F5")
        self.cancel = button(self.language("counter.scan.cancel"), session.cancel_scan, "secondary", "Esc")
        self.pick = button(self.language("counter.scan.pick"), self._on_pick, "secondary", "Ctrl+O")
        self.thumbnails = Thumbnails(session)
        self.grid = PageGrid(self.language, self.thumbnails)
        self.page_actions = PageActions(self.language, session.desk.kinds)
        self.paper_bar = PaperBar(session)
        self.gate_bar = GateBar(self.language)
        self.seen = SeenBar(session)
        self.corners = CornersPanel(session)
        self._deeds = PageDeeds(session, self, self.picker)
        empty = EmptyState(self.language("counter.scan.empty"), self.language("counter.scan.empty_do"))
        self._stack = QStackedWidget()
        self._stack.addWidget(empty)
        self._stack.addWidget(self.grid)
        self._stack.addWidget(self.corners)
        self.checklist = ChecklistPanel(session)
        self.what_lacks = what_lacks_button(self.language, self.what_lacks_asked.emit)
        self.go_on = button(self.language("counter.go_on"), self.finished.emit, "primary", "Enter")
        self.setAcceptDrops(True)
        self._build()
        self._connect()

    def refresh(self, dossier: Dossier | None) -> None:
        if (dossier.id if dossier else "") != self._dossier_id:
            self._dossier_id = dossier.id if dossier else ""
            self._files.clear()
            self.thumbnails.forget()
            self.corners.forget()
        pages = dossier.pages if dossier else ()
        self._remarks = remarks(dossier, self.language) if dossier and dossier.state is State.OPEN else {}
        self._show_pages()
        if self.corners.page and self.corners.page.id not in {page.id for page in pages}:
            self.corners.forget()
        if pages and not self.grid.currentIndex().isValid():
            self.grid.setCurrentIndex(self.grid.pages.index(0))
        self.checklist.show_dossier(dossier)
        self.seen.show_dossier(dossier)
        self._show_stack()

    def enter(self) -> None:
        self._devices.look_once()
        self._start().setFocus()

    def show_finding(self, finding: Finding) -> None:
        """Bring the page or the paper that a finding is about under the keyboard."""
        for place, page in enumerate(self.grid.pages.pages):
            if page.id == finding.page_id:
                self.grid.setCurrentIndex(self.grid.pages.index(place))
                self.grid.setFocus()
        if finding.paper_key:
            self.checklist.pick(finding.paper_key)

    def add_files(self, files: Sequence[Path]) -> None:
        """Take these files one after the other."""
        self._files.extend(files)
        self._next_file()

    def _build(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.picker, 1)
        for way in (self.scan, self.cancel, self.pick):
            top.addWidget(way, 0, Qt.AlignmentFlag.AlignTop)
        middle = QVBoxLayout()
        middle.setSpacing(8)
        middle.addWidget(self.gate_bar)
        middle.addWidget(self.seen)
        middle.addWidget(self._stack, 1)
        middle.addWidget(self.paper_bar)
        middle.addWidget(self.page_actions)
        right = QVBoxLayout()
        right.setSpacing(8)
        right.addWidget(self.checklist, 1)
        bottom = QHBoxLayout()
        bottom.addWidget(self.what_lacks)
        bottom.addStretch()
        bottom.addWidget(self.go_on)
        right.addLayout(bottom)
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addLayout(middle, 66)
        row.addLayout(right, 34)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(label(self.language("counter.scan.title"), "title"))
        column.addLayout(top)
        column.addLayout(row, 1)

    def _connect(self) -> None:
        session = self.session
        self.picker.picked.connect(self._show_state)
        self.grid.selectionModel().currentChanged.connect(lambda _now, _before: self._show_picked())
        self.page_actions.remove_asked.connect(self._on_remove)
        self.page_actions.kind_chosen.connect(self._on_kind)
        self.page_actions.corners_asked.connect(self._on_corners_asked)
        self.paper_bar.settled.connect(self.grid.to_next_unsure)
        self.gate_bar.asked.connect(self._deeds.do)
        self.corners.applied.connect(self._on_framed)
        self.corners.left.connect(self._on_corners_left)
        session.early_changed.connect(self._show_pages)
        session.scanning_changed.connect(self._on_scanning)
        session.page_captured.connect(self._on_captured)

    def _start(self) -> QWidget:
        """Where the keyboard belongs when nothing else asks for it."""
        if self.grid.pages.pages:
            return self.grid
        return self.scan if self.scan.isEnabled() else self.pick

    def _show_pages(self) -> None:
        self.grid.pages.show_pages(self.session.dossier, self._remarks, self.session.early)

    def _show_stack(self) -> None:
        """The corners while they are being fixed, else the pages, else that there are none."""
        pages = self.session.dossier.pages if self.session.dossier else ()
        self._stack.setCurrentIndex(2 if self.corners.page else int(bool(pages)))
        self._show_state()

    def _show_picked(self) -> None:
        page = self.grid.picked()
        at_pages = self._stack.currentWidget() is self.grid
        self.page_actions.show_page(page)
        self.paper_bar.show_page(self.session.dossier, page if at_pages else None)
        self.page_actions.setVisible(page is not None and at_pages)
        remark = most_pressing(self._remarks, page) if at_pages else None
        others = still_open(self._remarks) - int(remark is not None and remark.open)
        blanks = sum(one.matter is Matter.BLANK for one in self._remarks.values())
        can_scan = self.picker.hopeful and not self.session.scanning
        self.gate_bar.show_remark(remark, others, blanks, can_scan=can_scan)

    def _show_state(self) -> None:
        busy = self.session.scanning or bool(self._files)
        self.scan.setVisible(not self.session.scanning)
        self.cancel.setVisible(self.session.scanning)
        self.scan.setEnabled(self.picker.hopeful and not busy)
        self.pick.setEnabled(not self.session.scanning)
        dossier = self.session.dossier
        self.go_on.setEnabled(dossier is not None and self.corners.page is None)
        begun = bool(dossier and (dossier.pages or dossier.presented))
        set_role(self.go_on, "primary" if begun else "secondary")
        set_role(self.scan, "secondary" if begun else "primary")
        self._show_picked()

    def _on_scanning(self, scanning: bool) -> None:
        self._show_state()
        if not scanning:
            self._next_file()
        if self.isVisible():  # never on the papers: a stray Space would note one as seen
            (self.cancel if self.session.scanning else self._start()).setFocus()

    def _on_captured(self, page: Page) -> None:
        """The newest page is brought into view, so that the officer sees that it came."""
        for place, other in enumerate(self.grid.pages.pages):
            if other.id == page.id:
                self.grid.setCurrentIndex(self.grid.pages.index(place))
                self.grid.scrollTo(self.grid.pages.index(place))

    def _on_scan_asked(self) -> None:
        self.picker.when_ready(self._on_scan)

    def _on_scan(self) -> None:
        if self.session.dossier and not self.session.scanning:
            self.session.scan(self.picker.job())

    def _on_pick(self) -> None:
        files, _filter = QFileDialog.getOpenFileNames(
            self, self.language("counter.scan.pick"), "", self.language("counter.files.documents", types=DOCUMENTS)
        )
        self.add_files([Path(file) for file in files])

    def _next_file(self) -> None:
        """Open the next file unless one is being opened: files stay in their order, and none is passed over."""
        if not self._files or self._opening or self.session.scanning or self.session.dossier is None:
            return
        file, dossier_id, self._opening = self._files.pop(0), self._dossier_id, True

        def add(content: bytes) -> None:
            self._opening = False
            if self._dossier_id != dossier_id:
                self._next_file()
            elif self.session.scanning:
                self._files.insert(0, file)  # the device was quicker: the file's turn comes after it
            else:
                self.session.add_file(content, file.name)

        def failed(error: StationError) -> None:
            self._opening = False
            self.session.file_failed.emit(file.name, error)
            self._next_file()

        self.session.tasks.look(lambda: read_file(file), add, failed)

    def _on_kind(self, kind: str) -> None:
        if page := self.grid.picked():
            self._deeds.name(page, kind)

    def _on_remove(self) -> None:
        if page := self.grid.picked():
            self._deeds.remove(page)

    def _on_corners_asked(self) -> None:
        if page := self.grid.picked():
            self.corners.show_page(page)
            self._show_stack()
            self.corners.setFocus()

    def _on_framed(self, page: Page, outline: Outline) -> None:
        self._on_corners_left()
        self._deeds.frame(page, outline)

    def _on_corners_left(self) -> None:
        self.corners.forget()
        self._show_stack()
        self._start().setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.corners.page is None:
                self.finished.emit()
        elif event.key() == Qt.Key.Key_Escape and self.session.scanning:
            self.session.cancel_scan()
        elif event.key() == Qt.Key.Key_Escape and self.corners.page:
            self._on_corners_left()
        elif event.key() == Qt.Key.Key_Delete and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if any(remark.matter is Matter.BLANK for remark in self._remarks.values()):
                self._deeds.remove_blank()  # the bar, which has the key too, may be speaking of another page
        elif event.key() == Qt.Key.Key_Delete and self.grid.hasFocus():
            self._on_remove()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self.add_files([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
