"""A form that was filled in with a pen has no printed values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from station.dossier.reading import Box
from station.scan.papers.description import FieldRule, Grammar
from station.scan.papers.fields import Found
from station.scan.papers.filled_in import Evidence, evidence_of, filled_in
from station.scan.text.engine import Word
from station.scan.text.hand import Uneven

RULE = FieldRule("subject.full_name", ("Họ tên",), Grammar.NAME)
TITLE = 200
HAND, PRINT = Evidence(lost=0.4, leaning=0.06, standing=0.8), Evidence()


def at(
    row: int, *, handwritten: bool = False, lines: bool = True, of_label: float = 0.9, of_value: float = 0.8
) -> Found:
    label = Word("Họ tên:", (100, row, 200, row + 30), of_label)
    names = (
        Word(text, (left, row, left + 80, row + 30), of_value, handwritten)
        for left, text in ((220, "TRẦN"), (320, "THỊ"), (420, "MẪU"))
    )
    return Found(RULE, (tuple(names),) if lines else (), (label,))


def level(_values: Sequence[Sequence[Sequence[Box]]], _labels: Sequence[Sequence[Box]]) -> Uneven:
    return Uneven()


def test_all_values_below_the_title_are_handwriting_where_the_hand_shows() -> None:
    number, name = filled_in([at(100), at(300)], TITLE, HAND)
    assert number.printed.lines
    assert not name.printed.lines


def test_the_words_that_are_measured_are_those_below_the_title_each_with_its_label() -> None:
    asked: list[object] = []

    def measured(values: Sequence[Sequence[Sequence[Box]]], labels: Sequence[Sequence[Box]]) -> Uneven:
        asked.extend((values, labels))
        return Uneven(0.06, 0.8)

    told = evidence_of([at(100), at(300)], TITLE, measured)
    words = [(220, 300, 300, 330), (320, 300, 400, 330), (420, 300, 500, 330)]
    assert asked == [[[words]], [[(100, 300, 200, 330)]]]
    assert (told.leaning, told.standing) == (0.06, 0.8)


def test_the_cells_of_its_table_are_handwriting_too() -> None:
    word = Word("TRẦN THỊ MẪU", (100, 600, 400, 630), 0.9)
    cell = Found(FieldRule("members[0].full_name", (), Grammar.NAME), ((word,),))
    *_, by_hand = filled_in([at(300), cell], TITLE, HAND)
    *_, in_print = filled_in([at(300), cell], TITLE, PRINT)
    assert (bool(by_hand.printed.lines), bool(in_print.printed.lines)) == (False, True)


def test_values_among_many_in_which_the_finder_saw_handwriting_are_handwriting_too() -> None:
    seen = [at(row, handwritten=True) for row in range(300, 900, 100)]
    signed = [at(300, handwritten=True), *(at(row, of_value=0.9) for row in (400, 500, 600, 700, 800))]
    assert evidence_of([*seen, at(900), at(1000)], TITLE, level).by_hand
    assert not evidence_of(signed, TITLE, level).by_hand, "a signature over one of many makes no hand of the others"


def test_how_well_a_reader_of_print_knows_values_is_held_against_how_well_it_knows_their_labels() -> None:
    def lost(of_label: float, of_value: float, rows: int = 8) -> float:
        values = [at(row, of_label=of_label, of_value=of_value) for row in range(300, 300 + 100 * rows, 100)]
        return evidence_of(values, TITLE, level).lost

    assert lost(0.92, 0.46) > 0.4
    assert lost(0.5, 0.46) < 0.1, "both are hard to read"
    assert lost(0.92, 0.46, rows=1) < lost(0.92, 0.46) - 0.1, "few words tell little"


def test_words_are_not_measured_where_the_reader_knows_them_as_well_as_their_labels() -> None:
    def hand(_values: Sequence[Sequence[Sequence[Box]]], _labels: Sequence[Sequence[Box]]) -> Uneven:
        return Uneven(0.09, 1.3)

    assert not evidence_of([at(300, of_label=0.9, of_value=0.9)], TITLE, hand).by_hand
    assert evidence_of([at(300, of_label=0.9, of_value=0.8)], TITLE, hand).by_hand


@pytest.mark.parametrize(
    ("paper", "by_hand", "evidence"),
    [
        ("a form that is shaken so that little can be read", False, Evidence(0.346, 0.009)),
        ("a curled page", False, Evidence(0.061, 0.014, 0.365)),
        ("a flash on a page that is signed across", False, Evidence(0.061, 0.023, 0.315, 0.1)),
        ("a hand that stands as evenly as print, bent by the binding", True, Evidence(0.138, 0.044, 0.064)),
        ("a form by hand that is shaken so that nothing can be read", True, Evidence(0.584, 0.025, 0.0, 0.056)),
        ("a hand of few words, faxed", True, Evidence(0.38, 0.056, 0.93)),
        ("a hand that is read as well as print", True, Evidence(0.082, 0.045, 0.885)),
        ("a hand on dotted leaders, of which the finder sees the half", True, Evidence(0.196, 0.003, 0.0, 0.364)),
    ],
)
def test_all_that_is_known_is_weighed_together(paper: str, by_hand: bool, evidence: Evidence) -> None:
    assert evidence.by_hand == by_hand, paper


def test_places_that_are_blank_stay_blank() -> None:
    blank, _ = filled_in([at(300, lines=False), at(400)], TITLE, HAND)
    assert blank.lines == ()


def test_where_no_value_stands_nothing_is_known() -> None:
    blank = at(300, lines=False)
    assert evidence_of([], TITLE, level) == evidence_of([blank], TITLE, level) == Evidence()
    assert evidence_of([replace(at(300), label=())], TITLE, level) == Evidence()
