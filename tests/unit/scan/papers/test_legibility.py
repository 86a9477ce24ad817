"""Agreement counts only on pages whose print the models can read."""

from __future__ import annotations

from station.scan.papers.legibility import ENOUGH, legible

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
