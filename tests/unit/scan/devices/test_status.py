"""How the end of a real driver program becomes a status, and that every status can be told to a person."""

from __future__ import annotations

import pytest

from station.language import Language
from station.scan.devices.status import Status, exit_code_told, of_scanimage


@pytest.mark.parametrize(
    ("code", "complaints", "status"),
    [
        (6, "scanimage: sane_read: Document feeder jammed", Status.JAMMED),
        (1, "scanimage: open of device test:9 failed: Invalid argument", Status.NONE),
        (1, "scanimage: open of device airscan:e0:x failed: Out of memory", Status.NONE),
        (1, "scanimage: open of device plustek:x failed: Device busy", Status.BUSY),
        (1, "scanimage: open of device x failed: Access to resource has been denied", Status.DENIED),
        (1, "scanimage: no SANE devices found", Status.NONE),
        (1, "scanimage: setting of option --mode failed (Invalid argument)", Status.UNSUPPORTED),
        (-9, "", Status.DRIVER_DIED),
        (-11, "Scanning page 3", Status.DRIVER_DIED),
        (134, "", Status.DRIVER_DIED),
    ],
)
def test_an_exit_code_and_the_words_beside_it_become_a_status(code: int, complaints: str, status: Status) -> None:
    assert of_scanimage(code, complaints) is status


@pytest.mark.parametrize("words", ["Operation was cancelled", "Operation was canceled"])
def test_a_cancelled_page_is_told_in_either_spelling(words: str) -> None:
    assert exit_code_told(f"scanimage: sane_read: {words}") == 2


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("status", Status)
def test_every_status_has_a_sentence_and_a_next_step_that_says_pages_are_kept(status: Status, language: str) -> None:
    told = Language.load(language).error(status.error(page=2, count=3))
    assert told.sentence.endswith(".")
    assert ("vẫn được giữ" if language == "vi" else "kept") in told.remedy


@pytest.mark.parametrize("status", sorted(set(Status) - {Status.DAMAGED_PAGE, Status.FOLDER_REFUSED}))
def test_what_a_list_of_devices_may_show_needs_no_parameters(status: Status) -> None:
    assert "{" not in str(Language.load().error(status.error()))
