"""The whole hub and a system behind it: killed in between, set up wrongly, asked for files."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
from provincial_hub.__main__ import main
from provincial_hub.clock import vietnam_time
from provincial_hub.errors import SetupError
from provincial_hub.hub_toml import Section
from provincial_hub.keeping.database import embedded, open_database
from provincial_hub.keeping.ledger import Ledger
from provincial_hub.keeping.outgoing_books import Message, OutgoingBooks
from provincial_hub.keeping.page_books import START, PageBooks
from provincial_hub.outward.opening import Parts, plan_targets

from tools.servers.seaweed import SeaweedFS
from tools.servers.webhook_receiver import Receiver, Said

SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
Result = TypeVar("Result")


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    server = Receiver()
    yield server
    server.close()


def in_books(hub: Any, work: Callable[[OutgoingBooks], Awaitable[Result]]) -> Result:
    """Something done with the books of a running hub, from beside it."""

    async def run() -> Result:
        ledger = Ledger(await open_database(embedded(hub.data / "hub.db")))
        try:
            async with ledger.transaction(OutgoingBooks) as books:
                return await work(books)
        finally:
            await ledger.close()

    return asyncio.run(run())


def until(holds: Callable[[], bool]) -> None:
    """Wait for it, and fail where it never comes."""
    ends = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < ends, "it never came"
        time.sleep(0.05)


def command(word: str, hub: Any, *words: str) -> int:
    return main([word, "--data", str(hub.data), *words])


def set_up(hub: Any, receiver: Receiver) -> Path:
    """A hub with a webhook and a folder for files; returns the folder."""
    out = hub.data.parent / "lgsp"
    out.mkdir()
    hub.data.mkdir()
    (hub.data.parent / "secret").write_text(SECRET)
    (hub.data / "hub.toml").write_text(f"""
[outward.dvc]
url = "{receiver.url}"
secret_file = "{hub.data.parent / "secret"}"
mapping = "opencps-v2"

[outward.lgsp]
kind = "directory"
folder = "{out}"
pages = true
""")
    return out


def test_a_system_behind_the_hub_gets_a_dossier_by_webhook_and_as_a_file_through_a_kill(
    own_hub: Any,
    receiver: Receiver,
    sealed: Any,
    page: bytes,
    post: Any,
    put: Any,
    capsys: pytest.CaptureFixture[str],
) -> None:
    out, never = set_up(own_hub, receiver), threading.Event()
    receiver.answer = lambda _: Said(hold=never)
    own_hub.start({"A0": "token-of-A0"})
    station, event = own_hub.station(), sealed(page, station="A0")
    post(station, event)
    put(station, page)
    (answer,) = post(station, event)
    receiver.wait_for(1)
    own_hub.kill()  # the request has come, its mark has not been made
    receiver.answer = lambda _: Said()
    never.set()
    own_hub.start({"A0": "token-of-A0"})
    first, again = receiver.wait_for(2)
    assert (first.id, first.body) == (again.id, again.body)
    record = again.document["data"]["record"]
    assert again.document["type"] == "dossier.received"
    assert (record["MaHoSo"], record["TrangThaiHoSo"]) == (answer["receipt"]["hub_number"], "receiving")

    while not (out / f"{event['dossier_id']}.json").exists():
        time.sleep(0.02)
    written = json.loads((out / f"{event['dossier_id']}.json").read_text(encoding="utf-8"))
    assert written == {"service": "DongBoHoSoMC", "dossier_id": event["dossier_id"], "record": record}
    assert (out / record["TaiLieuNop"][0]["DuongDanTaiTepTin"]).read_bytes() == page
    assert {file.name for file in out.iterdir()} == {"pages", f"{event['dossier_id']}.json"}

    exported = own_hub.data.parent / "exported"
    exported.mkdir()
    assert command("export", own_hub, "--since", "2026-01-01", "--out", str(exported)) == 0
    assert json.loads(capsys.readouterr().out) == {"dossiers": 1, "refused": [], "untold": {}}
    assert json.loads((exported / f"{event['dossier_id']}.json").read_text(encoding="utf-8")) == written
    assert command("export", own_hub, "--since", "2999-01-01", "--out", str(exported)) == 0
    assert json.loads(capsys.readouterr().out)["dossiers"] == 0


def test_pages_for_a_folder_come_out_of_the_spool_and_later_out_of_the_object_store(
    own_hub: Any, seaweed: SeaweedFS, sealed: Any, page: bytes, post: Any, put: Any
) -> None:
    out, secrets = own_hub.data.parent / "lgsp", own_hub.data.parent
    out.mkdir()
    own_hub.data.mkdir()
    for name, secret in (("access", seaweed.access_key), ("secret", seaweed.secret_key)):
        (secrets / name).write_text(secret)
    (own_hub.data / "hub.toml").write_text(f"""
