"""The officer counts the fees, remits them with a reason, and says when and how they were paid; nothing else does."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from station.dossier.dossier import Dossier, State
from station.dossier.fees import Quantity, first_quantities, has_price, payment, quantities_of
from station.dossier.procedure import Channel, FeeLine, Per, Procedure
from station.dossier.service import Payment, PaymentMethod
from station.errors import StationError
from station.ui.counter.fee_row import FeeRow
from station.ui.money import money
from station.ui.session import CitizenView, Session
from station.ui.widgets.buttons import button
from station.ui.widgets.keys import act
from station.ui.widgets.labels import label, set_role
from station.ui.words import time_words

SETTLES = 300
"""Milliseconds after the last change in which nothing is written: a count of 12 is first a count of 1."""


class FeesPanel(QFrame):
    """Counts at once, keeps it a moment later; what was paid stays as it is until that is taken back."""

    left = Signal()
    """Enter: the officer is done here."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self._session, self._language = session, session.language
        self._dossier: Dossier | None = None
        self._procedure: Procedure | None = None
        self._fees: dict[str, FeeLine] = {}
        self._shown_for: tuple[str, str] | None = None
        self.rows: list[FeeRow] = []
        self.setProperty("role", "card")
        say = self._language
        self.exemption, self.channel, self.reason = QComboBox(), QComboBox(), QLineEdit()
        self.exemption.setAccessibleName(say("fees.exemption"))
        self.channel.setAccessibleName(say("fees.channel"))
        self.reason.setAccessibleName(say("fees.reason"))
        self.reason.setPlaceholderText(say("fees.reason"))
        self.total, self.state = label(role="title"), label(role="hint", wrap=True)
        self.note = label(role="hint", wrap=True)
        self.another = button(say("fees.another"), self._on_another, "quiet")
        self.cash = button(say("fees.cash"), lambda: self._on_paid(PaymentMethod.CASH), "secondary", "F2")
        self.transfer = button(
            say("fees.transfer"), lambda: self._on_paid(PaymentMethod.TRANSFER), "secondary", "Ctrl+F2"
        )
        self.show_code = button(say("fees.show"), self._on_show, "secondary", "Shift+F2")
        self.unpaid = button(say("fees.unpaid"), self._on_unpaid, "quiet", "Ctrl+Shift+F2")
        self._keeping = QTimer(self)
        self._keeping.setSingleShot(True)
        self._keeping.setInterval(SETTLES)
        self._keeping.timeout.connect(self._keep)
        self._build()
        act(self, "Ctrl+I", say("fees.count"), self._on_count_asked)
        self.exemption.activated.connect(lambda _index: self._on_changed())
        self.channel.activated.connect(lambda _index: self._on_changed())
        self.reason.textEdited.connect(lambda _text: self._on_changed())

    @property
    def counted(self) -> Payment | None:
        """What stands here, counted; without its exemption where the reason is still missing."""
        if self._procedure is None:
            return None
        exemption = str(self.exemption.currentData() or "") if self.reason.text().strip() else ""
        quantities = [row.quantity for row in self.rows]
        case = self._dossier.case if self._dossier else ""
        return payment(self._procedure, quantities, self._channel(), exemption, self.reason.text(), case)

    def show_dossier(self, dossier: Dossier | None) -> None:
        """Another dossier's fees, or what has become of these."""
        if dossier is None or dossier.state is not State.OPEN:
            self._forget()
            return
        shown_for = (dossier.id, dossier.case)
        if shown_for != self._shown_for:
            if self._dossier is not None and self._dossier.id == dossier.id:
                self._keeping.stop()  # another case has other fees
            else:
                self._keep_now()
            self._dossier, self._shown_for = dossier, shown_for
            self._begin(dossier)
        self._dossier = dossier
        self._show()

    def enter(self) -> None:
        """Fees that need no counting are counted when the officer comes here; pages only a person can count."""
        if self._dossier is not None and self._dossier.payment is None and self.rows:
            self._keep()

    def keep_now(self) -> None:
        """The officer leaves: what was changed a moment ago is not lost."""
        self._keep_now()

    def _build(self) -> None:
        self._lines = QVBoxLayout()
        self._lines.setSpacing(8)
        total = QHBoxLayout()
        total.addWidget(label(self._language("fees.total"), "subtitle"), 1)
        total.addWidget(self.total)
        self._work = QWidget()
        work = QVBoxLayout(self._work)
        work.setContentsMargins(0, 0, 0, 0)
        work.setSpacing(8)
        work.addLayout(self._lines)
        work.addWidget(self.another, 0, Qt.AlignmentFlag.AlignLeft)
        for field in (self.channel, self.exemption, self.reason):
            work.addWidget(field)
        work.addLayout(total)
        work.addWidget(self.state)
        for way in (self.show_code, self.cash, self.transfer, self.unpaid):
            work.addWidget(way)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(label(self._language("fees.title"), "subtitle"))
        column.addWidget(self._work)
        column.addWidget(self.note)

    def _begin(self, dossier: Dossier) -> None:
        try:
            procedures = self._session.desk.procedures
            self._procedure = procedure = procedures.get(dossier.procedure_code, dossier.procedure_version)
        except StationError:  # it has left the catalogue; the window says so
            self._forget()
            return
        before = dossier.payment or Payment()
        self._fees = {line.key: line for line in procedure.fees_of(dossier.case)}
        known = [one for one in quantities_of(before) if one.line in self._fees]
        self._show_rows(known or list(first_quantities(procedure, dossier.case)))
        self.exemption.clear()
        self.exemption.addItem(self._language("fees.no_exemption"), "")
        for one in procedure.exemptions:
            self.exemption.addItem(self._language("fees.exempt", name=one.name, percent=one.percent), one.key)
        self.exemption.setCurrentIndex(max(0, self.exemption.findData(before.exemption)))
        self.reason.setText(before.reason)
        self.channel.clear()
        for channel in Channel:
            self.channel.addItem(self._language(f"fees.channels.{channel.value}"), channel)
        self.channel.setCurrentIndex(max(0, self.channel.findData(before.channel)))
        self.note.setText(procedure.fee_note or ("" if self._fees else self._language("fees.none")))

    def _show_rows(self, quantities: list[Quantity]) -> None:
        for row in self.rows:
            self._lines.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = []
        for quantity in quantities:
            self._add(self._fees[quantity.line], quantity)

    def _add(self, line: FeeLine, quantity: Quantity) -> FeeRow:
        row = FeeRow(line, quantity, self._language)
        row.changed.connect(self._on_changed)
        self.rows.append(row)
        self._lines.addWidget(row)
        return row

    def _show(self) -> None:
        procedure, counted = self._procedure, self.counted
        kept = self._dossier.payment if self._dossier else None
        paid = kept is not None and kept.paid
        self._work.setVisible(bool(procedure and self._fees))
        if procedure is None or counted is None:
            return
        due = kept if paid and kept is not None else counted
        for row, charge in zip(self.rows, counted.charges, strict=True):
            row.show_amount(money(charge.amount, self._language))
            row.lock(locked=paid)
        chosen = bool(self.exemption.currentData())
        self.exemption.setVisible(bool(procedure.exemptions))
        self.reason.setVisible(chosen)
        self.channel.setVisible(any(line.channels for line in self._fees.values()))
        self.another.setVisible(not paid and any(line.per is Per.PAGE for line in self._fees.values()))
        for field in (self.exemption, self.reason, self.channel):
            field.setEnabled(not paid)
        self.total.setText(money(due.total, self._language))
        for way in (self.cash, self.transfer, self.show_code):
            way.setVisible(not paid)
            way.setEnabled(due.total > 0)
        self.unpaid.setVisible(paid)
        self._tell(due, chosen=chosen)

    def _tell(self, due: Payment, *, chosen: bool) -> None:
        say = self._language
        if due.paid and due.method is not None and due.paid_at is not None:
            key = f"fees.paid.{due.method.value}"
            self._state(say(key, by=due.paid_by, at=time_words(due.paid_at, say)), "ok")
        elif chosen and not self.reason.text().strip():
            self._state(say("fees.reason_first"), "warning")
        elif any(row.quantity.count == 0 for row in self.rows):
            self._state(say("fees.count_first"), "warning")
        elif self._procedure is not None and not any(has_price(line) for line in self._fees.values()):
            self._state(say("fees.no_amount"), "warning")
        else:
            self._state(say("fees.not_paid" if due.total else "fees.nothing_due"), "hint")

    def _state(self, words: str, role: str) -> None:
        self.state.setText(words)
        set_role(self.state, role)

    def _on_changed(self) -> None:
        self._show()
        self._keeping.start()

    def _on_another(self) -> None:
        """One more paper to certify, with pages and copies of its own."""
        if self._procedure is not None:
            line = next(line for line in self._fees.values() if line.per is Per.PAGE)
            row = self._add(line, Quantity(line.key, 0))
            self._on_changed()
            _begin_count(row)

    def _on_count_asked(self) -> None:
        if self.rows:
            _begin_count(self.rows[0])

    def _keep_now(self) -> None:
        if self._keeping.isActive():
            self._keep()

    def _keep(self) -> None:
        self._keeping.stop()
        dossier, counted = self._dossier, self.counted
        if dossier is None or counted is None or (dossier.payment and dossier.payment.paid):
            return
        desk, quantities = self._session.desk, quantities_of(counted)
        self._session.do(
            lambda: desk.service.charge_fees(
                dossier.id, quantities, desk.officer, counted.channel, counted.exemption, counted.reason
            )
        )

    def _on_paid(self, method: PaymentMethod) -> None:
        dossier, counted = self._dossier, self.counted
        if dossier is None or counted is None:
            return
        self._keep()
        desk = self._session.desk
        self._session.do(
            lambda: desk.service.record_payment(dossier.id, method, counted.total, desk.officer),
            lambda _: self.left.emit(),
        )
        if self._session.citizen_view is CitizenView.PAY:
            self._session.let_citizen_see(CitizenView.WAIT)

    def _on_unpaid(self) -> None:
        if self._dossier is not None:
            desk, dossier_id = self._session.desk, self._dossier.id
            self._session.do(lambda: desk.service.record_payment.undo(dossier_id, desk.officer))

    def _on_show(self) -> None:
        """What is to be paid, with the code, before the citizen; once it is kept, so that both see the same."""
        self._keep()
        self._session.tasks.write(
            lambda: None, lambda _: self._session.let_citizen_see(CitizenView.PAY), self._session.failed.emit
        )

    def _channel(self) -> Channel:
        chosen = self.channel.currentData()
        return Channel(chosen) if chosen else Channel.COUNTER

    def _forget(self) -> None:
        self._keep_now()
        self._dossier = self._procedure = self._shown_for = None
        self._show_rows([])
        for text in (self.total, self.state, self.note):
            text.setText("")
        self.reason.clear()
        self._work.hide()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter in a field ends the counting, and not the step."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._keep_now()
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _begin_count(row: FeeRow) -> None:
    row.count.setFocus()
    row.count.selectAll()
