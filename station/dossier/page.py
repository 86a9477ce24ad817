"""One captured page of a dossier (trang giấy tờ): where it came from and which paper it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from station.dossier.reading import Code, QualityIssue


@dataclass(frozen=True, slots=True)
class Page:
    """One captured page. `sha256` is that of the image bytes as they came; the image is kept by the page store.

    `kind` is None until the page has been read, or when reading failed (`failure` is then the error's code).
    """

    id: str
    number: int
    sha256: str
    size: int
    media_type: str
    origin: str
    captured_at: datetime
    kind: str | None = None
    kind_confidence: float = 0.0
    kind_set_by: str | None = None
    rotation: int = 0
    quality: tuple[QualityIssue, ...] = ()
    codes: tuple[Code, ...] = ()
    mrz: tuple[str, ...] = ()
    text: str = ""
    failure: str | None = None
    goes_with: str | None = None
    """The page of the same paper (giấy tờ) that this one is joined to, itself where it begins a paper; None: nobody
    has said, and `papers.py` guesses. Of a sealed dossier every page has it."""
    goes_with_set_by: str | None = None
    """The person who said so; None with a `goes_with`: the guess that stood when the dossier was sealed."""

    @property
    def read(self) -> bool:
        """Nothing more is to be expected from the machine."""
        return self.kind is not None or self.failure is not None
