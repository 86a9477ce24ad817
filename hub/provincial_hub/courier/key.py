"""The key that opens parcels: an age identity that every node with the hub's signing key has, without another file."""

from __future__ import annotations

from typing import Any

import pyrage

from provincial_hub.receipts import Signer

_INFO = b"digital-station/1/courier"
_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_GENERATORS = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def identity_of(signer: Signer) -> pyrage.x25519.Identity:
    """HKDF-SHA-256 of the signing key: one tells nothing about the other."""
    return pyrage.x25519.Identity.from_str(_bech32("age-secret-key-", signer.derived(_INFO)).upper())


def courier_key(signer: Signer) -> str:
    """The public half, to which stations encrypt."""
    return str(identity_of(signer).to_public())


def courier_document(signer: Signer, station: str, at: str) -> dict[str, Any]:
    """The signed word on it for a station that has no line and was enrolled before there was one."""
    return signer.sign({"kind": "courier", "station": station, "at": at, "courier_key": courier_key(signer)})


def _bech32(prefix: str, content: bytes) -> str:
    """BIP 173, as age writes its keys."""
    number = int.from_bytes(content, "big") << -len(content) * 8 % 5
    count = (len(content) * 8 + 4) // 5
    values = [number >> 5 * place & 31 for place in reversed(range(count))]
    spread = [ord(letter) >> 5 for letter in prefix] + [0] + [ord(letter) & 31 for letter in prefix]
    check = _polymod([*spread, *values, 0, 0, 0, 0, 0, 0]) ^ 1
    values += [check >> 5 * place & 31 for place in reversed(range(6))]
    return f"{prefix}1{''.join(_LETTERS[value] for value in values)}"


def _polymod(values: list[int]) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for place, generator in enumerate(_GENERATORS):
            check ^= generator if top >> place & 1 else 0
    return check
