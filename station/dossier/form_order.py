"""Which form is wanted, of which dossier, and what the officer adds to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from station.dossier.apology import Apology
from station.dossier.printed_form import FormName
from station.dossier.refusal import Refusal

IssuedForm = Refusal | Apology
"""A form that says something to a citizen once and for ever: it is kept as it was issued, with its number."""

ISSUED_AS: dict[type[IssuedForm], FormName] = {Refusal: FormName.REFUSAL, Apology: FormName.APOLOGY}


@dataclass(frozen=True, slots=True)
class FormOrder:
    """`reason` goes on a refusal and an apology, `new_due` on an apology, `day` on a page of the register.

    With `issued`, what is wanted is that form once more.
    """

    name: FormName
    dossier_id: str = ""
    reason: str = ""
    new_due: date | None = None
    day: date | None = None
    issued: IssuedForm | None = None
