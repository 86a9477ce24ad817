from dataclasses import replace

import pytest

from station import paths
from station.dossier.reading import Doubt, Status
from station.gazetteer import load_gazetteer
from station.scan.papers.agreement import weigh
from station.scan.papers.description import FieldRule, Grammar
from station.scan.papers.fields import Found
from station.scan.text.engine import Word

LISTS = {"surname": ("Nguyễn", "Lê"), "ethnicity": ("Kinh", "Tày")}


def found(text, grammar, lexicon="", confidence=0.9):
    words = tuple(Word(word, (at * 100, 0, at * 100 + 80, 40), confidence) for at, word in enumerate(text.split()))
    return Found(FieldRule("key", (), Grammar(grammar), lexicon=lexicon), (words,))


def test_a_value_that_all_read_alike_is_accepted() -> None:
    weighed = weigh(found("05/03/1999", "date"), ["05/03/1999", "05-03-1999"], LISTS)
    assert weighed is not None
    assert (weighed.value, weighed.status) == ("1999-03-05", Status.ACCEPTED)


def test_an_expiry_that_is_told_in_words_is_believed_in_small_print_too() -> None:
    weighed = weigh(found("Không thời hạn", "expiry"), ["Không thời hạn", "Khong thoi han"], LISTS, small_print=True)
    assert weighed is not None
    assert (weighed.value, weighed.status) == ("Không thời hạn", Status.ACCEPTED)


def test_a_single_read_is_never_accepted() -> None:
    weighed = weigh(found("05/03/1999", "date"), [], LISTS)
    assert weighed is not None
    assert weighed.status is Status.REVIEW


def test_figures_that_are_easily_confused_are_for_a_person_where_the_page_s_read_is_not_sure() -> None:
    for printed, confidence, status in (
        ("15/01/1965", 0.7, Status.REVIEW),
        ("15/01/1965", 0.85, Status.ACCEPTED),
        ("12/01/1968", 0.7, Status.ACCEPTED),
    ):
        value = Found(found("", "date").rule, ((Word(printed, (0, 0, 80, 40), confidence),),))
        weighed = weigh(value, [printed] * 2, LISTS)
        assert weighed is not None
        assert weighed.status is status


def shaped(text, shapes, confidence=0.95):
    return Found(found("", "date").rule, ((Word(text, (0, 0, 80, 40), confidence, shapes=shapes),),))


def test_a_shape_that_confirms_the_figures_makes_up_for_a_read_that_is_not_sure() -> None:
    for shapes, status in (("55", Status.ACCEPTED), ("5?", Status.REVIEW), ("", Status.REVIEW)):
        weighed = weigh(shaped("15/01/1965", shapes, 0.7), ["15/01/1965"] * 2, LISTS)
        assert weighed is not None
        assert (weighed.value, weighed.status) == ("1965-01-15", status)


def test_a_figure_whose_shape_contradicts_all_reads_is_its_shape_for_a_person() -> None:
    weighed = weigh(shaped("15/01/1965", "53"), ["15/01/1965", "15/01/1965"], LISTS)
    assert weighed is not None
    assert (weighed.value, weighed.status, weighed.doubt) == ("1963-01-15", Status.REVIEW, Doubt.READS_DIFFER)
    assert weighed.others == ("1965-01-15",)


def test_where_reads_differ_on_a_figure_its_shape_decides_and_a_person_looks_unless_the_page_is_sure() -> None:
    for confidence, status in ((0.85, Status.REVIEW), (0.95, Status.ACCEPTED)):
        weighed = weigh(shaped("13/01/1968", "3", confidence), ["15/01/1968", "15/01/1968"], LISTS)
        assert weighed is not None
        assert (weighed.value, weighed.status) == ("1968-01-13", status)
        assert weighed.others == ("1968-01-15",)


def test_a_shape_that_makes_no_value_of_the_figures_leaves_the_reads_for_a_person() -> None:
    weighed = weigh(shaped("30/01/1968", "5"), ["30/01/1968", "30/01/1968"], LISTS)
    assert weighed is not None
    assert (weighed.value, weighed.status) == ("1968-01-30", Status.REVIEW)


def test_figures_of_a_read_that_lost_one_are_not_laid_beside_the_shapes() -> None:
    weighed = weigh(shaped("13/01/1968", "3", 0.85), ["13/01/1968", "15/1/1968"], LISTS)
    assert weighed is not None
    assert (weighed.value, weighed.status) == ("1968-01-13", Status.REVIEW)


