"""Vietnamese text compared and searched as people mean it."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.dossier.text import exact, folded, same, spelling


@pytest.mark.parametrize(
    ("written", "searched"),
    [
        ("Nguyễn Thị Đăng", "nguyen thi dang"),
        ("ĐẶNG  VĂN\tƯỚC", "dang van uoc"),
        ("Hoàng Đình Vỹ", "hoang dinh vy"),
        ("H'Hen Niê", "h'hen nie"),
    ],
)
def test_folding_takes_marks_case_and_the_bar_of_d_away(written: str, searched: str) -> None:
    assert folded(written) == searched


def test_tone_marks_make_another_name() -> None:
    assert not same("Nguyễn Thị Đăng", "Nguyễn Thị Đặng")
    assert same("NGUYỄN THỊ ĐĂNG.", "Nguyễn  Thị Đăng")


@pytest.mark.parametrize(("one", "other"), [("Hoà Bình", "Hòa Bình"), ("THUỶ", "Thủy"), ("quý", "qúy")])
def test_both_styles_of_setting_the_tone_mark_are_the_same_word(one: str, other: str) -> None:
    assert same(one, other)
    assert spelling(one) == spelling(other)


def test_words_are_spelt_alike_whatever_stands_between_them() -> None:
    assert spelling("Phan Rang - Tháp Chàm") == spelling("PHAN RANG–THÁP CHÀM")
    assert spelling("Tân Thanh") != spelling("Tân Thạnh")


@given(st.text())
def test_composed_and_decomposed_letters_are_the_same_text(text: str) -> None:
    assert exact(unicodedata.normalize("NFD", text)) == exact(text)
    assert same(unicodedata.normalize("NFD", text), unicodedata.normalize("NFC", text))


@given(st.text())
def test_what_is_kept_once_is_kept_the_same_again(text: str) -> None:
    assert exact(exact(text)) == exact(text)


@given(st.text(st.characters(codec="utf-8", max_codepoint=0x1EFF)))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert folded(folded(text)) == folded(text)
