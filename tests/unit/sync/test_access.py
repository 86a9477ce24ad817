"""By what the hub knows the station: told, changed in time, and found again where both were brought back."""

from __future__ import annotations

import hashlib
import json
from datetime import datetime, timedelta

import httpx
import pytest

from station.clock import VIETNAM
from station.dossier.hub_identity import HubIdentities, HubIdentity
from station.errors import HubError
from station.sync.access import CHANGED_EVERY, KeepAccess
from station.sync.answers import NotAnnounced
from station.sync.hub_client import HubClient
from station.sync.identities import other_identity
from station.sync.request_signature import HEADER, RequestSigner

AUTHORITY, ENROLLED = b"the hub", "token-of-enrolment"
NOW = datetime(2026, 11, 23, 8, 0, tzinfo=VIETNAM)
FORMER, CURRENT, NEXT = (HubIdentity(f"token-{at}", bytes([at]) * 32) for at in range(3))
STRANGER = HubIdentity("token-of-nobody", bytes([9]) * 32)


class ModelHub(httpx.BaseTransport):
    """The contract's rules for tokens and keys, over tokens alone: a signature is known by who made it."""

    def __init__(self, token: str, seed: bytes) -> None:
        self.tokens, self.next, self.key = token, "", public(seed)
        self.asked: list[tuple[str, int]] = []
        self.lost = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        status, code = self._judged(request)
        self.asked.append((request.url.path, status))
        if self.lost:
            self.lost -= 1
            raise httpx.ReadError("the answer is lost")
        body = json.dumps({"error": {"code": code, "message": "-"}}).encode() if code else b""
        return httpx.Response(status, stream=httpx.ByteStream(b"" if request.method == "HEAD" else body))

    def _judged(self, request: httpx.Request) -> tuple[int, str]:
        token = request.headers["Authorization"].removeprefix("Bearer ")
        digest = hashlib.sha256(token.encode()).hexdigest()
        if token != self.tokens and digest != self.next:
            return 401, "auth.unknown_station"
        signed_by = self.signers[request.headers[HEADER]]
        told = json.loads(request.content or b"{}")
        if signed_by != self.key:
            return 401, "auth.signature"
        if digest == self.next:
            self.tokens, self.next = token, ""
        if request.url.path == "/v1/station/keys":
            self.key = told["request_key"]
        elif request.url.path == "/v1/station/token":
            own = hashlib.sha256(self.tokens.encode()).hexdigest()
            self.next = told["token_sha256"] if told["token_sha256"] != own else self.next
        else:
            return 304 if request.method == "GET" else 404, ""
        return 204, ""

    signers: dict[str, str] = {}  # noqa: RUF012 – one register for all hubs of this file


class Signer(RequestSigner):
    def header(self, asked: object, created: str) -> str:
        made = super().header(asked, created)  # type: ignore[arg-type]
        ModelHub.signers[made] = self.public
        return made

    def with_seed(self, seed: bytes) -> RequestSigner:
        return Signer(seed, self._now)


def public(seed: bytes) -> str:
    return RequestSigner(seed, lambda: NOW).public


class KeptAccess:
    """What the store keeps, in memory."""

    def __init__(self, held: HubIdentities, *, told: bool = True) -> None:
        self.held, self.is_there, self.wanted = held, told, False
        self.since: datetime | None = NOW if told else None

    def identities(self, enrolled: str) -> HubIdentities:
        assert enrolled == ENROLLED
        return self.held

    def change_wanted(self) -> bool:
        return self.wanted

    def want_change(self) -> None:
        self.wanted = True

    def changed_at(self) -> datetime | None:
        return self.since

    def is_told(self, authority: bytes, enrolled: str) -> bool:
        return self.is_there and (authority, enrolled) == (AUTHORITY, ENROLLED)

    def told(self, authority: bytes, enrolled: str) -> None:
        assert (authority, enrolled) == (AUTHORITY, ENROLLED)
        self.is_there, self.since = True, NOW

    def took(self, authority: bytes, enrolled: str, identity: HubIdentity) -> None:
        if identity == self.held.following:
            self.held = HubIdentities(identity, STRANGER, self.held.current)
            self.wanted, self.since = False, NOW


