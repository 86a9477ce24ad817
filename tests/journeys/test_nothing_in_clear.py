"""Whoever copies the station's folder, while it works or after it was killed, learns nothing about any citizen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from station.dossier.trail import SignedHead
from station.dossier.trail_check import check_trail
from tests.journeys.piles import BIRTH, MARRIAGE
from tests.journeys.programs import AStation, Hub, until
from tests.journeys.spellings import ENCODINGS, Search, files, forms, pictures_in

StartStation = Callable[..., AStation]
IN_MEMORY = Path("/dev/shm")  # noqa: S108
OURS = "digital-station-"


@pytest.fixture(scope="module")
def search() -> Search:
    return Search((BIRTH, MARRIAGE))


@pytest.fixture
def temporary(tmp_path: Path) -> Path:
    """Where the station puts its temporary files; all the rest of this machine's are left out."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    return folder


def in_clear(search: Search, *folders: Path) -> list[object]:
    found: list[object] = []
    for folder in folders:
        found += search.in_folder(folder)
        found += pictures_in(folder)
    return found


def landed(temporary: Path) -> list[Path]:
    """The temporary folders there are now: the station's own and, on a file system in memory, of all stations."""
    return [temporary, *(folder for folder in IN_MEMORY.glob(f"{OURS}*") if folder.is_dir())]


def test_no_file_of_a_station_tells_who_was_at_the_counter(
    tmp_path: Path, hub: Hub, start_station: StartStation, temporary: Path, search: Search
) -> None:
    folder = tmp_path / "station"
    station = start_station(TMPDIR=str(temporary))

    station.do("open", procedure=BIRTH.procedure)
    station.do("identify", picture=BIRTH.card)
    for _ in station.begin("scan", read=True):
        assert in_clear(search, folder, *landed(temporary)) == []
    station.do("wait_read")
    for deed in ("note_papers", "check_all", "confirm_all", "seal"):
        station.do(deed)
    assert until(lambda: station.do("state")[0]["delivery"] == "received")
    assert station.do("look_up")
    station.do("stumble")
    hashes = [page["sha256"] for one in station.do("state") for page in one["pages"]]
    assert hashes
    trail = str(station.do("trail"))
    assert search.in_bytes(trail.encode()) == []
    kept_by_hub = [SignedHead.parse(head) for head in hub.heads()]
    assert kept_by_hub
    assert check_trail(trail.splitlines(), kept_by_hub).findings == ()
    station.do("open", procedure=MARRIAGE.procedure)
    station.do("identify", picture=MARRIAGE.card)
    for picture in MARRIAGE.pictures[:2]:
        station.do("add_file", file=str(picture), read=True)
    assert in_clear(search, folder, *landed(temporary)) == []
    station.kill()

    names = {name.partition("/")[0] for name, content in files(folder) if content}
    assert {"station.db", "station.db-wal", "keys.json", "logs", "pages", "settings.toml"} <= names
    kept = [content for name, content in files(folder) if name.startswith("pages/")]
    assert len(kept) == len(BIRTH.pictures) + 2
    assert in_clear(search, folder, *landed(temporary)) == []
    logged = b"".join(content for name, content in files(folder) if name.startswith("logs/"))
    assert b"a deed failed" in logged
    assert b"bug: ValueError" in logged
    complaints = tmp_path / "station.stderr"
    assert search.in_bytes(complaints.read_bytes()) == []
    said_by_hub = hub.log.read_bytes()
    assert b"accepted" in said_by_hub
    assert search.in_bytes(said_by_hub) == []
    assert [sha256 for sha256 in hashes if sha256.encode() in logged + said_by_hub] == []

    # The same search sees them where they are not hidden: at the hub, which keeps its books open, and on the papers.
    told = {find.what for find in search.in_folder(hub.data)}
    for value in ("Nguyễn Thị Đăng", BIRTH.truth[0]["fields"]["subject.id_number"], "Xóm 5, xã Diễn Châu"):
        assert any(what.startswith(value) for what in told), value
    assert pictures_in(hub.data)


def test_the_search_finds_every_form_of_a_value_and_every_specimen(search: Search) -> None:
    name = BIRTH.truth[0]["fields"]["subject.full_name"]
    for form in forms(name):
        for encoding in ENCODINGS:
            assert search.in_bytes(b"\0\1" + form.encode(encoding) + b"\2"), (form, encoding)
    for pile in (BIRTH, MARRIAGE):
        for picture in pile.pictures:
            assert search.in_bytes(picture.read_bytes()), picture.name
        assert len(pictures_in(pile.folder)) >= len(pile.pictures)
        assert search.in_folder(pile.folder)
    assert search.in_bytes(b"nothing of anybody" * 1000) == []
