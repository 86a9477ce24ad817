import pytest

from station.scan.papers.cleaning import clean


@pytest.mark.parametrize("printed", ["", "-/-", "........", "…", "._ - ·", " / "])
def test_what_is_blank_or_struck_out_is_nothing(printed: str) -> None:
    assert clean(printed) == ""


def test_full_stops_of_abbreviations_and_numbers_stay() -> None:
    assert clean("TP. Hồ Chí Minh, 80.000.000") == "TP. Hồ Chí Minh, 80.000.000"
