"""Challenge and answer with a key in software, made of the library's own parts; no real key is asked."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from fido2 import cbor
from fido2.cose import ES256
from fido2.webauthn import (
    AuthenticationResponse,
    AuthenticatorAssertionResponse,
    AuthenticatorData,
    CollectedClientData,
    PublicKeyCredentialRequestOptions,
)

from station.dossier.people import Credential, Person, Role
from station.errors import StationError
from station.factors.security_key import ORIGIN, RP_ID, SecurityKeys


@dataclass
class SoftwareKey:
    """Answers as a key does that was touched."""

    id: bytes = b"khoa-mau-00000001"
    private: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    count: int = 0
    origin: str = ORIGIN
    touched: bool = True
    replayed: bytes = b""

    @property
    def credential(self) -> Credential:
        return Credential(self.id, cbor.encode(dict(ES256.from_cryptography_key(self.private.public_key()))))

    def answer(self, options: PublicKeyCredentialRequestOptions) -> AuthenticationResponse:
        assert options.allow_credentials is not None
        assert self.id in [one.id for one in options.allow_credentials]
        self.count += 1
        flags = AuthenticatorData.FLAG.UP if self.touched else AuthenticatorData.FLAG(0)
        data = AuthenticatorData.create(hashlib.sha256(RP_ID.encode()).digest(), flags, self.count)
        told = CollectedClientData.create(CollectedClientData.TYPE.GET, self.replayed or options.challenge, self.origin)
        signature = self.private.sign(data + told.hash, ec.ECDSA(SHA256()))
        response = AuthenticatorAssertionResponse(client_data=told, authenticator_data=data, signature=signature)
        return AuthenticationResponse(raw_id=self.id, response=response)


@dataclass
class Uses:
    """How often each key was used."""

    counts: dict[bytes, int] = field(default_factory=dict)

    def counter(self, credential: bytes) -> int:
        return self.counts.get(credential, 0)

    def count_use(self, credential: bytes, counter: int) -> None:
        self.counts[credential] = counter


def person(*keys: SoftwareKey) -> Person:
    credentials = tuple(key.credential for key in keys)
    return Person("it.mau", "Phạm Văn Máy Mẫu", frozenset({Role.IT}), credentials=credentials)


def refusal(key: SoftwareKey, whose: Person, uses: Uses | None = None) -> str:
    with pytest.raises(StationError) as caught:
        SecurityKeys(uses or Uses(), key.answer).prove(whose)
    return caught.value.code


def test_the_key_that_the_list_names_proves_its_person_each_time_anew() -> None:
    key, uses = SoftwareKey(), Uses()
    keys = SecurityKeys(uses, key.answer)
    keys.prove(person(key))
    keys.prove(person(key))
    assert uses.counts == {key.id: 2}


def test_a_key_of_somebody_else_with_the_same_name_proves_nothing() -> None:
    assert refusal(SoftwareKey(), person(SoftwareKey())) == "people.wrong_key"


@pytest.mark.parametrize(
    "key",
    [SoftwareKey(origin="https://hub.mau.example"), SoftwareKey(touched=False), SoftwareKey(replayed=bytes(32))],
    ids=["another place", "not touched", "an answer of yesterday"],
)
def test_an_answer_to_anything_else_proves_nothing(key: SoftwareKey) -> None:
    assert refusal(key, person(key)) == "people.wrong_key"


def test_a_copied_key_shows_when_its_counter_does_not_grow() -> None:
    key, uses = SoftwareKey(count=7), Uses()
    SecurityKeys(uses, key.answer).prove(person(key))
    key.count = 5
    assert refusal(key, person(key), uses) == "people.wrong_key"


def test_a_credential_that_is_none_is_a_mistake_in_the_list() -> None:
    broken = Person("it.mau", "Mẫu", frozenset({Role.IT}), credentials=(Credential(b"x" * 16, b"\x01"),))
    assert refusal(SoftwareKey(), broken) == "roster.malformed"
