"""The contract's example exchanges, replayed against the real hub, and its schemas and vectors."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import re
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from provincial_hub import toml_sections
from provincial_hub.contract import validator
from provincial_hub.keeping.database import open_database
from provincial_hub.keeping.enrolment_books import EnrolmentBooks
from provincial_hub.keeping.ledger import Ledger
from provincial_hub.receipts import Signer, canonical
from provincial_hub.settings import DataFolder
from provincial_hub.stations.invitation_code import code_of, sealed_file, secret_of

CONTRACT = Path(__file__).parents[2] / "contract" / "v1"
KINDS = {"roster", "enrolment", "standing"}
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
        request, expected = exchange["request"], exchange["response"]
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


@pytest.mark.parametrize("name", sorted(file.name for file in CONTRACT.glob("*.schema.json")))
def test_the_schema_is_sound_and_its_references_exist(name: str) -> None:
    with pytest.raises(Exception, match=r"is not valid|is not of type"):
        validator(name).validate("neither an event nor an answer")


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


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_the_hub_signs_the_documents_of_the_vectors_as_the_contract_says(kind: str) -> None:
    vector = json.loads((CONTRACT / "vectors" / f"{kind}.json").read_text(encoding="utf-8"))
    signer = Signer(Ed25519PrivateKey.from_private_bytes(bytes(range(32))))
    document = vector[kind]
    facts = {name: value for name, value in document.items() if name not in ("key_id", "signature")}
    assert signer.sign(facts) == document
    validator(f"{kind}.schema.json").validate(document)


def test_an_invitation_s_code_and_its_file_are_those_of_the_vector() -> None:
    vector = json.loads((CONTRACT / "vectors" / "enrolment.json").read_text(encoding="utf-8"))
    key = base64.b64decode(vector["public_key"])
    assert code_of(vector["secret"], key) == vector["code"]
    assert secret_of(vector["as_typed"]) == vector["secret"]
    file = sealed_file(vector["enrolment"], vector["secret"], bytes(range(12)))
    assert base64.b64encode(file).decode() == vector["file_base64"]


def _set_up(hub: Any, example: dict[str, Any]) -> None:
    """Name the people and give out the invitations that the example speaks of."""
    data = DataFolder(hub.data)
    for station, people in example.get("people", {}).items():
        for one in people:
            toml_sections.put(
                data.people, one["id"], {"name": one["name"], "roles": one["roles"], "stations": [station]}
            )
    for station, secret in example.get("invitations", {}).items():
        asyncio.run(_invite(data, station, secret))


async def _invite(data: DataFolder, station: str, secret: str) -> None:
    ledger = Ledger(await open_database(data.database))
    digest = hashlib.sha256(secret.encode()).hexdigest()
    async with ledger.transaction(EnrolmentBooks) as books:
        await books.invite(station, digest, "2026-11-20T08:00:00+07:00", "2999-01-01T00:00:00+07:00")
    await ledger.close()


def _renamed(example: str, one: str, other: str) -> str:
    """The example with stations and a dossier that the shared hub has not met."""
    return example.replace("T01", one).replace("T02", other).replace("0b5f8f6e", one)
