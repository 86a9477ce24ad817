"""Agreement counts only on pages whose print the models can read."""

from __future__ import annotations

import pytest

from station.dossier.reading import Doubt, ReadField, Source, Status
from station.dossier.units import NOWHERE
from station.scan.papers.description import FieldRule, Grammar
from station.scan.papers.fields import Found
from station.scan.papers.legibility import ENOUGH, in_poor_print, legible
from station.scan.text.engine import Word

GOOD = ("số 14 đường Mẫu, xã Mẫu",) * 3


def test_a_page_on_which_the_models_agree_is_legible() -> None:
    assert legible([GOOD] * 5)


def test_marks_of_punctuation_and_case_are_no_disagreement() -> None:
    assert legible([("Xã Mẫu, tỉnh Mẫu.", "xã Mẫu tỉnh Mẫu", "XÃ MẪU, tỉnh mẫu")] * 5)


def test_a_page_on_which_they_differ_on_a_third_of_the_words_is_not() -> None:
    strange = ("Công ơn xõ Mẫu huyện", "Công an xã Mẫu huyện", "Công an xõ Mẫu huyện")
    assert not legible([strange] * 5)


def test_a_read_that_lost_words_agrees_on_those_that_are_left() -> None:
    lost = ("xã Mẫu tỉnh Mẫu", "xã Mẫu", "xã Mẫu tỉnh Mẫu")
    assert not legible([lost] * 5 + [("một hai", "mốt hại", "mật hài")])
    assert legible([lost, *[GOOD] * 8])


def test_nothing_is_concluded_from_a_few_words() -> None:
    few = [("một", "hai", "ba")] * (ENOUGH - 1)
    assert legible(few)
    assert not legible([*few, ("một", "hai", "ba")])


@pytest.mark.parametrize(
    ("grammar", "confidence", "doubt"),
    [
        (Grammar.DATE, 0.93, None),
        (Grammar.DATE, 0.89, Doubt.SMALL_PRINT),
        (Grammar.NAME, 0.93, Doubt.SMALL_PRINT),
        (Grammar.SEX, 0.5, None),
    ],
)
def test_in_poor_print_only_closed_words_stay_accepted_and_what_the_page_s_read_is_sure_of(
    grammar: Grammar, confidence: float, doubt: Doubt | None
) -> None:
    found = Found(FieldRule("key", ("Nhãn",), grammar), ((Word("chữ", (0, 0, 80, 40), confidence),),))
    field = ReadField("key", "chữ", "chữ", 1.0, Status.ACCEPTED, Source.OCR)
    assert in_poor_print(field, found, NOWHERE).doubt is doubt
    assert in_poor_print(field, None, NOWHERE).doubt is Doubt.SMALL_PRINT
