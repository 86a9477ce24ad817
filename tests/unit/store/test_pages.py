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
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from station.clock import SystemClock
from station.errors import StoreError
from station.paths import DataFolder
from station.store import durable
from station.store.keys import Secrets
from station.store.keys.dossier_keys import DossierKeys
from station.store.pages import MARK, OLD_MARK, Pages
from station.store.store import Store

DOSSIER = "dossier"
PAGE = b"\xff\xd8 a page of paper " * 1000


@pytest.fixture
def pages(store: Store) -> Pages:
    return store.pages


def files(folder: DataFolder) -> list[Path]:
    return list(folder.pages.glob("*/*"))


def test_a_page_comes_back_as_it_was_kept(pages: Pages) -> None:
    sha256 = pages.keep(PAGE, DOSSIER)
    assert sha256 == hashlib.sha256(PAGE).hexdigest()
    assert pages.read(sha256) == PAGE


def test_a_page_is_kept_once_however_often_it_comes(pages: Pages, folder: DataFolder) -> None:
    assert pages.keep(PAGE, DOSSIER) == pages.keep(PAGE, DOSSIER)
    assert len(files(folder)) == 1


def test_neither_name_nor_content_of_a_file_tells_the_page(pages: Pages, folder: DataFolder) -> None:
    sha256 = pages.keep(PAGE, DOSSIER)
    (file,) = files(folder)
    assert sha256 not in str(file)
    assert file.name[:2] == file.parent.name
    assert b"paper" not in file.read_bytes()


def test_a_page_that_was_never_kept_is_missing(pages: Pages) -> None:
    with pytest.raises(StoreError, match=r"store\.page_missing"):
        pages.read("00" * 32)


@pytest.mark.parametrize("place", [0, 4, 20, 40, -1])
def test_one_changed_byte_is_found(pages: Pages, folder: DataFolder, place: int) -> None:
    sha256 = pages.keep(PAGE, DOSSIER)
    (file,) = files(folder)
    damaged = bytearray(file.read_bytes())
    damaged[place] ^= 1
    file.write_bytes(damaged)
    with pytest.raises(StoreError, match=r"store\.page_damaged"):
        pages.read(sha256)


def test_a_file_cut_short_is_found_and_healed_by_keeping_the_page_again(pages: Pages, folder: DataFolder) -> None:
    sha256 = pages.keep(PAGE, DOSSIER)
    (file,) = files(folder)
    for length in (0, 3, 17, 1000):
        file.write_bytes(file.read_bytes()[:length])
        with pytest.raises(StoreError, match=r"store\.page_damaged"):
            pages.read(sha256)
    pages.keep(PAGE, DOSSIER)
    assert pages.read(sha256) == PAGE


def test_a_page_in_the_place_of_another_does_not_open(pages: Pages, folder: DataFolder) -> None:
    sha256 = pages.keep(PAGE, DOSSIER)
    (file,) = files(folder)
    other = pages.keep(b"another page", DOSSIER)
    file.write_bytes(next(place for place in files(folder) if place != file).read_bytes())
    with pytest.raises(StoreError, match=r"store\.page_damaged"):
        pages.read(sha256)
    assert pages.read(other) == b"another page"


def test_other_keys_find_nothing(pages: Pages, folder: DataFolder, store: Store) -> None:
    sha256 = pages.keep(PAGE, DOSSIER)
    with pytest.raises(StoreError, match=r"store\.page_missing"):
        Pages(folder.pages, Secrets.derived_from(b"o" * 32), DossierKeys(store._database)).read(sha256)


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
        pages.keep(PAGE, DOSSIER)
    assert files(folder) == []


def test_many_threads_may_keep_the_same_and_other_pages(pages: Pages, folder: DataFolder) -> None:
    start = threading.Barrier(8)

    def keep(number: int) -> str:
        start.wait()
        pages.keep(PAGE, DOSSIER)
        return pages.keep(b"%d" % number, f"dossier-{number}")

    with ThreadPoolExecutor(8) as pool:
        kept = list(pool.map(keep, range(8)))
    assert [pages.read(sha256) for sha256 in kept] == [b"%d" % number for number in range(8)]
    assert len(files(folder)) == 9


