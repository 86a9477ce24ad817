"""Whom the station believes: a real TLS server under an authority of its own, and everything that is almost it."""

from __future__ import annotations

import contextlib
import gc
import socket
import ssl
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

from station.errors import HubError
from station.sync.authority import WrongPinError, pin_of, read_authority, trust_in
from station.sync.hub_client import HubClient
from station.sync.patience import Patience

from .certificates import ELSEWHERE, Authority
from .fake_server import FakeServer, interrupted, serving
from .invented import event
from .model_hub import ModelHub, Reply
from .test_hub_client import sends_nothing_when_broken_off_before

PATIENCE = Patience(connect=10, byte=10, exchange=20)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def _no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="module")
def province() -> Authority:
    return Authority.made()


def asked(url: str, tls: ssl.SSLContext) -> str:
    """The code of what went wrong when the hub was asked for its health; empty where it answered."""
    client = HubClient(url, "token", tls=tls, patience=PATIENCE)
    try:
        return "" if client.health() else "nothing was said"
    except HubError as error:
        return error.code
    finally:
        client.close()


@contextlib.contextmanager
def hub(tls: ssl.SSLContext) -> Iterator[FakeServer]:
    with serving(ModelHub(), tls) as server:
        yield server


def test_the_hub_that_the_province_s_authority_vouches_for_is_believed(province: Authority, tmp_path: Path) -> None:
    tls, certificate = province.server(tmp_path)
    with hub(tls) as server:
        assert asked(server.url, trust_in(province.pem)) == ""
        pin = pin_of(certificate.public_bytes(Encoding.DER))
        other = pin_of(province.certificate.public_bytes(Encoding.DER))
        assert asked(server.url, trust_in(province.pem, f"{other} {pin}")) == ""


