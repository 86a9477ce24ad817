"""The contract's vector of a parcel and its answer, by the hub's own keys and rules."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pyrage
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from provincial_hub.contract import validator
from provincial_hub.courier.key import courier_key, identity_of
from provincial_hub.courier.taking import Checking
from provincial_hub.courier.tape import Tape
from provincial_hub.errors import RefusedError
from provincial_hub.receipts import Signer

VECTOR: dict[str, Any] = json.loads(
    (Path(__file__).parents[2] / "contract" / "v1" / "vectors" / "parcel.json").read_text(encoding="utf-8")
)
SIGNER = Signer(Ed25519PrivateKey.from_private_bytes(base64.b64decode(VECTOR["private_key"])))


def read(tar: bytes) -> Checking:
    checking = Checking()
    tape = Tape(checking)
    tape.write(tar)
    tape.end()
    checking.end()
    return checking


def test_the_courier_key_follows_from_the_signing_key_and_opens_the_parcel() -> None:
    assert str(identity_of(SIGNER)) == VECTOR["hub_identity"]
    assert courier_key(SIGNER) == VECTOR["hub_courier_key"]
    tar = pyrage.decrypt(base64.b64decode(VECTOR["parcel_base64"]), [identity_of(SIGNER)])
    assert tar == base64.b64decode(VECTOR["tar_base64"])


def test_the_parcel_is_read_and_every_place_of_it_counts() -> None:
    tar = base64.b64decode(VECTOR["tar_base64"])
    manifest = read(tar).manifest
    assert manifest is not None
    assert (manifest.station, manifest.token, len(manifest.members)) == ("T01", VECTOR["token"], 3)
    validator("parcel.schema.json").validate(VECTOR["manifest"])
    used = [at for at, byte in enumerate(tar) if byte]  # what fills up a block means nothing
    for at in used[:: len(used) // 150]:
        changed = tar[:at] + bytes([tar[at] ^ 1]) + tar[at + 1 :]
        try:
            assert read(changed).manifest == manifest, "a header may say when a member was made, and by whom"
        except RefusedError:
            continue
        assert at % 512 < 345, at


def test_the_answer_is_signed_and_reaches_its_station_alone() -> None:
    answer = VECTOR["answer"]
    validator("parcel_answer.schema.json").validate(answer)
    assert SIGNER.sign({name: said for name, said in answer.items() if name not in {"key_id", "signature"}}) == answer
    content = base64.b64decode(VECTOR["answer_base64"])
    assert json.loads(pyrage.decrypt(content, [pyrage.x25519.Identity.from_str(VECTOR["station_identity"])])) == answer
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(content, [identity_of(SIGNER)])
