"""`station read`: image and PDF files to their kinds and values, for people or as JSON Lines (`docs/reading.md`)."""

from __future__ import annotations

import json as json_format
import re
import sys
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from station import paths
from station.dossier.reading import PageReading, ReadField
from station.errors import InputError, StationError
from station.language import Language
from station.scan.devices.files import pages_of
from station.scan.documents import MOST_BYTES, is_document
from station.scan.papers.folder import load_papers
from station.scan.workers import ReadingWorkers

INTERRUPTED = 130
WAITING_PAGES = 8
"""Pages that may be read or wait to be printed at one time: enough for every core, little enough for the memory."""

_PATIENCE = 0.5
_MEMBER = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True)
class _Page:
    """A page of a file whose reading is under way; page 0 is the file itself, which failed."""

    file: str
    number: int
    reading: Future[PageReading | StationError]


def read_files(files: Sequence[Path], json: bool, out: TextIO, engine: str = "tesserocr") -> int:
    """Read every file, print a result a page in the order given; 0, or 1 if any file failed, 130 if interrupted."""
    tell = _as_json if json else _for_people
    language = Language.load()
    language = language.with_sentences(load_papers(paths.resources() / "papers").kinds.sentences(language.name))
    with ReadingWorkers(paths.resources() / "models", engine) as workers:
        queue = _Queue(lambda page, result: tell(page, result, language, out))
        try:
            for file in files:
                _read_file(file, workers, queue)
            queue.drain(0)
        except KeyboardInterrupt:
            return INTERRUPTED
        except BrokenPipeError:
            return 1
    return 1 if queue.failed else 0


def main(arguments: Sequence[str] | None = None) -> int:
    """`python -m station.read_files FILE... [--json]`."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    return read_files([Path(name) for name in given if name != "--json"], "--json" in given, sys.stdout)


class _Queue:
    """Pages in the order in which they are to be printed; printing waits for the oldest."""

    def __init__(self, tell: Callable[[_Page, PageReading | StationError], None]) -> None:
        self._tell = tell
        self._pages: deque[_Page] = deque()
        self.failed = False

    def add(self, page: _Page) -> None:
        self._pages.append(page)
        self.drain(WAITING_PAGES)

    def drain(self, most: int) -> None:
        """Print from the oldest until no more than `most` wait; also those behind it that are ready."""
        while self._pages and (len(self._pages) > most or self._pages[0].reading.done()):
            result = _waited(self._pages[0].reading)
            self.failed |= isinstance(result, StationError)
            self._tell(self._pages.popleft(), result)


def _read_file(file: Path, workers: ReadingWorkers, queue: _Queue) -> None:
    try:
        pages = pages_in(file)
    except StationError as error:
        failed: Future[PageReading | StationError] = Future()
        failed.set_result(error)
        queue.add(_Page(str(file), 0, failed))
        return
    for number, page in enumerate(pages, 1):
        reading: Future[PageReading | StationError] = Future()
        workers.read(page, reading.set_result)
        queue.add(_Page(str(file), number, reading))


def pages_in(file: Path) -> list[bytes]:
    """The pages of an image or document as images; raises `InputError` for a file that cannot have any."""
    content = _content(file)
    if is_document(content, file.name):
        return [page.content for page in pages_of(content, file.name, "")]
    return [content]  # an image is one page as it is; the worker that reads it refuses what is none


def _content(file: Path) -> bytes:
    """The file's bytes; raises `InputError` for what is missing, no file, not readable or too large to be pages."""
    try:
        if not file.exists():
            raise InputError("file.missing")
        if not file.is_file():
            raise InputError("file.not_a_file")
        if file.stat().st_size > MOST_BYTES:
            raise InputError("file.too_heavy", megabytes=MOST_BYTES >> 20)
        return file.read_bytes()
    except OSError as error:
        raise InputError("file.unreadable") from error


def _waited(reading: Future[PageReading | StationError]) -> PageReading | StationError:
    """The result; asked for in short waits, because Windows takes Ctrl-C only between them."""
    while True:
        try:
            return reading.result(timeout=_PATIENCE)
        except TimeoutError:
            continue


def _as_json(page: _Page, result: PageReading | StationError, language: Language, out: TextIO) -> None:
    said: dict[str, object] = {"file": page.file}
    if page.number and not isinstance(result, InputError):
        said["page"] = page.number
    if isinstance(result, StationError):
        said["error"] = {"code": result.code, "message": str(language.error(result))}
    else:
        said.update(result.to_json())
    out.write(json_format.dumps(said, ensure_ascii=False) + "\n")
    out.flush()


def _for_people(page: _Page, result: PageReading | StationError, language: Language, out: TextIO) -> None:
    if isinstance(result, StationError):
        out.write(language("read.failed", file=page.file, reason=language.error(result)) + "\n")
        out.flush()
        return
    kind = language(f"kind.{result.kind}")
    out.write(language("read.page", file=page.file, page=page.number, kind=kind) + "\n")
    for issue in result.quality:
        out.write(f"  ! {language(f'quality.{issue.code}', value=round(issue.value, 1))}\n")
    for field in result.fields:
        status, source = language(f"read.{field.status}"), language(f"source.{field.source}")
        out.write(f"  {field_name(field, language)}: {field.value}  [{status}, {source}]\n")
    out.write("\n")
    out.flush()


def field_name(field: ReadField, language: Language) -> str:
    """«Mẹ: họ, chữ đệm, tên» for `mother.full_name`; members are counted from one."""
    member = _MEMBER.search(field.key)
    if member:
        name = language(f"field.person.{field.key.rpartition('.')[2]}")
        return language("read.member", number=int(member[1]) + 1) + name[0].lower() + name[1:]
    key = f"field.{field.key}"
    return language(key) if key in language else field.key


if __name__ == "__main__":
    sys.exit(main())
