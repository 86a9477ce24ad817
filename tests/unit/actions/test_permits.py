"""Every deed of the policy is asked for somewhere, and the contract says which take a second person."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import station
from station.actions.permits import _IN_THE_TRAIL, POLICY, TAKE_A_SECOND, Deed

CONTRACT = Path(__file__).parents[3] / "contract" / "v1" / "enrolment.md"


def questions() -> Iterator[ast.Call]:
    """Each call of `require` in the program that names its deed."""
    for source in sorted(Path(station.__file__).parent.rglob("*.py")):
        for node in ast.walk(ast.parse(source.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "require":
                yield node


def deed_of(question: ast.Call) -> Deed | None:
    first = question.args[0] if question.args else None
    return Deed[first.attr] if isinstance(first, ast.Attribute) and first.attr in Deed.__members__ else None


def test_every_deed_is_asked_for_somewhere() -> None:
    by_their_lines = {Deed.SERVE, *_IN_THE_TRAIL.values()}
    asked = {deed_of(question) for question in questions()} | by_their_lines
    assert [deed for deed in Deed if deed not in asked] == []


def test_a_second_person_is_handed_on_wherever_one_can_be_asked_for() -> None:
    with_second = {deed_of(question) for question in questions() if len(question.args) == 3}
    assert with_second == TAKE_A_SECOND
    assert {deed for deed in Deed if POLICY[deed].second} <= TAKE_A_SECOND


@pytest.mark.parametrize("deed", sorted(TAKE_A_SECOND))
def test_the_contract_names_each_deed_that_takes_a_second_person(deed: Deed) -> None:
    paragraph = next(part for part in CONTRACT.read_text(encoding="utf-8").split("\n\n") if "`four_eyes`" in part)
    assert f"`{deed.value}`" in paragraph