node = "node-1"
[pages]
store = "s3"
bucket = "{seaweed.bucket}"
endpoint = "{seaweed.endpoint}"
access_key_file = "{secrets}/access"
secret_key_file = "{secrets}/secret"

[outward.lgsp]
kind = "directory"
folder = "{out}"
pages = true
""")
    own_hub.start({"A0": "token-of-A0"})
    station, event = own_hub.station(), sealed(page, station="A0")
    post(station, event)
    put(station, page)
    told, copy = out / f"{event['dossier_id']}.json", out / "pages" / event["pages"][0]
    until(told.exists)
    assert copy.read_bytes() == page

    async def unmoved(books: OutgoingBooks) -> int:
        return len(await books.beside(PageBooks).spooled_by("node-1", START, 1))

    async def tell(books: OutgoingBooks) -> int:
        return await books.tell("dossier.state", event["dossier_id"], {"state": "done"}, "2026-11-20T08:00:00+07:00")

    until(lambda: in_books(own_hub, unmoved) == 0)
    for file in (own_hub.data / "spool" / ".complete").rglob(event["pages"][0]):
        file.unlink()
    copy.unlink()
    told.unlink()
    in_books(own_hub, tell)
    until(told.exists)
    assert copy.read_bytes() == page


def wrong(said: dict[str, Any], folder: Path) -> str:
    with pytest.raises(SetupError) as refused:
        plan_targets(Section(said, {}, ("outward",)), folder)
    return str(refused.value)


@pytest.mark.parametrize(
    ("section", "said"),
    [
        ({"url": "http://dvc.tinh.example/hub"}, "outward.dvc.url wants https://"),
        ({"url": "https://user:word@dvc.tinh.example/"}, "outward.dvc.url wants https://"),
        ({"url": "ftp://127.0.0.1/"}, "outward.dvc.url wants https://"),
        ({"url": "https://dvc.tinh.example", "secret": SECRET}, "secret does not stand here"),
        ({"url": "https://dvc.tinh.example"}, "outward.dvc.secret_file is no secret"),
        (
            {"url": "https://dvc.tinh.example", "secret_file": "/nowhere/at/all"},
            "hub.toml: outward.dvc.secret_file cannot be read: No such file",
        ),
        ({"url": "https://dvc.tinh.example", "secret_file": "SECRET", "mapping": "tinh.toml"}, "no mapping tinh.toml"),
        (
            {"url": "https://dvc.tinh.example", "secret_file": "SECRET", "ca_file": "ca.pem"},
            "ca_file is no certificate",
        ),
        ({"url": "https://dvc.tinh.example", "secret_file": "SECRET", "retries": 3}, "retries is not known"),
        ({"kind": "directory", "folder": "nowhere"}, "folder wants a folder that is there"),
        ({"kind": "directory"}, "folder wants a folder that is there"),
        ({"kind": "queue"}, "kind wants webhook or directory"),
    ],
)
def test_a_target_that_is_set_up_wrongly_is_refused_with_a_sentence(
    section: dict[str, Any], said: str, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_text(SECRET)
    section = {name: str(tmp_path / "secret") if value == "SECRET" else value for name, value in section.items()}
    told = wrong({"dvc": section}, tmp_path)
    assert said in told
    assert told.count("hub.toml:") <= 1, "one sentence, and none within it"


@pytest.mark.parametrize(
    ("section", "told"),
    [
        ({}, {"dossier_id": "d1", "state": "done", "on": "2026-11-20"}),
        ({"mapping": "tinh.toml"}, {"dossier_id": "d1", "state": "done", "on": "2026-11-20"}),
        ({"free_text": True}, {"dossier_id": "d1", "state": "done", "on": "2026-11-20", "note": "Bà Mẫu đã nhận"}),
    ],
)
def test_what_people_wrote_leaves_only_where_the_target_is_to_have_it(
    section: dict[str, Any], told: dict[str, str], receiver: Receiver, tmp_path: Path
) -> None:
    (tmp_path / "secret").write_text(SECRET)
    (tmp_path / "tinh.toml").write_text('[services.s]\nwhole = true\nmembers = { id = "dossier_id" }\n')
    said = {"dvc": {"url": receiver.url, "secret_file": str(tmp_path / "secret"), **section}}
    (plan,) = plan_targets(Section(said, {}, ("outward",)), tmp_path)
    facts = {"state": "done", "on": "2026-11-20", "note": "Bà Mẫu đã nhận"}

    async def no_page(_station: str, sha256: str) -> bytes:
        raise FileNotFoundError(sha256)

    async def hand_over() -> None:
        ledger = Ledger(await open_database(embedded(tmp_path / "hub.db")))
        target = plan(Parts(ledger, no_page, vietnam_time))
        await target.hand_over(Message(1, "dossier.state", "d1", facts, "2026-11-20T08:00:00+07:00"))
        await target.close()
        await ledger.close()

    asyncio.run(hand_over())
    assert receiver.heard[0].document["data"] == told


def test_the_name_of_a_target_is_a_plain_word(tmp_path: Path) -> None:
    assert "cannot name a target" in wrong({"Của tỉnh": {}}, tmp_path)


def test_a_system_is_listed_before_it_was_told_anything_and_no_system_is_said_to_be_none(
    own_hub: Any, receiver: Receiver, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command("outward", own_hub) == 0
    assert "hub.toml has no [outward.NAME]" in capsys.readouterr().err
    own_hub.data.rename(own_hub.data.with_name("before"))
    set_up(own_hub, receiver)
    assert command("outward", own_hub) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(one["target"], one["waiting"], one["set_aside"]) for one in lines] == [("dvc", 0, 0), ("lgsp", 0, 0)]


def test_a_message_that_was_set_aside_is_shown_and_given_up_by_somebody(
    own_hub: Any, receiver: Receiver, capsys: pytest.CaptureFixture[str]
) -> None:
    set_up(own_hub, receiver)

    async def prepare(books: OutgoingBooks) -> int:
        await books.name_target("dvc", "2026-11-20T08:00:00+07:00")
        number = await books.tell("dossier.state", "d1", {"state": "done"}, "2026-11-20T08:00:00+07:00")
        (claim,) = await books.claim("dvc", "node", "2026-11-20T08:00:01+07:00", "2026-11-20T08:01:00+07:00", 5)
        await books.set_aside("dvc", claim, "http.422", "2026-11-20T08:00:02+07:00")
        return number

    number = in_books(own_hub, prepare)
    assert command("outward", own_hub) == 1
    backlog, _lgsp, aside = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert (backlog["set_aside"], aside["error"]) == (1, "http.422")
    chosen = ("--target", "dvc", "--message", str(number), "--by", "it")
    assert command("outward-give-up", own_hub, *chosen) == 0
    assert command("outward", own_hub) == 0
    assert command("outward-again", own_hub, *chosen) == 2
    assert f"no message {number}" in capsys.readouterr().err
