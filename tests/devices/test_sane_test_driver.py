"""The real `scanimage` with SANE's test driver: the batch, every status, cancelling."""

from __future__ import annotations

import ctypes
import ctypes.util
import threading
from collections.abc import Callable

import pytest

from station.dossier.capture import ScanJob
from station.errors import DeviceError
from station.language import Language
from station.scan.devices.sane import Sane
from station.scan.devices.status import exit_code_told
from tests.devices.scanning import TEST_SCANNER, decoded, density, driver_processes, scan

pytestmark = pytest.mark.device

FEEDER = ScanJob(TEST_SCANNER, "adf", resolution=75)
FLATBED = ScanJob(TEST_SCANNER, "flatbed", resolution=75)
SLOW = {"read_delay": "true", "read_delay_duration": "200000", "read_limit": "true", "read_limit_size": "16384"}


def test_a_scanner_is_listed_with_its_flatbed_and_feeder(test_driver: Callable[..., Sane]) -> None:
    (device,) = test_driver().devices()
    assert (device.id, device.sources, device.ready) == (TEST_SCANNER, ("flatbed", "adf"), True)


def test_the_feeder_delivers_its_ten_pages_and_ends_well(test_driver: Callable[..., Sane]) -> None:
    scanned = scan(test_driver(), FEEDER)
    assert (len(scanned.pages), scanned.code) == (10, None)
    assert {page.media_type for page in scanned.pages} == {"image/jpeg"}


def test_the_flatbed_delivers_one_a4_page_in_colour_at_the_resolution_asked(test_driver: Callable[..., Sane]) -> None:
    scanned = scan(test_driver(), ScanJob(TEST_SCANNER, "flatbed", resolution=300))
    (page,) = scanned.pages
    assert decoded(page).shape == (3507, 2480, 3)
    assert density(page) == 300


def test_a_page_is_handed_over_while_the_next_is_still_being_scanned(test_driver: Callable[..., Sane]) -> None:
    running: list[int] = []
    scan(test_driver(), FEEDER, on_page=lambda _: running.append(len(driver_processes())))
    assert running[0] > 0


@pytest.mark.parametrize(
    ("status", "code"),
    [
        ("UNSUPPORTED", "device.unsupported"),
        ("CANCELLED", "device.cancelled"),
        ("DEVICE_BUSY", "device.busy"),
        ("INVAL", "device.unsupported"),
        ("EOF", "device.damaged_page"),
        ("JAMMED", "device.jammed"),
        ("NO_DOCS", "device.no_paper"),
        ("COVER_OPEN", "device.cover_open"),
        ("IO_ERROR", "device.lost"),
        ("NO_MEM", "device.out_of_memory"),
        ("ACCESS_DENIED", "device.denied"),
    ],
)
@pytest.mark.parametrize("job", [FEEDER, FLATBED], ids=["feeder", "flatbed"])
def test_every_status_of_the_driver_is_told_apart(
    test_driver: Callable[..., Sane], status: str, code: str, job: ScanJob
) -> None:
    scanned = scan(test_driver(read_status_code=f'"SANE_STATUS_{status}"'), job)
    assert (scanned.code, scanned.pages) == (code, [])


@pytest.mark.parametrize("sane_status", range(1, 12))
def test_the_words_of_a_status_tell_the_same_as_its_exit_code(sane_status: int) -> None:
    """A driver that breaks itself off ends with 0 or hangs: then only SANE's own words say why."""
    library = ctypes.CDLL(ctypes.util.find_library("sane") or "libsane.so.1")
    library.sane_strstatus.restype = ctypes.c_char_p
    words = library.sane_strstatus(sane_status).decode()
    assert exit_code_told(f"scanimage: sane_read: {words}") == sane_status


def test_an_unknown_scanner_is_not_mistaken_for_an_unsupported_scan(test_driver: Callable[..., Sane]) -> None:
    assert scan(test_driver(), ScanJob("sane:test:7")).code == "device.none"


def test_a_source_that_the_scanner_does_not_have_is_refused(test_driver: Callable[..., Sane]) -> None:
    assert scan(test_driver(), ScanJob(TEST_SCANNER, "duplex")).code == "device.unsupported"


def test_cancelling_keeps_the_pages_delivered_before_and_leaves_nothing_running(
    test_driver: Callable[..., Sane],
) -> None:
    cancel = threading.Event()
    scanned = scan(test_driver(), FEEDER, cancel, lambda number: cancel.set() if number == 2 else None)
    assert (len(scanned.pages), scanned.code) == (2, "device.cancelled")
    assert driver_processes() == []


def test_cancelling_in_the_middle_of_the_first_page_delivers_nothing(test_driver: Callable[..., Sane]) -> None:
    cancel = threading.Event()
    timer = threading.Timer(0.5, cancel.set)
    timer.start()
    scanned = scan(test_driver(**SLOW), ScanJob(TEST_SCANNER, "adf", resolution=300), cancel)
    timer.join()
    assert (scanned.pages, scanned.code) == ([], "device.cancelled")
    assert scanned.seconds < 60  # the page alone takes 100
    assert driver_processes() == []


def test_a_page_that_takes_longer_than_its_deadline_is_given_up(test_driver: Callable[..., Sane]) -> None:
    scanned = scan(test_driver(page_deadline=0.7, **SLOW), ScanJob(TEST_SCANNER, "flatbed", resolution=300))
    assert (scanned.pages, scanned.code) == ([], "device.too_slow")
    assert driver_processes() == []


def test_a_failure_to_keep_a_page_stops_the_scanner(test_driver: Callable[..., Sane]) -> None:
    class DiskFullError(Exception):
        pass

    def fail(_number: int) -> None:
        raise DiskFullError

    with pytest.raises(DiskFullError):
        scan(test_driver(), FEEDER, on_page=fail)
    assert driver_processes() == []


def test_every_status_has_a_sentence_that_says_pages_are_kept(test_driver: Callable[..., Sane]) -> None:
    language = Language.load()
    with pytest.raises(DeviceError) as raised:
        test_driver(read_status_code='"SANE_STATUS_JAMMED"').scan(FEEDER, lambda _: None, threading.Event())
    assert "kẹt giấy" in language.error(raised.value).sentence
    assert "vẫn được giữ" in language.error(raised.value).remedy
