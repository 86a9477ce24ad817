"""Files from outside, picked by the officer or put in a watched folder, split into pages where they can do no harm."""

from __future__ import annotations

import threading
from collections.abc import Callable

from station.dossier.capture import CapturedImage
from station.errors import InputError
from station.scan.devices.isolated import Emit, Header, IsolationError, Limits, RefusedError, run_isolated
from station.scan.devices.status import Status

ORIGIN = "file"
LARGEST = 256 << 20


def open_file(content: bytes, name: str, deliver: Callable[[CapturedImage], None], cancel: threading.Event) -> None:
    """Deliver each page of an image, multi-page TIFF or PDF; raises `InputError` before the first page.

    Raises `device.cancelled` where `cancel` is set before the first page was delivered.
    """
    pages = pages_of(content, name, ORIGIN, is_cancelled=cancel.is_set)
    if cancel.is_set():
        raise Status.CANCELLED.error()
    for page in pages:
        deliver(page)


def pages_of(
    content: bytes,
    name: str,
    origin: str,
    limits: Limits | None = None,
    is_cancelled: Callable[[], bool] = lambda: False,
) -> list[CapturedImage]:
    """The pages, split in a child process: the file may be built to crash or to choke whoever opens it.

    A file arrives whole or not at all: a document whose fifth page is damaged leaves no four pages behind.
    """
    if len(content) > LARGEST:
        raise InputError("file.too_heavy")
    try:
        pages = run_isolated(_split, content, {"name": name}, limits or Limits(), is_cancelled)
        return [CapturedImage(page, str(header["media_type"]), origin) for header, page in pages]
    except RefusedError as refused:
        raise InputError(refused.code, **refused.parameters) from None
    except IsolationError as error:
        raise InputError("file.too_heavy" if error.too_heavy else "file.reader_died") from error


def _split(content: bytes, about: Header, emit: Emit) -> None:
    """Runs in the child."""
    from station.scan.documents import split

    for page in split(content, str(about["name"])):
        emit({"media_type": page.media_type}, page.content)
