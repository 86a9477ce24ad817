"""What an officer does with a page that is there already: name it, take it out, scan or read it again, keep it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from station.dossier.outline import Outline
from station.dossier.page import Page
from station.ui.session import Session
from station.ui.widgets.ask import ask
from station.ui.widgets.device_picker import DevicePicker


class PageDeeds:
    """Asks the session for the deeds; `place` is the widget that questions are asked over."""

    def __init__(self, session: Session, place: QWidget, picker: DevicePicker) -> None:
        self._session, self._place, self._picker = session, place, picker

    def do(self, deed: str, page: Page) -> None:
        """One of those that the gate bar offers, by name."""
        {
            "scan_again": self.scan_again,
            "keep": self.keep,
            "remove_blank": lambda _page: self.remove_blank(),
            "remove_twin": self.remove,
            "read_again": self.read_again,
            "rejoin": self.rejoin,
        }[deed](page)

    def remove(self, page: Page) -> None:
        desk, dossier = self._session.desk, self._session.dossier
        if dossier and ask(self._place, self._session.language, "counter.scan.remove_ask", number=page.number):
            self._session.do(lambda: desk.remove_page(dossier.id, page.id, page.sha256, desk.officer))

    def remove_blank(self) -> None:
        """All at once and without a question: they are named on the button, and hold nothing."""
        desk, dossier = self._session.desk, self._session.dossier
        if dossier:
            self._session.do(lambda: desk.remove_blank_pages(dossier.id, desk.officer))

    def name(self, page: Page, kind: str) -> None:
        desk, dossier = self._session.desk, self._session.dossier
        if dossier and kind != page.kind:
            self._session.do(lambda: desk.assign_kind(dossier.id, page.id, kind, desk.officer))

    def keep(self, page: Page) -> None:
        desk, dossier = self._session.desk, self._session.dossier
        if dossier:
            self._session.do(lambda: desk.keep_page(dossier.id, page.id, desk.officer))

    def scan_again(self, page: Page) -> None:
        def scan() -> None:
            if self._session.dossier and not self._session.scanning:
                self._session.scan_again(page, self._picker.job())

        self._picker.when_ready(scan)

    def read_again(self, page: Page) -> None:
        desk, dossier = self._session.desk, self._session.dossier
        if dossier:
            self._session.do_and_read(lambda: desk.reread_page(dossier.id, page.id, desk.officer), page.id)

    def rejoin(self, page: Page) -> None:
        """The page that remains is the first of the parts."""
        desk, dossier = self._session.desk, self._session.dossier
        if dossier:
            first = next(one.id for one in dossier.pages if one.sha256 == page.sha256 and one.outline is not None)
            self._session.do_and_read(lambda: desk.rejoin_image(dossier.id, page.id, desk.officer), first)

    def frame(self, page: Page, outline: Outline) -> None:
        desk, dossier = self._session.desk, self._session.dossier
        if dossier:
            self._session.do_and_read(lambda: desk.outline_page(dossier.id, page.id, outline, desk.officer), page.id)
