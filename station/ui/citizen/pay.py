"""What is to be paid, and the VietQR to pay it with. Nothing here ever says that it was paid: an officer does."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from station.dossier.dossier import Dossier
from station.dossier.service import Charge
from station.dossier.vietqr import BankAccount, purpose_of, vietqr
from station.ui.citizen.fitted import FittedLabel
from station.ui.citizen.scale import FIELD, SMALL, VALUE, scale_of, scaled
from station.ui.citizen.voice import Voice
from station.ui.money import money
from station.ui.widgets.qr_image import QrImage


class PayView(QWidget):
    """Left the amount and what it is made of, right the code; without an account, a sentence in its place."""

    def __init__(self, voice: Voice, account: BankAccount | None) -> None:
        super().__init__()
        self._voice, self._account = voice, account
        self._dossier: Dossier | None = None
        self.title, self.amount = FittedLabel("plain"), FittedLabel("large")
        self.lines, self.how = FittedLabel("plain"), FittedLabel("plain")
        self.code = QrImage()
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.title, 1)
        left.addWidget(self.amount, 2)
        left.addWidget(self.lines, 4)
        left.addWidget(self.how, 4)
        row = QHBoxLayout(self)
        row.setContentsMargins(32, 12, 32, 24)
        row.setSpacing(24)
        row.addLayout(left, 6)
        row.addWidget(self.code, 5)
        self.show_dossier(None)

    def show_dossier(self, dossier: Dossier | None) -> None:
        """What this dossier costs; None forgets it."""
        self._dossier = dossier
        self.retell()

    def retell(self) -> None:
        payment = self._dossier.payment if self._dossier else None
        if self._dossier is None or payment is None:
            for text in (self.title, self.amount, self.lines, self.how):
                text.setText("")
            self.code.show_text("", "")
            self.setAccessibleName("")
            return
        language, account, due = self._voice.language, self._account, payment.total
        self.title.setText(self._voice("citizen.pay.title"))
        self.amount.setText(money(due, language))
        lines = [_line(charge, self._voice) for charge in payment.charges if charge.amount]
        if payment.remitted:
            lines.append(self._voice("citizen.pay.remitted", amount=money(payment.remitted, language)))
        self.lines.setText("\n".join(lines))
        if account is not None and due > 0:
            purpose = purpose_of(self._dossier.id, self._dossier.procedure_code)
            self.code.show_text(
                vietqr(account, due, purpose), self._voice("citizen.pay.code", amount=money(due, language))
            )
            how = self._voice("citizen.pay.scan", name=account.name, number=account.number, purpose=purpose)
        else:
            self.code.show_text("", "")
            how = self._voice("citizen.pay.cash" if due > 0 else "citizen.pay.nothing")
        self.how.setText(how)
        self.setAccessibleName(f"{self.title.text()} {self.amount.text()}. {how}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        scale = scale_of(self.window().size())
        self.title.show_text(self.title.text(), scaled(self.font(), FIELD, scale))
        self.amount.show_text(self.amount.text(), scaled(self.font(), VALUE, scale, bold=True))
        self.lines.show_text(self.lines.text(), scaled(self.font(), SMALL, scale))
        self.how.show_text(self.how.text(), scaled(self.font(), SMALL, scale))


def _line(charge: Charge, voice: Voice) -> str:
    return voice("citizen.pay.line", name=charge.name, amount=money(charge.amount, voice.language))
