"""Telling a system outside: once at least, in order, by several nodes, after a kill, past a message nobody can take."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import hmac
import ipaddress
import ssl
import subprocess
import sys
import threading
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from provincial_hub.errors import SetupError
from provincial_hub.keeping.database import open_database
from provincial_hub.keeping.ledger import Ledger
from provincial_hub.keeping.outgoing_books import Message, OutgoingBooks
from provincial_hub.outward.backoff import Backoff
from provincial_hub.outward.relay import Pace, Relay
from provincial_hub.outward.signature import Secret
from provincial_hub.outward.webhook import Webhook, bare

from tools.servers.webhook_receiver import Receiver, Said

KEY = bytes(range(32))
SWIFT = Pace(tries=3, look_every=0.02, backoff=Backoff(base=0.01, cap=0.05))
AT = "2026-11-20T08:00:00+07:00"


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    server = Receiver()
    yield server
    server.close()


def now() -> datetime:
    return datetime.now(UTC)


def webhook(receiver: Receiver, longest: float = 10.0) -> Webhook:
    return Webhook("dvc", receiver.url, Secret(KEY), now, compose=bare(), longest=longest)


async def tell(ledger: Ledger, *dossiers: str) -> list[int]:
    numbers = []
    for dossier in dossiers:
        async with ledger.transaction(OutgoingBooks) as books:
            numbers.append(await books.tell("dossier.state", dossier, {"state": "done"}, AT))
    return numbers


async def until(true: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(30):
        while not await true():
            await asyncio.sleep(0.01)


async def relayed(
    database: str,
    receiver: Receiver,
    work: Callable[[Ledger], Awaitable[None]],
    nodes: int = 1,
) -> None:
    """Run relays on a database while `work` goes on, and end them."""
    ledger = Ledger(await open_database(database))
    relays = [Relay(ledger, [webhook(receiver)], f"node-{number}", now, SWIFT) for number in range(nodes)]
    for relay in relays:
        await relay.begin()
    tasks = [asyncio.create_task(relay.run()) for relay in relays]
    try:
        await work(ledger)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await ledger.close()


async def nothing_waits(ledger: Ledger) -> bool:
    async with ledger.transaction(OutgoingBooks) as books:
        (backlog,) = await books.backlog()
    return backlog.waiting == 0


def test_a_fact_arrives_signed_so_that_the_receiver_can_check_it(database: str, receiver: Receiver) -> None:
    async def work(ledger: Ledger) -> None:
        await tell(ledger, "d1")
        await until(lambda: nothing_waits(ledger))

    asyncio.run(relayed(database, receiver, work))
    (heard,) = receiver.heard
    assert heard.document == {
        "type": "dossier.state",
        "timestamp": AT,
        "data": {"dossier_id": "d1", "state": "done"},
    }
    signed = f"{heard.id}.{heard.headers['Webhook-Timestamp']}.".encode() + heard.body
    expected = base64.b64encode(hmac.new(KEY, signed, hashlib.sha256).digest()).decode()
    assert heard.headers["Webhook-Signature"] == f"v1,{expected}"


def test_several_nodes_send_each_message_once_and_those_of_a_dossier_in_order(
    database: str, receiver: Receiver
) -> None:
    dossiers = [f"d{number % 7}" for number in range(42)]
    numbers: list[int] = []

    async def work(ledger: Ledger) -> None:
        numbers.extend(await tell(ledger, *dossiers))
        await until(lambda: nothing_waits(ledger))

    asyncio.run(relayed(database, receiver, work, nodes=3))
    assert sorted(heard.id for heard in receiver.heard) == sorted(f"msg_{number}" for number in numbers)
    for dossier in set(dossiers):
        mine = [f"msg_{number}" for number, whose in zip(numbers, dossiers, strict=True) if whose == dossier]
        assert [h.id for h in receiver.heard if h.document["data"]["dossier_id"] == dossier] == mine


def test_a_message_that_is_always_refused_is_set_aside_and_holds_up_only_its_own_dossier(
    database: str, receiver: Receiver
) -> None:
    receiver.answer = lambda heard: Said(422 if heard.document["data"]["dossier_id"] == "bad" else 204)

    async def work(ledger: Ledger) -> None:
        refused, _, behind = await tell(ledger, "bad", "good", "bad")

        async def is_aside() -> bool:
            async with ledger.transaction(OutgoingBooks) as books:
                return len(await books.aside()) == 1

        await until(is_aside)
        async with ledger.transaction(OutgoingBooks) as books:
            (aside,) = await books.aside()
        assert (aside.id, aside.error, aside.attempts, aside.held_back) == (refused, "http.422", 3, 1)
        assert f"msg_{behind}" not in {heard.id for heard in receiver.heard}
        receiver.answer = lambda _: Said()
        async with ledger.transaction(OutgoingBooks) as books:
            assert await books.send_again("dvc", refused)
            assert not await books.send_again("dvc", behind)
        await until(lambda: nothing_waits(ledger))
        assert [heard.id for heard in receiver.heard[-2:]] == [f"msg_{refused}", f"msg_{behind}"]

    asyncio.run(relayed(database, receiver, work))


def test_while_the_target_is_down_nothing_is_set_aside_and_everything_arrives_afterwards(
    database: str, receiver: Receiver
) -> None:
    receiver.answer = lambda _: Said(503)

    async def work(ledger: Ledger) -> None:
        await tell(ledger, *(f"d{number}" for number in range(5)))
        await asyncio.to_thread(receiver.wait_for, 30)
        async with ledger.transaction(OutgoingBooks) as books:
            assert await books.aside() == []
        receiver.answer = lambda _: Said()
        await until(lambda: nothing_waits(ledger))

    asyncio.run(relayed(database, receiver, work))


def test_a_message_that_alone_makes_the_target_fail_is_set_aside_too(database: str, receiver: Receiver) -> None:
    receiver.answer = lambda heard: Said(500 if heard.document["data"]["dossier_id"] == "bad" else 204)

    async def work(ledger: Ledger) -> None:
        await tell(ledger, "bad")

        async def is_aside() -> bool:
            await tell(ledger, "good")
            async with ledger.transaction(OutgoingBooks) as books:
                return len(await books.aside()) == 1

        await until(is_aside)

    asyncio.run(relayed(database, receiver, work))


NODE = """
import asyncio, sys
from pathlib import Path
from datetime import UTC, datetime, timedelta
from pathlib import Path
from provincial_hub.keeping.database import open_database
from provincial_hub.keeping.ledger import Ledger
from provincial_hub.outward.relay import Relay
from provincial_hub.outward.signature import Secret
from provincial_hub.outward.webhook import Webhook, bare

