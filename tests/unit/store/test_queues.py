"""The officer's queues, and the search by the numbers and procedures of dossiers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from station.dossier.delivery import Delivery, HubReceipt, OutboxEvent
from station.dossier.dossier import Dossier, State
from station.dossier.entry import Entry
from station.dossier.queue import Queue
from station.dossier.service import Parked
from station.dossier.why_stuck import QUESTION
from station.paths import DataFolder
from station.store import migrations
from station.store.database import Database
from station.store.keys import Keys
from station.store.store import Store
from station.store.versions import VERSIONS
from tests.unit.store.conftest import NOON

Maker = Callable[..., Dossier]
OFFICER = "officer"
BIRTH, COPIES = "1.004873", "2.000815"


def save(store: Store, *dossiers: Dossier) -> list[Dossier]:
    with store.dossiers.transaction() as transaction:
        return [transaction.save(dossier) for dossier in dossiers]


def sealed(store: Store, dossier: Dossier, number: str) -> tuple[Dossier, OutboxEvent]:
    """Sealed and queued for the hub, as the deed does it."""
    with store.dossiers.transaction() as transaction:
        kept = transaction.save(replace(dossier, state=State.SEALED, number=number, sealed_at=NOON, due_at=NOON))
        event = OutboxEvent("T01", transaction.next_seq(), "dossier.sealed", kept.id, 0, NOON, {}, ())
        transaction.enqueue(event)
    return kept, event


def received(store: Store, event: OutboxEvent, number: str) -> None:
    at = "2026-11-20T12:00:00+07:00"
    receipt = HubReceipt(event.station, event.seq, event.dossier_id, (), at, number, True, "k", "c2ln")
    store.outbox.keep_receipt(event, receipt)


def found(store: Store, words: str) -> list[str]:
    named = {"khai": [BIRTH], "sinh": [BIRTH], "chung": [COPIES]}
    return [one.id for one in store.dossiers.find(words, named=lambda word: named.get(word, ()))]


def test_a_dossier_is_found_by_the_hubs_number_from_the_moment_its_receipt_is_kept(
    store: Store, new_dossier: Maker
) -> None:
    kept, event = sealed(store, new_dossier(), "TAM.T01-261120-0001")
    save(store, new_dossier())
    assert found(store, "H01.02.03-261120-0042") == []
    received(store, event, "H01.02.03-261120-0042")
    for words in ("H01.02.03-261120-0042", "h01.02.03", "0042", "TAM.T01-261120-0001", "0001"):
        assert found(store, words)[0] == kept.id
    assert store.dossiers.find("0042")[0].hub_number == "H01.02.03-261120-0042"


def test_a_number_typed_whole_comes_before_newer_ones_that_begin_so(store: Store, new_dossier: Maker) -> None:
    old, newer = new_dossier(id_number="001099000001"), new_dossier(id_number="0010990000012")
    save(store, old, newer)
    assert found(store, "001099000001") == [old.id, newer.id]
    assert found(store, "00109900000") == [newer.id, old.id]


def test_a_telephone_number_is_found_however_it_is_grouped(store: Store, new_dossier: Maker) -> None:
    dossier = new_dossier()
    page = dossier.pages[0].id
    phone = Entry(f"{page}/phone", "phone", "0912 345.678", page)
    save(store, replace(dossier, entries=(*dossier.entries, phone)), new_dossier())
    for words in ("0912345678", "0912 345 678", "0912345"):
        assert found(store, words) == [dossier.id]


def test_words_of_the_procedure_are_found_beside_those_of_the_person_and_names_come_first(
    store: Store, new_dossier: Maker
) -> None:
    birth = new_dossier("Trần Văn Bình", procedure_code=BIRTH)
    copies = new_dossier("Trần Thị An", procedure_code=COPIES)
    khai = new_dossier("Lê Văn Khải", procedure_code=COPIES)
    newest = new_dossier("Phạm Minh", procedure_code=BIRTH)
    save(store, birth, copies, khai, newest)
    assert found(store, "khai sinh") == [newest.id, birth.id]
    assert found(store, "tran khai") == [birth.id]
    assert found(store, "chung tran") == [copies.id]
    assert found(store, "khai") == [khai.id, newest.id, birth.id]


def test_each_queue_holds_what_stands_there(store: Store, new_dossier: Maker) -> None:
    parked = Parked(OFFICER, NOON, "chờ")
    mine, aside, others = new_dossier(), new_dossier(parked=parked), new_dossier(holder="other")
    save(store, mine, aside, others)
    waiting, _ = sealed(store, new_dossier(), "N1")
    refused, event = sealed(store, new_dossier(), "N2")
    store.outbox.note(event.station, event.seq, Delivery.REFUSED, "hub.refused", None, None)
    held, event = sealed(store, new_dossier(), "N3")
    store.outbox.note(event.station, event.seq, Delivery.WAITING, "store.page_missing", None, None)
    sent, event = sealed(store, new_dossier(), "N4")
    received(store, event, "H1")
    wanted = {
        Queue.MINE: [mine],
        Queue.PARKED: [aside],
        Queue.WAITING: [waiting],
        Queue.STUCK: [held, refused],
        Queue.SENT: [sent],
        Queue.DUE: [waiting, refused, held, sent],
        Queue.TODAY: [sent, held, refused, waiting, others, aside, mine],
        Queue.ALL: [sent, held, refused, waiting, others, aside, mine],
    }
    listed = {queue: [one.id for one in store.dossiers.queue(queue, OFFICER, NOON)] for queue in Queue}
    assert listed == {queue: [one.id for one in dossiers] for queue, dossiers in wanted.items()}
    counts = store.dossiers.counts(OFFICER, NOON)
    assert counts == {queue: len(wanted[queue]) for queue in counts}
    (summary,) = store.dossiers.queue(Queue.PARKED, OFFICER, NOON)
    assert (summary.parked, summary.holder) == (parked, OFFICER)


def test_what_the_hub_asks_about_is_not_stuck(store: Store, new_dossier: Maker) -> None:
    _, event = sealed(store, new_dossier(), "N1")
    store.outbox.note(event.station, event.seq, Delivery.REFUSED, QUESTION, None, None)
    assert list(store.dossiers.queue(Queue.STUCK, OFFICER, NOON)) == []
    assert store.dossiers.counts(OFFICER, NOON)[Queue.STUCK] == 0


def test_yesterdays_work_is_not_todays_unless_it_is_open_or_was_sealed_today(store: Store, new_dossier: Maker) -> None:
    done, _ = sealed(store, new_dossier(opened_at=NOON - timedelta(days=2)), "N1")
    left = new_dossier(opened_at=NOON - timedelta(days=2))
    save(store, left)
    tomorrow = NOON + timedelta(days=1)
    assert {one.id for one in store.dossiers.queue(Queue.TODAY, OFFICER, NOON)} == {done.id, left.id}
    assert {one.id for one in store.dossiers.queue(Queue.TODAY, OFFICER, tomorrow)} == {left.id}


@pytest.mark.parametrize("queue", list(Queue))
def test_a_view_reads_no_more_of_a_table_than_an_index_gives_it(store: Store, queue: Queue) -> None:
    from station.store.rows import queues

    told = {**queues._told(OFFICER, NOON), "limit": 10}
    with store._database.reading() as connection:
        plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {queues._LISTS[queue].text}", told).fetchall()
    whole = [row[3] for row in plan if row[3] in ("SCAN dossier", "SCAN outbox", "SCAN delivery")]
    assert whole == []


def test_an_older_database_is_indexed_anew_when_it_is_opened(
    folder: DataFolder, keys: Keys, new_dossier: Maker
) -> None:
    with Store.open(folder, keys) as store:
        kept, event = sealed(store, new_dossier("Trần Văn Bình"), "TAM.1")
        received(store, event, "H01.77")
    database = Database(folder.database, keys.database)
    with database.writing() as connection:
        for statement in VERSIONS[3][-2:]:
            connection.exec_driver_sql(statement)
    database.close()
    with Store.open(folder, keys) as store:
        assert found(store, "tran binh") == [kept.id]
        assert found(store, "H01.77") == [kept.id]
        assert migrations.schema_version(store._database) == len(VERSIONS)
