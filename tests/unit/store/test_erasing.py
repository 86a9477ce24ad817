"""An erased dossier: nothing of it is left in the database file, its log or the page folder; the others are whole."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from station.dossier.audit import AuditEntry
from station.dossier.conservation import gaps
from station.dossier.delivery import HubReceipt, OutboxEvent
from station.dossier.dossier import Dossier
from station.dossier.erasure import Cause, Erasure, ErasureOrder
from station.dossier.intake import TakenImage
from station.dossier.page import Page
from station.dossier.retention import Due, Standing
from station.dossier.service import Rating, Signature
from station.errors import RuleError, StoreError
from station.paths import DataFolder
from station.store.keys import Keys
from station.store.store import Store
from tests.unit.store.conftest import NOON
from tests.unit.store.raw_database import decrypted

ORDER = ErasureOrder("XD.T01-26-0001", "minh.mau", "lan.mau", NOON)
NAME, NUMBER = "Đặng Xuân Quỳnh", "001099777333"


def due(standing: Standing) -> Due:
    return Due(standing, NOON)


def keep(store: Store, dossier: Dossier, *images: bytes) -> Dossier:
    """The dossier with these pages, each with what a machine has read on it."""
    pages = tuple(
        Page(
            f"{dossier.id}-{number}",
            number,
            store.pages.keep(image, dossier.id),
            len(image),
            "image/jpeg",
            "sane",
            NOON,
            text=f"{dossier.person_name} {dossier.person_id} " * number,
        )
        for number, image in enumerate(images, 1)
    )
    with store.dossiers.transaction() as kept:
        return kept.save(replace(dossier, pages=pages))


def seal(store: Store, dossier: Dossier, seq: int) -> Dossier:
    """Sealed, sent and received."""
    with store.dossiers.transaction() as kept:
        sealed = kept.save(dossier.sealed(f"TAM.T01-{seq}", "officer", NOON, NOON))
        images = tuple(page.sha256 for page in sealed.pages)
        body = {"person": sealed.person_name, "number": sealed.person_id}
        event = OutboxEvent("T01", kept.next_seq(), "dossier.sealed", sealed.id, 0, NOON, body, images)
        kept.enqueue(event)
        kept.rate(Rating(sealed.id, 4, NOON))
        kept.audit(AuditEntry("seal_dossier", "officer", NOON, sealed.id))
    receipt = HubReceipt(
        "T01", event.seq, sealed.id, images, "2026-11-20T12:05:00+07:00", f"H26-{seq}", durable=True, key_id="k",
        signature="s",
    )  # fmt: skip
    store.outbox.keep_receipt(event, receipt)
    return sealed


def erase(store: Store, dossier_id: str) -> Erasure:
    erased = store.erasing.erase(dossier_id, ORDER, due)
    store.erasing.finish()
    return erased


def everything(folder: DataFolder, keys: Keys) -> bytes:
    """All that somebody with the key of the database can see of its file, free pages and log too."""
    return b"\n".join(decrypted(folder.database, keys.database))


def files(folder: DataFolder) -> set[Path]:
    return {file for file in folder.pages.glob("*/*") if file.is_file()}


def test_no_value_of_an_erased_dossier_is_left_in_the_file_or_its_log(
    store: Store, folder: DataFolder, keys: Keys, new_dossier: Callable[..., Dossier]
) -> None:
    others = [
        seal(
            store, keep(store, new_dossier(f"Lê Văn Mẫu {number}", f"00109900{number:04}"), b"page %d" % number), number
        )
        for number in range(1, 40)
    ]
    gone = seal(store, keep(store, new_dossier(NAME, NUMBER), b"one", b"two", b"three"), 99)
    for other in others[::5]:
        store.outbox.progress(other.id)
    words = [NAME, NUMBER, "quynh", gone.pages[0].sha256, gone.pages[2].sha256, "H26-99"]
    seen = everything(folder, keys)
    assert [word for word in words if word.encode() not in seen] == [], "the scan sees what is there"
    erase(store, gone.id)
    seen = everything(folder, keys)
    left = [word for word in words if word.encode() in seen]
    assert left == ["H26-99"], "the hub's number stands on the certificate"
    assert all(store.dossiers.get(other.id) == other for other in others)
    assert [found.id for found in store.dossiers.find("Mẫu 7")] == [others[6].id]
    assert store.dossiers.find(NUMBER) == []
    assert store.verify() == []


def test_no_remaining_key_opens_a_page_of_it(
    store: Store, folder: DataFolder, new_dossier: Callable[..., Dossier]
) -> None:
    gone = seal(store, keep(store, new_dossier(), b"one", b"two"), 1)
    other = keep(store, new_dossier(), b"three")
    before = {file: file.read_bytes() for file in files(folder)}
    erase(store, gone.id)
    (left,) = files(folder)
    assert store.pages.read(other.pages[0].sha256) == b"three"
    for file, content in before.items():
        file.write_bytes(content)  # somebody had copied the folder
    for page in gone.pages:
        with pytest.raises(StoreError, match=r"store\.page_damaged"):
            store.pages.read(page.sha256)
    assert left in before


def test_a_page_that_another_dossier_uses_again_stays_with_that_one(
    store: Store, folder: DataFolder, new_dossier: Callable[..., Dossier]
) -> None:
    first = seal(store, keep(store, new_dossier(), b"card", b"form"), 1)
    second = new_dossier()
    with store.dossiers.transaction() as kept:
        linked = replace(first.pages[0], id="linked", number=1, reused_from=first.id)
        second = kept.save(replace(second, pages=(linked,)))
    erased = erase(store, first.id)
    assert (erased.pages, erased.shared) == (2, 1)
    assert store.pages.read(second.pages[0].sha256) == b"card"
    assert len(files(folder)) == 1
    assert store.verify() == []
    erase_second = seal(store, second, 2)
    erase(store, erase_second.id)
    assert files(folder) == set()


def test_a_signature_goes_with_its_dossier(
    store: Store, folder: DataFolder, new_dossier: Callable[..., Dossier]
) -> None:
    dossier = keep(store, new_dossier(), b"form")
    drawn = Signature(store.pages.keep(b"a drawing", dossier.id), 9, "digest", NOON)
    with store.dossiers.transaction() as kept:
        dossier = kept.save(replace(dossier, signature=drawn))
    assert len(files(folder)) == 2
    erase(store, seal(store, dossier, 1).id)
    assert files(folder) == set()


def test_the_trail_tells_it_and_the_record_names_its_line(store: Store, new_dossier: Callable[..., Dossier]) -> None:
    gone = seal(store, keep(store, new_dossier(), b"form"), 1)
    erased = erase(store, gone.id)
    head, newest = store.audit.head(), store.audit.entries(gone.id)[0]
    assert (head.seq, head.hash) == (erased.trail_seq, erased.trail_hash)
    assert (newest.deed, newest.by, newest.detail["second"]) == ("erase_dossier", "minh.mau", "lan.mau")
    assert [entry.deed for entry in store.audit.entries(gone.id)] == ["erase_dossier", "hub_receipt", "seal_dossier"]
    assert store.audit.verify() is None
    (kept,) = store.erasing.on_certificate(ORDER.certificate)
    assert kept == replace(erased, finished_at=NOON)
    assert (kept.cause, kept.hub_number, kept.entries, kept.received_at) == (
        Cause.RETENTION, "H26-1", 2, "2026-11-20T12:05:00+07:00",
    )  # fmt: skip
    assert store.erasing.of_numbers(["H26-1"]) == [kept]


def test_what_statistics_need_of_a_rating_stays_without_the_dossier(
    store: Store, new_dossier: Callable[..., Dossier]
) -> None:
    for number in (1, 2):
        erase(store, seal(store, keep(store, new_dossier(), b"form"), number).id)
    with store._database.reading() as connection:
        told = connection.exec_driver_sql("SELECT * FROM rating_tally").all()
        assert connection.exec_driver_sql("SELECT count(*) FROM rating").scalar() == 0
    assert told == [("2026-11", "1.004873", 4, 2)]


def test_what_is_judged_to_stay_stays_as_it_is(
    store: Store, folder: DataFolder, keys: Keys, new_dossier: Callable[..., Dossier]
) -> None:
    dossier = seal(store, keep(store, new_dossier(), b"form"), 1)

    def refuse(_standing: Standing) -> Due:
        raise RuleError("dossier.not_due")

    with pytest.raises(RuleError, match=r"dossier\.not_due"):
        store.erasing.erase(dossier.id, ORDER, refuse)
    assert store.dossiers.get(dossier.id) == dossier
    assert store.pages.read(dossier.pages[0].sha256) == b"form"
    assert store.erasing.finish() == 0


def test_an_open_dossier_cannot_be_erased(store: Store, new_dossier: Callable[..., Dossier]) -> None:
    dossier = keep(store, new_dossier(), b"form")
    with pytest.raises(RuleError, match=r"dossier\.unknown"):
        store.erasing.erase(dossier.id, ORDER, due)
    assert store.dossiers.get(dossier.id) == dossier


def test_no_statement_deletes_a_dossier_without_its_record(store: Store, new_dossier: Callable[..., Dossier]) -> None:
    dossier = keep(store, replace(new_dossier(), entries=()))
    with pytest.raises(Exception, match="only with a record"), store._database.writing() as connection:
        connection.exec_driver_sql("DELETE FROM dossier")
    assert store.dossiers.get(dossier.id) == dossier


def test_standings_tell_what_is_sent_and_when_it_was_given_up(
    store: Store, new_dossier: Callable[..., Dossier]
) -> None:
    received, unsent, thrown = (keep(store, new_dossier(), b"%d" % number) for number in range(3))
    seal(store, received, 1)
    with store.dossiers.transaction() as kept:
        sealed = kept.save(unsent.sealed("TAM.T01-2", "officer", NOON, NOON))
        kept.enqueue(OutboxEvent("T01", kept.next_seq(), "dossier.sealed", sealed.id, 0, NOON, {}, ()))
        kept.save(thrown.discarded())
        kept.audit(AuditEntry("discard_dossier", "officer", NOON + timedelta(hours=3), thrown.id))
    far = NOON + timedelta(days=9)
    found = {standing.dossier_id: standing for standing in store.erasing.standings(far)}
    assert found.keys() == {received.id, unsent.id, thrown.id}
    assert found[received.id].received_at == datetime.fromisoformat("2026-11-20T12:05:00+07:00")
    assert (found[received.id].unsent, found[unsent.id].unsent, found[unsent.id].received_at) == (0, 1, None)
    assert found[thrown.id].discarded_at == NOON + timedelta(hours=3)
    assert store.erasing.hub_time() == found[received.id].received_at
    assert store.erasing.standings(NOON) == []


def test_a_copy_that_a_migration_put_aside_goes_too(
    store: Store, folder: DataFolder, new_dossier: Callable[..., Dossier]
) -> None:
    old = folder.root / "station.before-5.db"
    old.write_bytes(b"everything as it was")
    erase(store, seal(store, keep(store, new_dossier(), b"form"), 1).id)
    assert not old.exists()


def test_the_ledger_still_adds_up(store: Store, new_dossier: Callable[..., Dossier]) -> None:
    gone, other = keep(store, new_dossier(), b"form"), keep(store, new_dossier(), b"another form")
    for dossier in (gone, other):
        with store.dossiers.transaction() as kept:
            page = replace(dossier.pages[0], image=f"image-{dossier.id}")
            saved = kept.save(replace(dossier, pages=(page,)))
            kept.take(TakenImage(page.image, dossier.id, page.sha256, NOON))
        seal(store, saved, int(dossier.id.rpartition("-")[2]))
    assert gaps(store.ledger.counts()) == ()
    erase(store, gone.id)
    counts = store.ledger.counts()
    assert gaps(counts) == ()
    assert (counts.taken, dict(counts.set_aside)) == (2, {"erase_dossier": 1})
