"""The station reads the signed documents of the contract's vectors, and believes nothing that differs in one place."""

from __future__ import annotations

import base64
import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from station.dossier.enrolment import EnrolmentCode, checked_enrolment, open_enrolment_file, signed_roster
from station.dossier.people import Role
from station.errors import HubError, InputError
from station.store.people.passphrases import Passphrases
from station.sync.changes import read_changes
from station.sync.standing import read_standing

VECTORS = Path(__file__).parents[2] / "contract" / "v1" / "vectors"


def vector(name: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads((VECTORS / f"{name}.json").read_text(encoding="utf-8"))
    return told


def key_of(told: dict[str, Any]) -> bytes:
    return base64.b64decode(told["public_key"])


def test_the_roster_of_the_vector_is_read() -> None:
    told = vector("roster")
    roster = signed_roster(told["roster"], key_of(told), "T01")
    officer, head = roster.person("canbo.mau"), roster.person("lanhdao.mau")
    assert (roster.version, officer.change_first, head.roles) == (7, True, {Role.IT, Role.SUPERVISOR})
    assert roster.four_eyes == {"discard"}
    assert Passphrases().is_right(officer.verifier, "mẫu-thử-1234")
    assert not Passphrases().is_right(officer.verifier, "mẫu-thử-1235")


def test_the_enrolment_of_the_vector_is_read_from_the_line_and_from_the_file() -> None:
    told = vector("enrolment")
    code = EnrolmentCode.parse(told["as_typed"])
    assert (code.secret, code.fingerprint) == (told["secret"], told["fingerprint"])
    enrolment = checked_enrolment(told["enrolment"], code)
    assert (enrolment.station, enrolment.hub_key) == ("T01", key_of(told))
    assert open_enrolment_file(base64.b64decode(told["file_base64"]), code) == told["enrolment"]


def test_the_standing_of_the_vector_is_read() -> None:
    told = vector("standing")
    content = json.dumps(told["standing"]).encode()
    standing = read_standing(content, "T01", told["standing"]["nonce"], key_of(told))
    assert (standing.highest_seq, standing.document["trail"]["seq"]) == (41, 3)
    with pytest.raises(HubError, match=r"hub\.bad_receipt"):
        read_standing(content, "T01", "another-nonce-of-now", key_of(told))


def feed(told: dict[str, Any], changes: list[dict[str, Any]]) -> bytes:
    return json.dumps({"changes": changes, "cursor": len(changes), "more": False}).encode()


def test_the_changes_of_the_vector_are_read_and_one_of_a_later_contract_among_them() -> None:
    told = vector("change")
    batch = read_changes(feed(told, told["changes"]), "T01", 0, key_of(told))
    assert [(one.cursor, one.subject) for one in batch.changes] == [
        (one["cursor"], one["subject"]) for one in told["changes"]
    ]
    assert batch.changes[-1].subject == "weather"


@pytest.mark.parametrize("other", [{"station": "T02"}, {"cursor": 2}, {"subject": "dossier.state"}, {"kind": "roster"}])
def test_a_change_that_was_changed_is_refused(other: dict[str, Any]) -> None:
    told = vector("change")
    changes = [{**told["changes"][0], **other}, *told["changes"][1:]]
    with pytest.raises(HubError, match=r"hub\.bad_change"):
        read_changes(feed(told, changes), "T01", 0, key_of(told))


def changed(document: dict[str, Any], change: Callable[[dict[str, Any]], Any]) -> dict[str, Any]:
    made = copy.deepcopy(document)
    change(made)
    return made


@pytest.mark.parametrize(
    "change",
    [
        lambda one: one.update(version=8),
        lambda one: one.update(station="T02"),
        lambda one: one.update(kind="enrolment"),
        lambda one: one.update(expires_at="2036-12-20T08:00:00+07:00"),
        lambda one: one["people"][0]["roles"].append("supervisor"),
        lambda one: one["people"].pop(),
        lambda one: one.update(key_id="0" * 16),
        lambda one: one.pop("signature"),
    ],
)
def test_a_roster_that_was_changed_is_refused(change: Callable[[dict[str, Any]], Any]) -> None:
    told = vector("roster")
    with pytest.raises(InputError, match=r"roster\."):
        signed_roster(changed(told["roster"], change), key_of(told), "T01")


def test_an_enrolment_by_another_hub_is_refused_by_the_code() -> None:
    told = vector("enrolment")
    other = told["code"][:-4] + ("AAAA" if not told["code"].endswith("AAAA") else "BBBB")
    with pytest.raises(InputError, match=r"roster\.wrong_code"):
        checked_enrolment(told["enrolment"], EnrolmentCode.parse(other))