def test_a_hub_of_another_authority_is_not_believed_whatever_the_machine_trusts(
    province: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stranger = Authority.made("MẪU – SPECIMEN CA of the system")
    trusted = tmp_path / "system.pem"
    trusted.write_bytes(stranger.pem)
    monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
    tls, _ = stranger.server(tmp_path)
    with hub(tls) as server:
        machine = ssl.create_default_context()
        assert asked(server.url, machine) == "", "the machine would have believed it"
        assert asked(server.url, trust_in(province.pem)) == "hub.not_trusted"


def test_another_key_of_the_same_authority_is_not_believed_and_hears_no_token(
    province: Authority, tmp_path: Path
) -> None:
    tls, _ = province.server(tmp_path)
    pin = pin_of(province.certificate.public_bytes(Encoding.DER))
    with hub(tls) as server:
        assert asked(server.url, trust_in(province.pem, pin)) == "hub.wrong_pin"
        assert server.tokens == set()


@pytest.mark.parametrize(
    ("name", "begins", "ends", "code"),
    [
        (None, -3 * DAY, -DAY, "hub.certificate_expired"),
        (None, DAY, 3 * DAY, "hub.certificate_too_new"),
        (ELSEWHERE, -DAY, DAY, "hub.wrong_name"),
    ],
    ids=["expired", "not yet", "another name"],
)
def test_a_certificate_out_of_its_time_or_place_has_its_own_code(
    province: Authority, tmp_path: Path, name: x509.GeneralName | None, begins: timedelta, ends: timedelta, code: str
) -> None:
    tls, _ = province.server(tmp_path, begins=begins, ends=ends, **({"name": name} if name else {}))
    with hub(tls) as server:
        assert asked(server.url, trust_in(province.pem)) == code
        assert server.seen == []


def test_a_server_that_speaks_in_clear_is_told_as_such(province: Authority) -> None:
    with serving(ModelHub()) as server:
        assert asked(server.url.replace("http:", "https:"), trust_in(province.pem)) == "hub.not_tls"
        assert server.tokens <= {None}


@pytest.mark.filterwarnings("ignore:ssl.TLSVersion.TLSv1_1 is deprecated")
def test_outdated_encryption_is_refused(province: Authority, tmp_path: Path) -> None:
    tls, _ = province.server(tmp_path)
    tls.set_ciphers("ALL:@SECLEVEL=0")
    tls.minimum_version = tls.maximum_version = ssl.TLSVersion.TLSv1_1
    with hub(tls) as server:
        assert asked(server.url, trust_in(province.pem)) == "hub.old_tls"


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_nobody_sends_the_station_elsewhere(province: Authority, tmp_path: Path, status: int) -> None:
    tls, _ = province.server(tmp_path)
    with serving(ModelHub()) as clear, hub(tls) as server:
        server.odd.append(Reply(status, headers={"Location": f"{clear.url}/v1/health"}))
        assert asked(server.url, trust_in(province.pem)) == "hub.redirected"
        assert clear.seen == [], "the token did not follow into the clear"


def test_a_proxy_that_opens_what_is_encrypted_is_told_as_such(
    province: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tls, _ = Authority.made("MẪU – SPECIMEN CA of the proxy").server(tmp_path)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        opened = threading.Thread(target=_open_what_passes, args=(listener, tls), daemon=True)
        opened.start()
        monkeypatch.setenv("HTTPS_PROXY", f"http://127.0.0.1:{listener.getsockname()[1]}")
        assert asked("https://hub.tinh.example", trust_in(province.pem)) == "hub.intercepted"
        opened.join(20)


def _open_what_passes(listener: socket.socket, tls: ssl.SSLContext) -> None:
    line, _ = listener.accept()
    with line:
        line.recv(4096)
        line.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
        with contextlib.suppress(OSError):
            tls.wrap_socket(line, server_side=True).close()


def test_the_pin_holds_within_another_encrypted_line(province: Authority, tmp_path: Path) -> None:
    server, certificate = province.server(tmp_path)
    own, other = (pin_of(one.public_bytes(Encoding.DER)) for one in (certificate, province.certificate))
    assert _shaken(trust_in(province.pem, own), server)
    with pytest.raises(WrongPinError):
        _shaken(trust_in(province.pem, other), server)


def _shaken(tls: ssl.SSLContext, server_tls: ssl.SSLContext) -> bool:
    """A handshake as it is made through a proxy that has a certificate of its own."""
    there, back = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = tls.wrap_bio(back, there, server_hostname="127.0.0.1")
    server = server_tls.wrap_bio(there, back, server_side=True)
    for side in (client, server, client, server):
        with contextlib.suppress(ssl.SSLWantReadError):
            side.do_handshake()
    return client.version() is not None


def test_an_exchange_over_tls_can_be_broken_off(province: Authority, tmp_path: Path) -> None:
    tls, _ = province.server(tmp_path)
    with hub(tls) as server:
        client = HubClient(server.url, "token", tls=trust_in(province.pem), patience=PATIENCE)
        assert client.health()
        with interrupted(client, server), pytest.raises(HubError, match=r"hub.broken_off"):
            client.tell([event(1)])
        client.close()


# The ssl module leaves the socket of such a handshake to be collected.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_an_exchange_over_tls_that_is_broken_off_before_its_handshake_sends_nothing(
    province: Authority, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tls, _ = province.server(tmp_path)
    with hub(tls) as server:
        client = HubClient(server.url, "token", tls=trust_in(province.pem), patience=PATIENCE)
        sends_nothing_when_broken_off_before(client, server, monkeypatch)
        gc.collect()


@pytest.mark.parametrize("content", [b"", b"hello", b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"])
def test_a_file_that_is_no_authority_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "hub-ca.pem"
    file.write_bytes(content)
    with pytest.raises(HubError, match=r"hub.bad_authority"):
        read_authority(file)


def test_a_server_s_own_certificate_is_no_authority(province: Authority, tmp_path: Path) -> None:
    _, certificate = province.server(tmp_path)
    with pytest.raises(HubError, match=r"hub.bad_authority"):
        trust_in(certificate.public_bytes(Encoding.PEM))


def test_a_file_that_is_missing_or_endless_is_refused(tmp_path: Path) -> None:
    with pytest.raises(HubError, match=r"hub.no_authority"):
        read_authority(tmp_path / "hub-ca.pem")
    with pytest.raises(HubError, match=r"hub.bad_authority"):
        read_authority(Path("/dev/zero"))


@pytest.mark.parametrize("pin", ["x", "AAAA", "not/base64!"])
def test_a_pin_that_is_none_is_refused(province: Authority, pin: str) -> None:
    with pytest.raises(HubError, match=r"hub.bad_pin"):
        trust_in(province.pem, pin)


def test_the_next_connection_resumes_the_session_and_brings_no_certificate_again(
    province: Authority, tmp_path: Path
) -> None:
    tls, certificate = province.server(tmp_path)
    trusting = trust_in(province.pem, pin_of(certificate.public_bytes(Encoding.DER)))
    with hub(tls) as server:
        assert [asked(server.url, trusting) for _ in range(2)] == ["", ""]
        assert tls.session_stats()["hits"] == 1


def test_a_server_that_does_not_know_the_session_is_judged_by_its_certificate(
    province: Authority, tmp_path: Path
) -> None:
    tls, _ = province.server(tmp_path)
    other_tls, _ = province.server(tmp_path, ELSEWHERE)
    trusting = trust_in(province.pem)
    with hub(tls) as server, hub(other_tls) as other:
        assert asked(server.url, trusting) == ""
        assert asked(other.url, trusting) == "hub.wrong_name"
