"""Trap 16: a scanner that types loses letters, and an input method bends them; figures come through."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station.dossier.salvage import has_lost_its_marks, salvage
from station.errors import InputError

SENT = "079085023456|023456789|Trần Văn Ẩn|31121985|Nam|Tổ 3, Tân Phú, Thành phố Hồ Chí Minh|25042021"


@pytest.mark.parametrize(
    "arrived",
    [
        SENT.replace("ầ", "?")
        .replace("ă", "?")
        .replace("Ẩ", "?")
        .replace("ổ", "?")
        .replace("â", "?")
        .replace("ú", "?"),
        SENT.encode("ascii", "ignore").decode(),
        SENT.replace("Trần Văn Ẩn", "Traafn Vawn Aarn"),
        "079085023456|Tr?n V?n ?n|31121985|Nam|T? 3|25042021",
        "079085023456||Tr\ufffdn|31121985|Nam|x|20112024||||",
    ],
)
def test_number_birth_and_sex_are_kept(arrived: str) -> None:
    assert salvage(arrived) == {"id_number": "079085023456", "birth_date": "1985-12-31", "sex": "male"}


def test_a_sex_that_cannot_be_told_is_left_open() -> None:
    assert "sex" not in salvage(SENT.replace("|Nam|", "|??|"))
    assert salvage(SENT.replace("|Nam|", "|N?|"))["sex"] == "female"


@pytest.mark.parametrize(
    "arrived", ["", "079085023456", SENT.replace("079085023456", "07908502345"), "https://mau.vn|a|b"]
)
def test_what_is_no_card_is_refused(arrived: str) -> None:
    with pytest.raises(InputError):
        salvage(arrived)


@given(st.text())
def test_any_text_gives_values_or_a_clear_error(arrived: str) -> None:
    try:
        found = salvage(arrived)
    except InputError:
        return
    assert len(found["id_number"]) == 12


def test_a_text_without_one_mark_has_lost_them() -> None:
    assert has_lost_its_marks("TRAN VAN AN", "To 3, Tan Phu, Thanh pho Ho Chi Minh")
    assert not has_lost_its_marks("TRAN VAN AN", "Tổ 3, Tân Phú")
