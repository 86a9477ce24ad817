"""What reading a page yields: its kind, its fields with where each came from, and its text.

The words are those of `docs/reading.md`; `PageReading.to_json` is one line of `station read --json`.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from station.dossier.outline import Outline, outline_from_json

Box = tuple[int, int, int, int]
"""Left, top, right, bottom in pixels of the input page."""


class Source(StrEnum):
    """Where a value came from; never merged silently."""

    CHIP = "chip"
    QR = "qr"
    MRZ = "mrz"
    OCR = "ocr"
    TYPED = "typed"


class Status(StrEnum):
    """Whether the reader vouches for a value or asks a person to look."""

    ACCEPTED = "accepted"
    REVIEW = "review"


class Doubt(StrEnum):
    """Why a value is `review`: what a person should look at."""

    READS_DIFFER = "reads_differ"
    HANDWRITTEN = "handwritten"
    UNDER_SEAL = "under_seal"
    UNDER_STREAK = "under_streak"
    SMALL_PRINT = "small_print"
    UNKNOWN_WORD = "unknown_word"
    STRUCTURE = "structure"
    CONTRADICTED = "contradicted"


@dataclass(frozen=True, slots=True)
class ReadField:
    """One value from one source. `value` is normalised, `printed` is what stands on the paper.

    A handwritten value has its box and no text: `value` and `printed` are empty. `others` are the values that lost,
    the better supported first; `doubt` says why a value is not accepted.
    """

    key: str
    value: str
    printed: str
    confidence: float
    status: Status
    source: Source
    box: Box | None = None
    others: tuple[str, ...] = ()
    doubt: Doubt | None = None


@dataclass(frozen=True, slots=True)
class Code:
    """A machine-readable code on the page: symbology as zxing names it, text as exact UTF-8.

    `error` says why there is no text: `code.undecodable` (the payload is not UTF-8), `code.unreadable` (seen only).
    """

    symbology: str
    text: str
    error: str = ""


@dataclass(frozen=True, slots=True)
class QualityIssue:
    """Something about the image that a person should know, e.g. `page.skewed` with degrees."""

    code: str
    value: float


@dataclass(frozen=True, slots=True)
class PageReading:
    """Everything read from one page. `rotation` is how many degrees clockwise the page was turned to read it.

    `outline` is where the paper was found in the image; None where it fills the image, or was not looked for.
    """

    kind: str
    kind_confidence: float
    rotation: int = 0
    quality: tuple[QualityIssue, ...] = ()
    codes: tuple[Code, ...] = ()
    mrz: tuple[str, ...] = ()
    fields: tuple[ReadField, ...] = ()
    text: str = ""
    outline: Outline | None = None

    def to_json(self) -> dict[str, Any]:
        """The object of `station read --json`, without `file` and `page`."""
        return {
            "kind": self.kind,
            "kind_confidence": self.kind_confidence,
            "rotation": self.rotation,
            "quality": [asdict(issue) for issue in self.quality],
            "codes": [asdict(code) for code in self.codes],
            "mrz": list(self.mrz),
            "fields": [read_field_to_json(field) for field in self.fields],
            "text": self.text,
            "outline": self.outline,
        }

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> PageReading:
        """The inverse of `to_json`."""
        return cls(
            kind=data["kind"],
            kind_confidence=data["kind_confidence"],
            rotation=data["rotation"],
            quality=tuple(QualityIssue(**issue) for issue in data["quality"]),
            codes=tuple(Code(**code) for code in data["codes"]),
            mrz=tuple(data["mrz"]),
            fields=tuple(read_field_from_json(field) for field in data["fields"]),
            text=data["text"],
            outline=outline_from_json(data["outline"]),
        )


def read_field_to_json(field: ReadField) -> dict[str, Any]:
    """One field in its JSON form."""
    return {**asdict(field), "box": list(field.box) if field.box else None, "others": list(field.others)}


def read_field_from_json(data: dict[str, Any]) -> ReadField:
    """One field out of the JSON form."""
    return ReadField(
        key=data["key"],
        value=data["value"],
        printed=data["printed"],
        confidence=data["confidence"],
        status=Status(data["status"]),
        source=Source(data["source"]),
        box=tuple(data["box"]) if data["box"] else None,
        others=tuple(data["others"]),
        doubt=Doubt(data["doubt"]) if data["doubt"] else None,
    )
