"""Place and date in words are told on their line, though a word of theirs is misread or the year is lost."""

from __future__ import annotations

import pytest

from station.scan.papers.dates import date_line, iso_date
from station.scan.papers.description import Papers
from tests.unit.scan.papers.reading import values


@pytest.mark.parametrize(
    ("text", "place", "year"),
    [
        ("Phú Mẫu, ngày 18 tháng 06 năm 2021", "phu mau, ", "2021"),
        ("Đắk Lắk, ngày/data 18 tháng/month 06 năm/year 2021.", "dak lak, ", "2021"),
        ("An Mẫu, ngày /date 04 tháng/month 06 năm/year 2021", "an mau, ", "2021"),
        ("ngày 4 tháng 6 năm 2021", "", "2021"),
        ("Mẫu, 4 tháng 6 năm 2021", "mau, ", "2021"),
        ("Tổ 3, xã Mẫu, ngàu 5 tháng 6 năm 2021", "to 3, xa mau, ", "2021"),
        ("Mẫu, ngày/date 01 tháng/morth 04 năm/year 1", "mau, ", "1"),
        ("Mẫu, ngày/date 01 tháng/month 04 năm/year ¿", "mau, ", ""),
    ],
)
def test_a_date_line_is_told_by_its_words(text: str, place: str, year: str) -> None:
    assert date_line(text) == (place, year)


@pytest.mark.parametrize(
    "text",
    [
        "cấp ngày 18/09/2021",
        "Khu phố 11, xã Mẫu, 12 Mẫu 5",
        "18 mẫu 06 mẫu 2021",
        "",
        "ngày 15 tháng 6 tại Ủy ban nhân dân xã Mẫu",
        "từ ngày 12 tháng 5 đến ngày 20",
        "Sinh 12 tháng 3 năm 1990",
    ],
)
def test_figures_without_its_words_are_no_date_line(text: str) -> None:
    assert date_line(text) is None


def test_a_date_is_read_though_words_of_it_are_misread() -> None:
    assert iso_date("ngày/data 18 tháng/morth 06 nám/yeer 2021") == "2021-06-18"
    assert iso_date("ngày 18 mẫu 06 mẫu 2021") is None


def test_a_misread_date_line_ends_the_address_above_it_and_is_the_date_of_issue(papers: Papers) -> None:
    text = """
GIẤY PHÉP LÁI XE/ DRIVER'S LICENSE
Nơi cư trú/Address: Thôn Mẫu, xã Mẫu,
tỉnh Mẫu
Đắt Lắk, ngày /data 18 tháng/month 06 năm/year 2021"""
    found = values(text, "driving_licence", papers)
    assert found == {"subject.residence": "Thôn Mẫu, xã Mẫu, tỉnh Mẫu", "issue_date": "2021-06-18"}
