"""A FIDO2 key as the second factor: challenge and answer checked here, offline, by the public half in the roster.

Keys are asked over USB by CTAP (the `fido2` library). Tested with a key in software; with no real one yet.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from fido2 import cbor
from fido2.client import ClientError, DefaultClientDataCollector, Fido2Client
from fido2.cose import CoseKey
from fido2.ctap import CtapError
from fido2.hid import CtapHidDevice
from fido2.server import Fido2Server
from fido2.webauthn import (
    Aaguid,
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialDescriptor,
    PublicKeyCredentialRequestOptions,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialType,
    UserVerificationRequirement,
)

from station.dossier.people import Credential, Person
from station.errors import DeviceError, InputError, RuleError

RP_ID = "digital-station.invalid"
"""What keys are registered for, the same at every station; `.invalid` is nobody's on the Internet (RFC 2606)."""
ORIGIN = f"https://{RP_ID}"

Ask = Callable[[PublicKeyCredentialRequestOptions], AuthenticationResponse]
"""Has a key answer; waits for the touch. Raises `DeviceError`."""


class Counters(Protocol):
    """How often each key was used, as far as is known here."""

    def counter(self, credential: bytes) -> int: ...

    def count_use(self, credential: bytes, counter: int) -> None: ...


class SecurityKeys:
    """The second factor of people whose roster names a key."""

    def __init__(self, counters: Counters, ask: Ask | None = None) -> None:
        self._counters, self._ask = counters, ask or ask_over_usb
        self._server = Fido2Server(PublicKeyCredentialRpEntity(id=RP_ID, name="Trạm số"))

    def prove(self, person: Person) -> None:
        """Return once one of this person's keys has answered a fresh challenge.

        `RuleError("people.wrong_key")` for a wrong answer or a copied key; `DeviceError` where none answered.
        """
        known = [_attested(one) for one in person.credentials]
        options, state = self._server.authenticate_begin(
            [_descriptor(one) for one in person.credentials], UserVerificationRequirement.DISCOURAGED
        )
        answer = self._ask(options.public_key)
        try:
            used = self._server.authenticate_complete(state, known, answer)
        except ValueError as error:
            raise RuleError("people.wrong_key") from error
        count = answer.response.authenticator_data.counter
        if count and count <= self._counters.counter(used.credential_id):
            raise RuleError("people.wrong_key")  # somebody has a copy of it
        self._counters.count_use(used.credential_id, count)


def ask_over_usb(options: PublicKeyCredentialRequestOptions) -> AuthenticationResponse:
    """The first key that is plugged in."""
    try:
        devices: Sequence[CtapHidDevice] = list(CtapHidDevice.list_devices())
    except OSError as error:
        raise DeviceError("device.no_security_key") from error
    if not devices:
        raise DeviceError("device.no_security_key")
    try:
        client = Fido2Client(devices[0], DefaultClientDataCollector(ORIGIN))
        return client.get_assertion(options).get_response(0)
    except (ClientError, CtapError, OSError) as error:
        raise DeviceError("device.security_key_silent") from error
    finally:
        for device in devices:
            device.close()


def _attested(credential: Credential) -> AttestedCredentialData:
    try:
        key = cbor.decode(credential.public_key)
        if not isinstance(key, Mapping):
            raise InputError("roster.malformed", place="credentials")
        return AttestedCredentialData.create(Aaguid.NONE, credential.id, CoseKey.parse(key))
    except (ValueError, TypeError, KeyError) as error:
        raise InputError("roster.malformed", place="credentials") from error


def _descriptor(credential: Credential) -> PublicKeyCredentialDescriptor:
    return PublicKeyCredentialDescriptor(type=PublicKeyCredentialType.PUBLIC_KEY, id=credential.id)
