"""Pages come in, are read, named and taken out; a page that was announced is on disk."""

from __future__ import annotations

import threading

import pytest

from station.actions.read_page import ReadPage
from station.dossier.capture import CapturedImage, ScanJob
from station.dossier.dossier import Dossier
from station.dossier.page import Page
from station.dossier.reading import Status
from station.errors import DeviceError, ReadingError, RuleError, StoreError
from station.paths import DataFolder

from .conftest import OFFICER, CommitRefusedError, Counter, commits_refused, read, reading

JOB = ScanJob("scanner", "adf")


def page_files(folder: DataFolder) -> int:
    return sum(file.is_file() for file in folder.pages.rglob("*"))


def scan(counter: Counter, dossier: Dossier, announced: list[Page]) -> int:
    return counter.scan(dossier.id, JOB, OFFICER, announced.append, threading.Event())


def test_each_page_is_in_the_dossier_and_readable_when_it_is_announced(counter: Counter) -> None:
    dossier = counter.opened()
    counter.sheets.sheets = [b"first", b"second", b"third"]
    heard: list[bytes] = []

    def captured(page: Page) -> None:
        assert counter.get(dossier).pages[-1] == page
        heard.append(counter.store.pages.read(page.sha256))

    assert counter.scan(dossier.id, JOB, OFFICER, captured, threading.Event()) == 3
    assert heard == [b"first", b"second", b"third"]
    assert [page.number for page in counter.get(dossier).pages] == [1, 2, 3]


def test_the_image_is_kept_before_the_row_that_names_it(counter: Counter, folder: DataFolder) -> None:
    dossier = counter.opened()
    with commits_refused(), pytest.raises(CommitRefusedError):
        counter.page(dossier)
    assert page_files(folder) == 1, "an orphan, which is swept later, and never a row without its image"
    assert counter.get(dossier) == dossier
    assert counter.deeds(dossier) == ["open_dossier"]
    assert counter.store.verify() == []


def test_a_page_whose_image_cannot_be_kept_leaves_no_row(counter: Counter, folder: DataFolder) -> None:
    dossier = counter.opened()
    for place in folder.pages.iterdir():
        place.rmdir()
        place.write_bytes(b"")  # no folder: no page can be written there
    announced: list[Page] = []
    counter.sheets.sheets = [b"a page"]
    with pytest.raises(StoreError):
        scan(counter, dossier, announced)
    assert announced == []
    assert counter.get(dossier) == dossier
    assert counter.sheets.sheets == [b"a page"], "it was not taken from the scanner"


def test_a_scan_that_cannot_commit_announces_nothing_and_leaves_the_sheet(counter: Counter) -> None:
    dossier, announced = counter.opened(), list[Page]()
    counter.sheets.sheets = [b"first", b"second"]
    with commits_refused(), pytest.raises(CommitRefusedError):
        scan(counter, dossier, announced)
    assert (announced, counter.sheets.sheets) == ([], [b"first", b"second"])
    assert scan(counter, dossier, announced) == 2
    assert [page.number for page in counter.get(dossier).pages] == [1, 2]


def test_pages_before_a_jam_stay(counter: Counter) -> None:
    dossier, announced = counter.opened(), list[Page]()
    counter.sheets.sheets, counter.sheets.failure = [b"first", b"second"], DeviceError("device.jammed")
    with pytest.raises(DeviceError, match=r"device\.jammed"):
        scan(counter, dossier, announced)
    assert list(counter.get(dossier).pages) == announced
    assert len(announced) == 2


def test_no_page_comes_into_a_dossier_that_is_closed(counter: Counter) -> None:
    discarded = counter.discard(counter.opened().id, OFFICER)
    with pytest.raises(RuleError, match=r"dossier\.not_open"):
        counter.page(discarded)
    assert counter.get(discarded).pages == ()


def test_the_picture_of_a_card_is_kept_nowhere(counter: Counter, folder: DataFolder) -> None:
    counter.sheets.sheets = [b"the card", b"a paper"]
    image = counter.scan.one_image(JOB, threading.Event())
    assert image == CapturedImage(b"the card", "image/png", "sheets")
    assert counter.sheets.sheets == [b"a paper"]
    assert page_files(folder) == 0


def test_a_device_without_a_sheet_says_so(counter: Counter) -> None:
    with pytest.raises(DeviceError, match=r"device\.no_paper"):
        counter.scan.one_image(JOB, threading.Event())


