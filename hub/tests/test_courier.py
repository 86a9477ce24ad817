"""Parcels on a stick: what a good one brings, and that of a bad one nothing is kept."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import tarfile
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pyrage
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from provincial_hub import inspection
from provincial_hub.clock import vietnam_time
from provincial_hub.commands.courier import _parcels
from provincial_hub.commands.words import with_ledger
from provincial_hub.courier.key import courier_key, identity_of
from provincial_hub.courier.taking import Answered
from provincial_hub.errors import RefusedError
from provincial_hub.keeping.ledger import Ledger
from provincial_hub.keeping.station_books import StationBooks
from provincial_hub.receipts import Signer, canonical, signed_by
from provincial_hub.settings import Settings
from provincial_hub.stations.registry import Stations

EXAMPLE = Path(__file__).parents[2] / "contract" / "v1" / "examples" / "deliver.json"
STATION = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
ANSWERS = pyrage.x25519.Identity.generate()
Members = list[tuple[str, bytes]]
Told = dict[str, Any]


def delivered() -> tuple[Told, list[bytes]]:
    """The event and the pages of the example."""
    asked = [one["request"] for one in json.loads(EXAMPLE.read_text("utf-8"))["exchanges"]]
    event = next(one["json"]["events"][0] for one in asked if "json" in one)
    pages = {one["path"]: base64.b64decode(one["body_base64"]) for one in asked if one.get("body_base64")}
    by_hash = {hashlib.sha256(page).hexdigest(): page for page in pages.values()}
    return event, [by_hash[sha256] for sha256 in event["pages"]]


class Post:
    """A hub without a line, and the stick."""

    def __init__(self, folder: Path) -> None:
        self.settings = Settings.load(folder / "hub")
        self.tokens: dict[str, str] = {}

        async def enrol(ledger: Ledger) -> None:
            for name in ("T01", "T02"):
                self.tokens[name] = await Stations(ledger, vietnam_time).enrol(name)

        with_ledger(self.settings, enrol)
        self.signer = Signer.open(self.settings.key)
        self.stick = folder / "stick.tsc"

    def write(self, members: Members, private: Ed25519PrivateKey = STATION, **other: object) -> None:
        self.seal(archive([("manifest.json", self.manifest(members, private, **other)), *members]))

    def manifest(self, members: Members, private: Ed25519PrivateKey = STATION, **other: object) -> bytes:
        told = {
            "kind": "parcel", "contract": "1", "station": "T01", "made_at": "2026-11-23T08:00:00+07:00",
            "count": 1, "highest_seq": 1, "trail_head": None, "cursor": 0, "token": self.tokens["T01"],
            "courier_key": str(ANSWERS.to_public()),
            "request_key": base64.b64encode(private.public_key().public_bytes_raw()).decode(),
            "members": [{"name": name, "sha256": hashlib.sha256(content).hexdigest()} for name, content in members],
        } | other  # fmt: skip
        return canonical(told | {"signature": base64.b64encode(private.sign(canonical(told))).decode()})

    def seal(self, content: bytes) -> None:
        recipient = pyrage.x25519.Recipient.from_str(courier_key(self.signer))
        self.stick.write_bytes(pyrage.encrypt(content, [recipient]))

    def bring(self) -> Answered:
        return with_ledger(self.settings, lambda ledger: _parcels(self.settings, ledger).take(self.stick, "van.thu"))

    def refused(self) -> str:
        with pytest.raises(RefusedError) as refused:
            self.bring()
        return refused.value.code

    def do(self, work: Callable[[Ledger], Awaitable[object]]) -> None:
        with_ledger(self.settings, work)

    @property
    def holdings(self) -> list[Told]:
        return inspection.holdings(self.settings)


def archive(members: Members) -> bytes:
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w", format=tarfile.USTAR_FORMAT) as opened:
        for name, inside in members:
            about = tarfile.TarInfo(name)
            about.size = len(inside)
            opened.addfile(about, io.BytesIO(inside))
    return content.getvalue()


def good(**other: object) -> Members:
    event, pages = delivered()
    event |= other
    named = [(f"pages/{hashlib.sha256(page).hexdigest()}", page) for page in pages]
    return [(f"events/{event['seq']}.json", canonical(event)), *named]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Post:
    """For parcels of which nothing may be kept."""
    return Post(tmp_path_factory.mktemp("shared"))


def test_a_parcel_brings_what_a_request_would_and_is_answered_alike_however_often_it_comes(tmp_path: Path) -> None:
    post, members = Post(tmp_path), good()
    post.write(members)
    first, second = post.bring(), post.bring()
    assert (first.accepted, first.again, second.accepted, second.again) == (1, False, 1, True)
    told = [json.loads(pyrage.decrypt(one.file, [ANSWERS])) for one in (first, second)]
    assert told[0]["answers"] == told[1]["answers"]
    assert told[0]["answers"][0]["status"] == "accepted"
    assert told[0]["parcel"] == hashlib.sha256(post.stick.read_bytes()).hexdigest()
    assert all(post.signer.vouches_for(one) for one in told)
    assert not signed_by(STATION.public_key(), told[0])
    (row,) = post.holdings
    assert all(page["complete"] for page in row["pages"])
    assert inspection.verify(post.settings).gaps == []

    post.write(good(created_at="2026-11-23T09:00:00+07:00"))
    changed = json.loads(pyrage.decrypt(post.bring().file, [ANSWERS]))["answers"][0]
    assert (changed["status"], changed["reason"]["code"]) == ("rejected", "event.changed")
    post.write(members, Ed25519PrivateKey.generate())
    assert post.refused() == "auth.signature"  # its first parcel has told its key


def test_pages_may_come_before_their_event_is_whole_and_in_parcels_of_their_own(tmp_path: Path) -> None:
    post, (event, *pages) = Post(tmp_path), good()
    post.write([event])
    answer = json.loads(pyrage.decrypt(post.bring().file, [ANSWERS]))["answers"][0]
    assert (answer["status"], len(answer["pages"])) == ("need_pages", len(pages))
    post.write(pages)
    assert post.bring().events == 0
    post.write([event])
    assert post.bring().accepted == 1


def test_a_station_that_is_shut_out_is_not_heard_by_stick_either(tmp_path: Path) -> None:
    post = Post(tmp_path)

    async def shut_out(ledger: Ledger) -> None:
        async with ledger.transaction(StationBooks) as books:
            await books.change("T01", shut_out_at=vietnam_time().isoformat())

    post.do(shut_out)
    post.write(good())
    assert post.refused() == "auth.shut_out"


def _cut(post: Post) -> None:
    post.write(good())
    post.stick.write_bytes(post.stick.read_bytes()[:-40])


def _flipped(post: Post) -> None:
    post.write(good())
    content = bytearray(post.stick.read_bytes())
    content[-60] ^= 1
    post.stick.write_bytes(content)


def _foreign(post: Post) -> None:
    post.stick.write_bytes(pyrage.encrypt(b"MAU - SPECIMEN", [pyrage.x25519.Identity.generate().to_public()]))


def _nonsense(post: Post) -> None:
    post.stick.write_bytes(b"MAU - SPECIMEN")


def _link(post: Post) -> None:
    post.stick.unlink(missing_ok=True)
    post.stick.symlink_to("/dev/zero")


def _exchanged(post: Post) -> None:
    members = good()
    name, page = members[1]
    told = post.manifest(members)
    post.seal(archive([("manifest.json", told), members[0], (name, page[:-1] + b"!"), *members[2:]]))


def _renamed(post: Post) -> None:
    (event, (_, page), *_) = good()
    post.write([event, ("pages/" + "0" * 64, page)])


def _lacking(post: Post) -> None:
    members = good()
    post.seal(archive([("manifest.json", post.manifest(members)), *members[:-1]]))


def _more(post: Post) -> None:
    members = good()
    post.seal(archive([("manifest.json", post.manifest(members[:-1])), *members]))


def _without_manifest(post: Post) -> None:
    post.seal(archive(good()))


def _forged(post: Post) -> None:
    told = json.loads(post.manifest(good()))
    post.seal(archive([("manifest.json", canonical(told | {"cursor": 7})), *good()]))


def _named(name: str) -> Callable[[Post], None]:
    def write(post: Post) -> None:
        members = good()
        post.seal(archive([("manifest.json", post.manifest(members)), (name, b"x"), *members]))

    return write


def _linked(post: Post) -> None:
    about = tarfile.TarInfo("pages/" + "a" * 64)
    about.type, about.linkname = tarfile.SYMTYPE, "/etc/passwd"
    post.seal(about.tobuf(tarfile.USTAR_FORMAT) + bytes(1024))


def _huge(post: Post) -> None:
    about = tarfile.TarInfo("pages/" + "a" * 64)
    about.size = 8 << 30
    post.seal(about.tobuf(tarfile.GNU_FORMAT) + bytes(1024))


def _long(post: Post) -> None:
    about = tarfile.TarInfo("pages/" + "a" * 64)
    about.size = (32 << 20) + 1
    post.seal(about.tobuf(tarfile.USTAR_FORMAT) + bytes(1024))


def _behind(post: Post) -> None:
    members = good()
    post.seal(archive([("manifest.json", post.manifest(members)), *members]) + b"x" * 512)


def _others_event(post: Post) -> None:
    post.write(good(station="T02"))


def _others_token(post: Post) -> None:
    post.write(good(), token=post.tokens["T02"])


def _unknown(post: Post) -> None:
    post.write(good(), token="nobody")


def _other_number(post: Post) -> None:
    (_, content), *pages = good()
    post.write([("events/77.json", content), *pages])


def _not_canonical(post: Post) -> None:
    (name, content), *pages = good()
    post.write([(name, b" " + content), *pages])


BAD = [
    (_cut, "parcel.damaged"), (_flipped, "parcel.damaged"), (_foreign, "parcel.not_for_this_hub"),
    (_nonsense, "parcel.not_for_this_hub"), (_link, "parcel.no_file"), (_exchanged, "parcel.changed"),
    (_renamed, "parcel.changed"), (_lacking, "parcel.malformed"), (_more, "parcel.malformed"),
    (_without_manifest, "parcel.malformed"), (_forged, "parcel.signature"),
    (_named("../../hub.key"), "parcel.malformed"),
    (_named("/etc/passwd"), "parcel.malformed"), (_named("pages/x"), "parcel.malformed"),
    (_linked, "parcel.malformed"), (_huge, "parcel.malformed"), (_long, "parcel.too_large"),
    (_behind, "parcel.malformed"), (_others_event, "auth.other_station"), (_others_token, "auth.other_station"),
    (_unknown, "auth.unknown_station"), (_other_number, "parcel.malformed"), (_not_canonical, "parcel.malformed"),
]  # fmt: skip


@pytest.mark.parametrize(("write", "code"), BAD, ids=[f"{code}-{at}" for at, (_, code) in enumerate(BAD)])
def test_of_a_bad_parcel_nothing_is_kept(shared: Post, write: Callable[[Post], None], code: str) -> None:
    shared.stick.unlink(missing_ok=True)
    write(shared)
    assert shared.refused() == code
    assert shared.holdings == []
    assert [file for file in shared.settings.pages.rglob("*") if file.is_file()] == []


def test_the_courier_key_is_the_same_wherever_the_signing_key_is() -> None:
    one, other = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()
    assert courier_key(Signer(one)) == courier_key(Signer(one)) != courier_key(Signer(other))
    sealed = pyrage.encrypt(b"x", [pyrage.x25519.Recipient.from_str(courier_key(Signer(one)))])
    assert pyrage.decrypt(sealed, [identity_of(Signer(one))]) == b"x"
