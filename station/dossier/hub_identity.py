"""What a station is known by at its hub: a token, and the key that signs with it; and how that stands."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class HubIdentity:
    """`seed` is that of the Ed25519 request key. Neither is ever shown."""

    token: str = field(repr=False)
    seed: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class HubIdentities:
    """All that this station may be known by: the one in use, and those that a hub may count on instead.

    `following` is made long before it is used, so that a station that was brought back from a backup has it. `former`
    is kept for a hub that was brought back from one.
    """

    current: HubIdentity
    following: HubIdentity
    former: HubIdentity | None = None

    @property
    def every(self) -> tuple[HubIdentity, ...]:
        return tuple(one for one in (self.current, self.following, self.former) if one is not None)


@dataclass(frozen=True, slots=True)
class AccessStanding:
    """Since when key and token count, None before the hub has heard of them; whether others are on their way."""

    changed_at: datetime | None
    change_wanted: bool
