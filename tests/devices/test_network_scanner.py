"""The real sane-airscan driver against a network scanner of our own: chosen papers, and faults on the second one."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Callable

import pytest

from station.dossier.capture import ScanJob
from station.scan.devices.sane import Sane
from tests.devices.escl_emulator import EsclEmulator
from tests.devices.scanning import (
    NETWORK_SCANNER,
    decoded,
    density,
    driver_processes,
    likeness,
    paper,
    scan,
)

pytestmark = pytest.mark.device

Scanner = Callable[..., Sane]
FEEDER = ScanJob(NETWORK_SCANNER, "adf", resolution=100)
PAPERS = [paper(number) for number in (1, 2, 3)]


def test_the_chosen_papers_arrive_in_their_order(network_scanner: Scanner) -> None:
    with EsclEmulator(PAPERS) as emulator:
        scanned = scan(network_scanner(emulator), FEEDER)
        assert (len(scanned.pages), scanned.code, emulator.jobs) == (3, None, 1)
    for page, original in zip(scanned.pages, PAPERS, strict=True):
        assert likeness(decoded(page), original) < 3
        assert density(page) == 100
    assert likeness(decoded(scanned.pages[0]), PAPERS[1]) > 10


def test_the_flatbed_gives_one_page_of_full_size(network_scanner: Scanner) -> None:
    with EsclEmulator(PAPERS) as emulator:
        scanned = scan(network_scanner(emulator), ScanJob(NETWORK_SCANNER, "flatbed", resolution=300))
    (page,) = scanned.pages
    height, width, _ = decoded(page).shape
    assert abs(height - 3508) <= 2
    assert abs(width - 2480) <= 2


def test_grey_is_grey(network_scanner: Scanner) -> None:
    with EsclEmulator(PAPERS) as emulator:
        scanned = scan(network_scanner(emulator), ScanJob(NETWORK_SCANNER, "flatbed", resolution=100, colour=False))
        assert "Grayscale8" in emulator.settings
    picture = decoded(scanned.pages[0])
    assert (picture[..., 0] == picture[..., 2]).all()


def test_an_empty_feeder_is_no_paper(network_scanner: Scanner) -> None:
    with EsclEmulator([]) as emulator:
        scanned = scan(network_scanner(emulator), FEEDER)
    assert (scanned.pages, scanned.code) == ([], "device.no_paper")


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        ("jam", "device.jammed"),
        ("cover", "device.lost"),  # the driver does not tell; the sentence asks to look at the cover
        ("dropped", "device.lost"),
        ("cut_off", "device.lost"),
        ("truncated", "device.damaged_page"),
    ],
)
def test_a_fault_at_the_second_sheet_keeps_the_first_and_only_the_first(
    network_scanner: Scanner, fault: str, code: str
) -> None:
    with EsclEmulator(PAPERS, fault, fault_at=2) as emulator:
        scanned = scan(network_scanner(emulator), FEEDER)
    assert (len(scanned.pages), scanned.code) == (1, code)
    assert likeness(decoded(scanned.pages[0]), PAPERS[0]) < 3


def test_after_a_fault_the_rest_of_the_papers_can_be_scanned(network_scanner: Scanner) -> None:
    with EsclEmulator(PAPERS, "jam", fault_at=2) as emulator:
        scanner = network_scanner(emulator)
        first = scan(scanner, FEEDER)
        emulator.fault = ""
        second = scan(scanner, FEEDER)
    assert (len(first.pages), len(second.pages), second.code) == (1, 2, None)


def test_a_scanner_that_stops_answering_is_given_up_and_no_further_sheet_is_drawn_in(network_scanner: Scanner) -> None:
    with EsclEmulator(PAPERS, "stall", fault_at=2) as emulator:
        scanned = scan(network_scanner(emulator, page_deadline=4.0), FEEDER)
        assert emulator.deleted.is_set()
        assert emulator.jobs == 1
    assert (len(scanned.pages), scanned.code) == (1, "device.too_slow")
    assert scanned.seconds < 20, "the scanner would be mute for ever"
    assert driver_processes() == []


def test_a_stalled_scanner_can_be_cancelled(network_scanner: Scanner) -> None:
    cancel, first_taken = threading.Event(), threading.Event()
    with EsclEmulator(PAPERS, "stall", fault_at=2) as emulator:
        # The driver asks for the second sheet before it has handed over the first.
        watcher = threading.Thread(target=lambda: (emulator.stalling.wait(20), first_taken.wait(20), cancel.set()))
        watcher.start()
        scanned = scan(network_scanner(emulator), FEEDER, cancel, on_page=lambda _number: first_taken.set())
        watcher.join()
        assert emulator.jobs == 1
    assert (len(scanned.pages), scanned.code) == (1, "device.cancelled")
    assert driver_processes() == []


def test_when_the_driver_is_killed_in_the_middle_of_a_page_the_earlier_ones_are_kept(network_scanner: Scanner) -> None:
    first_taken = threading.Event()

    def kill_driver() -> None:
        emulator.stalling.wait(20)
        first_taken.wait(20)  # the driver asks for the second sheet before it has handed over the first
        for process in driver_processes():
            os.kill(process.pid, signal.SIGKILL)

    with EsclEmulator(PAPERS, "stall", fault_at=2) as emulator:
        killer = threading.Thread(target=kill_driver)
        killer.start()
        scanned = scan(network_scanner(emulator), FEEDER, on_page=lambda _number: first_taken.set())
        killer.join()
    assert (len(scanned.pages), scanned.code) == (1, "device.driver_died")


def test_a_scanner_that_takes_no_job_is_busy(network_scanner: Scanner) -> None:
    with EsclEmulator(PAPERS, "busy") as emulator:
        scanned = scan(network_scanner(emulator), FEEDER)
    assert (scanned.pages, scanned.code) == ([], "device.busy")


def test_a_scanner_that_was_switched_off_is_listed_with_what_to_do(network_scanner: Scanner) -> None:
    with EsclEmulator(PAPERS) as emulator:
        scanner = network_scanner(emulator)
    (device,) = scanner.devices()
    assert (device.ready, device.remedy) == (False, "device.none")
    assert scan(scanner, FEEDER).code == "device.none"


def test_a_scanner_that_does_not_answer_holds_up_neither_the_list_nor_the_scan(network_scanner: Scanner) -> None:
    with EsclEmulator(PAPERS, "mute") as emulator:
        scanner = network_scanner(emulator, answer_deadline=1.0)
        (device,) = scanner.devices()
        scanned = scan(scanner, FEEDER)
    assert (device.ready, device.remedy) == (False, "device.too_slow")
    assert (scanned.code, scanned.seconds < 15) == ("device.too_slow", True)
    assert driver_processes() == []


def test_waiting_for_a_scanner_that_does_not_answer_can_be_cancelled(network_scanner: Scanner) -> None:
    cancel = threading.Event()
    with EsclEmulator(PAPERS, "mute") as emulator:
        watcher = threading.Thread(target=lambda: (emulator.stalling.wait(20), cancel.set()))
        watcher.start()
        scanned = scan(network_scanner(emulator), FEEDER, cancel)
        watcher.join()
    assert (scanned.code, scanned.seconds < 15) == ("device.cancelled", True)
    assert driver_processes() == []
