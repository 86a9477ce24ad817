"""Inviting stations, their people, and what becomes of the heads of their trails; most of it by the real commands."""

from __future__ import annotations

import asyncio
import base64
import json
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from provincial_hub.__main__ import main
from provincial_hub.clock import VIETNAM
from provincial_hub.errors import RefusedError, SetupError
from provincial_hub.keeping.database import embedded, open_database
from provincial_hub.keeping.ledger import Ledger
from provincial_hub.keeping.trail_books import FIRST_REQUEST_KEY, TrailBooks
from provincial_hub.receipts import Signer, signed_by
from provincial_hub.receiving.trail import Head, Known, Verdict, judge, read_head
from provincial_hub.stations.enrolments import ASKED_AGAIN, GOOD_FOR, MOST_REFUSED, Enrolments
from provincial_hub.stations.invitation_code import secret_of
from provincial_hub.stations.people import People, read_file
from provincial_hub.stations.registry import Stations
from provincial_hub.stations.restoration import tell_restored
from provincial_hub.stations.rosters import VALID, Rosters
from provincial_hub.stations.speakers import Speakers
from provincial_hub.stations.trails import Trails

KEYS = {"receipt_key": base64.b64encode(bytes(32)).decode(), "trail_key": base64.b64encode(bytes([1] * 32)).decode()}
AGE = "age1" + "q" * 58
TRAIL = Ed25519PrivateKey.from_private_bytes(bytes(range(32, 64)))
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=VIETNAM)


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


class Office:
    """The hub's parts over a folder, without HTTP, at a time of the test's choosing."""

    def __init__(self, root: Path) -> None:
        root.mkdir(exist_ok=True)
        self.root, self.clock = root, Clock()
        self.signer = Signer.open(root / "hub.key")

    def with_ledger(self, work: Callable[[Ledger], Any]) -> Any:
        async def running() -> Any:
            ledger = Ledger(await open_database(embedded(self.root / "hub.db")))
            try:
                return await work(ledger)
            finally:
                await ledger.close()

        return asyncio.run(running())

    def run(self, work: Callable[[Enrolments, Rosters, Trails], Any]) -> Any:
        async def joined(ledger: Ledger) -> Any:
            rosters = Rosters(ledger, self.signer, self.clock)
            enrolments = Enrolments(ledger, rosters, self.signer, self.clock)
            return await work(enrolments, rosters, Trails(ledger, Stations(ledger, self.clock).trail_key, self.clock))

        return self.with_ledger(joined)

    def name(self, person_id: str, name: str, roles: list[str], stations: list[str]) -> str:
        return str(self.with_ledger(lambda ledger: People(ledger, self.clock).add(person_id, name, roles, stations)))

    def people(self) -> list[dict[str, Any]]:
        return list(self.with_ledger(lambda ledger: People(ledger, self.clock).every()))

    def owner_of(self, token: str) -> str | None:
        try:
            found = self.with_ledger(lambda ledger: Speakers(ledger, self.clock).with_token(token))
        except RefusedError:
            return None
        return str(found.station)

    def invite(self, station: str = "T01") -> str:
        return str(self.run(lambda enrolments, _r, _t: enrolments.invite(station))[0])

    def take(self, code: str, **keys: str) -> dict[str, Any]:
        request = {"code": code, **KEYS, **keys}
        return dict(self.run(lambda enrolments, _r, _t: enrolments.take(request)))

    def roster(self, station: str = "T01") -> dict[str, Any] | None:
        return self.run(lambda _e, rosters, _t: rosters.current(station))  # type: ignore[no-any-return]

    def hear(self, *heads: str) -> list[Verdict | None]:
        async def take(_e: Enrolments, _r: Rosters, trails: Trails) -> list[Verdict | None]:
            return [await trails.take("T01", head) for head in heads]

        return list(self.run(take))


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path / "hub")


def head(seq: int, at: datetime, digest: str = "", key: Ed25519PrivateKey = TRAIL) -> str:
    public = base64.urlsafe_b64encode(key.public_key().public_bytes_raw()).decode().rstrip("=")
    said = f"TSN1|{seq}|{digest or f'{seq:064x}'}|{at.isoformat(timespec='seconds')}|{public}"
    return f"{said}|{base64.urlsafe_b64encode(key.sign(said.encode())).decode().rstrip('=')}"


def test_a_code_makes_a_station_with_a_token_that_works_at_once(office: Office) -> None:
    code = office.invite()
    told = office.take(code.lower().replace("-", " "))
    assert told["station"] == office.owner_of(told["token"]) == "T01"
    assert office.with_ledger(lambda ledger: Stations(ledger, office.clock).trail_key("T01")) == KEYS[
        "trail_key"
    ].rstrip("=").replace("+", "-").replace("/", "_")
    public = Ed25519PrivateKey.from_private_bytes(bytes(32)).public_key()
    assert office.signer.vouches_for(told)
    assert not signed_by(public, told)


