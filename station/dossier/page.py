"""One captured page of a dossier (trang giấy tờ): where it came from and which paper it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from station.dossier.outline import Outline
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
    outline: Outline | None = None
    """Where this paper lies in the image, as a person or the gate said; None: the reader finds it."""
    found: Outline | None = None
    """Where the reader found it."""
    fingerprint: str = ""
    """The gate's perceptual hash of the image; empty until the gate has judged it."""
    same_as: str | None = None
    """An earlier page that shows the same, as far as the gate can tell."""
    issues: tuple[QualityIssue, ...] = ()
    """What the gate has against the image."""
    kept_by: str | None = None
    """Who said that the page stays as it is, whatever the gate has against it."""
    reused_from: str | None = None
    """The dossier in which this page was captured, where it is linked from there instead of captured again."""
    image: str = ""
    """The image that was taken in (`intake.py`), which the parts split from it share; empty where it is linked."""
    again: bool = False
    """It is to be read again: what was read of it stands until then."""

    @property
    def read(self) -> bool:
        """Nothing more is to be expected from the machine."""
        return not self.again and (self.kind is not None or self.failure is not None)

    @property
    def judged(self) -> bool:
        """The gate has said its word."""
        return bool(self.fingerprint)

    @property
    def spoiled(self) -> bool:
        """The gate has something against the image, and nobody has said that it stays."""
        return bool(self.issues) and self.kept_by is None

    @property
    def blank(self) -> bool:
        """Taken for the empty back of a sheet."""
        return self.spoiled and any(issue.code == "page.blank" for issue in self.issues)
