"""Numbers with a structure of their own: telephone, number plate, chassis, health insurance, land certificate.

What does not fit is questioned; no letter and no figure of it is ever replaced.
"""

from __future__ import annotations

import re

_PHONE = re.compile(r"(?:0|84)(?:[35789][0-9]{8}|2[0-9]{8,9}|1[2689][0-9]{8})")
"""Mobile, landline with its area, and mobile numbers of eleven digits before November 2018."""

_PHONE_IN_TEXT = re.compile(r"(?<!\d)(?:\+?84|0)(?:[\s.\-()]*\d){8,10}(?!\d)")

_PLATE = re.compile(r"[1-9][0-9]\s?-?\s?[A-ZĐ]{1,2}[0-9]?\s?-?\s?(?:[0-9]{3}\.?[0-9]{2}|[0-9]{4})")
"""«29A-123.45», «29-B1 123.45», «29-AA 123.45», and four figures before 2010 (Thông tư 79/2024/TT-BCA, appendix 02)."""

_CHASSIS = re.compile(r"[A-HJ-NPR-Z0-9]{17}")
"""ISO 3779: no I, O or Q, and no space."""

_INSURANCE = re.compile(r"(?:[A-Z]{2}[1-5][0-9]{2})?[0-9]{10}")
"""The social insurance number; on cards before 2021 with the group, the level and the province before it."""

_INSURANCE_IN_TEXT = re.compile(
    r"(?<![^\W_])(?<![0-9]\s)(?:[A-Z]\s?[A-Z]\s?[1-5](?:\s?[0-9]){2})?(?:\s?[0-9]){10}(?!\s?[0-9]|[^\W_])"
)
_SERIAL = re.compile(r"[A-ZĐ]{2} ?[0-9]{6,8}")
_SPACES = re.compile(r"[\s.\-]+")


def phone(text: str) -> str | None:
    """The figures of the first telephone number; None where there are too few or too many."""
    match = _PHONE_IN_TEXT.search(text)
    digits = re.sub(r"[^0-9]", "", match[0] if match else text)
    return digits if 9 <= len(digits) <= 12 else None


def insurance_number(text: str) -> str | None:
    """The ten figures, or all fifteen characters, without the spaces of its boxes; else what stands there first."""
    match = _INSURANCE_IN_TEXT.search(text)
    if match:
        return _SPACES.sub("", match[0])
    first = re.search(r"[A-Z]{0,2}[0-9]+", text)
    return first[0] if first else None


def is_phone(value: str) -> bool:
    return bool(_PHONE.fullmatch(value))


def is_plate(value: str) -> bool:
    return bool(_PLATE.fullmatch(value))


def is_chassis_number(value: str) -> bool:
    return bool(_CHASSIS.fullmatch(value))


def is_insurance_number(value: str) -> bool:
    return bool(_INSURANCE.fullmatch(value))


def is_land_serial(value: str) -> bool:
    """The certificate's own number («số phát hành»), not that of its entry in the register."""
    return bool(_SERIAL.fullmatch(value))
