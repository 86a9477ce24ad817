"""The piles of specimens in the practice tray: their pictures, and what really stands on them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from station import paths

TRAY = paths.resources() / "specimens" / "tray"


@dataclass(frozen=True)
class Pile:
    """One folder of the tray and the procedure that it is for; `card` is the picture that identifies the citizen."""

    name: str
    procedure: str
    card_picture: str

    @property
    def folder(self) -> Path:
        return TRAY / self.name

    @property
    def card(self) -> str:
        return str(self.folder / self.card_picture)

    @property
    def truth(self) -> list[dict[str, Any]]:
        lines = (self.folder / "truth.jsonl").read_text(encoding="utf-8").splitlines()
        return sorted((json.loads(line) for line in lines), key=lambda told: str(told["file"]))

    @property
    def pictures(self) -> list[Path]:
        return [self.folder / told["file"] for told in self.truth]

    @property
    def kinds(self) -> list[str]:
        return [told["kind"] for told in self.truth]

    @property
    def sha256(self) -> list[str]:
        """Of the pictures, in the order in which the tray feeds them."""
        return [hashlib.sha256(picture.read_bytes()).hexdigest() for picture in self.pictures]


BIRTH = Pile("1-khai-sinh", "1.001193", "01-citizen-card-front.jpg")
MARRIAGE = Pile("2-ket-hon", "1.000894", "01-citizen-card-front.jpg")
RESIDENCE = Pile("3-cu-tru", "1.010041", "02-identity-card-back.jpg")
COPIES = Pile("4-chung-thuc", "2.000815", "01-citizen-card-front.jpg")
PILES = (BIRTH, MARRIAGE, RESIDENCE, COPIES)
"""In the order in which the tray feeds them."""
