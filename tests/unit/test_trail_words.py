"""Every deed that can stand in the trail has words for the screen, in each language."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import station
from station.actions.permits import Deed
from station.language import Language
from station.ui.trail_words import deed_words

_DEED = re.compile(r"[a-z]+(_[a-z]+)+|redo|undo")
_CHANGES = {"_change", "change", "_write_down"}


def deeds_in(source: Path) -> set[str]:
    """First arguments of `AuditEntry`, and the deed of every `Change`; names of constants are looked up."""
    tree = ast.parse(source.read_text(encoding="utf-8"))
    constants = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    found = set()
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        given = call.args[:1] if name == "AuditEntry" else call.args[1:] if name in _CHANGES else []
        for argument in given:
            value = argument.value if isinstance(argument, ast.Constant) else None
            value = constants.get(argument.id) if isinstance(argument, ast.Name) else value
            if isinstance(value, str) and _DEED.fullmatch(value):
                found.add(value)
    return found


def every_deed() -> set[str]:
    root = Path(station.__file__).parent
    found = set[str]().union(*(deeds_in(source) for source in sorted(root.rglob("*.py"))))
    return found | {deed.value for deed in Deed} | {"undo", "redo"}


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_deed_has_words(language: str) -> None:
    say = Language.load(language)
    known = every_deed()
    assert {"open_dossier", "see_dossier", "seal_dossier", "correct_field", "hub_receipt"} <= known
    other = deed_words("no_such_deed", say)
    assert [deed for deed in sorted(known) if deed_words(deed, say) == other] == []


def test_a_deed_of_a_later_program_is_told_without_its_name() -> None:
    assert "no_such_deed" not in deed_words("no_such_deed", Language.load("vi"))
