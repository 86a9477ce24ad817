"""«Dữ liệu của tôi»: who stands at the counter asks what is kept about them, and is given it on paper."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QVBoxLayout

from station.actions.permits import Deed
from station.actions.see_my_data import Asked, Confirmed
from station.dossier.citizen_card import parse_card_payload
from station.dossier.my_data_sheet import MyData
from station.dossier.printed_form import FormName, PrintedForm
from station.errors import InputError
from station.ui.administration.panel import Panel
from station.ui.administration.sheet_view import SheetView
from station.ui.session import Session
from station.ui.wedge import Wedge
from station.ui.widgets.buttons import button
from station.ui.widgets.labels import label, set_role
from station.ui.widgets.text_line import TextLine


class MyDataPanel(Panel):
    """The QR of the card is read into the first line, or its number is typed and the officer vouches for the face."""

    title_key = "administration.my_data"
    deeds: ClassVar[frozenset[Deed]] = frozenset({Deed.SEE_MY_DATA})

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        say = self.language
        self._asked: Asked | None = None
        self.number, self.receipts = TextLine(), TextLine()
        for line, key in ((self.number, "my_data.panel.number"), (self.receipts, "my_data.panel.receipts")):
            line.setPlaceholderText(say(key))
            line.setAccessibleName(say(key))
        self.confirmed = QCheckBox(say("my_data.panel.confirmed"))
        self.look = button(say("my_data.panel.look"), self._on_look, "primary")
        self.told = label(role="hint", wrap=True)
        self.sheet = SheetView(session, self._issued)
        self._build()
        Wedge(self).scanned.connect(self._on_scanner)
        self.number.returnPressed.connect(self.look.click)
        self.receipts.returnPressed.connect(self.look.click)

    def enter(self) -> None:
        self.number.setFocus()

    def leave(self) -> None:
        self._asked = None
        self.number.clear()
        self.receipts.clear()
        self.confirmed.setChecked(False)
        self.told.clear()
        self.sheet.clear()
        set_role(self.look, "primary")

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(label(self.language(self.title_key), "subtitle"))
        column.addWidget(label(self.language("my_data.panel.about"), "hint", wrap=True))
        column.addWidget(self.number)
        column.addWidget(self.confirmed)
        row = QHBoxLayout()
        row.addWidget(self.receipts, 1)
        row.addWidget(self.look)
        column.addLayout(row)
        column.addWidget(self.told)
        column.addWidget(self.sheet, 1)
        column.addStretch()

    def _on_scanner(self, payload: str) -> None:
        self.number.setText(payload)
        self.look.click()

    def _on_look(self) -> None:
        desk, given = self.session.desk, self.number.text()
        number, confirmed = _who(given, by_officer=self.confirmed.isChecked())
        receipts = self.receipts.text().replace(",", " ").split()
        self.sheet.clear()
        self.session.tasks.write(
            lambda: desk.forgetting.my_data(number, confirmed, desk.officer, receipts),
            self._show,
            self.session.failed.emit,
        )

    def _show(self, asked: Asked) -> None:
        self._asked = asked
        say, data = self.language, asked.data
        self.number.setText(data.number)
        set_role(self.look, "secondary")  # printing comes next
        found = sum(one.own for one in data.dossiers)
        self.told.setText(
            say("my_data.panel.found", own=found, named=len(data.dossiers) - found, erased=len(asked.erased))
        )
        self.sheet.show_form(
            FormName.MY_DATA, self.session.desk.forgetting.make_my_data(asked), say("my_data.panel.file")
        )

    def _issued(self, form: PrintedForm) -> None:
        if isinstance(form, MyData) and self._asked is not None:
            self.session.desk.forgetting.my_data.printed(self._asked, self.session.desk.officer)


def _who(given: str, *, by_officer: bool) -> tuple[str, Confirmed]:
    """The number, and how it is known that it is this person's: a card that was read, or the officer's word."""
    try:
        return parse_card_payload(given).id_number, Confirmed.CARD
    except InputError:
        number = "".join(filter(str.isdigit, given))
        return number, Confirmed.OFFICER if by_officer else Confirmed.NOT
