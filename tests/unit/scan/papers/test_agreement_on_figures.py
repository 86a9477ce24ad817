"""Figures: digits on which reads differ, and shapes that confirm or contradict a 3 or a 5."""

from dataclasses import replace

from station.dossier.reading import Doubt, Status
from station.scan.papers.agreement import weigh
from station.scan.papers.fields import Found
from station.scan.text.engine import Word
from tests.unit.scan.papers.read_values import LISTS, found, shaped


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


def test_figures_of_which_the_page_s_read_is_sure_are_the_value_though_two_read_others() -> None:
    for confidence, value in ((0.93, "1976"), (0.8, "1978")):
        weighed = weigh(found("1976", "year", confidence=confidence), ["1978", "1978"], LISTS)
        assert weighed is not None
        assert (weighed.value, weighed.status) == (value, Status.REVIEW)
