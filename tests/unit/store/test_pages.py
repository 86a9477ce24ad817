"""Page files: what comes back is what was kept, and anything else is told."""

from __future__ import annotations

import errno
import hashlib
import os
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path

import pytest

from station.clock import SystemClock
from station.errors import StoreError
from station.paths import DataFolder
from station.store.keys import Keys, Secrets
from station.store.pages import Pages

PAGE = b"\xff\xd8 a page of paper " * 1000


@pytest.fixture
def pages(folder: DataFolder, keys: Keys) -> Pages:
    return Pages(folder.pages, Secrets.derived_from(keys.data))


def files(folder: DataFolder) -> list[Path]:
    return list(folder.pages.glob("*/*"))


def test_a_page_comes_back_as_it_was_kept(pages: Pages) -> None:
    sha256 = pages.keep(PAGE)
    assert sha256 == hashlib.sha256(PAGE).hexdigest()
    assert pages.read(sha256) == PAGE


def test_a_page_is_kept_once_however_often_it_comes(pages: Pages, folder: DataFolder) -> None:
    assert pages.keep(PAGE) == pages.keep(PAGE)
    assert len(files(folder)) == 1


def test_neither_name_nor_content_of_a_file_tells_the_page(pages: Pages, folder: DataFolder) -> None:
    sha256 = pages.keep(PAGE)
    (file,) = files(folder)
    assert sha256 not in str(file)
    assert file.name[:2] == file.parent.name
    assert b"paper" not in file.read_bytes()


def test_a_page_that_was_never_kept_is_missing(pages: Pages) -> None:
    with pytest.raises(StoreError, match=r"store\.page_missing"):
        pages.read("00" * 32)


@pytest.mark.parametrize("place", [0, 4, 20, -1])
def test_one_changed_byte_is_found(pages: Pages, folder: DataFolder, place: int) -> None:
    sha256 = pages.keep(PAGE)
    (file,) = files(folder)
    damaged = bytearray(file.read_bytes())
    damaged[place] ^= 1
    file.write_bytes(damaged)
    with pytest.raises(StoreError, match=r"store\.page_damaged"):
        pages.read(sha256)


def test_a_file_cut_short_is_found_and_healed_by_keeping_the_page_again(pages: Pages, folder: DataFolder) -> None:
    sha256 = pages.keep(PAGE)
    (file,) = files(folder)
    for length in (0, 3, 17, 1000):
        file.write_bytes(file.read_bytes()[:length])
        with pytest.raises(StoreError, match=r"store\.page_damaged"):
            pages.read(sha256)
    pages.keep(PAGE)
    assert pages.read(sha256) == PAGE


def test_a_page_in_the_place_of_another_does_not_open(pages: Pages, folder: DataFolder) -> None:
    sha256 = pages.keep(PAGE)
    (file,) = files(folder)
    other = pages.keep(b"another page")
    file.write_bytes(next(place for place in files(folder) if place != file).read_bytes())
    with pytest.raises(StoreError, match=r"store\.page_damaged"):
        pages.read(sha256)
    assert pages.read(other) == b"another page"


def test_other_keys_find_nothing(pages: Pages, folder: DataFolder) -> None:
    sha256 = pages.keep(PAGE)
    with pytest.raises(StoreError, match=r"store\.page_missing"):
        Pages(folder.pages, Secrets.derived_from(b"o" * 32)).read(sha256)


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, r"store\.disk_full"), (errno.EIO, r"store\.disk_failed"), (errno.EROFS, r"store\.no_permission")],
)
def test_when_flushing_fails_nothing_is_promised_and_nothing_is_left(
    pages: Pages, folder: DataFolder, monkeypatch: pytest.MonkeyPatch, number: int, code: str
) -> None:
    def fail(_descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(StoreError, match=code):
        pages.keep(PAGE)
    assert files(folder) == []


def test_many_threads_may_keep_the_same_and_other_pages(pages: Pages, folder: DataFolder) -> None:
    start = threading.Barrier(8)

    def keep(number: int) -> str:
        start.wait()
        pages.keep(PAGE)
        return pages.keep(b"%d" % number)

    with ThreadPoolExecutor(8) as pool:
        kept = list(pool.map(keep, range(8)))
    assert [pages.read(sha256) for sha256 in kept] == [b"%d" % number for number in range(8)]
    assert len(files(folder)) == 9


def test_only_old_files_that_no_row_names_are_swept(pages: Pages, folder: DataFolder) -> None:
    named, old, young = pages.keep(b"named"), pages.keep(b"old orphan"), pages.keep(b"young orphan")
    now = SystemClock().now()
    for file in files(folder):
        os.utime(file, ((now - timedelta(hours=25)).timestamp(),) * 2)
    (folder.pages / "00" / ".part-left-by-a-crash").write_bytes(b"half")
    os.utime(folder.pages / "00" / ".part-left-by-a-crash", ((now - timedelta(hours=25)).timestamp(),) * 2)
    assert pages.keep(b"young orphan") == young, "kept again: about to be named"
    assert pages.sweep([named], now) == 2
    assert (pages.read(named), pages.read(young)) == (b"named", b"young orphan")
    with pytest.raises(StoreError, match=r"store\.page_missing"):
        pages.read(old)
