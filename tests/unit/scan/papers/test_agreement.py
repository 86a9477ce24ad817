"""How far values are trusted that several models read: accepted, or left to a person, and why."""

import pytest

from station.dossier.reading import Doubt, Status
from station.scan.papers.agreement import weigh
from station.scan.papers.fields import Found
from station.scan.text.engine import Word
from tests.unit.scan.papers.read_values import LISTS, found


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


def test_a_value_that_ends_in_the_middle_is_for_a_person() -> None:
    for text, doubt in (("Chưa kết hôn với", Doubt.UNKNOWN_WORD), ("Chưa kết hôn với ai", None)):
        weighed = weigh(found(text, "text"), [text] * 2, LISTS)
        assert weighed is not None
        assert weighed.doubt is doubt


def test_a_model_in_capitals_is_one_word() -> None:
    weighed = weigh(found("VIVA", "text"), ["VIVA"] * 2, LISTS)
    assert weighed is not None
    assert weighed.value == "VIVA"


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
