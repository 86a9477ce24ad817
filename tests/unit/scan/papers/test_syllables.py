import pytest

from station.scan.papers.syllables import apart, implausible, is_syllable


@pytest.mark.parametrize(
    "word", ["Nguyễn", "Khuê", "Đỏ", "Ý", "Ẩn", "nghiêng", "quyển", "giếng", "oanh", "xoong", "gì"]
)
def test_vietnamese_words_are_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["LÔC", "trươc", "MAIL", "VL", "SPECIMEN", "Zrx", "N", "hoá̉", "Ksor", ""])
def test_misread_and_foreign_words_are_not(word: str) -> None:
    assert not is_syllable(word)


def test_words_run_together_are_parted_where_one_cut_fits() -> None:
    assert apart("THỊKHUÊ") == "THỊ KHUÊ"
    assert apart("XãAn") == "Xã An"
    assert apart("Ksor") == "Ksor"
    assert apart("Nguyễn") == "Nguyễn"


def test_numbers_do_not_count_as_implausible() -> None:
    assert implausible("Số 57/19B đường Mẫu") == 0
    assert implausible("Số 5 đưởngq Mẫu") == 1
