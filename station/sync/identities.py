"""By what else the hub may know the station, where it does not know the token or the key that it was asked with."""

from __future__ import annotations

from collections.abc import Sequence

from station.dossier.hub_identity import HubIdentity


def other_identity(tried: Sequence[HubIdentity], spares: Sequence[HubIdentity], code: str) -> HubIdentity | None:
    """Another token where it does not know that, another key where it does not know that; None: nothing is left.

    `code` is the hub's; empty where its answer cannot say one. A token may have been changed and the key not yet, or
    the other way round.
    """
    first, last, tokens = tried[0], tried[-1], {one.token for one in tried}
    every = (first, *spares)
    mixed = [HubIdentity(one.token, other.seed) for one in every for other in every]
    match code:
        case "auth.unknown_station":
            left = [one for one in mixed if one.token not in tokens and one.seed == first.seed]
        case "auth.signature":
            left = [one for one in mixed if one.token == last.token and one not in tried]
        case "":
            left = [one for one in mixed if one not in tried]
        case _:
            left = []
    return left[0] if left else None