class Counter:
    """A station at its hub: the real client and the real errand."""

    def __init__(self, hub: ModelHub, access: KeptAccess, now: datetime = NOW) -> None:
        self.access = access
        self.client = HubClient(
            "https://hub.mau",
            access.held.current.token,
            transport=hub,
            signer=Signer(access.held.current.seed, lambda: NOW),
            spares=lambda: access.held.every,
        )
        self.keep = KeepAccess(self.client, access, AUTHORITY, "T01", ENROLLED, lambda: now)


def test_a_key_that_the_hub_was_never_told_is_told_once() -> None:
    hub, access = ModelHub(CURRENT.token, CURRENT.seed), KeptAccess(HubIdentities(CURRENT, NEXT), told=False)
    counter = Counter(hub, access)
    assert counter.keep() is counter.keep() is False
    assert hub.asked == [("/v1/station/keys", 204)]


@pytest.mark.parametrize("later", [CHANGED_EVERY, -CHANGED_EVERY, timedelta(days=3650), -timedelta(days=3650)])
def test_both_are_changed_in_time_whatever_the_clock_says(later: timedelta) -> None:
    hub, access = ModelHub(CURRENT.token, CURRENT.seed), KeptAccess(HubIdentities(CURRENT, NEXT))
    early = Counter(hub, access, NOW + later * 0.99 if abs(later) == CHANGED_EVERY else NOW)
    assert early.keep() is False
    assert hub.asked == []
    counter = Counter(hub, access, NOW + later * 1.01)
    while counter.keep():
        pass
    assert (hub.tokens, hub.key, hub.next) == (NEXT.token, public(NEXT.seed), "")
    assert access.held == HubIdentities(NEXT, STRANGER, CURRENT)
    assert counter.client.identity == NEXT
    assert len(hub.asked) < 10


@pytest.mark.parametrize("lost_at", range(8))
def test_an_answer_that_is_lost_costs_nothing(lost_at: int) -> None:
    hub, access = ModelHub(CURRENT.token, CURRENT.seed), KeptAccess(HubIdentities(CURRENT, NEXT))
    access.want_change()
    counter = Counter(hub, access)
    while access.wanted:
        hub.lost = len(hub.asked) == lost_at
        if hub.lost:
            with pytest.raises(HubError, match=r"hub\.broken_off"):
                counter.keep()
            assert Counter(hub, access).client.changes(0) is None, "who starts anew is heard"
        else:
            counter.keep()
    assert (hub.tokens, hub.key) == (NEXT.token, public(NEXT.seed))


@pytest.mark.parametrize("there", [NEXT, FORMER, HubIdentity(NEXT.token, CURRENT.seed)])
@pytest.mark.parametrize("ask", ["changes", "head"])
def test_a_hub_that_knows_the_station_by_another_pair_hears_it_and_is_told_which_one_counts(
    there: HubIdentity, ask: str
) -> None:
    hub, access = ModelHub(there.token, there.seed), KeptAccess(HubIdentities(CURRENT, NEXT, FORMER))
    counter = Counter(hub, access)
    if ask == "changes":
        assert counter.client.changes(0) is None
    else:
        assert counter.client.ask_page("0" * 64) == NotAnnounced()
    assert counter.client.identity == there
    while counter.keep():
        pass
    counts = CURRENT if there == FORMER else NEXT
    assert (hub.tokens, hub.key) == (counts.token, public(counts.seed))
    assert access.held.current == counts


def test_who_is_known_by_nothing_says_so_and_stays_who_it_was() -> None:
    hub, access = ModelHub(STRANGER.token, STRANGER.seed), KeptAccess(HubIdentities(CURRENT, NEXT, FORMER))
    counter = Counter(hub, access)
    with pytest.raises(HubError, match=r"hub\.unknown_station"):
        counter.client.changes(0)
    assert counter.client.identity == CURRENT
    assert len(hub.asked) == 3, "one for each token"


def test_a_refusal_by_somebody_else_than_the_hub_makes_nobody_try_other_tokens() -> None:
    assert other_identity([CURRENT], [CURRENT, NEXT], "auth.shut_out") is None
    asked: list[httpx.Request] = []

    def portal(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        return httpx.Response(401, stream=httpx.ByteStream(b"sign in"))

    client = HubClient(
        "https://hub.mau",
        CURRENT.token,
        transport=httpx.MockTransport(portal),
        signer=RequestSigner(CURRENT.seed, lambda: NOW),
        spares=lambda: (NEXT,),
    )
    with pytest.raises(HubError):
        client.changes(0)
    assert len(asked) == 1
