"""Transactions, versions, numbers, the list and the search."""

from __future__ import annotations

import contextlib
import threading
import unicodedata
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from station.dossier.audit import AuditEntry
from station.dossier.dossier import Dossier, State
from station.dossier.entry import Entry
from station.dossier.page import Page
from station.errors import RuleError, StoreError
from station.store.store import Store

Maker = Callable[..., Dossier]


class HalfwayError(Exception):
    """Something fails in the middle of a deed."""


def save(store: Store, *dossiers: Dossier) -> list[Dossier]:
    with store.dossiers.transaction() as transaction:
        return [transaction.save(dossier) for dossier in dossiers]


def names(store: Store, words: str, limit: int = 200) -> list[str | None]:
    return [summary.person_name for summary in store.dossiers.find(words, limit)]


def test_an_unknown_dossier_is_told_as_such(store: Store) -> None:
    with pytest.raises(RuleError, match=r"dossier\.unknown"):
        store.dossiers.get("nobody")
    with store.dossiers.transaction() as transaction, pytest.raises(RuleError, match=r"dossier\.unknown"):
        transaction.load("nobody")


def test_two_who_change_the_same_version_do_not_overwrite_each_other(store: Store, new_dossier: Maker) -> None:
    (first,) = save(store, new_dossier())
    save(store, replace(first, presented=("one",)))
    with pytest.raises(StoreError, match=r"store\.changed_meanwhile"):
        save(store, replace(first, presented=("other",)))
    assert store.dossiers.get(first.id).presented == ("one",)


def test_a_new_dossier_does_not_take_the_place_of_one_that_is_there(store: Store, new_dossier: Maker) -> None:
    dossier = new_dossier()
    save(store, dossier)
    with pytest.raises(StoreError, match=r"store\.changed_meanwhile"):
        save(store, dossier)


def test_what_fails_halfway_leaves_nothing(store: Store, new_dossier: Maker) -> None:
    with contextlib.suppress(HalfwayError), store.dossiers.transaction() as transaction:
        transaction.save(new_dossier())
        transaction.next_number("2026-11-20")
        transaction.next_seq()
        transaction.audit(AuditEntry("open_dossier", "officer", datetime.now(UTC)))
        raise HalfwayError
    assert store.dossiers.find() == []
    assert store.audit.head().seq == 0
    with store.dossiers.transaction() as transaction:
        assert (transaction.next_number("2026-11-20"), transaction.next_seq()) == (1, 1)


def test_numbers_count_from_one_in_each_series(store: Store) -> None:
    taken = []
    for series in ("monday", "monday", "tuesday", "monday"):
        with store.dossiers.transaction() as transaction:
            taken.append(transaction.next_number(series))
    assert taken == [1, 2, 1, 3]


