"""What the gate says of a page, and what an officer does about it: nothing is lost, and nothing goes by itself."""

from __future__ import annotations

import threading
from dataclasses import replace

import pytest

from station.dossier.capture import ScanJob
from station.dossier.dossier import Dossier
from station.dossier.images import parts_of, twin_of
from station.dossier.judgement import Judgement
from station.dossier.outline import Outline
from station.dossier.page import Page
from station.dossier.reading import PageReading, QualityIssue
from station.errors import DeviceError, InputError, ReadingError, RuleError, StoreError
from station.paths import DataFolder

from .conftest import OFFICER, CommitRefusedError, Counter, commits_refused, read, reading

JOB = ScanJob("scanner", "adf")
LEFT: Outline = ((0.0, 0.0), (50.0, 0.0), (50.0, 90.0), (0.0, 90.0))
RIGHT: Outline = ((55.0, 0.0), (99.0, 1.0), (98.0, 90.0), (55.0, 91.0))
BLANK = Judgement((QualityIssue("page.blank", 1.0),), "00")
BLURRED = Judgement((QualityIssue("page.blurred", 3.0),), "01", rotation=180)
TWO_CARDS = Judgement((), "02", (LEFT, RIGHT))


def again(counter: Counter, dossier: Dossier, page: Page) -> list[Page]:
    announced: list[Page] = []
    counter.scan.again(dossier.id, page, JOB, OFFICER, announced.append, threading.Event())
    return announced


def read_it(counter: Counter, dossier: Dossier, page: Page, says: PageReading | ReadingError) -> None:
    counter.reader.says = says
    counter.read_page(dossier.id, page.id, page.sha256, lambda _: None, pytest.fail, page.outline)


def test_the_verdict_stands_with_the_page_and_in_the_trail(counter: Counter) -> None:
    dossier = counter.opened()
    page = counter.judged(dossier, b"blurred", BLURRED)
    assert (page.issues, page.rotation, page.spoiled, page.judged) == (BLURRED.issues, 180, True, True)
    (told,) = (told for told in counter.store.audit.entries(dossier.id) if told.deed == "judge_page")
    assert (told.by, told.detail["issues"]) == ("machine", "page.blurred")


def test_a_verdict_that_comes_late_does_not_turn_a_page_that_was_read(counter: Counter) -> None:
    dossier = counter.opened()
    page = counter.page(dossier, b"blurred", replace(reading(kind="application"), rotation=90))
    counter.gate.says[b"blurred"] = BLURRED
    counter.judge_page(dossier.id, page.id, page.sha256, lambda _: None, pytest.fail)
    assert (counter.get(dossier).page(page.id).rotation, counter.get(dossier).page(page.id).spoiled) == (90, True)


def test_a_page_of_which_the_gate_can_say_nothing_is_read_all_the_same(counter: Counter) -> None:
    dossier = counter.opened()
    page, heard = counter.page(dossier, b"no picture"), list[Dossier | None]()
    counter.gate.says[b"no picture"] = InputError("file.not_an_image")
    counter.judge_page(dossier.id, page.id, page.sha256, heard.append, pytest.fail)
    assert heard == [None]
    assert not counter.get(dossier).page(page.id).judged


def test_a_verdict_on_a_page_that_was_removed_is_dropped(counter: Counter) -> None:
    dossier = counter.opened()
    page = counter.page(dossier)
    counter.remove_page(dossier.id, page.id, page.sha256, OFFICER)
    counter.judge_page(dossier.id, page.id, page.sha256, lambda _: pytest.fail("the page is gone"), pytest.fail)
    assert counter.get(dossier).pages == ()