def test_who_was_shut_out_does_not_come_back_by_a_code_of_before(office: Office) -> None:
    used = office.invite()
    office.take(used)
    office.take(office.invite("T02"))
    waiting = office.invite("T02")
    for station, code in (("T01", used), ("T02", waiting)):
        office.with_ledger(
            lambda ledger, name=station: Stations(ledger, office.clock).shut_out(name, "it.mau", "stolen")
        )
        with pytest.raises(RefusedError, match=r"enrolment\.refused"):
            office.take(code)
    assert office.owner_of(office.take(office.invite("T02"))["token"]) == "T02"


def test_the_same_machine_may_ask_again_for_ten_minutes_and_no_other_machine(office: Office) -> None:
    code = office.invite()
    first = office.take(code)["token"]
    second = office.take(code)["token"]
    assert first != second
    assert office.owner_of(first) == office.owner_of(second) == "T01", "whoever copied the request shuts nobody out"
    with pytest.raises(RefusedError, match=r"enrolment\.refused"):
        office.take(code, trail_key=KEYS["receipt_key"])
    with pytest.raises(RefusedError, match=r"enrolment\.refused"):
        office.take(code, request_key=KEYS["receipt_key"])
    office.clock.now += ASKED_AGAIN
    with pytest.raises(RefusedError, match=r"enrolment\.refused"):
        office.take(code)


def test_a_code_expires_and_gives_way_to_a_newer_one(office: Office) -> None:
    old, new = office.invite(), office.invite()
    with pytest.raises(RefusedError, match=r"enrolment\.refused"):
        office.take(old)
    office.clock.now += GOOD_FOR
    with pytest.raises(RefusedError, match=r"enrolment\.refused"):
        office.take(new)


async def ask_another_node(enrolments: Enrolments, _r: Rosters, _t: Trails) -> str:
    with pytest.raises(RefusedError) as refused:
        await enrolments.take({"code": "0" * 28, **KEYS})
    return refused.value.code


def test_codes_cannot_be_guessed_quickly_at_whichever_node(office: Office) -> None:
    async def guess(enrolments: Enrolments, _r: Rosters, _t: Trails) -> str:
        for _ in range(MOST_REFUSED):
            with pytest.raises(RefusedError, match=r"enrolment\.refused"):
                await enrolments.take({"code": "0" * 28, **KEYS})
        with pytest.raises(RefusedError) as refused:
            await enrolments.take({"code": "0" * 28, **KEYS})
        assert refused.value.retry_after == 60 - office.clock.now.second
        return refused.value.code

    assert office.run(guess) == "enrolment.busy"
    assert office.run(ask_another_node) == "enrolment.busy"
    office.clock.now += timedelta(minutes=1)
    assert office.run(ask_another_node) == "enrolment.refused"


def test_the_code_is_kept_nowhere(office: Office) -> None:
    secret = secret_of(office.invite())
    assert secret is not None
    for file in office.root.iterdir():
        assert secret.encode() not in file.read_bytes()


def test_a_roster_is_signed_once_and_again_when_people_change_or_half_of_its_time_is_over(office: Office) -> None:
    assert office.roster() is None
    office.name("canbo.mau", "Trần Thị Mẫu", ["officer"], ["T01"])
    first = office.roster()
    assert first is not None
    assert office.signer.vouches_for(first)
    assert [one["id"] for one in first["people"]] == ["canbo.mau"]
    assert office.roster() == first
    office.name("lanhdao.mau", "Nguyễn Văn Mẫu", ["supervisor", "it"], ["*"])
    second = office.roster()
    assert second is not None
    assert (second["version"], len(second["people"])) == (2, 2)
    office.clock.now += VALID / 2 + timedelta(seconds=1)
    third = office.roster()
    assert third is not None
    assert (third["version"], third["people"]) == (3, second["people"])
    elsewhere = office.roster("T02")
    assert elsewhere is not None
    assert [one["id"] for one in elsewhere["people"]] == ["lanhdao.mau"]


def test_should_people_make_no_roster_the_last_one_stays(office: Office) -> None:
    office.name("canbo.mau", "Trần Thị Mẫu", ["officer"], ["T01"])
    last = office.roster()
    (broken,) = office.people()
    office.with_ledger(lambda ledger: People(ledger, office.clock).put([broken | {"credentials": 3}]))
    assert office.roster() == last


