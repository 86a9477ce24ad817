"""A watched folder: every file once, whatever happens in between."""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from station.dossier.capture import CapturedImage, ScanJob
from station.errors import DeviceError, StoreError
from station.scan.devices.exclusive import held
from station.scan.devices.folder import Folder
from station.scan.devices.folder_claims import KEPT_AFTERWARDS

JOB = ScanJob("folder", "adf")
PAGES = 3

KILLED = """
import hashlib, os, pathlib, sys, threading
from station.dossier.capture import ScanJob
from station.scan.devices.folder import Folder
from station.scan.devices.folder_claims import KEPT_AFTERWARDS
inbox, kept, moment, victim = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), sys.argv[3], int(sys.argv[4])
number = 0
def deliver(page):
    global number
    number += 1
    if number == victim and moment == "before":
        os.kill(os.getpid(), 9)
    name = hashlib.sha256(page.content).hexdigest()
    with (kept / "log").open("a") as log:
        log.write(name + "\\n")
    (kept / name).write_bytes(page.content)
    if number == victim and moment == "after":
        os.kill(os.getpid(), 9)
if __name__ == "__main__":
    Folder(inbox).scan(ScanJob("folder", "adf"), deliver, threading.Event())
"""


def document(first_shade: int = 0) -> bytes:
    kept = io.BytesIO()
    sheets = [Image.new("RGB", (40, 30), (first_shade + 40 * number, 7, 7)) for number in range(PAGES)]
    sheets[0].save(kept, "TIFF", save_all=True, append_images=sheets[1:])
    return kept.getvalue()


def picture(shade: int) -> bytes:
    kept = io.BytesIO()
    Image.new("L", (40, 30), shade).save(kept, "PNG")
    return kept.getvalue()


def put(inbox: Path, name: str, content: bytes, age: float = 100.0) -> Path:
    inbox.mkdir(exist_ok=True)
    file = inbox / name
    file.write_bytes(content)
    then = time.time() - age
    os.utime(file, (then, then))
    return file


def take(folder: Folder, cancel: threading.Event | None = None) -> list[bytes]:
    pages: list[CapturedImage] = []
    folder.scan(JOB, pages.append, cancel or threading.Event())
    return [page.content for page in pages]


def names(folder: Path) -> set[str]:
    return {file.name for file in folder.iterdir() if file.name != ".lock"}


def test_files_are_taken_the_oldest_first_and_put_aside(tmp_path: Path) -> None:
    put(tmp_path, "b.png", picture(1), age=300)
    put(tmp_path, "a.png", picture(2), age=200)
    folder = Folder(tmp_path)
    assert folder.waiting() == 2
    assert take(folder) == [picture(1), picture(2)]
    assert names(tmp_path / "taken") == {"a.png", "b.png"}
    assert folder.waiting() == 0
    assert names(tmp_path / "taking") == set()


def test_a_file_is_still_in_place_until_its_page_is_kept(tmp_path: Path) -> None:
    put(tmp_path, "a.png", picture(1))

    def disk_full(_page: CapturedImage) -> None:
        raise DeviceError("device.cancelled")

    with pytest.raises(DeviceError):
        Folder(tmp_path).scan(JOB, disk_full, threading.Event())
    assert names(tmp_path / "taken") == set()
    assert take(Folder(tmp_path)) == [picture(1)]


def test_a_file_that_cannot_be_used_is_refused_with_the_reason_and_the_others_are_taken(tmp_path: Path) -> None:
    put(tmp_path, "bad.jpg", b"no picture", age=300)
    put(tmp_path, "good.png", picture(1))
    pages: list[CapturedImage] = []
    with pytest.raises(DeviceError) as refused:
        Folder(tmp_path).scan(JOB, pages.append, threading.Event())
    assert (refused.value.code, refused.value.parameters) == ("device.folder_refused", {"count": 1})
    assert [page.content for page in pages] == [picture(1)]
    assert names(tmp_path / "refused") == {"bad.jpg", "bad.jpg.txt"}
    assert "file.not_an_image" in (tmp_path / "refused" / "bad.jpg.txt").read_text(encoding="utf-8")
    assert (tmp_path / "refused" / "bad.jpg").read_bytes() == b"no picture"


def test_a_file_that_is_still_being_written_is_waited_for(tmp_path: Path) -> None:
    content = document()
    growing = put(tmp_path, "a.tiff", content[:100], age=0)

    def grow() -> None:
        for end in range(200, len(content) + 100, 400):
            time.sleep(0.1)
            with growing.open("r+b") as file:
                file.write(content[:end])
        with growing.open("r+b") as file:
            file.write(content)

    writer = threading.Thread(target=grow)
    writer.start()
    pages = take(Folder(tmp_path, settle=0.5))
    writer.join()
    assert len(pages) == PAGES


def test_the_same_name_a_second_time_overwrites_nothing(tmp_path: Path) -> None:
    for shade in (1, 2):
        put(tmp_path, "scan0001.png", picture(shade))
        assert take(Folder(tmp_path)) == [picture(shade)]
    assert names(tmp_path / "taken") == {"scan0001.png", "scan0001 (2).png"}


def test_what_is_no_paper_is_left_alone(tmp_path: Path) -> None:
    for name in (".hidden.png", "~lock.png", "Thumbs.db", "arriving.png.part"):
        put(tmp_path, name, picture(1))
    (tmp_path / "link.png").symlink_to("/etc/hostname")
    with pytest.raises(DeviceError, match=r"device\.folder_empty"):
        take(Folder(tmp_path))
    assert (tmp_path / "Thumbs.db").exists()


