"""Codes and JSON that nobody honest makes: huge, unseen, twice, too deep."""

from __future__ import annotations

import io
import json

import pytest
import segno

from station import paths
from station.dossier.citizen_card import parse_card_payload
from station.dossier.health_card import parse_health_card
from station.dossier.receipt_payload import parse_receipt
from station.dossier.text import exact, is_plain
from station.errors import InputError, ResourceError
from station.scan.workers import ReadingWorkers
from station.strict_json import strict_json
from station.strict_toml import LONGEST, Table
from tools.fuzz.targets import CARD, HEALTH

UNSEEN = "\u202e\u200b\u2066\u200f\ufeff\u00ad\u2060\U000e0041\ue000\x07\x1b\ud800\u3164"
"""Override, zero width, isolate, mark, byte order, soft hyphen, joiner, tag, private, bell, escape, half a pair."""


@pytest.mark.parametrize("sign", UNSEEN, ids=lambda sign: f"U+{ord(sign):04X}")
def test_a_card_with_a_letter_that_cannot_be_seen_is_none(sign: str) -> None:
    with pytest.raises(InputError):
        parse_card_payload(CARD.replace("Văn", f"V{sign}ăn"))
    assert not is_plain(f"Trần V{sign}ăn")
    assert exact(f"Trần V{sign}ăn") == "Trần Văn", "typed or read, what is kept is what is seen"


def test_a_tower_of_marks_is_no_letter() -> None:
    with pytest.raises(InputError):
        parse_card_payload(CARD.replace("Văn", "Va" + "\u0301" * 40 + "n"))
    assert is_plain("Nguyễn Thị Ánh Mẫu, Đắk Lắk; ngày 05/03/1999 – thôn Ếch")


@pytest.mark.parametrize("parse", [parse_card_payload, parse_health_card, parse_receipt])
@pytest.mark.parametrize("payload", ["7" * 7089, "|" * 4000, "\0" * 2953, "<script>" * 200, CARD * 20, HEALTH * 20])
def test_what_a_large_code_holds_is_no_card_and_no_receipt(parse: object, payload: str) -> None:
    with pytest.raises(InputError):
        parse(payload)  # type: ignore[operator]


def test_the_largest_code_there_is_costs_no_more_than_any_other() -> None:
    drawn = io.BytesIO()
    segno.make("7" * 7089, version=40, error="l").save(drawn, kind="png", scale=4)
    with ReadingWorkers(paths.resources() / "models", count=1) as workers:
        texts = workers.read_codes(drawn.getvalue())
    assert set(texts) <= {"7" * 7089}


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 1_000_000,
        b'{"a":' * 1_000_000,
        b'{"a": 1, "a": 2}',
        b'{"a": {"b": 1, "b": 1}}',
        b"NaN",
        b"[-Infinity]",
        b"1e999",
        b"9" * 10_000,
        b'"\\ud800"',
        b'{"\\udfff": 1}',
        b"\xff",
        b"\xef\xbb\xbf{}",
        b"{} {}",
        b"",
    ],
    ids=lambda content: repr(content[:14]),
)
def test_json_that_no_honest_program_writes_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"not strict JSON|too long"):
        strict_json(content, 8_000_000)


def test_json_is_bounded_before_it_is_read_and_read_as_it_stands() -> None:
    with pytest.raises(ValueError, match="too long"):
        strict_json(b'"' + b"a" * 100 + b'"', 100)
    value = {"tên": "Mẫu 😀", "n": [1, -0.5, None, True], "deep": {"a": {"a": {}}}}
    assert strict_json(json.dumps(value).encode(), 1000) == value


@pytest.mark.parametrize("text", ["a = " + "[" * 100_000, "a" + " " * LONGEST, "a = { b = " * 50_000])
def test_a_pack_that_is_no_pack_is_told_with_its_file(text: str) -> None:
    with pytest.raises(ResourceError, match=r"pack\.toml"):
        Table.parse("pack.toml", text)
