"""Dates in all the ways in which papers print them, in figures and in words."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.dossier.number_words import amount_said, date_in_words, date_said
from station.scan.papers.dates import expiry, iso_date, iso_moment, year_of

DAYS = st.dates(date(1900, 1, 1), date(2050, 12, 31))
DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
FIGURES = (
    "{0:%d/%m/%Y}",
    "{0.day}/{0.month}/{0.year}",
    "{0:%d-%m-%Y}",
    "{0:%d.%m.%Y}",
    "{0:%d} / {0:%m} / {0:%Y}",
    "{0:%d}//{0:%m}//{0:%Y}",
    "ngày {0:%d} tháng {0.month} năm {0.year}",
    "Ngày {0.day}, tháng {0:%m}, năm {0.year}",
    "ngày/date {0:%d} tháng/month {0:%m} năm/year {0:%Y}",
    "Ngày{0:%d}tháng{0:%m}năm{0:%Y}",
    "{0:%d%m%Y}",
    "{0:%d %m %Y}",
)


@given(DAYS, st.sampled_from(FIGURES))
def test_every_day_is_read_from_every_way_of_printing_it(day: date, form: str) -> None:
    assert iso_date(form.format(day)) == day.isoformat()


@given(DAYS)
def test_a_day_in_boxes_is_read(day: date) -> None:
    for between in (" ", "|", " | "):
        assert iso_date(between.join(f"{day:%d%m%Y}")) == day.isoformat()


@given(DAYS, st.integers(0, 23), st.integers(0, 59))
def test_every_moment_is_read(day: date, hour: int, minute: int) -> None:
    moment = f"{day.isoformat()}T{hour:02}:{minute:02}"
    for form in ("{0:02} giờ {1:02} phút, ngày {2}", "{0}h{1:02} ngày {2}", "{2} {0:02}:{1:02}", "{0} giờ {1}', {2}"):
        assert iso_moment(form.format(hour, minute, f"{day:%d/%m/%Y}")) == moment


@pytest.mark.parametrize(
    "text",
    [
        "31/02/1999",
        "00/03/1999",
        "05/13/1999",
        "29/02/1900",
        "05/03/9999",
        "l5/03/1999",  # a letter may be a figure that was lost
        "1O/03/1999",
        "05/03/99",
        "123456",
        "",
    ],
)
def test_what_is_no_day_is_none(text: str) -> None:
    assert iso_date(text) is None


def test_a_year_alone_stays_a_year() -> None:
    assert iso_date("Năm sinh: 1958") == year_of("1958") == "1958"
    assert year_of("05/03/1958") == "1958"
    assert year_of("1958 hoặc 1959") is None


def test_an_impossible_time_is_no_moment_and_none_printed_leaves_the_day() -> None:
    assert iso_moment("25 giờ 00 phút, ngày 05/03/1999") is None
    assert iso_moment("09 giờ 75 phút, ngày 05/03/1999") is None
    assert iso_moment("... giờ ... phút, ngày 05/03/1999") == "1999-03-05"
    assert iso_moment("9 giờ, ngày 05/03/1999") == "1999-03-05T09:00"


def test_open_ends_are_said_in_words() -> None:
    assert expiry("Không thời hạn") == "Không thời hạn"


@given(st.text() | st.text(st.sampled_from("0123456789/-. ngàythánămgiờph")))
def test_any_text_is_a_date_or_none(text: str) -> None:
    for read in (iso_date(text), iso_moment(text)):
        assert read is None or len(read) == 4 or datetime.fromisoformat(read)
    said = date_said(text)
    assert said is None or date.fromisoformat(said)
    date_in_words(text)
    amount_said(text)


def tens(number: int, variants: dict[str, str]) -> str:
    """0 to 99 in words; `variants` says which word for some of them."""
    ten, unit = divmod(number, 10)
    if ten == 0:
        return DIGITS[unit]
    if ten == 1:
        return "mười" + ("" if unit == 0 else " lăm" if unit == 5 else f" {DIGITS[unit]}")
    ones = {0: "", 1: " mốt", 4: f" {variants['bốn']}", 5: " lăm"}.get(unit, f" {DIGITS[unit]}")
    return f"{DIGITS[ten]} mươi{ones}"


def in_words(day: date, variants: dict[str, str]) -> str:
    thousand, rest = divmod(day.year, 1000)
    hundred, two = divmod(rest, 100)
    year = f"{DIGITS[thousand]} {variants['nghìn']}"
    if rest:
        year += f" {DIGITS[hundred]} trăm"
        if two:
            year += f" {variants['linh']} {DIGITS[two]}" if two < 10 else f" {tens(two, variants)}"
    first = f"{variants['mùng']} " if day.day <= 10 and variants["mùng"] else ""
    month = variants["bốn"] if day.month == 4 else tens(day.month, variants)
    return f"Ngày {first}{tens(day.day, variants)} tháng {month} năm {year}"


VARIANTS = st.fixed_dictionaries(
    {
        "bốn": st.sampled_from(["bốn", "tư"]),
        "nghìn": st.sampled_from(["nghìn", "ngàn"]),
        "linh": st.sampled_from(["linh", "lẻ"]),
        "mùng": st.sampled_from(["", "mùng", "mồng"]),
    }
)


@given(DAYS, VARIANTS)
def test_every_day_comes_back_from_its_words(day: date, variants: dict[str, str]) -> None:
    words = in_words(day, variants)
    assert date_said(words) == day.isoformat()
    assert date_said(words.replace(" tháng", ", tháng").replace(" năm ", ", năm ", 1).upper()) == day.isoformat()
    assert date_in_words(words) == words


def test_every_day_of_a_leap_century_has_words_of_its_own() -> None:
    variants = {"bốn": "tư", "nghìn": "nghìn", "linh": "linh", "mùng": ""}
    days = [date(1999, 1, 1) + timedelta(days=at) for at in range(800)]
    assert [date_said(in_words(day, variants)) for day in days] == [day.isoformat() for day in days]


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("Ngày hai mốt tháng mười hai năm hai nghìn không trăm hai mươi lăm", "2025-12-21"),
        ("Ngày hai mươi tháng mười năm một nghìn chín trăm tám mốt", "1981-10-20"),
        ("Ngày mồng một tháng giêng năm hai nghìn linh hai", "2002-01-01"),
        ("ngay muoi lam thang nam nam mot nghin chin tram chin muoi chin", "1999-05-15"),
        ("Ngày ba mươi mốt tháng hai năm hai nghìn", None),
        ("Ngày rằm tháng ba năm hai nghìn", None),
        ("Ngày năm tháng năm năm hai nghìn năm", None),  # 2005 or 2500
        ("Ngày năm tháng năm năm hai nghìn không trăm năm", None),  # «linh» is missing: a line was cut
        ("tháng ba năm hai nghìn", None),
    ],
)
def test_short_unusual_and_impossible_words(words: str, day: str | None) -> None:
    assert date_said(words) == day


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("80.000.000 đồng (Bằng chữ: Tám mươi triệu đồng)", 80_000_000),
        ("(Bằng chữ: Một tỷ hai trăm linh năm triệu ba trăm nghìn đồng chẵn)", 1_205_300_000),
        ("bằng chữ: Một nghìn không trăm bảy mươi tám mét vuông", 1078),
        ("bằng chữ: Một trăm bảy mươi phẩy một mét vuông", 170),
        ("bằng chữ: -/-", None),
        ("Tám mươi triệu đồng", None),
    ],
)
def test_amounts_are_read_from_their_words(text: str, amount: int | None) -> None:
    assert amount_said(text) == amount


def test_minutes_that_were_misread_are_not_nought() -> None:
    assert iso_moment("07 giờ l1 phút, ngày 14/09/2024") is None
