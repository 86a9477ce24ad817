"""Nothing about a citizen can be read from the files, while the station works or afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from station.clock import VIETNAM
from station.dossier.audit import AuditEntry
from station.dossier.delivery import OutboxEvent
from station.dossier.dossier import Dossier
from station.dossier.entry import Entry
from station.dossier.page import Page
from station.dossier.text import folded
from station.store.store import Store

from .writing_station import Station

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=VIETNAM)
NAME, ID_NUMBER, ON_PAGE = "Nguyễn Thị Đăng", "001099000001", "Sổ hộ khẩu của Trần Văn Bình"


def spellings() -> Iterator[bytes]:
    for text in (NAME, NAME.casefold(), folded(NAME), ID_NUMBER, ON_PAGE, "dossier.sealed", "CREATE TABLE"):
        for encoding in ("utf-8", "utf-16-le", "utf-16-be"):
            yield text.encode(encoding)


def places(folder: Path) -> dict[str, list[bytes]]:
    files = {file: file.read_bytes() for file in folder.rglob("*") if file.is_file()}
    return {file.name: [said for said in spellings() if said in content] for file, content in files.items()}


def test_no_file_holds_a_name_or_a_number_in_plain(station: Station) -> None:
    with Store.open(station.folder, station.keys) as store:
        sha256 = store.pages.keep(f"JPEG {ON_PAGE}".encode() * 100, "dossier")
        page = Page("p", 1, sha256, 1, "image/jpeg", "sane", NOON, text=ON_PAGE)
        person = (Entry("person/full_name", "full_name", NAME), Entry("person/id_number", "id_number", ID_NUMBER))
        for number in range(20):
            with store.dossiers.transaction() as transaction:
                dossier = Dossier(f"d{number}", "1", "1", "officer", NOON, pages=(page,), entries=person)
                transaction.save(dossier)
                body = {"name": NAME, "id": ID_NUMBER}
                event = OutboxEvent("T01", number + 1, "dossier.sealed", dossier.id, 0, NOON, body, (sha256,))
                transaction.enqueue(event)
                transaction.audit(AuditEntry("open_dossier", "officer", NOON, dossier.id))
        assert len(store.dossiers.find(NAME)) == 20
        while_open = places(station.folder.root)
    afterwards = places(station.folder.root)
    assert {"station.db", "station.db-wal", "station.db-shm"} <= set(while_open)
    assert [name for name, said in {**while_open, **afterwards}.items() if said] == []
    assert len(while_open) == 6
