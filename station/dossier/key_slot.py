"""One way of opening the station's keys (ngăn khóa), as those see it who look after the station."""

from __future__ import annotations

from dataclasses import dataclass

PASSPHRASE, KEYRING, TPM, RECOVERY = "passphrase", "keyring", "tpm", "recovery"


@dataclass(frozen=True, slots=True)
class KeySlot:
    """`whose` is the officer of a passphrase, or the public half of a recovery key."""

    kind: str
    whose: str
    genuine: bool | None
    """Whether it was made by somebody who had the keys; None where that cannot be said (first format, or locked)."""
