"""What was shown, as an auditor finds it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace

import pytest

from station.dossier.showing import (
    CITIZEN,
    Shown,
    ShownPicture,
    ShownValue,
    canonical,
    covered,
    grouped,
    is_sensitive,
    showing_digest,
    shown_of,
)  # fmt: skip

PICTURE = ShownPicture("ab" * 32, (60, 260, 400, 290), 0, 388, 42, "cd" * 32)
VALUE = ShownValue("page/subject.full_name", "Họ và tên", "ĐẶNG THỊ MẪU", "Giấy khai sinh – trang 1", picture=PICTURE)
SHOWN = Shown(CITIZEN, "vi", (VALUE,))


def test_an_auditor_recomputes_the_digest_from_the_kept_text_alone() -> None:
    text = canonical(SHOWN)
    again = json.dumps(json.loads(text), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert again == text
    assert hashlib.sha256(text.encode("utf-8")).hexdigest() == showing_digest(SHOWN)
    assert shown_of(text)["values"][0]["picture"]["box"] == [60, 260, 400, 290]


@pytest.mark.parametrize(
    "other",
    [
        replace(SHOWN, language="en"),
        replace(SHOWN, screen="counter.spoken"),
        replace(SHOWN, values=(replace(VALUE, value="ĐẶNG THỊ MẨU"),)),
        replace(SHOWN, values=(replace(VALUE, label="Tên"),)),
        replace(SHOWN, values=(replace(VALUE, hidden=True),)),
        replace(SHOWN, values=(replace(VALUE, picture=None),)),
        replace(SHOWN, values=(replace(VALUE, picture=replace(PICTURE, pixels="ce" * 32)),)),
    ],
)
def test_whatever_was_different_on_the_screen_has_another_digest(other: Shown) -> None:
    assert showing_digest(other) != showing_digest(SHOWN)


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("079199000456", "079 ••• ••• 456"),
        ("012345678", "012 ••• 678"),
        ("0912345678", "091• ••• 678"),
        ("0912 345 678", "091• ••• 678"),
        ("không rõ", "không rõ"),
        ("12-34", "••-••"),
    ],
)
def test_digits_are_covered_but_for_the_ends(value: str, shown: str) -> None:
    assert covered(value) == shown


def test_uncovered_digits_stand_in_threes() -> None:
    assert grouped("079199000456") == "079 199 000 456"
    assert grouped("0912345678") == "0912 345 678"


def test_only_numbers_that_name_a_person_are_covered() -> None:
    assert is_sensitive("mother.id_number")
    assert is_sensitive("phone")
    assert not is_sensitive("birth_date")