def test_only_old_files_that_no_row_names_are_swept(pages: Pages, folder: DataFolder) -> None:
    named, old, young = (pages.keep(content, DOSSIER) for content in (b"named", b"old orphan", b"young orphan"))
    now = SystemClock().now()
    for file in files(folder):
        os.utime(file, ((now - timedelta(hours=25)).timestamp(),) * 2)
    (folder.pages / "00" / ".part-left-by-a-crash").write_bytes(b"half")
    os.utime(folder.pages / "00" / ".part-left-by-a-crash", ((now - timedelta(hours=25)).timestamp(),) * 2)
    assert pages.keep(b"young orphan", DOSSIER) == young, "kept again: about to be named"
    assert pages.sweep([named], now) == 2
    assert (pages.read(named), pages.read(young)) == (b"named", b"young orphan")
    with pytest.raises(StoreError, match=r"store\.page_missing"):
        pages.read(old)


def test_a_page_of_before_there_were_keys_of_dossiers_still_opens(
    pages: Pages, folder: DataFolder, store: Store
) -> None:
    sha256 = pages.keep(PAGE, DOSSIER)
    (file,) = files(folder)
    nonce = b"n" * 12
    file.write_bytes(OLD_MARK + nonce + AESGCM(store.secrets.pages).encrypt(nonce, PAGE, bytes.fromhex(sha256)))
    assert pages.read(sha256) == PAGE
    pages.keep(PAGE, DOSSIER)
    assert file.read_bytes().startswith(MARK), "it came under the key of a dossier"
    assert pages.read(sha256) == PAGE


def test_each_dossier_has_a_key_of_its_own(store: Store, folder: DataFolder) -> None:
    for number in range(3):
        store.pages.keep(b"page %d" % number, f"dossier-{number}")
    store.pages.keep(b"page 3", "dossier-0")
    ids = [file.read_bytes()[4:20] for file in files(folder)]
    assert len(ids) == 4
    assert len(set(ids)) == 3


def test_a_page_that_comes_again_in_another_dossier_opens_with_the_key_of_the_last(store: Store) -> None:
    sha256 = store.pages.keep(PAGE, "first")
    store.pages.keep(PAGE, "second")
    with store._database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM dossier_key WHERE dossier_id = 'first'")
    store.pages.forget_keys()
    assert store.pages.read(sha256) == PAGE


def test_without_its_key_a_page_is_gone(store: Store) -> None:
    sha256 = store.pages.keep(PAGE, DOSSIER)
    with store._database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM dossier_key")
    store.pages.forget_keys()
    with pytest.raises(StoreError, match=r"store\.page_damaged"):
        store.pages.read(sha256)


@pytest.mark.parametrize("clearing", ["remove_lost", "sweep"])
def test_a_page_that_is_kept_while_its_lost_file_is_cleared_away_stays(
    store: Store, folder: DataFolder, monkeypatch: pytest.MonkeyPatch, clearing: str
) -> None:
    pages = store.pages
    sha256 = pages.keep(PAGE, DOSSIER)
    with store.dossiers.transaction() as transaction:
        transaction._connection.exec_driver_sql("DELETE FROM dossier_key")
    pages.forget_keys()
    (file,) = files(folder)
    long_ago = SystemClock().now() - timedelta(days=2)
    os.utime(file, (long_ago.timestamp(),) * 2)
    judged, written = threading.Event(), threading.Event()
    deeds = {
        "sweep": lambda: pages.sweep((), SystemClock().now()),
        "remove_lost": lambda: pages.remove_lost([file.name]),
    }
    clearer = threading.Thread(target=deeds[clearing])
    write, unlink = durable.write, Path.unlink

    def write_meanwhile(place: Path, content: bytes) -> None:
        clearer.start()
        judged.wait(0.5)  # never, where it is held back until this is written
        write(place, content)
        written.set()

    def unlink_late(place: Path, missing_ok: bool = False) -> None:
        judged.set()
        written.wait()
        unlink(place, missing_ok)

    with monkeypatch.context() as patched:
        patched.setattr(durable, "write", write_meanwhile)
        patched.setattr(Path, "unlink", unlink_late)
        assert pages.keep(PAGE, "other") == sha256
        clearer.join()
    assert pages.read(sha256) == PAGE
