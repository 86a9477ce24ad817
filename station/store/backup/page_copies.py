"""Page files in a backup: copied once, shared by all generations, removed when none of them names them any more.

They are encrypted already and go over as they are. A page may be sealed anew under its old name (for another
dossier's key), so a copy's name ends in the beginning of the SHA-256 of the file: both versions stay, each for
the generations whose database can open it.
"""

from __future__ import annotations

import contextlib
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from station.errors import StoreError
from station.store import durable

_LINE = re.compile(r"([0-9a-f]{4,128}) ([0-9]{1,12}) ([0-9]{1,20}) ([0-9a-f]{64})")
_OF_THE_HASH = 16
MOST_BYTES = 256 << 20
"""Of one page file; an image at a counter has one or two MiB."""


@dataclass(frozen=True, slots=True)
class PageCopy:
    """A page file as it was in the store when it was looked at; `changed` in nanoseconds since 1970."""

    name: str
    size: int
    changed: int
    sha256: str

    def below(self, folder: Path) -> Path:
        """Where the copy lies in a backup's `pages`."""
        return folder / self.name[:2] / f"{self.name}.{self.sha256[:_OF_THE_HASH]}"


def to_text(pages: Iterable[PageCopy]) -> bytes:
    """The content of `pages.txt`."""
    return "".join(f"{one.name} {one.size} {one.changed} {one.sha256}\n" for one in pages).encode()


def from_text(content: bytes) -> dict[str, PageCopy]:
    """By name; raises `ValueError` for anything else."""
    pages = {}
    for line in content.decode("ascii").splitlines():
        fits = _LINE.fullmatch(line)
        if fits is None or int(fits[2]) > MOST_BYTES:
            raise ValueError("no list of pages")
        name, size, changed, sha256 = fits.groups()
        pages[name] = PageCopy(name, int(size), int(changed), sha256)
    return pages


def page_files(folder: Path) -> Iterator[Path]:
    """The finished page files of a store."""
    for file in sorted(folder.glob("*/*")):
        if not file.name.startswith(durable.TEMPORARY) and file.is_file():
            yield file


def last_changes(folder: Path) -> dict[Path, int]:
    """When each page file of a store was written last, in nanoseconds since 1970."""
    found = {}
    for file in page_files(folder):
        with contextlib.suppress(FileNotFoundError):  # erased just now
            found[file] = file.stat().st_mtime_ns
    return found


class PageCopier:
    """Brings the copies in one backup folder up to date with a store."""

    def __init__(self, target: Path, before: Mapping[str, PageCopy]) -> None:
        """`before` is what the last generation had: what has not changed since is not read again."""
        self._target = target
        self._before = before
        self._touched: set[Path] = set()
        self.copied = 0

    def bytes_to_copy(self, files: Iterable[Path]) -> int:
        """How much room the new ones will take."""
        new = 0
        for file in files:
            with contextlib.suppress(FileNotFoundError):  # erased just now
                told = file.stat()
                if self._unchanged(file, told.st_size, told.st_mtime_ns) is None:
                    new += told.st_size
        return new

    def take(self, file: Path) -> PageCopy:
        """Copy this page file unless it is there already; durable after `flush`. Raises `OSError`."""
        told = file.stat()
        known = self._unchanged(file, told.st_size, told.st_mtime_ns)
        if known is not None:
            return known
        content = file.read_bytes()
        found = PageCopy(file.name, len(content), told.st_mtime_ns, hashlib.sha256(content).hexdigest())
        place = found.below(self._target)
        if not place.exists() or place.stat().st_size != found.size:
            durable.make_folder(place.parent)
            part = place.with_name(f"{durable.TEMPORARY}{place.name}")
            part.write_bytes(content)
            durable.sync_file(part)
            part.replace(place)
            self.copied += 1
        self._touched.add(place.parent)  # also where an earlier run died between the rename and the flush
        return found

    def flush(self) -> None:
        """Make the names durable; raises `OSError`."""
        for folder in sorted(self._touched):
            durable.sync_folder(folder)
        self._touched.clear()

    def _unchanged(self, file: Path, size: int, changed: int) -> PageCopy | None:
        known = self._before.get(file.name)
        if known is None or (known.size, known.changed) != (size, changed):
            return None
        place = known.below(self._target)
        return known if place.exists() and place.stat().st_size == size else None


def read(page: PageCopy, folder: Path) -> bytes:
    """A copy as it was made; raises `backup.page_missing`, `backup.page_damaged`, or what the disk says."""
    try:
        with page.below(folder).open("rb") as opened:
            content = opened.read(page.size + 1)
    except FileNotFoundError as error:
        raise StoreError("backup.page_missing") from error
    except OSError as error:
        raise durable.failure(error) from error
    if len(content) != page.size or hashlib.sha256(content).hexdigest() != page.sha256:
        raise StoreError("backup.page_damaged")
    return content


def put_back(page: PageCopy, folder: Path, store: Path) -> None:
    """Into a store's `pages`, under the name that it had there; raises as `read` does."""
    place = store / page.name[:2] / page.name
    content = read(page, folder)
    durable.make_folder(place.parent)
    durable.write(place, content)


def prune(folder: Path, kept: set[Path]) -> int:
    """Delete the copies that no generation names, and what was never finished; return how many."""
    gone = 0
    for file in folder.glob("*/*"):
        if file not in kept:
            file.unlink(missing_ok=True)
            gone += 1
    return gone