async def main(database, url):
    now = lambda: datetime.now(UTC)
    ledger = Ledger(await open_database(database))
    relay = Relay(ledger, [Webhook("dvc", url, Secret(bytes(range(32))), now, compose=bare())], "node", now)
    await relay.begin()
    await relay.run()

asyncio.run(main(*sys.argv[1:]))
"""


def test_a_node_killed_between_the_request_and_its_mark_sends_the_same_message_again(
    database: str, receiver: Receiver
) -> None:
    never = threading.Event()
    receiver.answer = lambda _: Said(hold=never)

    async def prepare() -> None:
        ledger = Ledger(await open_database(database))
        async with ledger.transaction(OutgoingBooks) as books:
            await books.name_target("dvc", AT)
        await tell(ledger, "d1", "d1")
        await ledger.close()

    asyncio.run(prepare())
    killed = subprocess.Popen([sys.executable, "-c", NODE, database, receiver.url])
    receiver.wait_for(1)
    killed.kill()
    killed.wait()
    receiver.answer = lambda _: Said()
    never.set()
    following = subprocess.Popen([sys.executable, "-c", NODE, database, receiver.url])
    try:
        heard = receiver.wait_for(3)
    finally:
        following.kill()
        following.wait()
    first, again, second = heard
    assert (first.id, first.body) == (again.id, again.body)
    assert second.id != first.id


@pytest.mark.parametrize("text", ["", "whsec_", "whsec_c2hvcnQ=", "whsec_%%%", base64.b64encode(KEY).decode()])
def test_a_text_that_is_no_secret_is_refused(text: str) -> None:
    with pytest.raises(SetupError, match="whsec_"):
        Secret.parse(text)


def test_the_signature_is_that_of_the_standards_own_example() -> None:
    headers = Secret.parse("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw\n").headers(
        "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}'
    )
    assert headers["Webhook-Signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def asked(receiver: Receiver, answer: Said, trust: ssl.SSLContext | None = None) -> Any:
    """What a webhook makes of one answer."""
    receiver.answer = lambda _: answer

    async def once() -> BaseException | None:
        target = Webhook("dvc", receiver.url, Secret(KEY), now, compose=bare(), trust=trust)
        try:
            await target.hand_over(Message(1, "dossier.state", "d1", {}, AT))
        except Exception as error:
            return error
        finally:
            await target.close()
        return None

    return asyncio.run(once())


def test_retry_after_is_heard_and_a_redirection_is_not_followed(receiver: Receiver) -> None:
    assert asked(receiver, Said(503, (("Retry-After", "120"),))).asked == 120
    later = asked(receiver, Said(429, (("Retry-After", "Wed, 21 Oct 2099 07:28:00 GMT"),))).asked
    assert later > 86_400
    moved = asked(receiver, Said(307, (("Location", receiver.url),)))
    assert (moved.code, len(receiver.heard)) == ("http.307", 3)
    assert asked(receiver, Said(200)) is None


@pytest.fixture
def certified(tmp_path: Path) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 that vouches for itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Tỉnh Mẫu")])
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number())
        .not_valid_before(now() - timedelta(days=1))
        .not_valid_after(now() + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate, secret = tmp_path / "certificate.pem", tmp_path / "key.pem"
    certificate.write_bytes(made.public_bytes(Encoding.PEM))
    secret.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return certificate, secret


def test_nothing_is_sent_to_a_receiver_whose_certificate_nobody_vouches_for(certified: tuple[Path, Path]) -> None:
    certificate, key = certified
    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(certificate, key)
    receiver = Receiver(tls=tls)
    try:
        assert asked(receiver, Said()).code == "target.tls"
        assert receiver.heard == []
        assert asked(receiver, Said(), ssl.create_default_context(cafile=str(certificate))) is None
        assert len(receiver.heard) == 1
    finally:
        receiver.close()


def test_waits_grow_to_a_ceiling_and_are_drawn_from_the_whole_of_it() -> None:
    backoff = Backoff(base=2, cap=60)
    assert [backoff.wait(n, draw=lambda: 1.0) for n in range(1, 8)] == [2, 4, 8, 16, 32, 60, 60]
    assert backoff.wait(5, draw=lambda: 0.0) == 0
    assert backoff.wait(1, asked=100, draw=lambda: 1.0) == 100
    assert backoff.wait(1, asked=1e9, draw=lambda: 1.0) == backoff.longest_asked
    assert backoff.wait(10_000, draw=lambda: 1.0) == 60
