"""The one vocabulary in which every device says why it could not deliver, and how each driver's words map to it.

Whatever the status, pages delivered before it are kept. The sentences stand in `resources/i18n/*/devices.toml`.
"""

from __future__ import annotations

import re
from enum import StrEnum

from station.errors import DeviceError, Parameter


class Status(StrEnum):
    """Why a device did not deliver; the value is the code of the `DeviceError`."""

    NONE = "device.none"  # not found, switched off, unplugged before the scan began
    BUSY = "device.busy"
    NO_PAPER = "device.no_paper"
    JAMMED = "device.jammed"
    COVER_OPEN = "device.cover_open"
    DENIED = "device.denied"
    CANCELLED = "device.cancelled"
    TOO_SLOW = "device.too_slow"
    LOST = "device.lost"  # an I/O error: cable, network, or a cover that the driver does not tell apart
    DRIVER_DIED = "device.driver_died"
    DRIVER_MISSING = "device.driver_missing"
    UNSUPPORTED = "device.unsupported"
    OUT_OF_MEMORY = "device.out_of_memory"
    DAMAGED_PAGE = "device.damaged_page"
    FOLDER_MISSING = "device.folder_missing"
    FOLDER_EMPTY = "device.folder_empty"
    FOLDER_REFUSED = "device.folder_refused"
    FOLDER_BROKEN_OFF = "device.folder_broken_off"  # its first pages are in another dossier
    NO_PICTURE = "device.no_picture"

    def error(self, **parameters: Parameter) -> DeviceError:
        """The error to raise."""
        return DeviceError(self.value, **parameters)


# SANE standard, section 4.2.7: `scanimage` ends a batch with the status as its exit code.
_BY_SANE_STATUS = {
    1: Status.UNSUPPORTED,
    2: Status.CANCELLED,
    3: Status.BUSY,
    4: Status.UNSUPPORTED,
    5: Status.DAMAGED_PAGE,
    6: Status.JAMMED,
    7: Status.NO_PAPER,
    8: Status.COVER_OPEN,
    9: Status.LOST,
    10: Status.OUT_OF_MEMORY,
    11: Status.DENIED,
}

# `scanimage` answers every failed open with 1, which is also UNSUPPORTED: only the words tell them apart. An
# unknown airscan device is «Out of memory», an unknown one of any other driver «Invalid argument».
_BY_OPEN_FAILURE = {
    "Device busy": Status.BUSY,
    "Access to resource has been denied": Status.DENIED,
    "Operation not supported": Status.UNSUPPORTED,
    "Scanner cover is open": Status.COVER_OPEN,
}
# The words of `sane_strstatus`. Its spelling of «cancelled» has changed.
_BY_WORDS = {
    "Operation not supported": 1,
    "Operation was cancelled": 2,
    "Operation was canceled": 2,
    "Device busy": 3,
    "Invalid argument": 4,
    "End of file reached": 5,
    "Document feeder jammed": 6,
    "Document feeder out of documents": 7,
    "Scanner cover is open": 8,
    "Error during device I/O": 9,
    "Out of memory": 10,
    "Access to resource has been denied": 11,
}
_FAILED = re.compile(r"sane_(?:start|read): (?P<why>.*)")
_OPEN_FAILED = re.compile(r"open of device .* failed: (?P<why>.*)")


def of_scanimage(exit_code: int, complaints: str) -> Status:
    """The status of a `scanimage` that ended badly, from its exit code (negative: signal) and its stderr."""
    if opened := _OPEN_FAILED.search(complaints):
        return _BY_OPEN_FAILURE.get(opened["why"].strip(), Status.NONE)
    if "no SANE devices found" in complaints:
        return Status.NONE
    return _BY_SANE_STATUS.get(exit_code, Status.DRIVER_DIED)


def exit_code_told(complaints: str) -> int:
    """The exit code that a `scanimage` which has said why it stops, but does not end, would have had."""
    failures = _FAILED.findall(complaints)
    return _BY_WORDS.get(failures[-1].strip(), 9) if failures else 0
