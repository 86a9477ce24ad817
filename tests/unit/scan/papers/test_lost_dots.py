"""Values without tones are for a person on a page whose labels lost dots."""

from __future__ import annotations

import pytest

from station.dossier.reading import Doubt, ReadField, Source, Status
from station.scan.papers.description import FieldRule, Grammar
from station.scan.papers.fields import Found
from station.scan.papers.lost_dots import are_lost, doubted
from station.scan.text.engine import Word


def labelled(read: str, grammar: Grammar = Grammar.NAME) -> Found:
    words = tuple(Word(word, (0, 0, 80, 40), 0.9) for word in read.split())
    return Found(FieldRule("key", ("Số điện thoại liên hệ", "Số điện thoại"), grammar), (), words)


@pytest.mark.parametrize(
    ("read", "lost"),
    [
        ("3. Số điện thoai liên hê:", True),
        ("Số điện thoai:", True),
        ("Số điện thoại:", False),
        ("Sô điên thoài:", True),
        ("Sô điện thoại:", False),
        ("Số điện thư:", False),
    ],
)
def test_a_label_read_without_a_dot_that_it_has_shows_it(read: str, lost: bool) -> None:
    assert are_lost([labelled("Số điện thoại:"), labelled(read)]) is lost


@pytest.mark.parametrize(
    ("value", "grammar", "doubt"),
    [
        ("LÝ DIÊU GIANG", Grammar.NAME, Doubt.READS_DIFFER),
        ("LÝ DIỆU HẠNH", Grammar.NAME, None),
        ("Tách hô", Grammar.TEXT, Doubt.READS_DIFFER),
        ("Kinh", Grammar.LEXICON, None),
        ("1999-03-05", Grammar.DATE, None),
    ],
)
def test_words_without_a_tone_may_have_lost_one(value: str, grammar: Grammar, doubt: Doubt | None) -> None:
    field = ReadField("key", value, value, 1.0, Status.ACCEPTED, Source.OCR)
    assert doubted(field, labelled("", grammar)).doubt is doubt
