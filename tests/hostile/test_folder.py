"""A watched folder that somebody else may write to: no link leads out of it, no note in it is believed blindly."""

from __future__ import annotations

import io
import json
import os
import threading
import time
from pathlib import Path

import pytest
from PIL import Image

from station.dossier.capture import CapturedImage, ScanJob
from station.errors import DeviceError
from station.scan.devices.folder import Folder
from station.scan.devices.folder_claims import KEPT_AFTERWARDS


def picture() -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(kept, "PNG")
    return kept.getvalue()


def taken(folder: Path) -> list[CapturedImage]:
    pages: list[CapturedImage] = []
    Folder(folder, settle=0.0, patience=0.0).scan(ScanJob("folder", "adf"), pages.append, threading.Event())
    return pages


def test_links_and_pipes_are_left_alone(tmp_path: Path) -> None:
    folder, secret = tmp_path / "watched", tmp_path / "secret.png"
    folder.mkdir()
    secret.write_bytes(picture())
    (folder / "link.png").symlink_to(secret)
    os.mkfifo(folder / "pipe.png")
    with pytest.raises(DeviceError, match=r"device\.folder_empty"):
        taken(folder)


def test_a_link_that_was_put_among_the_claimed_files_is_left_alone(tmp_path: Path) -> None:
    folder, secret = tmp_path / "watched", tmp_path / "secret.png"
    (folder / "taking").mkdir(parents=True)
    secret.write_bytes(picture())
    (folder / "taking" / "link.png").symlink_to(secret)
    (folder / "good.png").write_bytes(picture())
    assert len(taken(folder)) == 1


def test_old_files_are_deleted_in_the_folder_and_nowhere_else(tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "watched", tmp_path / "documents"
    folder.mkdir()
    elsewhere.mkdir()
    precious = elsewhere / "precious.txt"
    precious.write_text("a")
    long_ago = time.time() - 2 * KEPT_AFTERWARDS
    os.utime(precious, (long_ago, long_ago))
    (folder / "taken").symlink_to(elsewhere)
    (folder / "good.png").write_bytes(picture())
    with pytest.raises(DeviceError, match=r"device\."):
        taken(folder)
    assert precious.exists()


@pytest.mark.parametrize(
    "note",
    [
        b"[" * 100_000,
        b"\xff",
        b'{"page": -1, "sha256": "", "owner": ""}',
        b'{"page": "9", "sha256": "a", "owner": ""}',
        json.dumps({"page": 0, "sha256": "a" * 9000, "owner": ""}).encode(),
        b'{"surprise": 1}',
    ],
    ids=lambda note: repr(note[:12]),
)
def test_a_note_that_is_not_ours_loses_no_page(tmp_path: Path, note: bytes) -> None:
    (tmp_path / "taking").mkdir()
    (tmp_path / "taking" / "a.png").write_bytes(picture())
    (tmp_path / "taking" / "a.png.progress").write_bytes(note)
    assert len(taken(tmp_path)) == 1
