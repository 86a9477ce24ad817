"""«Đến hạn xóa»: the dossiers whose time here is over, erased by two people at once, and the certificates of that."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from station.actions.permits import Deed
from station.clock import VIETNAM
from station.dossier.erasure import Erasure
from station.dossier.erasure_certificate import ErasureCertificate
from station.dossier.printed_form import FormName, PrintedForm
from station.dossier.retention import Due
from station.errors import RuleError
from station.ui.administration.panel import Panel
from station.ui.administration.sheet_view import SheetView
from station.ui.second_person import ask_second
from station.ui.session import Session
from station.ui.widgets.ask import ask
from station.ui.widgets.buttons import button
from station.ui.widgets.labels import label
from station.ui.widgets.rows import Row, RowList


class ErasingPanel(Panel):
    """All that is due is ticked at first; Space takes one out for as long as this is open. Below, what was erased."""

    title_key = "administration.erasing"
    deeds: ClassVar[frozenset[Deed]] = frozenset({Deed.ERASE})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        say = self.language
        self._due: Sequence[Due] = ()
        self._left_out: set[str] = set()
        self.about, self.told = label(role="hint", wrap=True), label(role="ok", wrap=True)
        self.list, self.certificates = RowList(), RowList()
        self.heading = label(say("erasing.certificates"), "strong")
        self.list.setAccessibleName(say("administration.erasing"))
        self.certificates.setAccessibleName(say("erasing.certificates"))
        self.list.setMinimumHeight(110)
        self.list.setMaximumHeight(230)
        self.certificates.setMinimumHeight(60)
        self.certificates.setMaximumHeight(110)
        self.erase = button(say("erasing.nothing"), self._on_erase, "danger")
        self.sheet = SheetView(session, self._issued)
        self._build()
        self.list.ticked.connect(self._on_ticked)
        self.list.activated.connect(lambda _index: self._on_ticked())
        self.certificates.selectionModel().currentChanged.connect(lambda _now, _before: self._on_certificate())

    def enter(self) -> None:
        self.told.clear()
        self._left_out.clear()
        self._ask()
        self.list.setFocus()

    def leave(self) -> None:
        self.sheet.clear()

    @property
    def ticked(self) -> list[str]:
        """The ids of what would be erased."""
        return [one.standing.dossier_id for one in self._due if one.standing.dossier_id not in self._left_out]

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(self.language(self.title_key), "subtitle"))
        column.addWidget(self.about)
        column.addWidget(self.list, 2)
        row = QHBoxLayout()
        row.addWidget(self.told, 1)
        row.addWidget(self.erase)
        column.addLayout(row)
        column.addWidget(self.heading)
        column.addWidget(self.certificates, 1)
        column.addWidget(self.sheet, 4)
        column.addStretch()

    def _ask(self) -> None:
        forgetting, tasks = self.session.desk.forgetting, self.session.tasks
        tasks.look(forgetting.erase.due, self._show_due, self.session.failed.emit)
        tasks.look(forgetting.erasing.newest, self._show_certificates, self.session.failed.emit)

    def _show_due(self, due: Sequence[Due]) -> None:
        self._due = due
        say = self.language
        self.about.setText(say("erasing.about" if due else "erasing.nothing_due"))
        self.list.setVisible(bool(due))
        self.list.rows.show_rows([self._row(one) for one in due])
        count = len(self.ticked)
        self.erase.setText(say("erasing.erase", count=count) if count else say("erasing.nothing"))
        self.erase.setEnabled(count > 0)
        self.erase.setVisible(bool(due))

    def _row(self, due: Due) -> Row:
        say, standing = self.language, due.standing
        ticked = standing.dossier_id not in self._left_out
        number = standing.number or say("erasing.discarded", day=_day(standing.opened_at))
        try:
            name = self.session.desk.procedures.get(standing.procedure_code).short_name
        except RuleError:
            name = standing.procedure_code
        hint = say(
            "erasing.received" if standing.received_at else "erasing.given_up",
            received=_day(standing.received_at or standing.opened_at),
            since=_day(due.since),
            pages=standing.pages,
        )
        return Row(
            f"{number}  ·  {name}",
            hint,
            "mark-done" if ticked else "mark-optional",
            standing.dossier_id,
            spoken=say("erasing.ticked" if ticked else "erasing.left_out"),
        )

    def _show_certificates(self, erased: Sequence[Erasure]) -> None:
        say, found = self.language, dict.fromkeys(one.certificate for one in erased)
        rows = []
        for number in found:
            of_it = [one for one in erased if one.certificate == number]
            at = f"{of_it[0].erased_at.astimezone(VIETNAM):%H:%M %d/%m/%Y}"
            rows.append(Row(say("erasing.certificate", number=number, count=len(of_it), at=at), "", None, number))
        self.certificates.rows.show_rows(rows)
        for part in (self.heading, self.certificates):
            part.setVisible(bool(rows))

    def _on_ticked(self) -> None:
        picked = self.list.picked()
        if isinstance(picked, str):
            self._left_out ^= {picked}
            self._show_due(self._due)

    def _on_erase(self) -> None:
        ids, desk = self.ticked, self.session.desk
        if not ids or not ask(self, self.language, "erasing.ask", count=len(ids)):
            return
        second = ask_second(self, self.session, Deed.ERASE)
        if second is None:
            return
        self.erase.setEnabled(False)
        self.session.tasks.write(
            lambda: desk.forgetting.erase(ids, desk.officer, second), self._on_erased, self._on_failed
        )

    def _on_erased(self, erased: Sequence[Erasure]) -> None:
        number = erased[0].certificate
        self.told.setText(self.language("erasing.done", count=len(erased), number=number))
        self._ask()
        self._show_certificate(number)

    def _on_failed(self, error: object) -> None:
        self.session.failed.emit(error)
        self._ask()

    def _on_certificate(self) -> None:
        picked = self.certificates.picked()
        if isinstance(picked, str):
            self._show_certificate(picked)

    def _show_certificate(self, number: str) -> None:
        look = self.session.desk.forgetting.certificate.look

        def show(form: ErasureCertificate) -> None:
            self.sheet.show_form(FormName.ERASURE, form, f"bien-ban-xoa-{number}.pdf")

        self.session.tasks.look(lambda: look(number), show, self.session.failed.emit)

    def _issued(self, form: PrintedForm) -> None:
        if isinstance(form, ErasureCertificate):
            self.session.desk.forgetting.certificate(form.number, self.session.desk.officer)


def _day(moment: datetime) -> str:
    return f"{moment.astimezone(VIETNAM):%d/%m/%Y}"