def test_a_missing_folder_is_told_and_listed_as_not_ready(tmp_path: Path) -> None:
    folder = Folder(tmp_path / "away")
    (device,) = folder.devices()
    assert (device.ready, device.remedy) == (False, "device.folder_missing")
    with pytest.raises(DeviceError, match=r"device\.folder_missing"):
        take(folder)


def test_two_stations_on_one_folder_do_not_take_the_same_file(tmp_path: Path) -> None:
    put(tmp_path, "a.png", picture(1))
    (tmp_path / "taking").mkdir()
    with held(tmp_path / "taking" / ".lock"), pytest.raises(DeviceError, match=r"device\.busy"):
        take(Folder(tmp_path))
    assert take(Folder(tmp_path)) == [picture(1)]


def test_cancelling_stops_between_files_and_tears_no_document(tmp_path: Path) -> None:
    put(tmp_path, "a.tiff", document(), age=300)
    put(tmp_path, "b.png", picture(1))
    cancel = threading.Event()
    pages: list[CapturedImage] = []

    def deliver(page: CapturedImage) -> None:
        pages.append(page)
        cancel.set()

    with pytest.raises(DeviceError, match=r"device\.cancelled"):
        Folder(tmp_path).scan(JOB, deliver, cancel)
    assert len(pages) == PAGES
    assert take(Folder(tmp_path)) == [picture(1)]


@pytest.mark.parametrize("moment", ["before", "after"])
@pytest.mark.parametrize("victim", [1, 2, PAGES])
def test_a_kill_around_a_delivery_loses_no_page_and_delivers_none_twice(
    tmp_path: Path, moment: str, victim: int
) -> None:
    inbox, kept = tmp_path / "inbox", tmp_path / "kept"
    kept.mkdir()
    put(inbox, "a.tiff", document())
    program = tmp_path / "killed.py"
    program.write_text(KILLED, encoding="utf-8")
    here = str(Path(__file__).parents[4])
    killed = subprocess.run(
        [sys.executable, str(program), str(inbox), str(kept), moment, str(victim)],
        env={**os.environ, "PYTHONPATH": here},
        check=False,
    )
    assert killed.returncode == -9
    delivered = (kept / "log").read_text().split() if (kept / "log").exists() else []

    again = take(Folder(inbox, is_taken=lambda sha256: (kept / sha256).exists()))
    delivered += [hashlib.sha256(page).hexdigest() for page in again]
    assert len(delivered) == PAGES
    assert len(set(delivered)) == PAGES
    assert names(inbox / "taken") == {"a.tiff"}
    assert names(inbox / "taking") == set()


def test_a_folder_that_cannot_be_written_to_is_told(tmp_path: Path) -> None:
    (tmp_path / "taking").write_text("in the way")
    with pytest.raises(DeviceError, match=r"device\.lost"):
        take(Folder(tmp_path))


def test_a_page_that_could_not_be_kept_comes_again_though_another_dossier_has_its_like(tmp_path: Path) -> None:
    put(tmp_path, "a.png", picture(10))
    inbox = Folder(tmp_path, is_taken=lambda _sha256: True)

    def full(page: CapturedImage) -> None:
        raise StoreError("store.disk_full")

    with pytest.raises(StoreError):
        inbox.scan(JOB, full, threading.Event())
    pages: list[CapturedImage] = []
    inbox.scan(JOB, pages.append, threading.Event())
    assert len(pages) == 1


def broken_off(inbox: Path, owner: str) -> None:
    """A document of which one page came into a dossier before everything stopped."""
    put(inbox, "a.tiff", document())
    pages: list[CapturedImage] = []

    def deliver(page: CapturedImage) -> None:
        if pages:
            raise StoreError("store.disk_full")
        pages.append(page)

    with pytest.raises(StoreError):
        Folder(inbox).scan(replace(JOB, owner=owner), deliver, threading.Event())
    assert len(pages) == 1


def test_a_broken_off_document_goes_on_in_the_same_dossier(tmp_path: Path) -> None:
    broken_off(tmp_path, "mother")
    pages: list[CapturedImage] = []
    Folder(tmp_path).scan(replace(JOB, owner="mother"), pages.append, threading.Event())
    assert len(pages) == PAGES - 1


def test_the_rest_of_a_broken_off_document_never_comes_to_another_citizen(tmp_path: Path) -> None:
    broken_off(tmp_path, "mother")
    pages: list[CapturedImage] = []
    with pytest.raises(DeviceError, match=r"device\.folder_refused"):
        Folder(tmp_path).scan(replace(JOB, owner="stranger"), pages.append, threading.Event())
    assert pages == []
    assert names(tmp_path / "refused") == {"a.tiff", "a.tiff.txt"}
    assert (tmp_path / "refused" / "a.tiff").read_bytes() == document()


def test_a_taken_file_is_deleted_after_a_day(tmp_path: Path) -> None:
    put(tmp_path, "a.png", picture(1))
    put(tmp_path, "b.png", picture(2))
    take(Folder(tmp_path))
    yesterday = time.time() - KEPT_AFTERWARDS - 60
    os.utime(tmp_path / "taken" / "a.png", (yesterday, yesterday))
    put(tmp_path, "c.png", picture(3))
    take(Folder(tmp_path))
    assert names(tmp_path / "taken") == {"b.png", "c.png"}
