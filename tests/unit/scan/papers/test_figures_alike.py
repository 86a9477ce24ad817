"""Of a 3 and a 5 the shape decides, else how sure the first model is, and how sure it is of others on the page."""

from __future__ import annotations

import pytest

from station.dossier.reading import Doubt, ReadField, Source, Status
from station.scan.papers.description import FieldRule, Grammar
from station.scan.papers.fields import Found
from station.scan.papers.figures_alike import are_alike, doubted, unsure, with_shapes
from station.scan.text.engine import Word

RULE = FieldRule("key", (), Grammar("text"))


def found(*words: tuple[str, str], confidence: float = 0.95) -> Found:
    return Found(RULE, (tuple(Word(text, (0, 0, 80, 40), confidence, shapes=shapes) for text, shapes in words),))


def accepted(value: str) -> ReadField:
    return ReadField(
        key="key",
        value=value,
        printed=value,
        confidence=0.9,
        status=Status.ACCEPTED,
        source=Source.OCR,
        box=(0, 0, 1, 1),
    )


def test_shapes_are_laid_over_the_threes_and_fives_of_every_read_and_over_nothing_else() -> None:
    shaped = with_shapes(found(("Tổ", ""), ("35/15,", "355")), ["Tổ 35/13", "Tổ 36/18", "Tổ 5/15"])
    assert shaped.texts == ("Tổ 35/15,", "Tổ 35/15", "Tổ 36/18", "Tổ 5/15")
    assert (shaped.contradicted, shaped.differ) == (False, True)


def test_a_shape_that_is_not_told_leaves_each_read_its_own() -> None:
    shaped = with_shapes(found(("135", "?5")), ["155", "135"])
    assert shaped.texts == ("135", "155", "135")
    assert (shaped.contradicted, shaped.differ) == (False, False)


@pytest.mark.parametrize("shapes", ["", "3", "333"])
def test_shapes_that_are_not_one_for_each_figure_count_for_nothing(shapes: str) -> None:
    shaped = with_shapes(found(("135", shapes), ("5", "5")), ["133 3"])
    assert shaped.texts == ("135 5", "133 5")


def test_what_a_shape_contradicts_on_the_page_is_said() -> None:
    shaped = with_shapes(found(("1955", "53")), ["1955"])
    assert shaped.texts == ("1953", "1953")
    assert shaped.contradicted


def test_a_read_is_unsure_of_figures_whose_shape_does_not_confirm_them() -> None:
    assert unsure(found(("1935", "3?"), confidence=0.7), "1935")
    assert not unsure(found(("1935", "35"), confidence=0.7), "1935")
    assert not unsure(found(("1935", "3?"), confidence=0.85), "1935")
    assert not unsure(found(("1948", ""), confidence=0.7), "1948")


def test_a_page_makes_them_alike_where_its_reads_differ_on_one_or_nobody_is_sure_of_one() -> None:
    sure, pale = found(("35", "35")), found(("35", "3?"), confidence=0.7)
    assert not are_alike([sure], [("35", "35")])
    assert are_alike([sure], [("35", "33")])
    assert are_alike([sure, pale], [])
    assert not are_alike([found(("35", "35"), confidence=0.7)], [("35", "35"), ("35", "5")])


def test_on_such_a_page_a_figure_without_a_shape_must_be_surer() -> None:
    for shapes, confidence, status in (
        ("?", 0.85, Status.REVIEW),
        ("3", 0.85, Status.ACCEPTED),
        ("?", 0.92, Status.ACCEPTED),
    ):
        field = doubted(accepted("13"), found(("13", shapes), confidence=confidence))
        assert field.status is status
        assert field.doubt is (Doubt.READS_DIFFER if status is Status.REVIEW else None)
