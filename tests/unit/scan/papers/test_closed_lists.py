import pytest

from station.scan.papers.closed_lists import from_lexicon, from_words


@pytest.mark.parametrize(
    ("printed", "value"),
    [("Gia-rai", "Gia-rai"), ("Kính", "Kinh"), (")c: Gia-rai", "Gia-rai"), ("Rục", "Rục"), ("12", None)],
)
def test_a_closed_list_mends_marks_and_leaves_what_it_does_not_know(printed: str, value: str | None) -> None:
    assert from_lexicon(printed, ["Kinh", "Gia-rai", "Tày"]) == value


def test_tay_is_not_made_into_another_people() -> None:
    assert from_lexicon("Thái", ["Thái", "Thổ"]) == "Thái"


@pytest.mark.parametrize(
    ("read", "value"),
    [
        ("Hiên tại chua đăng kỳ kết hôn với ai", "Hiện tại chưa đăng ký kết hôn với ai"),
        ("Từ ngày 02/09/1987 đên ngày 09/07/2025 chưa đăng ký", "Từ ngày 02/09/1987 đến ngày 09/07/2025 chưa đăng ký"),
        ("hiện tại đang có chồng là ông Lê Văn Hiên", "hiện tại đang có chồng là ông Lê Văn Hiên"),  # a name
        ("hiện tại độc thân", "hiện tại độc thân"),
    ],
)
def test_words_of_known_phrases_get_their_marks_and_names_stay(read: str, value: str) -> None:
    phrases = ("Hiện tại chưa đăng ký kết hôn với ai", "đang có vợ/chồng", "Từ ngày đến ngày", "là ông")
    assert from_words(read, phrases) == value


def test_a_word_of_a_list_beside_another_word_is_kept_as_printed() -> None:
    words = ("Con", "Con đẻ", "Mẹ")
    assert from_lexicon("Con ruột", words) == "Con ruột"
    assert from_lexicon("| Con .", words) == "Con"
