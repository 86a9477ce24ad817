"""What went into the station and was counted: each run of a device, and each image that was kept of it.

An image is one side of a sheet as a device or a file delivered it. It has an id for good: the pages that are split from
it bear it, whatever becomes of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from station.dossier.dossier import Dossier


@dataclass(frozen=True, slots=True)
class Feeding:
    """One run of a device, or one opened file. `source` is the device's id, or `file`."""

    id: str
    source: str
    by: str
    began_at: datetime
    dossier_id: str = ""
    """Empty: what it delivers is for no dossier's pages, as the picture of an ID card."""


@dataclass(frozen=True, slots=True)
class TakenImage:
    """An image that was kept. `feeding` is empty for one that came by itself."""

    id: str
    dossier_id: str
    sha256: str
    at: datetime
    feeding: str = ""


def images_of(dossier: Dossier) -> frozenset[str]:
    """The ids of the images of its own pages; pages that are linked from another dossier have none here."""
    return frozenset(page.image for page in dossier.pages if page.image)
