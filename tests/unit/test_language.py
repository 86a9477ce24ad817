"""Both languages say the same things, and every error that the station can raise has its words."""

from __future__ import annotations

import ast
import string
from pathlib import Path

import pytest

import station
from station.dossier.value_form import Form
from station.language import Language

ROOT = Path(station.__file__).parent
ERRORS = {
    "InputError", "DeviceError", "ReadingError", "RuleError", "StoreError", "HubError", "ResourceError", "StationError",
}  # fmt: skip
GROUPS = {"file", "code", "value", "device", "reading", "dossier", "store", "keys", "hub", "resource", "courier"}
"""The first words of error codes (`station/errors.py`)."""


@pytest.fixture(scope="module")
def vietnamese() -> Language:
    return Language.load("vi")


@pytest.fixture(scope="module")
def english() -> Language:
    return Language.load("en")


def sentences(language: Language) -> dict[str, str]:
    return language._sentences


def places(sentence: str) -> set[str]:
    return {name for _text, name, _format, _conversion in string.Formatter().parse(sentence) if name is not None}


def raised() -> dict[str, str]:
    """Every code that is written out in an error's constructor anywhere in the station, and where."""
    found = {}
    for file in sorted(ROOT.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            codes = [one.value for one in ast.walk(node.args[0]) if isinstance(one, ast.Constant)]
            if name in ERRORS:
                found.update({code: f"{file.name}:{node.lineno}" for code in codes if isinstance(code, str)})
    return {code: where for code, where in found.items() if code.partition(".")[0] in GROUPS}


def test_both_languages_have_the_same_keys(vietnamese: Language, english: Language) -> None:
    assert sorted(vietnamese.keys() ^ english.keys()) == []


def test_a_sentence_has_the_same_places_to_fill_in_both_languages(vietnamese: Language, english: Language) -> None:
    both = vietnamese.keys() & english.keys()
    differing = [key for key in both if places(sentences(vietnamese)[key]) != places(sentences(english)[key])]
    assert sorted(differing) == []


def test_nothing_is_left_empty(vietnamese: Language, english: Language) -> None:
    empty = [key for language in (vietnamese, english) for key, text in sentences(language).items() if not text.strip()]
    assert empty == []


def test_codes_are_found_in_the_source() -> None:
    assert {"dossier.not_ready", "value.empty", "store.disk_full"} <= raised().keys()


def test_every_form_of_a_value_says_what_a_text_has_not(vietnamese: Language) -> None:
    assert [form for form in Form if f"error.{form.fault}.say" not in vietnamese] == []


def test_every_code_that_is_raised_says_what_happened_and_what_to_do(vietnamese: Language) -> None:
    without = {
        code: where
        for code, where in raised().items()
        if f"error.{code}.say" not in vietnamese or f"error.{code}.do" not in vietnamese
    }
    assert without == {}


def test_every_device_status_has_its_words(vietnamese: Language) -> None:
    from station.scan.devices.status import Status

    assert [code for code in Status if f"error.{code.value}.say" not in vietnamese] == []