def test_a_first_passphrase_fits_its_verifier_and_is_kept_nowhere(office: Office) -> None:
    first = office.name("canbo.mau", "Trần Thị «Mẫu»", ["officer"], ["T01"])
    (known,) = office.people()
    Argon2id.verify_phc_encoded(first.encode(), known["verifier"])
    assert known["change_first"] is True
    assert first not in str(known)
    second = office.name("canbo.mau", "Trần Thị «Mẫu»", ["it"], ["T01"])
    assert first != second
    assert [one["roles"] for one in office.people()] == [["it"]]


def test_a_new_first_passphrase_leaves_the_last_day_and_the_keys_of_somebody_as_they_are(
    office: Office, tmp_path: Path
) -> None:
    file = tmp_path / "people.toml"
    section = '["lan.mau"]\nname = "Nguyễn Thị Lan Mẫu"\nroles = ["officer"]\nstations = ["T01"]\n'
    until = 'valid_to = 2027-01-01T00:00:00+07:00\ncredentials = [{id = "AA==", public_key = "AQ=="}]\n'
    file.write_text(section + until, encoding="utf-8")
    assert main(["people-import", "--data", str(office.root), "--file", str(file)]) == 0
    (before,) = office.people()
    office.name("lan.mau", "Nguyễn Thị Lan Mẫu", ["officer", "supervisor"], ["T01"])
    (after,) = office.people()
    assert "verifier" not in before
    assert after["verifier"]
    assert (after["valid_to"], after["credentials"]) == (before["valid_to"], before["credentials"])


@pytest.mark.parametrize(
    "text",
    [
        '["Cán bộ"]\nname = "A"\nroles = ["officer"]\nstations = ["T01"]',
        '["machine"]\nname = "A"\nroles = ["officer"]\nstations = ["T01"]',
        '["a"]\nname = "A"\nroles = ["king"]\nstations = ["T01"]',
        '["a"]\nname = "A"\nroles = ["officer"]\nstations = []',
        '["a"]\nname = "A"\nroles = ["officer"]\nstations = ["../x"]',
        '["a"]\nname = "A"\nroles = ["officer"]\nstations = ["T01"]\nvalid_to = 2027-01-01',
        '["a"]\nname = "A"\nroles = ["officer"]\nstations = ["T01"]\npassword = "x"',
        'four_eyes = ["Discard!"]',
        'four_eyes = ["discard", "back_up"]',
        "four_eyes = [1]",
        'four_eyes = "discard"',
    ],
)
def test_a_wrong_file_of_people_is_named(tmp_path: Path, text: str) -> None:
    (tmp_path / "people.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SetupError):
        read_file(tmp_path / "people.toml")


def test_after_a_restoration_a_roster_is_newer_than_any_that_was_lost(office: Office) -> None:
    office.name("canbo.mau", "A", ["officer"], ["T01"])
    before = office.roster()
    assert before is not None
    assert (before["version"], office.roster()) == (1, before)

    def restore() -> int:
        office.with_ledger(lambda ledger: tell_restored(ledger, office.signer, office.clock, "it.mau", "H00"))
        after = office.roster()
        assert after is not None
        assert after["people"] == before["people"]
        assert office.roster() == after, "once is enough"
        return int(after["version"])

    first = restore()
    assert first > 100_000, "above all that the life which was lost can have told"
    office.clock.now += timedelta(minutes=5)
    assert restore() >= first + 5, "and above those of an earlier restoration from the same backup"


def test_a_trail_that_goes_back_raises_one_alarm_and_goes_on_once_that_is_settled(office: Office) -> None:
    minute = timedelta(minutes=1)
    assert office.hear(head(5, NOON), head(9, NOON + minute)) == [Verdict.KEPT, Verdict.KEPT]
    assert office.hear(head(5, NOON)) == [Verdict.KEPT]  # overtaken in the line
    late = NOON + timedelta(hours=1)
    assert office.hear(head(6, late), head(7, late + minute)) == [Verdict.WENT_BACK] * 2
    assert office.hear(head(9, late, "f" * 64)) == [Verdict.REWRITTEN]

    async def settle_all(_e: Enrolments, _r: Rosters, trails: Trails) -> list[bool]:
        async with trails._ledger.transaction(TrailBooks) as books:
            open_before = await books.unsettled("T01")
            done = [await books.settle(number, "it.mau", "restored", late.isoformat()) for number in (1, 2, 1)]
            assert (open_before, await books.unsettled("T01")) == (2, 0)
            return done

    office.clock.now = late
    assert office.run(settle_all) == [True, True, False]
    office.clock.now = late + minute
    assert office.hear(head(7, late + minute), head(8, late + 2 * minute)) == [Verdict.KEPT] * 2


def test_an_alarm_about_a_key_says_nothing_of_the_trail_and_settling_it_begins_no_new_count(office: Office) -> None:
    assert office.hear(head(9, NOON)) == [Verdict.KEPT]

    async def settle(_e: Enrolments, _r: Rosters, trails: Trails) -> int:
        async with trails._ledger.transaction(TrailBooks) as books:
            await books.raise_alarm("T01", FIRST_REQUEST_KEY, None, "", NOON.isoformat())
            told = await books.unsettled("T01")
            assert await books.settle(1, "it.mau", "installed anew", (NOON + timedelta(hours=1)).isoformat())
            return told

    assert office.run(settle) == 0
    assert office.hear(head(3, NOON + timedelta(hours=2))) == [Verdict.WENT_BACK]


def test_the_key_that_came_with_the_enrolment_is_the_only_one(office: Office) -> None:
    office.take(office.invite())
    assert office.hear(head(1, NOON)) == [Verdict.OTHER_KEY]


def test_an_alarm_never_reaches_past_the_head() -> None:
    assert read_head("x" * 1000) is Verdict.MALFORMED
    assert read_head("") is Verdict.MALFORMED
    good = read_head(head(3, NOON))
    assert isinstance(good, Head)
    assert read_head(head(3, NOON).replace("|3|", "|4|")) is Verdict.BAD_SIGNATURE
    assert judge(good, Known()) is Verdict.KEPT
    assert judge(good, Known(key="another")) is Verdict.OTHER_KEY


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("AGE-SECRET-KEY-1QQ", "private half"),
        (AGE[:-1], "61 letters"),
        (AGE[:-1] + "b", "never 1, b, i or o"),
        ("ssh-ed25519", "not the public half"),
    ],
)
def test_a_wrong_recovery_key_is_told_and_never_repeated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], given: str, told: str
) -> None:
    assert main(["recovery-key", "--data", str(tmp_path / "hub"), "--set", given]) != 0
    said = capsys.readouterr().err
    assert told in said
    assert given not in said
    assert main(["recovery-key", "--data", str(tmp_path / "hub")]) == 0
    assert json.loads(capsys.readouterr().out) == {"recovery_key": None}


