import pytest

from station.scan.papers.closed_lists import from_lexicon, from_words, with_phrases
from station.scan.papers.description import Papers


@pytest.mark.parametrize(
    ("printed", "value"),
    [("Gia-rai", "Gia-rai"), ("Kính", "Kinh"), (")c: Gia-rai", "Gia-rai"), ("Rục", "Rục"), ("12", None)],
)
def test_a_closed_list_mends_marks_and_leaves_what_it_does_not_know(printed: str, value: str | None) -> None:
    assert from_lexicon(printed, ["Kinh", "Gia-rai", "Tày"]) == value


def test_a_hyphen_that_a_leader_hides_is_the_entrys() -> None:
    """«Ê đê» was accepted as a spelling of «Ê Đê», which is written with a large letter."""
    words = ["Ê-đê", "Ê Đê"]
    assert [from_lexicon(printed, words) for printed in ("Ê đê", "Ê Đê", "Ê-đê")] == ["Ê-đê", "Ê Đê", "Ê-đê"]


def test_tay_is_not_made_into_another_people() -> None:
    assert from_lexicon("Thái", ["Thái", "Thổ"]) == "Thái"


@pytest.mark.parametrize(
    ("printed", "value"),
    [("c", "C"), ("b2.", "B2"), ("C", "C"), ("b1 số tự động", "b1 số tự động"), ("Yamaha", "Yamaha")],
)
def test_a_code_of_capitals_has_no_small_letters(printed: str, value: str) -> None:
    """«c» and «C» differ in size alone; a list's words are kept in the case in which they are printed."""
    assert from_lexicon(printed, ["C", "B2", "B1 số tự động", "YAMAHA"]) == value


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


@pytest.mark.parametrize(
    ("read", "value"),
    [
        ("Hiện tại chưa dăng Rý Eết Rôn với ai", "Hiện tại chưa đăng ký kết hôn với ai"),
        ("Đế đăng kú kết hôn với chị Lê Thị Mẫu.", "Để đăng ký kết hôn với chị Lê Thị Mẫu."),
        ("ĐĂNG KỶ KẾT HÔN", "ĐĂNG KÝ KẾT HÔN"),
        ("Hiện tại đã đăng ký kết hôn với ai", "Hiện tại đã đăng ký kết hôn với ai"),  # a word of the list
        ("Đế mua đất", "Đế mua đất"),
        ("Ciưa dăng Rý Rết ñôn với ai", "Chưa đăng ký kết hôn với ai"),
        ("Để dăng Rý Rết hön", "Để dăng Rý Rết hön"),  # one word alone is read
        ("Để đăng ký kết hôn tại xã Kết Hồn", "Để đăng ký kết hôn tại xã Kết Hồn"),
    ],
)
def test_a_set_phrase_of_which_two_words_are_read_is_known_as_a_whole(read: str, value: str) -> None:
    phrases = (
        "Hiện tại chưa đăng ký kết hôn với ai",
        "chưa đăng ký kết hôn với ai",
        "Để đăng ký kết hôn",
        "Đăng ký kết hôn",
        "Đã ly hôn",
        "Để mua đất",
    )
    assert with_phrases(read, phrases) == value


@pytest.mark.parametrize(
    "printed",
    [
        "Đã đăng ký kết hôn tại Hàn Quốc",  # not «Để»: it says the contrary
        "Đăng kí kết hôn",  # as many spell it
        "Bổ xung hồ sơ xin việc làm",  # as a clerk may
        "Chưa đăng ký kết hôn với Mai Thị Mẫu",
        "Chưa đăng ký kết hôn với Ái",
        "Làm thủ tục mua nhà ở xã Hồi Mẫu",
    ],
)
def test_what_may_be_meant_as_it_stands_is_made_into_no_phrase_that_is_shipped(printed: str, papers: Papers) -> None:
    for phrases in (papers.lexicons["marital_purpose"], papers.lexicons["marital_status"]):
        assert with_phrases(printed, phrases) == printed


def test_words_that_may_be_are_misread_where_another_of_the_phrase_is_for_sure(papers: Papers) -> None:
    phrases = papers.lexicons["marital_purpose"]
    assert with_phrases("Bố túc hồ sơ vay vấn ngân hàng", phrases) == "Bổ túc hồ sơ vay vốn ngân hàng"
    assert with_phrases("Đã đăng ky kết hôn tại Hàn Quốc", phrases) == "Đã đăng ký kết hôn tại Hàn Quốc"


def test_a_name_behind_a_misread_phrase_stays(papers: Papers) -> None:
    read = "Chưa đăng kú kết hôn với Ái"
    assert with_phrases(read, papers.lexicons["marital_status"]).endswith(" với Ái")


def test_a_phrase_in_the_middle_begins_with_a_small_letter(papers: Papers) -> None:
    read = "Bổ sung hồ sơ và đế đăng kú kết hôn"
    assert with_phrases(read, papers.lexicons["marital_purpose"]) == "Bổ sung hồ sơ và để đăng ký kết hôn"
