"""The hub's key for parcels, as it tells it: in a file, in the enrolment or in its standing, and always signed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Protocol

from station.dossier.signed_document import check_signature
from station.errors import InputError
from station.outside_file import read_outside
from station.strict_json import strict_json
from station.sync.standing import fresh_nonce, read_standing

KIND = "courier"
_MOST_BYTES = 16 << 10
_RECIPIENT = re.compile(r"age1[02-9ac-hj-np-z]{58}")


class StandingHub(Protocol):
    def standing(self, nonce: str) -> bytes: ...


class AskCourierKey:
    """The errand: nothing is asked of a hub whose key is known."""

    def __init__(
        self, hub: StandingHub, known: Callable[[], str | None], learn: Callable[[str], None], station: str, key: bytes
    ) -> None:
        self._hub, self._known, self._learn, self._station, self._key = hub, known, learn, station, key

    def __call__(self) -> bool:
        """Raises `HubError`. A hub that tells none is an older one."""
        if self._known() is None:
            nonce = fresh_nonce()
            told = key_in(read_standing(self._hub.standing(nonce), self._station, nonce, self._key).document)
            if told is not None:
                self._learn(told)
        return False


def key_in(document: Mapping[str, Any]) -> str | None:
    """What a signed document tells of it, whose signature has been checked."""
    told = document.get("courier_key")
    return told if isinstance(told, str) and _RECIPIENT.fullmatch(told) else None


def read_key_file(file: Path, station: str, authority: bytes) -> str:
    """Raises `InputError`: `courier.not_signed`, `courier.other_station`; and as `read_outside` does."""
    try:
        document = strict_json(read_outside(file, _MOST_BYTES, follow=True), _MOST_BYTES)
    except ValueError as error:
        raise InputError("courier.not_signed") from error
    if not isinstance(document, dict):
        raise InputError("courier.not_signed")
    try:
        check_signature(document, KIND, authority)
    except InputError as error:
        raise InputError("courier.not_signed") from error
    if document.get("station") != station:
        raise InputError("courier.other_station")
    told = key_in(document)
    if told is None:
        raise InputError("courier.not_signed")
    return told
