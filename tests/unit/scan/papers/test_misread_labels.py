"""Labels that hardly a letter is left of, told by where they stand; and what stands elsewhere is none."""

from __future__ import annotations

from station.scan.papers.description import Papers
from tests.unit.scan.papers.reading import values


def test_labels_on_a_shaken_card_are_known_by_their_order(papers: Papers) -> None:
    text = """
GIẤY PHÉP LÁI XE/ DRIVERS LICENSE
Họ tện/Ful nane, ĐẶNG NGỌC VIỆT
Ngày sơm Dưne 27/07/1953
Quốc bch VIỆT NAM
Nai cơ trà Thôn Tiến, xã Diễn Châu, tỉnh Nghệ An
Hang: B2
Ca gá đên 23/03/2031"""
    found = values(text, "driving_licence", papers)
    assert found["subject.full_name"] == "ĐẶNG NGỌC VIỆT"
    assert found["subject.residence"] == "Thôn Tiến, xã Diễn Châu, tỉnh Nghệ An"
    dates = (found["subject.birth_date"], found["class"], found["expiry_date"])
    assert dates == ("1953-07-27", "B2", "2031-03-23")


def test_what_stands_apart_within_a_line_is_sooner_a_value_than_a_label(papers: Papers) -> None:
    text = "GIẤY PHÉP LÁI XE/ DRIVERS LICENSE\nNai cơ trà    Thôn Tiến, xã Diễn Châu, tỉnh Nghệ An"
    found = values(text, "driving_licence", papers)
    assert found == {"subject.residence": "Thôn Tiến, xã Diễn Châu, tỉnh Nghệ An"}


def test_a_line_before_the_label_above_it_is_no_label_of_what_comes_later(papers: Papers) -> None:
    text = """
Ca gá đên 23/03/2031
Họ tên/Full name: ĐẶNG NGỌC VIỆT
Ngày sinh/Date of Birth: 27/07/1953"""
    assert "expiry_date" not in values(text, "driving_licence", papers)


def test_on_a_form_where_places_are_left_out_the_order_tells_nothing(papers: Papers) -> None:
    text = """
Họ, chữ đệm, tên người mẹ: TRẦN THỊ MẪU
Nâm sih 1990"""
    assert "mother.birth_year" not in values(text, "birth_certificate", papers)
