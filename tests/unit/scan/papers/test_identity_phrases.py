import pytest

from station.scan.papers.identity_phrases import id_number_in, identity_phrase
from station.scan.papers.objections import has_misread_number


def test_the_number_in_a_phrase_is_found() -> None:
    assert id_number_in("Căn cước công dân số 042095123998, cấp ngày 21/12/2017") == "042095123998"
    assert id_number_in("Giấy chứng minh nhân dân số 196132651, cấp ngày 22/09/2009") == "196132651"
    assert id_number_in("Hộ chiếu số B1234567") is None


def test_a_phrase_loses_what_small_print_and_leaders_add_to_it() -> None:
    read = "Căn cước công dân số-042 095 123 998. cấp: ngày 21/12/2017"
    assert identity_phrase(read, ()) == "Căn cước công dân số 042095123998, cấp ngày 21/12/2017"


def test_a_dash_that_a_leader_left_behind_the_comma_is_no_part_of_a_phrase() -> None:
    for read in ("CCCD số 040086160086,- cấp ngày 03/04/2024", "CCCD số 040086160086, - cấp ngày 03/04/2024"):
        assert identity_phrase(read, ()) == "CCCD số 040086160086, cấp ngày 03/04/2024"
    printed = "CCCD số 040086160086 - cấp ngày 03/04/2024"
    assert identity_phrase(printed, ()) == printed


@pytest.mark.parametrize("number", ["07S 203 012 345", "S75 203 012 345", "079 203 012 34S", "079 203 012 34"])
def test_part_of_a_longer_number_is_no_old_one(number: str) -> None:
    assert id_number_in(f"CCCD số {number}, cấp ngày 25/04/2023") is None


@pytest.mark.parametrize("number", ["0420S4044167", "O79203012345", "07920301234S", "0420SS044167"])
def test_a_letter_anywhere_in_a_number_is_a_misread_figure(number: str) -> None:
    assert has_misread_number(f"CCCD số {number}, cấp ngày 25/04/2023")


@pytest.mark.parametrize(
    "phrase", ["CCCD số 042095123998", "Hộ chiếu số B12345678", "Hộ chiếu B1234567", "số042095123998"]
)
def test_numbers_of_figures_and_of_passports_are_not_misread(phrase: str) -> None:
    assert not has_misread_number(phrase)
