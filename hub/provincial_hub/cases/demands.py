"""What the words of a deed must be like, before anything is looked up; raises `RefusedError`."""

from __future__ import annotations

from collections.abc import Mapping

from provincial_hub.cases.official_code import is_official_code
from provincial_hub.errors import RefusedError

LONGEST_WORDS = 2000
LONGEST_TEXT = 10_000


def must_fit(texts: Mapping[str, str]) -> None:
    if any(len(text) > LONGEST_TEXT for text in texts.values()):
        raise RefusedError("correction.too_long", f"a value has at most {LONGEST_TEXT} characters")


def must_be_words(reason: str) -> None:
    if not reason.strip():
        raise RefusedError("reason.missing", "a reason is wanted")
    must_be_short(reason)


def must_be_short(words: str) -> None:
    if len(words) > LONGEST_WORDS:
        raise RefusedError("reason.too_long", f"a reason has at most {LONGEST_WORDS} characters")


def must_be_code(code: str) -> None:
    if not is_official_code(code):
        raise RefusedError("code.malformed", "an official code is UNIT-YYMMDD-NUMBER: H15.50.05.13-261008-0975")
