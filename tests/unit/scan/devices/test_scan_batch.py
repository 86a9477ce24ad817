"""How a batch ends when its program does what no test driver does; the real drivers are in tests/devices."""

from __future__ import annotations

import threading
import time
from pathlib import Path

import pytest

from station.dossier.capture import CapturedImage
from station.errors import DeviceError
from station.language import Language
from station.scan.devices.scan_batch import ScanBatch

GOODBYE = "echo 'Batch terminated, 1 page scanned' >&2"
ABORTED = "echo 'scanimage: received signal 13' >&2; echo 'scanimage: aborting' >&2; exit 0"
"""By its own signals, as SANE's test driver does when it is closed while it still writes."""


def run(folder: Path, program: str, page_deadline: float = 20.0) -> list[CapturedImage]:
    pages: list[CapturedImage] = []
    ScanBatch(["sh", "-c", program], folder, 300, page_deadline).run(pages.append, threading.Event())
    return pages


def test_a_killed_program_is_noticed_though_what_it_had_forked_still_holds_its_pipes(tmp_path: Path) -> None:
    began = time.monotonic()
    with pytest.raises(DeviceError, match=r"device\.driver_died"):
        run(tmp_path, "sleep 60 & kill -KILL $$")
    assert time.monotonic() - began < 40


def test_a_program_that_ignores_every_polite_signal_is_ended_all_the_same(tmp_path: Path) -> None:
    began = time.monotonic()
    with pytest.raises(DeviceError, match=r"device\.too_slow"):
        run(tmp_path, "trap '' INT TERM; for turn in $(seq 600); do sleep 0.1; done", page_deadline=0.3)
    assert time.monotonic() - began < 40


def test_an_empty_file_and_half_a_file_are_never_delivered(tmp_path: Path) -> None:
    for content in ("", "P5 4 4 255 half"):
        with pytest.raises(DeviceError, match=r"device\.damaged_page"):
            run(tmp_path, f"read _; printf '{content}' > {tmp_path}/1.pnm; echo {tmp_path}/1.pnm; read _")


def test_a_whole_page_is_delivered_and_its_file_removed(tmp_path: Path) -> None:
    (tmp_path / "1.pnm").write_bytes(b"P5\n8 8\n255\n" + bytes(range(64)))
    (page,) = run(tmp_path, f"read _; echo {tmp_path}/1.pnm; {GOODBYE}")
    assert page.media_type == "image/jpeg"
    assert list(tmp_path.iterdir()) == []


def test_a_driver_that_hangs_while_closing_is_taken_at_its_last_word(tmp_path: Path) -> None:
    """SANE's own test driver does this now and then after a failed read."""
    with pytest.raises(DeviceError, match=r"device\.jammed"):
        run(tmp_path, f"echo 'scanimage: sane_read: Document feeder jammed' >&2; {GOODBYE}; exec sleep 60")


def test_a_driver_that_breaks_itself_off_with_exit_code_0_is_taken_at_its_last_word(tmp_path: Path) -> None:
    for words, code in (("Scanner cover is open", "cover_open"), ("Document feeder out of documents", "no_paper")):
        with pytest.raises(DeviceError, match=rf"device\.{code}"):
            run(tmp_path, f"echo 'scanimage: sane_read: {words}' >&2; {GOODBYE}; {ABORTED}")


@pytest.mark.parametrize("last_words", ["exit 0", ABORTED, f"{GOODBYE}; {ABORTED}"])
def test_a_driver_that_ends_without_a_page_and_without_a_reason_is_not_taken_for_an_empty_feeder(
    tmp_path: Path, last_words: str
) -> None:
    with pytest.raises(DeviceError, match=r"device\.driver_died"):
        run(tmp_path, last_words)


def test_a_driver_that_breaks_itself_off_between_two_pages_is_not_said_to_have_ended_well(tmp_path: Path) -> None:
    (tmp_path / "1.pnm").write_bytes(b"P5\n8 8\n255\n" + bytes(range(64)))
    pages: list[CapturedImage] = []
    program = f"read _; echo {tmp_path}/1.pnm; read _; {ABORTED}"
    with pytest.raises(DeviceError, match=r"device\.driver_died"):
        ScanBatch(["sh", "-c", program], tmp_path, 300, 20.0).run(pages.append, threading.Event())
    assert len(pages) == 1


def test_an_end_of_file_before_any_page_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(DeviceError, match=r"device\.damaged_page") as raised:
        run(tmp_path, f"echo 'scanimage: sane_start: End of file reached' >&2; {GOODBYE}; exit 0")
    assert "1" in Language.load().error(raised.value).sentence
