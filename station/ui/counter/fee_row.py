"""One fee line on the officer's screen: what it is, how much of it, and what that comes to."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QSpinBox, QWidget

from station.dossier.fees import MOST, Quantity
from station.dossier.procedure import FeeLine, Per
from station.language import Language
from station.ui.widgets.labels import label


class FeeRow(QWidget):
    """Of what is counted by page there are two counts: the pages of a copy, and how many copies."""

    changed = Signal()

    def __init__(self, line: FeeLine, quantity: Quantity, language: Language) -> None:
        super().__init__()
        self._line, self._language = line, language
        self.name = label(line.name, wrap=True)
        self.count = self._spin(f"fees.per.{line.per.value}", quantity.count, 0)
        self.copies = self._spin("fees.per.copy", quantity.copies, 1) if line.per is Per.PAGE else None
        self.amount = label(role="value")
        self.amount.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(2)
        grid.addWidget(self.name, 0, 0, 1, 3)
        grid.addWidget(self.count, 1, 0)
        if self.copies is not None:
            grid.addWidget(self.copies, 1, 1)
        grid.addWidget(self.amount, 1, 2)
        grid.setColumnStretch(2, 1)

    @property
    def quantity(self) -> Quantity:
        return Quantity(self._line.key, self.count.value(), self.copies.value() if self.copies is not None else 1)

    def show_amount(self, words: str) -> None:
        self.amount.setText(words)

    def lock(self, *, locked: bool) -> None:
        """What was paid is not counted anew."""
        for spin in (self.count, self.copies):
            if spin is not None:
                spin.setEnabled(not locked)

    def _spin(self, unit: str, value: int, least: int) -> QSpinBox:
        spin = QSpinBox()
        spin.setRange(least, MOST)
        spin.setValue(value)
        spin.setSuffix(f" {self._language(unit)}")
        spin.setAccessibleName(f"{self._line.name}: {self._language(unit)}")
        spin.valueChanged.connect(lambda _value: self.changed.emit())
        return spin
