"""What a text that somebody gives a value after the seal is written like, by the value's key.

The rule is contract/v1's (`value.schema.json`); its vectors hold this module to it. Papers say other things, too, and
a sealed dossier says what was read: only corrections are held to a form, unless somebody says that it is printed so.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from enum import StrEnum


class Form(StrEnum):
    """How values of some keys are written."""

    SEX = "sex"
    ID_NUMBER = "id_number"
    YEAR = "year"
    DAY = "day"
    END = "end"
    MOMENT = "moment"

    @property
    def fault(self) -> str:
        """The error's code where a text has it not."""
        return f"value.form.{self}"


_FORMS = {
    "sex": Form.SEX,
    "id_number": Form.ID_NUMBER,
    "old_id_number": Form.ID_NUMBER,
    "birth_year": Form.YEAR,
    "birth_date": Form.DAY,
    "issue_date": Form.DAY,
    "id_issue_date": Form.DAY,
    "registered_on": Form.DAY,
    "valid_from": Form.DAY,
    "five_years_from": Form.DAY,
    "expiry_date": Form.END,
    "valid_until": Form.END,
    "died_at": Form.MOMENT,
    "occurred_at": Form.MOMENT,
}
_OPEN_ENDED = "Không thời hạn"
_YEAR = re.compile(r"[0-9]{4}")
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MINUTE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}")
_ID_NUMBER = re.compile(r"[0-9]{12}|[0-9]{9}")


def form_of(key: str) -> Form | None:
    """The form that texts of this key have; None: any text goes."""
    return _FORMS.get(key.rpartition(".")[2])


def form_broken(key: str, text: str) -> Form | None:
    """The form that this key wants and the text has not."""
    form = form_of(key)
    return form if form is not None and not has_form(form, text) else None


def has_form(form: Form, text: str) -> bool:
    """Whether the text is written so; empty, it says that nothing is stated."""
    match form:
        case Form.SEX:
            fits = text in ("male", "female")
        case Form.ID_NUMBER:
            fits = _ID_NUMBER.fullmatch(text) is not None
        case Form.YEAR:
            fits = _YEAR.fullmatch(text) is not None
        case Form.DAY:
            fits = _is_day(text)
        case Form.END:
            fits = text == _OPEN_ENDED or _is_day(text)
        case Form.MOMENT:
            fits = _is_day(text) or _is_minute(text)
    return fits or not text


def _is_day(text: str) -> bool:
    if not _DAY.fullmatch(text):
        return _YEAR.fullmatch(text) is not None
    try:
        return bool(date.fromisoformat(text))
    except ValueError:
        return False


def _is_minute(text: str) -> bool:
    try:
        return _MINUTE.fullmatch(text) is not None and bool(datetime.fromisoformat(text))
    except ValueError:
        return False