def test_a_station_is_invited_enrolled_and_heard_by_the_real_hub(
    own_hub: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    def say(word: str, *more: str, status: int = 0) -> Any:
        assert main([word, "--data", str(own_hub.data), *more]) == status
        said = capsys.readouterr().out
        return json.loads(said) if said.strip() else None

    added = ("--id", "canbo.mau", "--name", "Trần Thị Mẫu", "--role", "officer", "--station", "T07")
    assert say("people-add", *added)["first_passphrase"]
    assert say("recovery-key", "--set", AGE) == {"recovery_key": AGE}
    invited = say("invite", "--station", "T07")
    own_hub.start({})
    stranger = own_hub.station(token="none")
    answer = stranger.post("/v1/enrolments", json={"code": invited["code"], **KEYS})
    assert (answer.status_code, answer.json()["recovery_key"]) == (201, AGE)
    assert answer.json()["roster"]["people"][0]["id"] == "canbo.mau"
    station = own_hub.station(token=answer.json()["token"])
    told = station.get("/v1/station?nonce=0123456789abcdef", headers={"Station-Trail-Head": head(1, NOON)})
    assert (told.status_code, told.headers["Station-Trail"]) == (200, "other_key")
    assert say("alarms", status=1)["kind"] == "other_key"
    say("settle", "--alarm", "1", "--by", "it.mau", "--note", "tried out")
    assert say("alarms")["settled_by"] == "it.mau"
    say("station-shut-out", "--station", "T07", "--by", "it.mau", "--reason", "stolen")
    assert station.get("/v1/roster").status_code == 403
    log = own_hub.log.read_text()
    assert answer.json()["token"] not in log
    assert "Mẫu" not in log


def test_an_enrolment_file_opens_with_its_code_and_says_the_same(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data, file = tmp_path / "hub", tmp_path / "T08.enrolment"
    asked = ["enrolment-file", "--data", str(data), "--station", "T08", "--out", str(file)]
    assert main([*asked, "--url", "https://hub.example"]) == 0
    secret, content = secret_of(json.loads(capsys.readouterr().out)["code"]), file.read_bytes()
    assert secret is not None
    key = HKDF(SHA256(), 32, None, b"digital-station/1/enrolment-file").derive(secret.encode())
    told = json.loads(AESGCM(key).decrypt(content[4:16], content[16:], content[:4]))
    assert (told["station"], told["hub_url"], told["roster"]) == ("T08", "https://hub.example", None)
    assert Office(data).owner_of(told["token"]) == "T08"
    assert main(asked) == 2
    assert "there already" in capsys.readouterr().err
