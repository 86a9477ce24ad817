"""The page's words: the same in both languages, all there, and written as each language writes."""

from __future__ import annotations

import re
import string
from datetime import timedelta
from pathlib import Path

import pytest
from provincial_hub.web.typed import kept_as
from provincial_hub.web.words import LANGUAGES, Words, language_of

TEMPLATES = Path(__file__).parents[2] / "provincial_hub" / "web" / "templates"


def placeholders(sentence: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name}


def test_both_languages_say_the_same_things_with_the_same_values():
    vi, en = (Words(language)._said for language in LANGUAGES)
    assert set(vi) == set(en)
    assert {key for key in vi if placeholders(vi[key]) != placeholders(en[key])} == set()


def test_every_word_that_a_template_names_is_there():
    said = Words("vi")
    named = {
        key
        for file in TEMPLATES.glob("*.html")
        for key in re.findall(r"""say\(["']([a-z_.0-9]+)["'][,)]""", file.read_text(encoding="utf-8"))
    }
    assert len(named) > 100
    assert {key for key in named if not said.knows(key)} == set()


@pytest.mark.parametrize(("language", "number", "share"), [("vi", "12.345,5", "95,2 %"), ("en", "12,345.5", "95.2 %")])
def test_numbers_are_written_as_the_language_writes_them(language, number, share):
    say = Words(language)
    assert (say.number(12345.5, 1), say.share(0.9524)) == (number, share)


def test_times_are_vietnams_whatever_the_zone_they_came_in():
    assert Words("en").time("2026-11-23T02:05:00+00:00") == "09:05 23/11/2026"


def test_a_figure_without_data_is_no_figure():
    assert Words("vi").share(None) == "chưa có dữ liệu"


@pytest.mark.parametrize(
    ("key", "typed", "kept", "shown"),
    [
        ("subject.birth_date", " 3/2/1990", "1990-02-03", "03/02/1990"),
        ("birth_date", "1990", "1990", "1990"),
        ("birth_date", "31/02/1990", "31/02/1990", "31/02/1990"),
        ("birth_date", "8:00 3/2/1990", "8:00 3/2/1990", "8:00 3/2/1990"),
        ("expiry_date", "Không thời hạn", "Không thời hạn", "Không thời hạn"),
        ("died_at", "4:05 3/2/1990", "1990-02-03T04:05", "04:05 03/02/1990"),
        ("id_number", "001 090 000 001", "001090000001", "001090000001"),
        ("members[0].sex", "nữ", "female", "Nữ"),
        ("sex", "Male", "male", "Nam"),
        ("sex", "khác", "khác", "khác"),
        ("residence", "số 3/2/1990", "số 3/2/1990", "số 3/2/1990"),
        ("number", "3/2/1990", "3/2/1990", "3/2/1990"),
        ("sex", "", "", "–"),
    ],
)
def test_what_is_typed_is_kept_in_the_form_of_its_key_and_shown_as_people_write(key, typed, kept, shown):
    assert kept_as(key, typed) == kept
    assert Words("vi").value(kept, key) == shown


@pytest.mark.parametrize("minutes", [0, 59, 60, 48 * 60 - 1, 48 * 60])
def test_spans_are_said_in_one_unit(minutes):
    assert re.fullmatch(r"\d+ (?:phút|giờ|ngày)", Words("vi").span(timedelta(minutes=minutes)))


@pytest.mark.parametrize(("asked", "given"), [("en", "en"), ("vi", "vi"), ("fr", "vi"), (None, "vi"), ("../x", "vi")])
def test_who_asks_for_no_language_of_ours_gets_vietnamese(asked, given):
    assert language_of(asked) == given
