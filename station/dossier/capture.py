"""How pages come in: the devices that yield them, what is asked of one, and the image that arrives."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Device:
    """A way to get pages. `ready` is False with `remedy` (an error code) where a person must do something."""

    id: str
    name: str
    kind: str
    sources: tuple[str, ...] = ("flatbed",)
    ready: bool = True
    remedy: str | None = None


@dataclass(frozen=True, slots=True)
class ScanJob:
    """What to scan: from the flatbed one page, from the `adf` until it is empty. Resolution in dots per inch.

    `owner` is the dossier that the pages will belong to: a document that was broken off in the middle is finished for
    the same owner only.
    """

    device_id: str
    source: str = "flatbed"
    resolution: int = 300
    colour: bool = True
    owner: str = ""


@dataclass(frozen=True, slots=True)
class CapturedImage:
    """One page as it came from outside. `origin` says from where, without a path (`sane`, `folder`, `tray`…)."""

    content: bytes
    media_type: str
    origin: str
