"""A pack of procedures comes in pieces, goes on where the line broke, and is taken only whole and as it was signed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field

import pytest

from station.errors import HubError
from station.sync.procedure_packs import PIECE, FetchPack

PACK = bytes(range(256)) * 700


@dataclass
class Hub:
    """Gives what is asked for, but breaks off before the second piece, once."""

    content: bytes = PACK
    asked: list[int] = field(default_factory=list)

    def pack(self, sha256: str, offset: int, length: int | None = None) -> bytes:
        self.asked.append(offset)
        if self.asked.count(PIECE) == 1 and offset == PIECE:
            raise HubError("hub.broken_off")
        return self.content[offset : offset + (length or len(self.content))]


def fetching(hub: Hub, taken: list[bytes]) -> FetchPack:
    told = {"version": 2, "sha256": hashlib.sha256(PACK).hexdigest(), "size": len(PACK)}
    return FetchPack(hub, lambda: told, lambda: hashlib.sha256(b"".join(taken)).hexdigest(), taken.append)


def test_a_pack_goes_on_where_the_line_broke() -> None:
    hub, taken = Hub(), list[bytes]()
    fetch = fetching(hub, taken)
    assert fetch()
    with pytest.raises(HubError, match=r"hub\.broken_off"):
        fetch()
    while fetch():
        assert taken == []
    assert taken == [PACK]
    assert hub.asked == [0, PIECE, PIECE, 2 * PIECE]
    assert not fetch()
    assert len(hub.asked) == 4, "nothing is asked for twice"


def test_other_bytes_than_were_signed_are_not_taken_and_are_fetched_anew() -> None:
    hub, taken = Hub(PACK[:-1] + b"?"), list[bytes]()
    hub.asked.append(PIECE)
    fetch = fetching(hub, taken)
    for _ in range(len(PACK) // PIECE):
        assert fetch()
    with pytest.raises(HubError, match=r"hub\.bad_pack"):
        fetch()
    assert taken == []
    hub.content = PACK
    while fetch():
        pass
    assert taken == [PACK]
