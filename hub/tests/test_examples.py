"""The contract's example exchanges, replayed against the real hub, and its schemas and vectors."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from provincial_hub.cases.deeds import CaseDeeds
from provincial_hub.clock import vietnam_time
from provincial_hub.contract import validator
from provincial_hub.keeping.change_books import ChangeBooks
from provincial_hub.keeping.database import embedded, open_database
from provincial_hub.keeping.enrolment_books import EnrolmentBooks
from provincial_hub.keeping.ledger import Ledger
from provincial_hub.keeping.station_books import StationBooks
from provincial_hub.keeping.usage_books import UsageBooks
from provincial_hub.receipts import Signer, canonical
from provincial_hub.settings import Settings
from provincial_hub.stations.invitation_code import code_of, sealed_file, secret_of
from provincial_hub.stations.packs import Packs
from provincial_hub.stations.people import People, checked
from provincial_hub.stations.registry import digest_of
from provincial_hub.stations.request_signature import RequestFacts, read_signature, signed_text

CONTRACT = Path(__file__).parents[2] / "contract" / "v1"
KINDS = {"roster", "enrolment", "standing"}
WITH_VECTORS = sorted(KINDS)
EXAMPLES = sorted((CONTRACT / "examples").glob("*.json"))


def matches(expected: Any, got: Any, bound: dict[str, Any]) -> bool:
    """`<any>` stands for any value; `<any NAME>` for any value, and the same one wherever it stands again."""
    if isinstance(expected, str) and (named := re.fullmatch(r"<any(?: (.+))?>", expected)):
        return got is not None and (named[1] is None or bound.setdefault(named[1], got) == got)
    if isinstance(expected, dict) and isinstance(got, dict):
        return expected.keys() == got.keys() and all(matches(expected[key], got[key], bound) for key in expected)
    if isinstance(expected, list) and isinstance(got, list):
        return len(expected) == len(got) and all(matches(*pair, bound) for pair in zip(expected, got, strict=True))
    return bool(expected == got)


@pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: file.stem)
def test_the_hub_answers_as_the_example_says(hub: Any, file: Path) -> None:
    example = json.loads(_renamed(file.read_text(encoding="utf-8"), hub.one, hub.other))
    _set_up(hub, example)
    bound: dict[str, Any] = {}
    station = hub.station()
    station.headers.clear()
    for number, exchange in enumerate(example["exchanges"], 1):
        if "province" in exchange:
            asyncio.run(_done_in_between(hub, exchange["province"]["correct"]))
            continue
        request, expected = _with_known(exchange["request"], bound), exchange["response"]
        content = base64.b64decode(request["body_base64"]) if "body_base64" in request else None
        response = station.request(
            request["method"], request["path"], headers=request["headers"], json=request.get("json"), content=content
        )
        assert response.status_code == expected["status"], f"exchange {number}: {response.text}"
        for name, value in expected.get("headers", {}).items():
            assert matches(value, response.headers.get(name), bound), f"exchange {number}: {name}"
        if "json" in expected:
            assert matches(expected["json"], response.json(), bound), f"exchange {number}: {response.text}"
        if expected.get("json", {}).get("kind") in KINDS:
            validator(f"{response.json()['kind']}.schema.json").validate(response.json())
        if "answers" in expected.get("json", {}):
            for answer in response.json()["answers"]:
                validator("answer.schema.json").validate(answer)
        for change in expected.get("json", {}).get("changes", []) and response.json()["changes"]:
            validator("change.schema.json").validate(change)


@pytest.mark.parametrize("name", sorted(file.name for file in CONTRACT.glob("*.schema.json")))
def test_the_schema_is_sound_and_its_references_exist(name: str) -> None:
    with pytest.raises(Exception, match=r"is not valid|is not of type"):
        validator(name).validate("neither an event nor an answer")


def test_every_schema_goes_with_the_installed_hub() -> None:
    told = tomllib.loads((CONTRACT.parents[1] / "hub" / "pyproject.toml").read_text(encoding="utf-8"))
    included = told["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    packaged = {Path(file).name for file in included.values()}
    assert {file.name for file in CONTRACT.glob("*.schema.json")} <= packaged


def test_the_hub_writes_canonical_json_as_the_vectors_say() -> None:
    cases = json.loads((CONTRACT / "vectors" / "canonical.json").read_text(encoding="utf-8"))["cases"]
    for case in cases:
        assert canonical(case["value"]).decode("utf-8") == case["canonical"]
        assert hashlib.sha256(canonical(case["value"])).hexdigest() == case["sha256"]


def test_the_hub_signs_the_receipt_of_the_vector_as_the_contract_says() -> None:
    vector = json.loads((CONTRACT / "vectors" / "receipt.json").read_text(encoding="utf-8"))
    signer = Signer(Ed25519PrivateKey.from_private_bytes(base64.b64decode(vector["private_key"])))
    facts = {name: value for name, value in vector["receipt"].items() if name not in ("key_id", "signature")}
    assert signer.public_key == vector["public_key"]
    assert signer.sign(facts) == vector["receipt"]
    validator("receipt.schema.json").validate(vector["receipt"])
    assert not signer.vouches_for({**vector["receipt"], "seq": 2})


@pytest.mark.parametrize("kind", WITH_VECTORS)
def test_the_hub_signs_the_documents_of_the_vectors_as_the_contract_says(kind: str) -> None:
    vector = json.loads((CONTRACT / "vectors" / f"{kind}.json").read_text(encoding="utf-8"))
    signer = Signer(Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
    document = vector[kind]
    facts = {name: value for name, value in document.items() if name not in ("key_id", "signature")}
    assert signer.sign(facts) == document
    validator(f"{kind}.schema.json").validate(document)


def test_the_hub_signs_changes_of_every_subject_as_the_vector_says() -> None:
    vector = json.loads((CONTRACT / "vectors" / "change.json").read_text(encoding="utf-8"))
    signer = Signer(Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
    for cursor, change in enumerate(vector["changes"], 1):
        facts = {name: value for name, value in change.items() if name not in ("key_id", "signature")}
        assert signer.sign(facts) == change
        assert change["cursor"] == cursor
        validator("change.schema.json").validate(change)
    subjects = {
        rule["if"]["properties"]["subject"]["const"] for rule in validator("change.schema.json").schema["allOf"]
    }
    assert subjects < {change["subject"] for change in vector["changes"]}


def test_the_hub_takes_the_signed_requests_of_the_vector_and_none_that_differs_in_one_place() -> None:
    vector = json.loads((CONTRACT / "vectors" / "request.json").read_text(encoding="utf-8"))
    key, token = base64.b64decode(vector["public_key"]), vector["token"]
    for case in vector["cases"]:
        method, target, offset = case["method"], case["target"], case["upload_offset"]
        digest = case["text"].rpartition("\n")[2]
        if digest != "-":
            assert digest == hashlib.sha256(base64.b64decode(case["body_base64"])).hexdigest()
        assert (
            signed_text(RequestFacts(token, method, target, offset), case["created"], digest).decode() == case["text"]
        )
        signature = read_signature(case["header"])
        assert signature
        assert signature.covers(RequestFacts(token, method, target, offset), digest, key)
        for other in (
            RequestFacts("token-of-T02", method, target, offset),
            RequestFacts(token, "DELETE", target, offset),
            RequestFacts(token, method, f"{target}?x", offset),
            RequestFacts(token, method, target, "1"),
        ):
            assert not signature.covers(other, digest, key)
        assert not signature.covers(RequestFacts(token, method, target, offset), "0" * 64, key)
        later = read_signature(case["header"].replace("08:15:00", "08:15:01"))
        assert later
        assert not later.covers(RequestFacts(token, method, target, offset), digest, key)


def test_another_key_is_proven_as_the_vector_says() -> None:
    vector = json.loads((CONTRACT / "vectors" / "request.json").read_text(encoding="utf-8"))
    told = vector["new_key"]
    signature = read_signature(f"TSQ1|{told['created']}|{'A' * 86}")
    assert signature
    new_key, proof = told["request"]["request_key"], told["request"]["proof"]
    validator("request_key.schema.json").validate(told["request"])
    assert signature.proves_new_key(proof, vector["station"], new_key)
    assert not signature.proves_new_key(proof, "T02", new_key)
    assert not signature.proves_new_key(proof, vector["station"], vector["public_key"])
    assert not signature.proves_new_key("A" * 86, vector["station"], new_key)


@pytest.mark.parametrize(
    "header",
    ["", "TSQ1", "TSQ2|2026-11-23T08:15:00+07:00|" + "A" * 86, "TSQ1|2026-11-23T08:15:00|" + "A" * 86,
     "TSQ1|yesterday|" + "A" * 86, "TSQ1|2026-11-23T08:15:00+07:00|" + "A" * 85,
     "TSQ1|2026-11-23T08:15:00+07:00|" + "=" * 86],
)  # fmt: skip
def test_a_header_that_is_no_signature_is_told_from_one(header: str) -> None:
    assert read_signature(header) is None


def test_an_invitation_s_code_and_its_file_are_those_of_the_vector() -> None:
    vector = json.loads((CONTRACT / "vectors" / "enrolment.json").read_text(encoding="utf-8"))
    key = base64.b64decode(vector["public_key"])
    assert code_of(vector["secret"], key) == vector["code"]
    assert secret_of(vector["as_typed"]) == vector["secret"]
    file = sealed_file(vector["enrolment"], vector["secret"], bytes(range(12)))
    assert base64.b64encode(file).decode() == vector["file_base64"]


def _with_known(part: Any, bound: dict[str, Any]) -> Any:
    """A request that names what an earlier answer brought: `<any NAME>`."""
    if isinstance(part, dict):
        return {key: _with_known(value, bound) for key, value in part.items()}
    if isinstance(part, list):
        return [_with_known(one, bound) for one in part]
    named = re.fullmatch(r"<any (.+)>", part) if isinstance(part, str) else None
    return bound[named[1]] if named else part


@dataclass(frozen=True)
class Supervisor:
    """Somebody at the province, of every commune."""

    id: str
    roles: frozenset[str] = frozenset({"supervisor"})

    def may_see(self, station: str) -> bool:
        return bool(station)


async def _done_in_between(hub: Any, told: dict[str, Any]) -> None:
    settings = Settings.load(hub.data, {})
    ledger = Ledger(await open_database(embedded(settings.data.database), 1))
    deeds = CaseDeeds(ledger, Signer.open(settings.key), vietnam_time)
    await deeds.correct(Supervisor(told["by"]), told["dossier_id"], told["version"], told["texts"], told["reason"])
    await ledger.close()


def _set_up(hub: Any, example: dict[str, Any]) -> None:
    """Do what the province has done before the example begins, beside the running hub."""
    if set(example) - {"title", "exchanges", "stations"}:
        asyncio.run(_done_before(hub, example))


async def _done_before(hub: Any, example: dict[str, Any]) -> None:
    settings = Settings.load(hub.data, {})
    signer, at = Signer.open(settings.key), vietnam_time().isoformat()
    ledger = Ledger(await open_database(embedded(settings.data.database), 1))
    for station, people in example.get("people", {}).items():
        named = [
            checked(one["id"], {"name": one["name"], "roles": one["roles"], "stations": [station]}) for one in people
        ]
        await People(ledger, vietnam_time).put(named)
    for station, packs in example.get("packs", {}).items():
        for content in packs:
            await Packs(ledger, signer, vietnam_time).offer(base64.b64decode(content), [station])
    async with ledger.transaction(StationBooks) as stations:
        for station, key in example.get("request_keys", {}).items():
            await stations.enrol(station, digest_of(example["stations"][station]), {"request_key": key}, at)
        for station in example.get("shut_out", []):
            await stations.change(station, shut_out_at=at)
    async with ledger.transaction(ChangeBooks) as changes:
        for station, told in example.get("told", {}).items():
            for one in told:
                await changes.tell(station, one["subject"], one["body"], at, signer)
    async with ledger.transaction(UsageBooks) as usage:
        for station, used in example.get("used", {}).items():
            await usage.use(station, "bytes", f"{vietnam_time():%Y-%m-%d}", used["bytes"])
    async with ledger.transaction(EnrolmentBooks) as invitations:
        for station, secret in example.get("invitations", {}).items():
            digest = hashlib.sha256(secret.encode()).hexdigest()
            await invitations.invite(station, digest, "2026-11-20T08:00:00+07:00", "2999-01-01T00:00:00+07:00")
    await ledger.close()


def _renamed(example: str, one: str, other: str) -> str:
    """The example with stations and a dossier that the shared hub has not met."""
    return example.replace("T01", one).replace("T02", other).replace("0b5f8f6e", one)