def test_no_number_is_given_twice_to_threads_that_ask_at_once(store: Store) -> None:
    taken: list[int] = []

    def take() -> None:
        for _ in range(10):
            with store.dossiers.transaction() as transaction:
                taken.append(transaction.next_number("day"))

    threads = [threading.Thread(target=take) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(taken) == list(range(1, 41))


def test_a_transaction_inside_a_transaction_is_refused_instead_of_waiting_for_itself(store: Store) -> None:
    with store.dossiers.transaction(), pytest.raises(RuntimeError), store.dossiers.transaction():
        pass


def test_readers_see_the_last_kept_state_while_somebody_writes(store: Store, new_dossier: Maker) -> None:
    (dossier,) = save(store, new_dossier())
    with store.dossiers.transaction() as transaction:
        transaction.save(replace(dossier, presented=("written",)))
        seen: list[Dossier] = []
        reader = threading.Thread(target=lambda: seen.append(store.dossiers.get(dossier.id)))
        reader.start()
        reader.join(timeout=5)
        assert seen == [dossier]
    assert store.dossiers.get(dossier.id).presented == ("written",)


def test_a_sealed_dossier_is_not_written_over_whatever_the_caller_thinks(store: Store, new_dossier: Maker) -> None:
    (sealed,) = save(store, new_dossier(state=State.SEALED))
    with pytest.raises(Exception, match="a sealed dossier never changes"):
        save(store, replace(sealed, presented=("late",)))
    assert store.dossiers.get(sealed.id) == sealed


def test_the_list_is_newest_first_whatever_the_offset_of_the_clock(store: Store, new_dossier: Maker) -> None:
    early, late = new_dossier("Sớm"), new_dossier("Muộn")
    save(store, replace(late, opened_at=late.opened_at.astimezone(UTC)), early)
    assert names(store, "") == ["Muộn", "Sớm"]
    assert names(store, "  ", limit=1) == ["Muộn"]


def test_a_summary_says_what_the_list_shows(store: Store, new_dossier: Maker) -> None:
    (dossier,) = save(store, new_dossier(number="H01.02.03-261120-0001"))
    (summary,) = store.dossiers.find()
    assert (summary.id, summary.number, summary.procedure_code) == (dossier.id, dossier.number, "1.004873")
    assert (summary.person_name, summary.person_id) == ("Nguyễn Thị Đăng", "001099000001")
    assert (summary.state, summary.opened_at, summary.pages) == (State.OPEN, dossier.opened_at, 1)
    assert summary.sealed_at is None
    assert summary.progress is None


@pytest.mark.parametrize(
    "words",
    [
        "nguyen thi dang",
        "Nguyễn Thị Đăng",
        "NGUYỄN THỊ ĐĂNG",
        unicodedata.normalize("NFD", "Nguyễn Thị Đăng"),
        "dang nguyen",
        "ngu thi da",
        "đăng",
        "001099000001",
        "0010990",
        "0010 9900 0001",
        "H01.02.03-261120-0001",
        "H01.02",
        "261120",
        "dang 0010",
        "hoang van",  # the mother, on a paper
    ],
)
def test_found_by_name_id_number_and_dossier_number(store: Store, new_dossier: Maker, words: str) -> None:
    wanted = new_dossier(number="H01.02.03-261120-0001")
    mother = Entry(f"{wanted.pages[0].id}/mother.full_name", "mother.full_name", "Hoàng Thị Vân", wanted.pages[0].id)
    wanted = replace(wanted, entries=(*wanted.entries, mother))
    save(store, wanted, new_dossier("Trần Văn Bình", "079099000123"))
    assert names(store, words) == ["Nguyễn Thị Đăng"]


def test_marks_as_typed_come_first_then_the_newest(store: Store, new_dossier: Maker) -> None:
    save(store, new_dossier("Lê Thị Hương"), new_dossier("Lê Thị Hường"), new_dossier("Lê Thị Hướng"))
    assert names(store, "hường") == ["Lê Thị Hường", "Lê Thị Hướng", "Lê Thị Hương"]
    assert names(store, "huong") == ["Lê Thị Hướng", "Lê Thị Hường", "Lê Thị Hương"]


def test_the_search_forgets_what_was_corrected(store: Store, new_dossier: Maker) -> None:
    (dossier,) = save(store, new_dossier("Nguyễn Thị Đặng"))
    save(store, replace(dossier, entries=(Entry("person/full_name", "full_name", "Phạm Minh"),)))
    assert names(store, "dang") == []
    assert names(store, "pham") == ["Phạm Minh"]


@pytest.mark.parametrize(
    "words", ['"', "*", "dang*", "(dang", "folded:dang", "dang OR", "NEAR(dang", "-", "^dang", "\0"]
)
def test_signs_of_the_search_language_mean_nothing(store: Store, new_dossier: Maker, words: str) -> None:
    save(store, new_dossier("Trần Văn Bình"))
    assert names(store, words) == []


@settings(max_examples=200, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(words=st.text(max_size=20))
def test_whatever_is_typed_the_search_answers(store: Store, words: str) -> None:
    assert list(store.dossiers.find(words)) == []


def test_whether_an_image_is_a_page_of_a_dossier_is_known(store: Store, new_dossier: Maker) -> None:
    page = Page("p1", 1, "ab" * 32, 10, "image/jpeg", "folder", datetime(2026, 11, 22, tzinfo=UTC))
    save(store, replace(new_dossier(), pages=(page,)))
    assert store.dossiers.holds_page("ab" * 32)
    assert not store.dossiers.holds_page("cd" * 32)
