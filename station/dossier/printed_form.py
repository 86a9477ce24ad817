"""The forms that a counter prints (TT 03/2025/TT-VPCP, Appendix I), and which values each of them shows."""

from __future__ import annotations

from enum import StrEnum

from station.dossier.apology import Apology
from station.dossier.closing_sheet import ClosingSheet
from station.dossier.control_slip import ControlSlip
from station.dossier.erasure_certificate import ErasureCertificate
from station.dossier.my_data_sheet import MyData
from station.dossier.receipt import Receipt
from station.dossier.refusal import Refusal
from station.dossier.register import Register
from station.dossier.supplement_slip import SupplementSlip

PrintedForm = (
    Receipt | SupplementSlip | Refusal | Apology | ControlSlip | Register | ClosingSheet | ErasureCertificate | MyData
)


class FormName(StrEnum):
    """A template: `resources/forms/<name>.toml`."""

    RECEIPT = "receipt"  # Mẫu 01
    RECEIPT_ROLL = "receipt_roll"  # Mẫu 01 on a roll of 80 mm
    SUPPLEMENT = "supplement"  # Mẫu 02
    REFUSAL = "refusal"  # Mẫu 03
    APOLOGY = "apology"  # Mẫu 04
    CONTROL = "control"  # Mẫu 06
    REGISTER = "register"  # Mẫu 07
    CLOSING = "closing"  # Mẫu 07 at the end of a shift, with the ledger and the trail's head
    ERASURE = "erasure"
    MY_DATA = "my_data"


SHOWS: dict[FormName, type[PrintedForm]] = {
    FormName.RECEIPT: Receipt,
    FormName.RECEIPT_ROLL: Receipt,
    FormName.SUPPLEMENT: SupplementSlip,
    FormName.REFUSAL: Refusal,
    FormName.APOLOGY: Apology,
    FormName.CONTROL: ControlSlip,
    FormName.REGISTER: Register,
    FormName.CLOSING: ClosingSheet,
    FormName.ERASURE: ErasureCertificate,
    FormName.MY_DATA: MyData,
}
"""Whose values a template may name."""