def test_what_else_stands_beside_sure_figures_may_be_worn() -> None:
    words = (Word("CCCD", (0, 0, 80, 40), 0.5), Word("025179447287", (90, 0, 400, 40), 0.9))
    weighed = weigh(Found(found("", "id_paper").rule, (words,)), ["CCCD 025179447287"] * 2, LISTS)
    assert weighed is not None
    assert weighed.status is Status.ACCEPTED


def test_the_words_around_a_number_are_mended_or_doubted() -> None:
    lists = {"id_paper": ("Thẻ căn cước công dân số", "cấp ngày")}
    for printed, value, doubt in (
        ("Căn cước công đân số 079085000123", "Căn cước công dân số 079085000123", None),
        ("079085000123, cấp ngàu 08/12/2021", "079085000123, cấp ngày 08/12/2021", None),
        ("079085000123, cấp ngơi 08/12/2021", "079085000123, cấp ngơi 08/12/2021", Doubt.UNKNOWN_WORD),
        ("079085000123, Cục Cảnh Sát", "079085000123, Cục Cảnh Sát", None),
    ):
        weighed = weigh(found(printed, "id_paper"), [printed] * 2, lists)
        assert weighed is not None
        assert (weighed.value, weighed.doubt) == (value, doubt)


def test_a_personal_number_that_lost_digits_is_for_a_person_and_an_old_card_has_nine() -> None:
    for label, status in (("Số định danh cá nhân:", Status.REVIEW), ("Số CMND/CCCD:", Status.ACCEPTED)):
        words = tuple(Word(word, (0, 0, 80, 40), 0.9) for word in label.split())
        weighed = weigh(replace(found("046179060", "id_number"), label=words), ["046179060"] * 2, LISTS)
        assert weighed is not None
        assert weighed.status is status


def test_digits_that_one_reads_otherwise_are_for_a_person() -> None:
    weighed = weigh(found("05/03/1999", "date"), ["05/03/1999", "05/08/1999"], LISTS)
    assert weighed is not None
    assert (weighed.value, weighed.status) == ("1999-03-05", Status.REVIEW)


@pytest.mark.parametrize(
    ("printed", "grammar", "others", "confidence", "status"),
    [
        ("05/03/1999", "date", ("05/03/1999", "05/08/1999"), 0.93, Status.ACCEPTED),
        ("05/03/1999", "date", ("05/03/1999", "05/08/1999"), 0.89, Status.REVIEW),
        ("05/03/1999", "date", ("05/08/1999", "06/03/1999"), 0.93, Status.REVIEW),
        ("Để vay vốn", "text", ("Để vay vốn", "Đế vay vốn"), 0.93, Status.ACCEPTED),
        ("Để vay vốn", "text", ("Để vay vốn", "Để vay vốn 2"), 0.93, Status.REVIEW),
        ("Để vay vốn", "text", ("Đế vay vốn", "Để vay vồn"), 0.93, Status.ACCEPTED),
        ("Để vay vốn", "text", ("Đế vay vốn", "Đế vay vồn"), 0.93, Status.REVIEW),
        ("LÊ VĂN MẪU", "name", ("LÊ VĂN MẪU", "LÊ VĂN MÂU"), 0.93, Status.REVIEW),
    ],
)
def test_a_page_s_read_that_is_sure_and_has_one_beside_it_outweighs_the_third_but_for_names(
    printed: str, grammar: str, others: tuple[str, str], confidence: float, status: Status
) -> None:
    weighed = weigh(found(printed, grammar, confidence=confidence), others, LISTS)
    assert weighed is not None
    assert weighed.status is status


def test_only_the_words_on_which_reads_differ_must_be_sure() -> None:
    for unsure, status in (("vay", Status.ACCEPTED), ("vốn", Status.REVIEW)):
        words = tuple(Word(word, (0, 0, 80, 40), 0.5 if word == unsure else 0.93) for word in ("Để", "vay", "vốn"))
        weighed = weigh(Found(found("", "text").rule, (words,)), ["Để vay vốn", "Để vay vồn"], LISTS)
        assert weighed is not None
        assert weighed.status is status


def test_figures_of_which_the_page_s_read_is_sure_are_the_value_though_two_read_others() -> None:
    for confidence, value in ((0.93, "1976"), (0.8, "1978")):
        weighed = weigh(found("1976", "year", confidence=confidence), ["1978", "1978"], LISTS)
        assert weighed is not None
        assert (weighed.value, weighed.status) == (value, Status.REVIEW)