def test_a_verdict_that_cannot_be_kept_is_told(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    dossier, told = counter.opened(), list[StoreError]()
    page = counter.page(dossier)

    def full(*_arguments: object) -> None:
        raise StoreError("store.disk_full")

    monkeypatch.setattr(counter.judge_page, "_change", lambda *_arguments, **_detail: full())
    counter.judge_page(dossier.id, page.id, page.sha256, lambda _: pytest.fail("it was not kept"), told.append)
    assert [error.code for error in told] == ["store.disk_full"]


def test_several_papers_on_one_glass_become_one_page_each(counter: Counter) -> None:
    dossier = counter.opened()
    counter.page(dossier, b"before")
    page = counter.page(dossier, b"two cards")
    counter.page(dossier, b"behind")
    counter.gate.says[b"two cards"] = TWO_CARDS
    counter.judge_page(dossier.id, page.id, page.sha256, lambda _: None, pytest.fail)
    pages = counter.get(dossier).pages
    assert [one.number for one in pages] == [1, 2, 3, 4]
    assert [one.outline for one in pages] == [None, LEFT, RIGHT, None]
    assert (pages[1].id, pages[1].sha256) == (page.id, pages[2].sha256)
    assert len({one.id for one in pages}) == 4
    assert twin_of(counter.get(dossier), pages[2]) is None, "two papers of one image are no page scanned twice"
    assert parts_of(counter.get(dossier), pages[2]) == pages[1:3]


def test_each_part_of_an_image_is_read_inside_its_own_corners(counter: Counter) -> None:
    dossier = counter.opened()
    counter.judged(dossier, b"two cards", TWO_CARDS)
    for part in counter.get(dossier).pages:
        read_it(counter, dossier, part, reading(read("number", "1"), kind="other"))
    assert counter.reader.outlines == [LEFT, RIGHT]
    assert {entry.page_id for entry in counter.get(dossier).entries} == {one.id for one in counter.get(dossier).pages}


def test_removing_one_part_leaves_the_image_to_the_other(counter: Counter, folder: DataFolder) -> None:
    dossier = counter.opened()
    counter.judged(dossier, b"two cards", TWO_CARDS)
    first, second = counter.get(dossier).pages
    counter.remove_page(dossier.id, first.id, first.sha256, OFFICER)
    counter.clock.time = counter.clock.time.replace(year=2027)
    counter.store.sweep_pages()
    assert counter.store.pages.read(second.sha256) == b"two cards"
    assert [page.outline for page in counter.get(dossier).pages] == [RIGHT]


def test_a_dossier_with_two_pages_of_one_image_is_sealed_and_sends_the_image_once(counter: Counter) -> None:
    dossier = counter.ready()
    counter.judged(dossier, b"two cards", TWO_CARDS)
    for part in counter.get(dossier).pages:
        read_it(counter, dossier, part, reading(kind="citizen_card_front"))
    sealed = counter.seal(dossier.id, OFFICER, despite_warnings=True)
    (event,) = counter.store.outbox.pending()
    assert event.pages == (sealed.pages[0].sha256,)
    assert [page["sha256"] for page in event.body["pages"]] == [event.pages[0]] * 2
    corners = [[list(corner) for corner in outline] for outline in (LEFT, RIGHT)]
    assert [page["outline"] for page in event.body["pages"]] == corners


def test_what_was_split_wrongly_is_put_together_and_not_split_again(counter: Counter) -> None:
    dossier = counter.opened()
    counter.judged(dossier, b"two cards", TWO_CARDS)
    counter.page(dossier, b"behind")
    for part in counter.get(dossier).pages[:2]:
        read_it(counter, dossier, part, reading(read("number", "1")))
    first, second, _ = counter.get(dossier).pages
    whole = counter.rejoin_image(dossier.id, second.id, OFFICER)
    assert (whole.pages[0].id, whole.pages[0].outline) == (first.id, None)
    assert [page.number for page in whole.pages] == [1, 2]
    assert (whole.entries, whole.pages[0].read) == ((), False)
    counter.judge_page(dossier.id, first.id, first.sha256, lambda _: None, pytest.fail)
    assert len(counter.get(dossier).pages) == 2


def test_a_reading_of_the_whole_image_is_dropped_once_the_page_was_split(counter: Counter) -> None:
    dossier = counter.opened()
    page = counter.page(dossier, b"two cards")
    counter.judged(dossier, b"other", None)
    counter.gate.says[b"two cards"] = TWO_CARDS
    counter.judge_page(dossier.id, page.id, page.sha256, lambda _: None, pytest.fail)
    before = counter.get(dossier)
    read_it(counter, dossier, page, reading(read("number", "of both cards")))
    assert counter.get(dossier) == before


def test_a_page_that_is_kept_is_not_complained_about_again(counter: Counter) -> None:
    dossier = counter.opened()
    page = counter.judged(dossier, b"blurred", BLURRED)
    kept = counter.keep_page(dossier.id, page.id, OFFICER).page(page.id)
    assert (kept.spoiled, kept.kept_by, kept.issues) == (False, OFFICER, BLURRED.issues)
    assert "keep_page" in counter.deeds(dossier)


def test_all_blank_pages_go_at_once_and_the_trail_names_each(counter: Counter) -> None:
    dossier = counter.opened()
    for content in (b"front", b"back", b"front 2", b"back 2"):
        counter.judged(dossier, content, BLANK if content.startswith(b"back") else None)
    kept = counter.judged(dossier, b"back 3", BLANK)
    counter.keep_page(dossier.id, kept.id, OFFICER)
    blanks = {page.sha256 for page in counter.get(dossier).pages if page.blank}
    assert len(blanks) == 2
    after = counter.remove_blank_pages(dossier.id, OFFICER)
    assert [page.number for page in after.pages] == [1, 2, 3]
    assert after.pages[2].id == kept.id
    told = [one for one in counter.store.audit.entries(dossier.id) if one.deed == "remove_page"]
    assert {one.detail["sha256"] for one in told} == blanks


def test_blank_pages_go_all_or_none(counter: Counter) -> None:
    dossier = counter.opened()
    counter.judged(dossier, b"back", BLANK)
    before = counter.get(dossier)
    with commits_refused(), pytest.raises(CommitRefusedError):
        counter.remove_blank_pages(dossier.id, OFFICER)
    assert counter.get(dossier) == before
    assert "remove_page" not in counter.deeds(dossier)


def test_the_same_page_twice_is_told_with_the_page_it_equals(counter: Counter) -> None:
    dossier = counter.opened()
    first = counter.judged(dossier, b"a form", Judgement((), "aa"))
    counter.judged(dossier, b"another form", Judgement((), "bb"))
    second = counter.judged(dossier, b"the form again", Judgement((), "aa"))
    assert twin_of(counter.get(dossier), second) == first
    assert twin_of(counter.get(dossier), first) is None
    counter.keep_page(dossier.id, second.id, OFFICER)
    assert twin_of(counter.get(dossier), counter.get(dossier).page(second.id)) is None


def test_a_page_whose_twin_is_gone_has_none(counter: Counter) -> None:
    dossier = counter.opened()
    first = counter.judged(dossier, b"a form", Judgement((), "aa"))
    second = counter.judged(dossier, b"the form again", Judgement((), "aa"))
    counter.remove_page(dossier.id, first.id, first.sha256, OFFICER)
    assert twin_of(counter.get(dossier), counter.get(dossier).page(second.id)) is None


def test_blank_pages_are_not_called_the_same_page(counter: Counter) -> None:
    dossier = counter.opened()
    for content in (b"back 1", b"back 2"):
        counter.judged(dossier, content, replace(BLANK, fingerprint="cc"))
    assert [twin_of(counter.get(dossier), page) for page in counter.get(dossier).pages] == [None, None]


def test_a_page_scanned_again_takes_the_old_ones_place(counter: Counter) -> None:
    dossier = counter.opened()
    pages = [counter.page(dossier, content, reading(read("number", "1"))) for content in (b"1", b"blurred", b"3")]
    counter.assign_kind(dossier.id, pages[1].id, "birth_notice", OFFICER)
    counter.sheets.sheets = [b"sharp", b"the next sheet"]
    (fresh,) = again(counter, dossier, pages[1])
    after = counter.get(dossier)
    assert [page.sha256 for page in after.pages] == [pages[0].sha256, fresh.sha256, pages[2].sha256]
    assert [page.number for page in after.pages] == [1, 2, 3]
    assert {entry.page_id for entry in after.entries} == {pages[0].id, pages[2].id}
    assert (fresh.kind, fresh.kind_set_by, fresh.read) == ("birth_notice", OFFICER, False), "what the officer said"
    assert counter.sheets.sheets == [b"the next sheet"], "only one sheet is taken"
    (told,) = (told for told in counter.store.audit.entries(dossier.id) if told.deed == "replace_page")
    assert (told.detail["page"], told.detail["sha256"]) == (pages[1].id, pages[1].sha256)
    assert told.detail["fresh"] == fresh.id


def test_pages_joined_to_one_that_is_scanned_again_stay_joined(counter: Counter) -> None:
    dossier = counter.opened()
    first, second = counter.page(dossier, b"1"), counter.page(dossier, b"2")
    counter.join_pages(dossier.id, second.id, first.id, OFFICER)
    before = counter.get(dossier).page(second.id).goes_with
    assert before == first.id
    counter.sheets.sheets = [b"sharp"]
    (fresh,) = again(counter, dossier, first)
    assert counter.get(dossier).page(second.id).goes_with == fresh.id


def test_the_old_page_stays_where_the_new_one_does_not_come(counter: Counter) -> None:
    dossier = counter.opened()
    page = counter.page(dossier, b"blurred")
    before = counter.get(dossier)
    with pytest.raises(DeviceError, match=r"device\.no_paper"):
        again(counter, dossier, page)
    counter.sheets.sheets = [b"sharp"]
    with commits_refused(), pytest.raises(CommitRefusedError):
        again(counter, dossier, page)
    assert counter.get(dossier) == before
    assert counter.sheets.sheets == [b"sharp"]


def test_the_officers_corners_are_kept_and_the_page_is_to_be_read_again(counter: Counter) -> None:
    dossier = counter.opened()
    page = counter.page(dossier, b"a photo", replace(reading(read("number", "1")), outline=RIGHT))
    assert counter.get(dossier).page(page.id).found == RIGHT
    changed = counter.outline_page(dossier.id, page.id, LEFT, OFFICER).page(page.id)
    assert (changed.outline, changed.read) == (LEFT, False)
    assert len(counter.get(dossier).entries) == 1, "what was read stands until it is read again"
    read_it(counter, dossier, changed, reading(read("number", "2")))
    assert counter.get(dossier).page(page.id).read
    assert [entry.value for entry in counter.get(dossier).entries] == ["2"]
    assert "outline_page" in counter.deeds(dossier)


@pytest.mark.parametrize(
    "wrong", [(LEFT[0], LEFT[2], LEFT[1], LEFT[3]), (LEFT[0], LEFT[3], LEFT[2], LEFT[1]), (LEFT[0],) * 4]
)
def test_corners_that_no_sheet_can_have_are_refused(counter: Counter, wrong: Outline) -> None:
    dossier = counter.opened()
    page = counter.page(dossier)
    with pytest.raises(InputError, match=r"value\.not_an_outline"):
        counter.outline_page(dossier.id, page.id, wrong, OFFICER)
    assert counter.get(dossier).page(page.id).outline is None


def test_a_page_that_could_not_be_read_is_read_again(counter: Counter) -> None:
    dossier = counter.opened()
    page = counter.page(dossier)
    read_it(counter, dossier, page, ReadingError("reading.too_slow", seconds=120))
    assert counter.get(dossier).page(page.id).failure == "reading.too_slow"
    unread = counter.reread_page(dossier.id, page.id, OFFICER).page(page.id)
    assert (unread.read, unread.failure) == (False, None)
    read_it(counter, dossier, unread, reading(kind="application"))
    assert counter.get(dossier).page(page.id).kind == "application"


def test_what_is_known_early_is_told_and_not_kept(counter: Counter) -> None:
    dossier, told = counter.opened(), list[PageReading]()
    page = counter.page(dossier)
    counter.reader.early = reading(read("number", "perhaps"), kind="application")
    counter.reader.says = ReadingError("reading.failed")
    counter.read_page(dossier.id, page.id, page.sha256, lambda _: None, pytest.fail, early=told.append)
    assert told == [counter.reader.early]
    assert counter.get(dossier).entries == ()


@pytest.mark.parametrize("deed", ["keep_page", "reread_page", "rejoin_image"])
def test_nothing_changes_about_the_pages_of_a_closed_dossier(counter: Counter, deed: str) -> None:
    dossier = counter.opened()
    page = counter.judged(dossier, b"blurred", BLURRED)
    counter.discard(dossier.id, OFFICER)
    with pytest.raises(RuleError, match=r"dossier\.not_open"):
        getattr(counter, deed)(dossier.id, page.id, OFFICER)
