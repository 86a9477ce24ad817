"""A form that was filled in with a pen has no printed values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from station.dossier.reading import Box
from station.scan.papers.description import FieldRule, Grammar
from station.scan.papers.fields import Found
from station.scan.papers.filled_in import filled_in
from station.scan.text.engine import Word

RULE = FieldRule("subject.full_name", ("Họ tên",), Grammar.NAME)
TITLE = 200


def at(row: int, *, handwritten: bool = False, lines: bool = True) -> Found:
    label = Word("Họ tên:", (100, row, 200, row + 30), 0.9)
    value = Word("TRẦN THỊ MẪU", (220, row, 500, row + 30), 0.9, handwritten)
    return Found(RULE, ((value,),) if lines else (), (label,))


def print_only(_values: Sequence[Sequence[Box]], _labels: Sequence[Box]) -> bool:
    return False


def hand(_values: Sequence[Sequence[Box]], _labels: Sequence[Box]) -> bool:
    return True


def at_one_place(values: Sequence[Sequence[Box]], labels: Sequence[Box]) -> bool:
    return (values, labels) == ([((220, 300, 500, 330),)], [(100, 300, 200, 330)])


def test_all_values_below_the_title_are_handwriting_where_the_hand_shows() -> None:
    number, name = filled_in([at(100), at(300)], TITLE, at_one_place)
    assert number.printed.lines
    assert not name.printed.lines


def test_values_among_many_in_which_the_finder_saw_handwriting_are_handwriting_too() -> None:
    values = [at(300, handwritten=True), at(400, handwritten=True), *(at(row) for row in (500, 600, 700))]
    assert not any(value.printed.lines for value in filled_in(values, TITLE, print_only))


def test_a_signature_over_one_of_many_values_makes_no_handwriting_of_the_others() -> None:
    values = [at(300, handwritten=True), *(at(row) for row in (400, 500, 600, 700, 800))]
    assert sum(bool(value.printed.lines) for value in filled_in(values, TITLE, print_only)) == 5


def test_the_cells_of_its_table_are_handwriting_too() -> None:
    word = Word("TRẦN THỊ MẪU", (100, 600, 400, 630), 0.9)
    cell = Found(FieldRule("members[0].full_name", (), Grammar.NAME), ((word,),))
    *_, by_hand = filled_in([at(300), cell], TITLE, hand)
    *_, in_print = filled_in([at(300), cell], TITLE, print_only)
    assert (bool(by_hand.printed.lines), bool(in_print.printed.lines)) == (False, True)


def test_how_well_a_reader_of_print_knows_values_beside_their_labels_tells_hands_from_print() -> None:
    def read(of_labels: float, of_values: float) -> list[Found]:
        return [
            replace(
                one,
                label=tuple(replace(word, confidence=of_labels) for word in one.label),
                lines=tuple(tuple(replace(word, confidence=of_values) for word in line) for line in one.lines),
            )
            for one in map(at, range(300, 1100, 100))
        ]

    for of_labels, of_values, printed in ((0.92, 0.5, False), (0.7, 0.5, True), (0.92, 0.65, True)):
        values = filled_in(read(of_labels, of_values), TITLE, print_only)
        assert {bool(value.printed.lines) for value in values} == {printed}
    for of_values, printed in ((0.9, False), (0.92, True)):
        values = filled_in(read(0.92, of_values), TITLE, hand)
        assert {bool(value.printed.lines) for value in values} == {printed}, "a curled page sets words askew, too"
    few = filled_in(read(0.92, 0.5)[:2], TITLE, print_only)
    assert all(value.printed.lines for value in few)


def test_places_that_are_blank_stay_blank() -> None:
    blank, _ = filled_in([at(300, lines=False), at(400)], TITLE, hand)
    assert blank.lines == ()
