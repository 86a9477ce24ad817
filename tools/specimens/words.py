"""Dates in Vietnamese words, as civil-status papers repeat them."""

from __future__ import annotations

from datetime import date

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def date_in_words(day: date) -> str:
    """«Ngày chín tháng mười một năm hai nghìn không trăm hai mươi sáu»."""
    month = "tư" if day.month == 4 else below_hundred(day.month)
    return f"Ngày {below_hundred(day.day)} tháng {month} năm {year_in_words(day.year)}"


def year_in_words(year: int) -> str:
    """Four digits, with «linh» before a lone unit."""
    thousands, rest = divmod(year, 1000)
    hundreds, rest = divmod(rest, 100)
    words = f"{DIGITS[thousands]} nghìn {DIGITS[hundreds]} trăm"
    if rest == 0:
        return words
    return f"{words} linh {DIGITS[rest]}" if rest < 10 else f"{words} {below_hundred(rest)}"


def below_hundred(number: int) -> str:
    """0 to 99: «mười lăm», «hai mươi mốt»."""
    tens, unit = divmod(number, 10)
    if tens == 0:
        return DIGITS[unit]
    ten = "mười" if tens == 1 else f"{DIGITS[tens]} mươi"
    if unit == 0:
        return ten
    if unit == 5:
        return f"{ten} lăm"
    return f"{ten} mốt" if unit == 1 and tens > 1 else f"{ten} {DIGITS[unit]}"
