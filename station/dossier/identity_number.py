"""The twelve digits of a personal identification number (số định danh cá nhân): what their structure tells.

Three digits of the province or country of birth registration, one of century and sex, two of the birth year, six
random (Nghị định 137/2015/NĐ-CP). There is no check digit, and since Luật Căn cước 2023 the law promises only
twelve digits: whatever does not fit is a warning, never an error.
"""

from __future__ import annotations

import re

_NUMBER = re.compile(r"[0-9]{12}")
_OLD_NUMBER = re.compile(r"[0-9]{9}")
_BETWEEN_DIGITS = re.compile(r"[\s.\-]+")
_DIGITS = 12
_ZEROS_LOST = (1, 2)
"""A number from Hà Nội to Hòa Bình begins with two zeros, all others of the country with one."""

_LIVING_CENTURIES = "0123"
"""The fourth digit of those born in the 1900s and 2000s."""

_FIRST_COUNTRY = 100
_FIRST_CENTURY = 1900

PROVINCES = {
    "001": "Hà Nội", "002": "Hà Giang", "004": "Cao Bằng", "006": "Bắc Kạn", "008": "Tuyên Quang", "010": "Lào Cai",
    "011": "Điện Biên", "012": "Lai Châu", "014": "Sơn La", "015": "Yên Bái", "017": "Hòa Bình", "019": "Thái Nguyên",
    "020": "Lạng Sơn", "022": "Quảng Ninh", "024": "Bắc Giang", "025": "Phú Thọ", "026": "Vĩnh Phúc", "027": "Bắc Ninh",
    "030": "Hải Dương", "031": "Hải Phòng", "033": "Hưng Yên", "034": "Thái Bình", "035": "Hà Nam", "036": "Nam Định",
    "037": "Ninh Bình", "038": "Thanh Hóa", "040": "Nghệ An", "042": "Hà Tĩnh", "044": "Quảng Bình", "045": "Quảng Trị",
    "046": "Thừa Thiên Huế", "048": "Đà Nẵng", "049": "Quảng Nam", "051": "Quảng Ngãi", "052": "Bình Định",
    "054": "Phú Yên", "056": "Khánh Hòa", "058": "Ninh Thuận", "060": "Bình Thuận", "062": "Kon Tum", "064": "Gia Lai",
    "066": "Đắk Lắk", "067": "Đắk Nông", "068": "Lâm Đồng", "070": "Bình Phước", "072": "Tây Ninh", "074": "Bình Dương",
    "075": "Đồng Nai", "077": "Bà Rịa – Vũng Tàu", "079": "Thành phố Hồ Chí Minh", "080": "Long An",
    "082": "Tiền Giang", "083": "Bến Tre", "084": "Trà Vinh", "086": "Vĩnh Long", "087": "Đồng Tháp", "089": "An Giang",
    "091": "Kiên Giang", "092": "Cần Thơ", "093": "Hậu Giang", "094": "Sóc Trăng", "095": "Bạc Liêu", "096": "Cà Mau",
}  # fmt: skip
"""The 63 provinces before 1 July 2025: numbers given out keep their first three digits after the merger."""


def check_identity_number(number: str, *, sex: str = "", birth_date: str = "") -> tuple[str, ...]:
    """Warnings about a number, as codes of `[warning]`; empty where nothing speaks against it.

    `sex` is `male` or `female`, `birth_date` ISO 8601 or a year; leave out what is not known. Nine digits are the
    old identity card's number (chứng minh nhân dân): they have no structure to check.
    """
    if _OLD_NUMBER.fullmatch(number):
        return ("id.old_number",)
    if not _NUMBER.fullmatch(number):
        return ("id.not_twelve_digits",)
    warnings = []
    if int(number[:3]) < _FIRST_COUNTRY and number[:3] not in PROVINCES:
        warnings.append("id.unknown_province")
    if sex and sex != sex_of(number):
        warnings.append("id.sex_mismatch")
    if birth_date and birth_date[:4] != str(birth_year_of(number)):
        warnings.append("id.year_mismatch")
    return tuple(warnings)


def offered(number: str) -> tuple[str, ...]:
    """Numbers that this one may have been before it lost its first zeros, to be offered to a person and never set.

    Spreadsheets drop the zeros, and a reader loses them where they touch the label. Nine digits are an old number and
    twelve are whole: for them, and where no province and year come out, nothing is offered.
    """
    digits = _BETWEEN_DIGITS.sub("", number)
    if not re.fullmatch(r"[0-9]+", digits):
        return ()
    lost = _DIGITS - len(digits)
    whole = "0" * lost + digits
    return (whole,) if lost in _ZEROS_LOST and whole[:3] in PROVINCES and whole[3] in _LIVING_CENTURIES else ()


def is_of_the_living(number: str) -> bool:
    """Whether the century that twelve digits tell is one in which people who come to a counter were born."""
    return number[3] in _LIVING_CENTURIES


def sex_of(number: str) -> str:
    """`male` or `female`: even digits of the century are men's."""
    return "male" if int(number[3]) % 2 == 0 else "female"


def birth_year_of(number: str) -> int:
    """The birth year that digits four to six say."""
    return _FIRST_CENTURY + 100 * (int(number[3]) // 2) + int(number[4:6])
