"""Put aside, handed over, taken up again; the last deed taken back and done again."""

from __future__ import annotations

import pytest

from station.dossier.queue import Queue
from station.dossier.reading import Status
from station.errors import InputError, RuleError, StoreError
from tests.unit.actions.conftest import OFFICER, Counter, read, reading

OTHER = "canbo.khac"


def queue(counter: Counter, queue: Queue, officer: str = OFFICER) -> list[str]:
    return [one.id for one in counter.dossiers.queue(queue, officer, counter.clock.now())]


def test_a_parked_dossier_says_by_whom_when_and_why_and_leaves_the_hands_of_the_officer(counter: Counter) -> None:
    dossier = counter.identified()
    parked = counter.queue.park(dossier.id, "  chờ giấy   chứng sinh ", OFFICER)
    assert parked.parked is not None
    assert (parked.parked.by, parked.parked.at, parked.parked.note) == (
        OFFICER,
        counter.clock.time,
        "chờ giấy chứng sinh",
    )
    assert counter.get(dossier) == parked
    assert queue(counter, Queue.MINE) == []
    assert queue(counter, Queue.PARKED) == [dossier.id]
    assert counter.queue.park.resume(dossier.id, OFFICER).parked is None
    assert queue(counter, Queue.MINE) == [dossier.id]
    assert {"park_dossier", "resume_dossier"} <= set(counter.deeds(dossier))


def test_what_is_handed_over_is_the_other_officers_once_they_take_it_up(counter: Counter) -> None:
    dossier = counter.identified()
    assert counter.queue.hand_over(dossier.id, OTHER, "hết ca", OFFICER).holder == OTHER
    assert queue(counter, Queue.PARKED) == [dossier.id]
    counter.queue.park.resume(dossier.id, OTHER)
    assert queue(counter, Queue.MINE, OTHER) == [dossier.id]
    assert queue(counter, Queue.MINE) == []
    (line,) = [entry for entry in counter.store.audit.entries(dossier.id) if entry.deed == "hand_over"]
    assert (line.by, line.detail) == (OFFICER, {"to": OTHER})


def test_a_dossier_is_handed_over_to_somebody(counter: Counter) -> None:
    dossier = counter.identified()
    with pytest.raises(InputError, match=r"value\.no_officer"):
        counter.queue.hand_over(dossier.id, "  ", "", OFFICER)


def test_a_sealed_dossier_is_neither_parked_nor_handed_over(counter: Counter) -> None:
    sealed = counter.seal(counter.ready().id, OFFICER, despite_warnings=True)
    for deed in (
        lambda: counter.queue.park(sealed.id, "", OFFICER),
        lambda: counter.queue.hand_over(sealed.id, OTHER, "", OFFICER),
        lambda: counter.queue.park.resume(sealed.id, OFFICER),
    ):
        with pytest.raises(RuleError, match=r"dossier\.not_open"):
            deed()


def test_several_deeds_are_taken_back_in_turn_and_done_again(counter: Counter) -> None:
    dossier = counter.identified()
    page = counter.page(dossier, reading=reading(read("number", "12", Status.REVIEW)))
    entry = f"{page.id}/number"
    counter.correct(dossier.id, entry, "13", OFFICER)
    counter.correct(dossier.id, entry, "14", OFFICER)
    counter.assign_kind(dossier.id, page.id, "application", OFFICER)
    undo = counter.queue.undo
    taken = [undo(dossier.id, OFFICER)[1].deed for _ in range(3)]
    assert taken == ["assign_kind", "correct_field", "correct_field"]
    back = counter.get(dossier)
    assert (back.entry(entry).value, back.entry(entry).corrections, back.page(page.id).kind) == ("12", (), "other")
    assert [undo.redo(dossier.id, OFFICER)[1].deed for _ in range(3)] == taken[::-1]
    assert counter.get(dossier).entry(entry).value == "14"
    with pytest.raises(RuleError, match=r"dossier\.nothing_to_redo"):
        undo.redo(dossier.id, OFFICER)


def test_taking_back_is_a_new_line_of_the_trail_and_a_new_version(counter: Counter) -> None:
    dossier = counter.identified()
    noted = counter.note_paper(dossier.id, "ct01", True, OFFICER)
    back, _step = counter.queue.undo(dossier.id, OFFICER)
    assert back.version == noted.version + 1
    lines = {entry.deed: entry.detail for entry in counter.store.audit.entries(dossier.id)}
    assert lines["undo"] == {"of": "note_paper"}
    assert "note_paper" in lines
    assert counter.store.audit.verify() is None


def test_a_new_deed_leaves_nothing_to_do_again(counter: Counter) -> None:
    dossier = counter.identified()
    counter.note_paper(dossier.id, "ct01", True, OFFICER)
    counter.queue.undo(dossier.id, OFFICER)
    assert counter.queue.undo.can_redo(dossier.id)
    counter.note_paper(dossier.id, "ct02", True, OFFICER)
    assert not counter.queue.undo.can_redo(dossier.id)


def test_a_removed_page_comes_back_with_its_image(counter: Counter) -> None:
    dossier = counter.identified()
    first, second = counter.page(dossier, b"one"), counter.page(dossier, b"two")
    counter.remove_page(dossier.id, first.id, first.sha256, OFFICER)
    counter.store.sweep_pages()
    back, _step = counter.queue.undo(dossier.id, OFFICER)
    assert [page.id for page in back.pages] == [first.id, second.id]
    assert counter.store.pages.read(first.sha256) == b"one"
    assert counter.store.verify() == []


def test_a_page_whose_image_is_lost_does_not_come_back(counter: Counter) -> None:
    dossier = counter.identified()
    page = counter.page(dossier, b"one")
    counter.remove_page(dossier.id, page.id, page.sha256, OFFICER)
    for file in counter.store.pages._folder.glob("*/*"):
        file.unlink()
    with pytest.raises(StoreError, match=r"store\.page_missing"):
        counter.queue.undo(dossier.id, OFFICER)
    assert counter.get(dossier).pages == ()


def test_nothing_is_taken_back_across_the_seal_or_from_another_dossier(counter: Counter) -> None:
    dossier = counter.ready()
    other = counter.identified()
    counter.note_paper(other.id, "ct01", True, OFFICER)
    with pytest.raises(RuleError, match=r"dossier\.nothing_to_undo"):
        counter.queue.undo(dossier.id, OFFICER)
    counter.queue.undo(other.id, OFFICER)
    sealed = counter.seal(counter.ready().id, OFFICER, despite_warnings=True)
    with pytest.raises(RuleError, match=r"dossier\.not_open"):
        counter.queue.undo(sealed.id, OFFICER)


def test_all_blank_pages_that_were_removed_come_back_at_once(counter: Counter) -> None:
    from station.dossier.judgement import Judgement
    from station.dossier.reading import QualityIssue

    dossier = counter.identified()
    blank = Judgement((QualityIssue("page.blank", 0.99),), "ab" * 32)
    for content in (b"blank one", b"blank two"):
        counter.judged(dossier, content, blank)
    assert counter.remove_blank_pages(dossier.id, OFFICER).pages == ()
    back, step = counter.queue.undo(dossier.id, OFFICER)
    assert step.deed == "remove_blank_pages"
    assert len(back.pages) == 2


def test_after_a_restart_the_parked_dossier_is_there_and_there_is_nothing_to_take_back(counter: Counter) -> None:
    dossier = counter.identified()
    counter.queue.park(dossier.id, "chờ", OFFICER)
    again = Counter(counter.store)
    assert queue(again, Queue.PARKED) == [dossier.id]
    assert not again.queue.undo.can_undo(dossier.id)