def test_reads_with_different_mistakes_make_one_right_address() -> None:
    weighed = weigh(
        found("Thôn Môt, xã Mẫu, tỉnh Lào Cai", "address"),
        ["Thôn Một, xã Mâu, tỉnh Lào Cai", "Thôn Một, xã Mẫu, tỉnh Lào Caj"],
        LISTS,
    )
    assert weighed is not None
    assert (weighed.value, weighed.status) == ("Thôn Một, xã Mẫu, tỉnh Lào Cai", Status.REVIEW)


def test_two_reads_are_enough_for_units_that_there_are_but_not_for_what_stands_before_them() -> None:
    gazetteer = load_gazetteer(paths.resources() / "units")
    right, torn = "xã Diễn Châu, tỉnh Nghệ An", "xã Diễn Châu, tỉnh Nghệ"
    for reads, status in (
        ((right, right, torn), Status.ACCEPTED),
        ((right, torn, torn), Status.REVIEW),
        ((f"Thôn 3, {right}", f"Thôn 3, {right}", f"Thôn 3, {torn}"), Status.ACCEPTED),
        ((f"Thôn 3, {right}", f"Thôn 3, {right}", f"Thôn 8, {right}"), Status.REVIEW),
    ):
        weighed = weigh(found(reads[0], "address"), reads[1:], LISTS, gazetteer=gazetteer)
        assert weighed is not None
        assert weighed.status is status
    made_up = "xã Mẫu, tỉnh Nghệ An"
    weighed = weigh(found(made_up, "address"), [made_up, made_up], LISTS, gazetteer=gazetteer)
    assert weighed is not None
    assert (weighed.status, weighed.doubt) == (Status.REVIEW, Doubt.UNKNOWN_WORD)


def test_units_that_one_read_alone_got_right_are_taken_for_review() -> None:
    gazetteer = load_gazetteer(paths.resources() / "units")
    wrong = "Thôn 3, xã Diễn Châu, tỉnh Nghệ Am"
    weighed = weigh(found(wrong, "address"), [wrong, "Thôn 8, xã Diễn Châu, tỉnh Nghệ An"], LISTS, gazetteer=gazetteer)
    assert weighed is not None
    assert (weighed.value, weighed.status) == ("Thôn 3, xã Diễn Châu, tỉnh Nghệ An", Status.REVIEW)


@pytest.mark.parametrize(
    ("read", "status"),
    [
        ("Xã Diễn Châu, tỉnh Nghệ An", Status.ACCEPTED),
        ("Ủy ban nhân dân xã Diễn Châu, tỉnh Nghệ An", Status.ACCEPTED),
        ("Thôn Mẫu, xã Diễn Châu, tỉnh Nghệ An", Status.REVIEW),
        ("Xã Mẫu, tỉnh Nghệ An", Status.REVIEW),
    ],
)
def test_known_units_alone_are_closed_words_in_small_print_too(read: str, status: Status) -> None:
    gazetteer = load_gazetteer(paths.resources() / "units")
    weighed = weigh(found(read, "address"), [read, read], LISTS, gazetteer=gazetteer, small_print=True)
    assert weighed is not None
    assert weighed.status is status


def test_what_the_page_s_read_is_sure_of_is_accepted_in_small_print_too_but_for_names() -> None:
    for printed, grammar, confidence, status in (
        ("02/08/1990", "date", 0.93, Status.ACCEPTED),
        ("02/08/1990", "date", 0.89, Status.REVIEW),
        ("05/08/1990", "date", 0.93, Status.REVIEW),
        ("LÊ VĂN MẪU", "name", 0.93, Status.REVIEW),
    ):
        weighed = weigh(found(printed, grammar, confidence=confidence), [printed] * 2, LISTS, small_print=True)
        assert weighed is not None
        assert weighed.status is status


@pytest.mark.parametrize(
    ("read", "status"),
    [
        ("Xã Vĩnh Thuận,", Status.REVIEW),
        ("Xã Vĩnh Thuận, tỉnh An Giang,", Status.ACCEPTED),
        ("Trung tâm Y tế N", Status.REVIEW),
        ("Trung tâm Y tế Vĩnh Thuận", Status.ACCEPTED),
    ],
)
def test_an_address_that_goes_on_where_nothing_was_read_is_for_a_person(read: str, status: Status) -> None:
    gazetteer = load_gazetteer(paths.resources() / "units")
    weighed = weigh(found(read, "address", confidence=0.93), [read] * 2, LISTS, gazetteer=gazetteer)
    assert weighed is not None
    assert weighed.status is status


