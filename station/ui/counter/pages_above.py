"""What opens above a step, from anywhere by its key: what lacks, forms, this machine, the province, a correction."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from station.dossier.dossier import Dossier, State
from station.ui.administration.page import AdministrationPage
from station.ui.administration.panel import Panel
from station.ui.counter.checklist_slip import SlipPage
from station.ui.counter.forms_page import FormsPage
from station.ui.counter.home import HomePage
from station.ui.counter.pages import Pages
from station.ui.counter.seat import serves
from station.ui.province.correction_page import CorrectionPage
from station.ui.province.page import ProvincePage
from station.ui.province.view_bar import View
from station.ui.session import Session


class PagesAbove(QObject):
    """Opens each of them with the dossier it is about; each leaves to the step it was opened from."""

    def __init__(
        self,
        session: Session,
        pages: Pages,
        slip: SlipPage,
        forms: FormsPage,
        administration: AdministrationPage,
        province: ProvincePage,
        correction: CorrectionPage,
    ) -> None:
        super().__init__(pages)
        self._session, self._pages = session, pages
        self._slip, self._forms, self._administration = slip, forms, administration
        self._province, self._correction = province, correction
        for page in (slip, forms, administration, province, correction):
            page.left.connect(pages.uncover)

    def open_slip(self) -> None:
        """«Thiếu gì?» of the open dossier."""
        dossier = self._session.dossier
        if not self._serves or dossier is None or dossier.state is not State.OPEN or self._is_in_front(self._slip):
            return
        self._pages.keep_typed()
        self._slip.show_dossier(dossier)
        self._pages.lay_above(self._slip)
        self._slip.enter()

    def open_forms(self) -> None:
        """«Biểu mẫu» of the dossier on the counter; in the list, of the one that is picked there."""
        if not self._serves:
            return
        self._pages.keep_typed()
        desk, step = self._session.desk, self._pages.step
        picked = step.picked if isinstance(step, HomePage) else None
        if picked is not None:
            self._session.tasks.write(
                lambda: desk.see(picked.id, desk.officer), self._show_forms, self._session.failed.emit
            )
        else:
            self._show_forms(self._session.dossier)

    def open_administration(self, wanted: type[Panel] | None = None) -> None:
        """«Quản trị máy», with the panel that is wanted, for whoever sits here."""
        if self._serves:
            self._pages.keep_typed()
        self._pages.lay_above(self._administration)
        self._administration.enter(wanted)

    def open_province(self, view: View | None = None) -> None:
        """«Gửi về tỉnh», with the view that is wanted or the last one."""
        if not self._serves:
            return
        self._pages.keep_typed()
        self._pages.lay_above(self._province)
        self._province.enter(view)

    def open_correction(self) -> None:
        """«Đính chính» of the sealed dossier on the counter."""
        self._pages.lay_above(self._correction)
        self._correction.show_dossier(self._session.dossier)
        self._correction.enter()

    def show_dossier(self, dossier: Dossier | None) -> None:
        """The dossier on the counter has changed under what stands above the step; nothing of a former one stays."""
        if self._is_in_front(self._slip) or dossier is None:
            self._slip.show_dossier(dossier)
        if dossier is None and not self._is_in_front(self._forms):
            self._forms.forget()
        elif self._is_in_front(self._forms) and not isinstance(self._pages.step, HomePage):
            self._forms.show_dossier(dossier)

    def take_keyboard(self) -> None:
        """What was hidden by the lock or the key map is in front again: the work goes on where it was."""
        match self._pages.currentWidget():
            case CorrectionPage():
                self.open_correction()  # no value stayed in it
            case SlipPage() | FormsPage() | AdministrationPage() | ProvincePage() as page:
                page.enter()
            case _:
                self._pages.step.enter()

    @property
    def is_administration_in_front(self) -> bool:
        """Whether «Quản trị máy» is open above the step."""
        return self._is_in_front(self._administration)

    @property
    def _serves(self) -> bool:
        return serves(self._session.desk)

    def _is_in_front(self, page: QWidget) -> bool:
        return self._pages.currentWidget() is page

    def _show_forms(self, dossier: Dossier | None) -> None:
        self._forms.show_dossier(dossier)
        self._pages.lay_above(self._forms)
        self._forms.enter()