def test_a_reading_is_written_into_the_dossier_with_where_each_value_came_from(counter: Counter) -> None:
    dossier = counter.opened()
    page = counter.page(dossier, b"a form", reading(read("number", "12/2026", Status.REVIEW), kind="application"))
    assert counter.reader.seen == [b"a form"]
    assert counter.get(dossier).page(page.id).kind == "application"
    entry = counter.entry(dossier, f"{page.id}/number")
    assert (entry.value, entry.trusted, entry.page_id) == ("12/2026", False, page.id)
    (told,) = (told for told in counter.store.audit.entries(dossier.id) if told.deed == "read_page")
    assert (told.by, told.detail) == ("machine", {"page": page.id, "kind": "application", "fields": 1})


def test_a_page_that_cannot_be_read_is_kept_with_the_reason(counter: Counter) -> None:
    dossier = counter.opened()
    page = counter.page(dossier)
    counter.reader.says = ReadingError("reading.worker_died")
    counter.read_page(dossier.id, page.id, page.sha256, lambda _: None, pytest.fail)
    told = counter.get(dossier).page(page.id)
    assert (told.read, told.failure, told.kind) == (True, "reading.worker_died", None)


def test_a_reading_broken_off_by_closing_is_done_again_later(counter: Counter) -> None:
    dossier = counter.opened()
    page = counter.page(dossier)
    counter.reader.says = ReadingError("reading.closed")
    counter.read_page(dossier.id, page.id, page.sha256, lambda _: pytest.fail("nothing was read"), pytest.fail)
    assert not counter.get(dossier).page(page.id).read


def test_a_reading_that_comes_after_the_page_was_removed_is_dropped(counter: Counter) -> None:
    dossier = counter.opened()
    page = counter.page(dossier)
    counter.remove_page(dossier.id, page.id, page.sha256, OFFICER)
    before = counter.get(dossier)
    counter.read_page(dossier.id, page.id, page.sha256, lambda _: pytest.fail("the page is gone"), pytest.fail)
    assert counter.get(dossier) == before


def test_what_the_officer_said_a_page_is_outlives_a_reading(counter: Counter) -> None:
    dossier = counter.opened()
    page = counter.page(dossier)
    counter.assign_kind(dossier.id, page.id, "birth_notice", OFFICER)
    counter.reader.says = reading(kind="application")
    counter.read_page(dossier.id, page.id, page.sha256, lambda _: None, pytest.fail)
    told = counter.get(dossier).page(page.id)
    assert (told.kind, told.kind_set_by) == ("birth_notice", OFFICER)


def test_a_removed_page_takes_its_values_along_and_the_numbers_close_up(counter: Counter) -> None:
    dossier = counter.identified()
    pages = [counter.page(dossier, content, reading(read("number", "1"))) for content in (b"1", b"2", b"3")]
    after = counter.remove_page(dossier.id, pages[1].id, pages[1].sha256, OFFICER)
    assert [(page.id, page.number) for page in after.pages] == [(pages[0].id, 1), (pages[2].id, 2)]
    assert {entry.page_id for entry in after.entries} == {None, pages[0].id, pages[2].id}
    told = counter.store.audit.entries(dossier.id)
    assert {"page": pages[1].id, "sha256": pages[1].sha256} in [entry.detail for entry in told]
    assert counter.store.pages.read(pages[1].sha256) == b"2", "the image itself stays until it is swept"


def test_a_page_that_is_not_there_cannot_be_removed(counter: Counter) -> None:
    dossier = counter.opened()
    with pytest.raises(RuleError, match=r"dossier\.no_such_page"):
        counter.remove_page(dossier.id, "nothing", "0" * 64, OFFICER)
    assert counter.get(dossier) == dossier


def test_a_reading_that_cannot_be_kept_is_told_and_can_be_made_again(counter: Counter) -> None:
    dossier = counter.opened()
    page = counter.page(dossier)
    counter.reader.says = reading(kind="application")
    told: list[StoreError] = []

    class Full:
        def __call__(self, *_arguments: object, **_detail: object) -> None:
            raise StoreError("store.disk_full")

    unkept = ReadPage(Full(), counter.store.pages, counter.reader)  # type: ignore[arg-type]
    unkept(dossier.id, page.id, page.sha256, lambda _: pytest.fail("it was not kept"), told.append)
    assert [error.code for error in told] == ["store.disk_full"]
    assert not counter.get(dossier).page(page.id).read