def test_a_unit_one_letter_away_is_offered_before_the_reads_that_lost() -> None:
    gazetteer = load_gazetteer(paths.resources() / "units")
    read = "xã Diễn Chân, tỉnh Nghệ An"
    weighed = weigh(found(read, "address"), [read, "xã Diễn Chăn, tỉnh Nghệ An"], LISTS, gazetteer=gazetteer)
    assert weighed is not None
    assert (weighed.value, weighed.doubt) == (read, Doubt.UNKNOWN_WORD)
    assert weighed.others == ("xã Diễn Châu, tỉnh Nghệ An", "xã Diễn Chăn, tỉnh Nghệ An")


def test_a_name_with_an_impossible_syllable_is_never_accepted() -> None:
    weighed = weigh(found("LÊ VĂN LÔC", "name"), ["LÊ VĂN LÔC", "LÊ VĂN LÔC"], LISTS)
    assert weighed is not None
    assert (weighed.value, weighed.status) == ("LÊ VĂN LÔC", Status.REVIEW)


def test_a_name_that_ends_with_a_middle_name_has_lost_its_last_word() -> None:
    for name, status in (("LÊ THỊ", Status.REVIEW), ("LÊ THỊ THỊ", Status.REVIEW), ("LÊ THỊ THI", Status.ACCEPTED)):
        weighed = weigh(found(name, "name", confidence=0.93), [name] * 2, LISTS)
        assert weighed is not None
        assert weighed.status is status, name


def test_a_name_that_falls_apart_into_small_letters_is_for_a_person() -> None:
    weighed = weigh(found("Lê Li en", "name"), ["Lê Li en", "Lê Li en"], LISTS)
    assert weighed is not None
    assert (weighed.status, weighed.doubt) == (Status.REVIEW, Doubt.UNKNOWN_WORD)


def test_a_family_name_is_mended_for_review_only() -> None:
    weighed = weigh(found("NGUYÊN VĂN MẪU", "name"), ["NGUYÊN VĂN MẪU", "NGUYÊN VĂN MẪU"], LISTS)
    assert weighed is not None
    assert (weighed.value, weighed.status) == ("NGUYỄN VĂN MẪU", Status.REVIEW)


def test_a_family_name_that_two_reads_have_is_meant_by_one_that_nobody_has() -> None:
    lists = {"surname": ("Đặng", "Đàng", "Lê")}
    for reads, status in (
        (("ĐẶNG ANH", "ĐĂNG ANH", "ĐẶNG ANH"), Status.ACCEPTED),
        (("ĐĂNG ANH", "ĐĂNG ANH", "ĐẶNG ANH"), Status.REVIEW),
        (("ĐẶNG ANH", "ĐÀNG ANH", "ĐẶNG ANH"), Status.REVIEW),
        (("ĐẶNG ANH", "ĐĂNG ANH", "ĐẶNG ÁNH"), Status.REVIEW),
    ):
        weighed = weigh(found(reads[0], "name"), reads[1:], lists)
        assert weighed is not None
        assert weighed.status is status


def test_the_same_name_elsewhere_on_the_page_is_heard() -> None:
    weighed = weigh(found("LÊ VĂN MÂU", "name"), ["LÊ VĂN MẤU"], LISTS, ["Lê Văn Mẫu", "Lê Văn Mẫu"])
    assert weighed is not None
    assert weighed.value == "LÊ VĂN MẪU"


def test_two_reads_are_enough_where_all_values_are_known() -> None:
    weighed = weigh(found("Tày", "lexicon", "ethnicity"), ["Tày", "Tỷy"], LISTS)
    assert weighed is not None
    assert (weighed.value, weighed.status) == ("Tày", Status.ACCEPTED)


def test_nothing_is_made_of_nothing() -> None:
    assert weigh(found("x", "date"), ["y", ""], LISTS) is None


def test_of_reads_that_all_differ_the_one_that_can_be_wins() -> None:
    weighed = weigh(found("40200450909", "id_number"), ["040200450909", "04020045090"], LISTS)
    assert weighed is not None
    assert (weighed.value, weighed.status) == ("040200450909", Status.REVIEW)


def test_a_number_in_a_phrase_is_that_of_a_read_that_made_no_letter_of_a_figure() -> None:
    printed = "CCCD số 042084044167, cấp ngày 09/04/2024"
    others = [printed, printed.replace("042084", "042054")]
    weighed = weigh(found(printed.replace("084", "0S4"), "id_paper"), others, LISTS)
    assert weighed is not None
    assert (weighed.value, weighed.status) == (printed, Status.REVIEW)


