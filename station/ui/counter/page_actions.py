"""What can be done with the picked page: say which paper it is, or take it out."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from station.dossier.kinds import OTHER, PaperKinds
from station.dossier.page import Page
from station.dossier.text import folded
from station.language import Language
from station.ui.widgets.buttons import button
from station.ui.widgets.elided_box import ElidedBox
from station.ui.widgets.flow import FlowRow
from station.ui.widgets.labels import ElidedLabel, label
from station.ui.words import issue_words


class PageActions(QWidget):
    """The kinds by name, «khác» last."""

    kind_chosen = Signal(str)
    remove_asked = Signal()
    corners_asked = Signal()

    def __init__(self, language: Language, kinds: PaperKinds) -> None:
        super().__init__()
        self._language = language
        self.number = label(role="subtitle")
        self.kind = ElidedBox(letters=11)
        self.kind.setPlaceholderText(language("counter.scan.kind_unknown"))
        self.kind.setAccessibleName(language("counter.scan.kind"))
        named = sorted(
            ((language(f"kind.{kind}"), kind) for kind in kinds if kind != OTHER), key=lambda pair: folded(pair[0])
        )
        for name, kind in [*named, (language(f"kind.{OTHER}"), OTHER)]:
            self.kind.addItem(name, kind)
        self.trouble = ElidedLabel(role="warning")
        self.corners = button(language("corners.fix"), self.corners_asked.emit, "secondary", "Ctrl+G")
        self.remove = button(language("counter.scan.remove"), self.remove_asked.emit, "danger", "Delete")
        caption = QLabel(language("counter.scan.kind_caption"))
        caption.setBuddy(self.kind)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        row.addWidget(self.number)
        row.addWidget(caption)
        row.addWidget(self.kind, 4)
        row.addWidget(self.trouble, 1)
        row.addWidget(FlowRow(self.corners, self.remove))
        self.kind.activated.connect(lambda _index: self.kind_chosen.emit(self.kind.currentData()))

    def show_page(self, page: Page | None) -> None:
        """The page's number and kind; for one that is still being read, no kind."""
        if page is None:
            return
        self.number.setText(self._language("counter.scan.page", number=page.number))
        self.kind.setCurrentIndex(self.kind.findData(page.kind) if page.kind else -1)
        self.trouble.setText(self._trouble(page))
        self.trouble.setVisible(bool(self.trouble.text()))  # else the kind has its room

    def _trouble(self, page: Page) -> str:
        if page.failure is not None and page.kind is None:
            return ""  # the bar above the pages tells, and offers what to do
        known = {issue.code for issue in page.issues}
        told = [issue for issue in page.quality if issue.code not in known]
        return " ".join(issue_words(issue.code, f"{issue.value:g}", self._language) for issue in told)
