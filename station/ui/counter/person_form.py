"""The person typed from the card by hand; what does not fit the number's structure is said, never refused."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QFormLayout, QHBoxLayout, QLineEdit, QRadioButton, QWidget

from station.dossier.dossier import Dossier
from station.dossier.identity_number import check_identity_number
from station.errors import InputError
from station.language import Language
from station.ui.widgets.labels import label, set_role
from station.ui.widgets.text_line import TextLine

SEXES = ("male", "female")
_DATE = re.compile(r"(\d{1,2})[/.\- ]?(\d{1,2})[/.\- ]?(\d{4})")


def birth_date(typed: str) -> str:
    """ISO 8601 of what an officer types: 05/03/1990, 5-3-1990, 05031990, or the year alone.

    Raises `InputError("value.bad_date")`.
    """
    typed = typed.strip()
    if not typed or re.fullmatch(r"(19|20)\d\d", typed):
        return typed
    match = _DATE.fullmatch(typed)
    try:
        day, month, year = (int(part) for part in match.groups()) if match else (0, 0, 0)
        return date(year, month, day).isoformat()
    except ValueError as error:
        raise InputError("value.bad_date") from error


def shown_date(iso: str) -> str:
    """`2001-02-03` as 03/02/2001; a year stays a year."""
    parts = iso.split("-")
    return "/".join(reversed(parts)) if len(parts) == 3 else iso


class PersonForm(QWidget):
    """Name, number, birth date, sex, residence."""

    changed = Signal()

    def __init__(self, language: Language) -> None:
        super().__init__()
        self._language = language
        self.full_name, self.id_number, self.birth_date, self.residence = (TextLine() for _ in range(4))
        self.birth_date.setPlaceholderText(language("counter.person.birth_date_format"))
        self.id_number.setPlaceholderText(language("counter.person.id_number_format"))
        self._sexes = QButtonGroup(self)
        sexes = QHBoxLayout()
        sexes.setSpacing(16)
        for number, sex in enumerate(SEXES):
            choice = QRadioButton(language(f"counter.person.{sex}"))
            self._sexes.addButton(choice, number)
            sexes.addWidget(choice)
        sexes.addStretch()
        self.warning = label(role="warning", wrap=True)
        self.bad_date = label(str(language.error(InputError("value.bad_date"))), "error", wrap=True)
        form = QFormLayout(self)
        form.setContentsMargins(0, 0, 0, 0)
        form.setHorizontalSpacing(14)
        form.setVerticalSpacing(8)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for field, key in (
            (self.id_number, "id_number"),
            (self.full_name, "full_name"),
            (self.birth_date, "birth_date"),
        ):
            self._add(form, field, key)
        form.addRow("", self.bad_date)
        form.addRow(language("counter.person.sex"), sexes)
        self._add(form, self.residence, "residence")
        form.addRow("", self.warning)
        for field in (self.full_name, self.id_number, self.birth_date, self.residence):
            field.textEdited.connect(lambda _text: self._on_edited())
        self._sexes.idClicked.connect(lambda _number: self._on_edited())
        self.dirty = False
        self._show_warnings()

    def values(self) -> dict[str, str]:
        """What was typed, normalised. Raises `InputError("value.bad_date")`."""
        sex = self._sexes.checkedId()
        return {
            "full_name": self.full_name.text(),
            "id_number": re.sub(r"[\s.]", "", self.id_number.text()),
            "birth_date": birth_date(self.birth_date.text()),
            "sex": SEXES[sex] if sex >= 0 else "",
            "residence": self.residence.text(),
        }

    def show_person(self, dossier: Dossier | None) -> None:
        """Fill in the person as identified, so that a mistake can be mended by hand."""
        self.full_name.setText((dossier and dossier.value("full_name")) or "")
        self.id_number.setText((dossier and dossier.value("id_number")) or "")
        self.birth_date.setText(shown_date((dossier and dossier.value("birth_date")) or ""))
        self.residence.setText((dossier and dossier.value("residence")) or "")
        sex = (dossier and dossier.value("sex")) or ""
        self._sexes.setExclusive(False)
        for number, name in enumerate(SEXES):
            self._sexes.button(number).setChecked(sex == name)
        self._sexes.setExclusive(True)
        for field in (self.full_name, self.id_number, self.birth_date, self.residence):
            field.setCursorPosition(0)  # a long value is read from its start
        self.dirty = False
        self._show_warnings()

    def fill(self, values: Mapping[str, str]) -> None:
        """Put values into the fields as if they had been typed: nothing is recorded before the officer says so."""
        self.id_number.setText(values.get("id_number", self.id_number.text()))
        self.birth_date.setText(shown_date(values["birth_date"]) if "birth_date" in values else self.birth_date.text())
        if "sex" in values:
            self._sexes.button(SEXES.index(values["sex"])).setChecked(True)
        self._on_edited()

    def _add(self, form: QFormLayout, field: QLineEdit, key: str) -> None:
        name = self._language(f"counter.person.{key}")
        field.setAccessibleName(name)
        form.addRow(name, field)

    def _on_edited(self) -> None:
        self.dirty = True
        self._show_warnings()
        self.changed.emit()

    def _show_warnings(self) -> None:
        number = re.sub(r"[\s.]", "", self.id_number.text())
        try:
            values, bad_date = self.values(), False
        except InputError:
            values, bad_date = {}, True
        told = _structure(number, values) if number else ()
        self.warning.setText("\n".join(self._language(f"warning.{code}") for code in told))
        self.warning.setVisible(bool(told))
        set_role(self.id_number, "warning" if told else "", name="state")
        self.bad_date.setVisible(bad_date)
        set_role(self.birth_date, "error" if bad_date else "", name="state")


def _structure(number: str, values: dict[str, str]) -> tuple[str, ...]:
    return check_identity_number(number, sex=values.get("sex", ""), birth_date=values.get("birth_date", ""))
