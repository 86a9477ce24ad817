"""What stood before the citizen when they answered, as one canonical text and its digest, for an auditor to recompute.

A `Showing` keeps the text (`shown`) and its digest, and both are sealed with the dossier. To check one:

1. SHA-256 over the UTF-8 bytes of `shown` is `digest`. The text is JSON with members sorted by name, no blanks, letters
   as themselves: the canonical form of contract v1.
2. `values[].entry` names the value of the dossier; `values[].value` is how it was written on the screen, in the words
   of `language` (a date day first), `hidden` where its digits were covered when the answer came.
3. `values[].picture` is the piece of the paper beside it: `page` the SHA-256 of the page's image, `box` left, top,
   right and bottom in its pixels, `turned` by how many degrees clockwise it was shown, `pixels` the SHA-256 over
   `width` × `height` pixels of that piece, red, green and blue a byte each, row by row from the top. Null: none.
4. `salt` is random: the audit trail keeps the digest for ever, and once the dossier is erased nobody can guess by it
   what was shown.
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from typing import Any

from station.dossier.reading import Box

CITIZEN, SPOKEN, SIGNING = "citizen.question", "counter.spoken", "citizen.signature"
"""Screens: a question on the citizen's; the officer's, who asked aloud; the sentence over a signature."""

SALT = 16
"""Random bytes."""
COVER = "•"
_SENSITIVE = frozenset({"id_number", "old_id_number", "phone", "passport_number"})
_DIGITS = re.compile(r"\d{8,15}")


@dataclass(frozen=True, slots=True)
class ShownPicture:
    """The piece of a page that stood beside a value; see the module."""

    page: str
    box: Box
    turned: int
    width: int
    height: int
    pixels: str


@dataclass(frozen=True, slots=True)
class ShownValue:
    """One value as it was written; `entry` is empty where it is no value of the dossier."""

    entry: str
    label: str
    value: str
    paper: str = ""
    hidden: bool = False
    picture: ShownPicture | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """Everything on one screen that an answer was about."""

    screen: str
    language: str
    values: tuple[ShownValue, ...]
    salt: str = ""


def canonical(shown: Shown) -> str:
    """The text that is kept and hashed."""
    return json.dumps(asdict(shown), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def showing_digest(shown: Shown) -> str:
    """SHA-256 (hex) of the canonical text."""
    return digest_of(canonical(shown))


def digest_of(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def shown_of(text: str) -> dict[str, Any]:
    """What a kept text says, as plain data."""
    made: dict[str, Any] = json.loads(text) if text else {}
    return made


def is_sensitive(key: str) -> bool:
    """Whether the digits are covered until the citizen asks for them: neighbours in the queue look on."""
    return key.rpartition(".")[2] in _SENSITIVE


def covered(value: str) -> str:
    """«079 ••• ••• 456»: the first and the last three digits tell whose it is, the rest is nobody's business."""
    digits = value.replace(" ", "").replace(".", "")
    if not _DIGITS.fullmatch(digits):
        return value if not any(letter.isdigit() for letter in value) else re.sub(r"\d", COVER, value)
    return grouped(digits[:3] + COVER * (len(digits) - 6) + digits[-3:])


def grouped(digits: str) -> str:
    """In threes, from the right, so that a long number can be compared: «079 199 000 456», «0912 345 678»."""
    first = len(digits) % 3 or 3
    if first < 3:
        first += 3  # a lone digit in front would look like a slip
    return " ".join([digits[:first], *(digits[at : at + 3] for at in range(first, len(digits), 3))])