def test_a_value_that_ends_in_the_middle_is_for_a_person() -> None:
    for text, doubt in (("Chưa kết hôn với", Doubt.UNKNOWN_WORD), ("Chưa kết hôn với ai", None)):
        weighed = weigh(found(text, "text"), [text] * 2, LISTS)
        assert weighed is not None
        assert weighed.doubt is doubt


def test_a_model_in_capitals_is_one_word() -> None:
    weighed = weigh(found("VIVA", "text"), ["VIVA"] * 2, LISTS)
    assert weighed is not None
    assert weighed.value == "VIVA"


def test_the_rest_of_a_leader_behind_a_unit_is_no_part_of_its_name() -> None:
    text = "Thôn Lộc, xã Vĩnh Thạnh, tỉnh - Gia Lai"
    weighed = weigh(found(text, "address"), [text] * 2, LISTS)
    assert weighed is not None
    assert weighed.value == "Thôn Lộc, xã Vĩnh Thạnh, tỉnh Gia Lai"


@pytest.mark.parametrize(
    ("others", "confidence", "status"),
    [
        (("", "Tàv"), 0.93, Status.ACCEPTED),
        (("", "Tàv"), 0.89, Status.REVIEW),
        (("", "Kinh"), 0.93, Status.REVIEW),
        ((), 0.93, Status.REVIEW),
    ],
)
def test_a_sure_word_of_a_closed_list_stands_where_no_model_reads_another_of_its_words(
    others: tuple[str, ...], confidence: float, status: Status
) -> None:
    weighed = weigh(found("Tày", "lexicon", "ethnicity", confidence), others, LISTS)
    assert weighed is not None
    assert (weighed.value, weighed.status) == ("Tày", status)


def test_a_name_of_which_the_page_s_read_is_sure_is_the_value_though_two_read_another() -> None:
    for confidence, value in ((0.93, "LÊ HOÀNG ẨN"), (0.8, "LÊ HOÀNG ẤN")):
        weighed = weigh(found("LÊ HOÀNG ẨN", "name", confidence=confidence), ["LÊ HOÀNG ẤN"] * 2, LISTS)
        assert weighed is not None
        assert (weighed.value, weighed.status) == (value, Status.REVIEW)


def test_a_number_in_a_phrase_has_no_spaces_and_one_behind_its_comma() -> None:
    printed = "CCCD số 066190491402, cấp ngày 08/12/2021"
    read = "CCCD số 066 190491402,cấp ngày 08/12/2021"
    weighed = weigh(found(read, "id_paper"), [printed] * 2, LISTS)
    assert weighed is not None
    assert (weighed.value, weighed.status) == (printed, Status.ACCEPTED)


def test_what_a_leader_leaves_between_the_words_around_a_number_is_none_of_them() -> None:
    printed = "CCCD số 066190491402, cấp ngày 08/12/2021"
    others = ["CCCD số-066190491402. cấp ngày 08/12/2021", "CCCD số 066190491402;cấp: ngày 08/12/2021"]
    weighed = weigh(found(printed, "id_paper"), others, LISTS)
    assert weighed is not None
    assert (weighed.value, weighed.status) == (printed, Status.ACCEPTED)


@pytest.mark.parametrize(
    ("printed", "grammar", "others", "confidence", "value"),
    [
        ("Đăng ký kết hôn", "text", ["ký kết hôn"] * 2, 0.85, "Đăng ký kết hôn"),
        ("Đăng ký kết hôn", "text", ["Đăng kỷ kết hôn"] * 2, 0.85, "Đăng ký kết hôn"),
        ("Đăng ký kết hôn", "text", ["Đăng kỷ kết hôn"] * 2, 0.75, "Đăng kỷ kết hôn"),
        ("Đăng kú kết hônn", "text", ["Đăng ký kết hôn"] * 2, 0.85, "Đăng ký kết hôn"),
        ("Mẹ đẻ", "text", ["Mẹ đẻ ra"] * 2, 0.93, "Mẹ đẻ ra"),
        ("CCCD số 066190491402", "id_paper", ["số 066190491402"] * 2, 0.85, "CCCD số 066190491402"),
    ],
)
def test_words_of_which_the_page_s_read_is_sure_and_that_can_be_are_the_value_for_a_person_though_two_read_others(
    printed: str, grammar: str, others: list[str], confidence: float, value: str
) -> None:
    weighed = weigh(found(printed, grammar, confidence=confidence), others, LISTS)
    assert weighed is not None
    assert (weighed.value, weighed.status) == (value, Status.REVIEW)
