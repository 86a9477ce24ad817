"""What must not be found in any file of a station: personal values in every form that a program may write them in."""

from __future__ import annotations

import base64
import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from station.dossier.text import folded
from tests.journeys.piles import Pile

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be")
PERSONAL = ("full_name", "id_number", "residence", "phone", "place_of_origin", "personal_features")
SHORTEST = 8
"""Letters: anything shorter may stand in random bytes by chance."""
PICTURE_MARKS = (b"\xff\xd8\xff\xe0\x00\x10JFIF", b"\x89PNG\r\n\x1a\n", b"%PDF-1.", b"\xff\xd8\xff\xe1\x00")


@dataclass(frozen=True)
class Find:
    """`what` of a citizen stands in this file, at this byte."""

    file: str
    at: int
    what: str


def forms(value: str) -> Iterator[str]:
    """As written, with the marks apart from their letters, without marks, in capitals and small letters, in JSON."""
    for text in (value, unicodedata.normalize("NFD", value), folded(value)):
        yield from (text, text.upper(), text.lower(), text.casefold())
    yield folded(value).title()
    yield json.dumps(value)[1:-1]


def personal_values(piles: tuple[Pile, ...]) -> set[str]:
    """Names, numbers, addresses, machine-readable lines and card codes on these papers."""
    values: set[str] = set()
    for told in (told for pile in piles for told in pile.truth):
        values |= {value for key, value in told["fields"].items() if key.rpartition(".")[2] in PERSONAL}
        values |= {*told.get("mrz", ()), told.get("qr", "")}
    return {value for value in values if len(value) >= SHORTEST}


class Search:
    """Looks for the personal values and the pictures of some piles, and for the first bytes of any picture."""

    def __init__(self, piles: tuple[Pile, ...]) -> None:
        self.needles: dict[bytes, str] = {}
        for value in personal_values(piles):
            for form in forms(value):
                self.needles |= {form.encode(encoding): f"{form} in {encoding}" for encoding in ENCODINGS}
            self.needles[base64.b64encode(value.encode())[:-4]] = f"{value} in base64"
        for picture in (picture for pile in piles for picture in pile.pictures):
            content = picture.read_bytes()
            middle = len(content) // 2
            self.needles[content[middle : middle + 24]] = f"the picture {picture.name}"

    def in_bytes(self, content: bytes, file: str = "") -> list[Find]:
        return [Find(file, content.find(needle), what) for needle, what in self.needles.items() if needle in content]

    def in_folder(self, folder: Path) -> list[Find]:
        """Of every file below this folder, its name as well; files that go meanwhile are left out."""
        return [
            find for name, content in files(folder) for find in self.in_bytes(name.encode() + b"\0" + content, name)
        ]


def pictures_in(folder: Path) -> list[Find]:
    """Files that begin as a picture or a document does, or hold one."""
    return [
        Find(name, content.find(mark), f"a picture: {mark!r}")
        for name, content in files(folder)
        for mark in PICTURE_MARKS
        if mark in content
    ]


def files(folder: Path) -> Iterator[tuple[str, bytes]]:
    for file in sorted(folder.rglob("*")):
        try:
            if file.is_file():
                yield str(file.relative_to(folder)), file.read_bytes()
        except FileNotFoundError:
            continue
