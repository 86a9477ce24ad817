import pytest

from station.scan.papers.syllables import apart, implausible, is_syllable


@pytest.mark.parametrize(
    "word", ["Nguyễn", "Khuê", "Đỏ", "Ý", "Ẩn", "nghiêng", "quyển", "giếng", "oanh", "xoong", "gì"]
)
def test_vietnamese_words_are_syllables(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize(("one", "other"), [("hoà", "hòa"), ("thuỷ", "thủy"), ("khoẻ", "khỏe"), ("quý", "qúy")])
def test_both_styles_of_setting_the_tone_mark_are_syllables(one: str, other: str) -> None:
    assert is_syllable(one)
    assert is_syllable(other)


@pytest.mark.parametrize("word", ["kách", "cể", "gế", "nghà", "ngiêng", "ghanh", "tuach", "bhàn", "hoóch", "mạc̉"])
def test_letters_that_never_stand_together_are_none(word: str) -> None:
    assert not is_syllable(word)


@pytest.mark.parametrize("tone", "\u0300\u0303\u0309")
def test_a_stopped_syllable_has_the_sharp_or_the_heavy_tone(tone: str) -> None:
    for rhyme in ("ac", "ich", "ôp", "uyêt"):
        assert not is_syllable(f"t{rhyme}")
        assert not is_syllable(f"t{rhyme[0]}{tone}{rhyme[1:]}")
        assert is_syllable(f"t{rhyme[0]}\u0301{rhyme[1:]}")


@pytest.mark.parametrize("word", ["LÔC", "trươc", "MAIL", "VL", "SPECIMEN", "Zrx", "N", "hoá̉", "Ksor", ""])
def test_misread_and_foreign_words_are_not(word: str) -> None:
    assert not is_syllable(word)


def test_words_run_together_are_parted_where_one_cut_fits() -> None:
    assert apart("THỊKHUÊ") == "THỊ KHUÊ"
    assert apart("XãAn") == "Xã An"
    assert apart("Ksor") == "Ksor"
    assert apart("Nguyễn") == "Nguyễn"
    assert apart("Tiôn") == "Tiôn"


def test_numbers_do_not_count_as_implausible() -> None:
    assert implausible("Số 57/19B đường Mẫu") == 0
    assert implausible("Số 5 đưởngq Mẫu") == 1
