"""What packaging/hub/ holds: units that systemd takes, settings that the hub takes, a proxy that nginx takes."""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import socket
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from provincial_hub import service_manager
from provincial_hub.keeping.database import embedded, open_database
from provincial_hub.metrics_server import MetricsSettings
from provincial_hub.service_manager import notify, watchdog
from provincial_hub.settings import Settings
from sqlalchemy import make_url

from tools.servers.ports import free_port
from tools.servers.postgres import Postgres

PACKAGING = Path(__file__).parents[2] / "packaging" / "hub"
UNITS = sorted(file for file in (PACKAGING / "systemd").glob("*@.*") if file.is_file())
NEED_SECRETS = sorted(file.name.split("@")[0] for file in (PACKAGING / "systemd").glob("*@.service"))
NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")


def run(*command: str | Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [str(word) for word in command],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        env={**os.environ, **environment},
    )


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_systemd_takes_the_units_and_finds_the_hub_confined(tmp_path: Path) -> None:
    for unit in UNITS:
        text = unit.read_text().replace("/opt/hub/bin/", "/bin/true ")  # else only that would be said of them
        for name in (unit.name, unit.name.replace("@", "@a")):
            (tmp_path / name).write_text(text)
    secrets = (PACKAGING / "systemd" / "hub@.service.d" / "province.conf").read_text()
    for name in NEED_SECRETS:
        (tmp_path / f"{name}@a.service.d").mkdir()
        (tmp_path / f"{name}@a.service.d" / "province.conf").write_text(secrets)
    for unit in UNITS:
        checked = run("systemd-analyze", "verify", tmp_path / unit.name.replace("@", "@a"))
        assert str(tmp_path) not in checked.stderr, checked.stderr
    confined = run("systemd-analyze", "security", "--offline=yes", "--threshold=15", tmp_path / "hub@a.service")
    assert confined.returncode == 0, confined.stdout[-300:]


def test_every_unit_of_a_node_of_many_is_given_its_secrets() -> None:
    told = (PACKAGING / "README.md").read_text(encoding="utf-8")
    named = re.search(r"for unit in ([a-z -]+); do install .*province\.conf", told)
    assert named is not None
    assert sorted(named[1].split()) == NEED_SECRETS


def test_the_compose_file_names_only_what_it_defines_and_what_the_hub_reads(tmp_path: Path) -> None:
    told: Any = yaml.safe_load((PACKAGING / "compose.yaml").read_text(encoding="utf-8"))
    for service in told["services"].values():
        assert set(service.get("secrets", [])) <= set(told["secrets"])
        assert set(service["networks"]) <= set(told["networks"])
        assert set(service.get("depends_on", {})) <= set(told["services"])
    assert all(Path(secret["file"]).parts[0] == "secrets" for secret in told["secrets"].values())
    (tmp_path / "secret").write_text("a-secret-for-this-test")
    for name in ("node-a", "node-b"):
        environment = {
            key: str(tmp_path / "secret") if value.startswith("/run/secrets/") else value
            for key, value in told["services"][name]["environment"].items()
        }
        settings = Settings.load(tmp_path, environment)
        assert (settings.node, settings.objects is not None, settings.proxies) == (name, True, "*")
        assert settings.database.startswith("postgresql+asyncpg://hub:a-secret-for-this-test@database")
        assert MetricsSettings.read(settings.section("metrics")).port == 9464


WITH_NGINX = pytest.mark.skipif(
    NGINX is None or shutil.which("openssl") is None, reason="nginx or openssl is not installed"
)


def proxy(name: str, tmp_path: Path, *replaced: tuple[str, str]) -> Path:
    """The proxy's file as one that nginx takes here, with a certificate of its own."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subject = ("-subj", "/CN=hub.tinh.example", "-keyout", key, "-out", certificate)
    made = run("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", *subject)
    assert made.returncode == 0, made.stderr
    text = (PACKAGING / "nginx" / name).read_text()
    for there, here in (
        ("/etc/nginx/hub.pem", str(certificate)),
        ("/etc/nginx/hub.key", str(key)),
        ("/run/secrets/tls_certificate", str(certificate)),
        ("/run/secrets/tls_key", str(key)),
        ("node-a:", "127.0.0.1:1"),
        ("node-b:", "127.0.0.1:2"),
        *replaced,
    ):
        text = text.replace(there, here)
    paths = "".join(
        f"{kind}_temp_path {tmp_path}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (tmp_path / "nginx.conf").write_text(
        f"pid {tmp_path}/pid; error_log stderr; events {{}} http {{ access_log off; {paths} {text} }}"
    )
    return tmp_path / "nginx.conf"


@WITH_NGINX
@pytest.mark.parametrize("name", ["hub.conf", "compose.conf"])
def test_nginx_takes_the_proxy(name: str, tmp_path: Path) -> None:
    checked = run(NGINX or "", "-t", "-q", "-c", proxy(name, tmp_path), "-p", tmp_path)
    assert checked.returncode == 0, checked.stderr


@WITH_NGINX
def test_who_guesses_at_the_sign_in_is_held_up_and_who_looks_is_not(tmp_path: Path) -> None:
    """The hub itself does not run here: what comes through is a 502."""
    port = free_port()
    file = proxy("hub.conf", tmp_path, ("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"), (":8080", f":{free_port()}"))
    with running_nginx(file, port) as client:
        for path, burst in (("/quan-ly/dang-nhap", 15), ("/v1/enrolments", 10)):
            seen = [client.post(path).status_code for _ in range(burst + 10)]
            assert seen[: burst + 1] == [502] * (burst + 1)
            assert 429 in seen[burst + 1 :]
            assert {client.get(path).status_code for _ in range(burst + 10)} == {502}
        assert {client.post("/v1/events").status_code for _ in range(40)} == {502}


@WITH_NGINX
def test_a_household_that_changes_its_address_within_its_network_stays_one_guesser(tmp_path: Path) -> None:
    """nginx believes this test where a request comes from."""
    port = free_port()
    file = proxy("hub.conf", tmp_path, ("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"), (":8080", f":{free_port()}"))
    told = "set_real_ip_from 127.0.0.1; real_ip_header X-Real-IP; upstream hub"
    file.write_text(file.read_text().replace("upstream hub", told))
    with running_nginx(file, port) as client:

        def guess(*addresses: str) -> list[int]:
            told = [{"X-Real-IP": address} for address in addresses]
            return [client.post("/v1/enrolments", headers=headers).status_code for headers in told]

        assert 429 in guess(*(f"2001:db8:0:1::{number:x}" for number in range(20)))
        assert guess("2001:db8:0:1:ff00::1") == [429]
        assert guess(*(f"2001:db8:0:{number:x}::1" for number in range(2, 22))) == [502] * 20
        assert guess(*(f"192.0.2.{number}" for number in range(20))) == [502] * 20


@contextmanager
def running_nginx(file: Path, port: int) -> Iterator[httpx.Client]:
    running = subprocess.Popen([NGINX or "", "-g", "daemon off; master_process off;", "-c", file, "-p", file.parent])
    try:
        with httpx.Client(base_url=f"https://127.0.0.1:{port}", trust_env=False, verify=False) as client:  # noqa: S501
            ends = time.monotonic() + 30
            while not listens(port):
                assert time.monotonic() < ends
                time.sleep(0.05)
            yield client
    finally:
        running.terminate()
        running.wait(timeout=30)


def listens(port: int) -> bool:
    with socket.socket() as tried:
        return tried.connect_ex(("127.0.0.1", port)) == 0


@pytest.mark.skipif(not (shutil.which("sqlite3") and shutil.which("rsync")), reason="sqlite3 or rsync is not installed")
def test_a_backup_holds_the_database_and_every_page_that_it_names(tmp_path: Path) -> None:
    data, kept = tmp_path / "hub", tmp_path / "backup"
    page = data / "pages" / "T01" / "ab" / "abcd"
    page.parent.mkdir(parents=True)
    page.write_bytes(b"page")
    (data / "hub.toml").write_text("")
    with closing(sqlite3.connect(data / "hub.db")) as books:
        books.execute("PRAGMA journal_mode = WAL")
        books.execute("CREATE TABLE event (seq INTEGER)")
        books.execute("INSERT INTO event VALUES (7)")
        books.commit()
        for _ in range(2):  # the second one meets what the first one left
            done = run(PACKAGING / "hub-backup", data, kept)
            assert done.returncode == 0, done.stderr
    (copy,) = kept.glob("hub-*.db")
    with closing(sqlite3.connect(copy)) as books:
        assert books.execute("SELECT seq FROM event").fetchall() == [(7,)]
    assert (kept / "pages" / "T01" / "ab" / "abcd").read_bytes() == b"page"
    assert not list(kept.glob("*.new"))


@pytest.mark.skipif(not (shutil.which("pg_dump") and shutil.which("rsync")), reason="pg_dump or rsync is missing")
def test_a_backup_of_postgresql_opens_it_with_the_secret_of_the_node(tmp_path: Path, postgres: Postgres) -> None:
    url = make_url(postgres.new_database())
    address = f"postgresql://{url.username}@{url.host}:{url.port}/{url.database}"
    given = {"HUB_BACKUP_DATABASE": address, "HUB_DATABASE_PASSWORD_FILE": str(tmp_path / "password")}
    (tmp_path / "password").write_text(f"{url.password}\n")
    made = run("psql", "-w", "-c", "CREATE TABLE event (seq bigint)", address, PGPASSWORD=url.password or "")
    assert made.returncode == 0, made.stderr
    done = run(PACKAGING / "hub-backup", tmp_path, tmp_path / "backup", **given)
    assert done.returncode == 0, done.stderr
    (copy,) = (tmp_path / "backup").glob("hub-*.dump")
    assert " TABLE public event hub" in run("pg_restore", "--list", copy).stdout
    (tmp_path / "password").write_text("another")
    assert run(PACKAGING / "hub-backup", tmp_path, tmp_path / "backup", **given).returncode != 0


def test_the_service_manager_hears_that_the_hub_listens_and_lives(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("NOTIFY_SOCKET", raising=False)
    notify("READY=1")  # nobody asked
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(tmp_path / "notify"))
        manager.settimeout(10)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))
        monkeypatch.setenv("WATCHDOG_USEC", "60000")
        notify("READY=1")

        async def live() -> None:
            with pytest.raises(TimeoutError):
                await asyncio.wait_for(watchdog(), 0.1)

        asyncio.run(live())
        assert [manager.recv(100) for _ in range(3)] == [b"READY=1", b"WATCHDOG=1", b"WATCHDOG=1"]


def test_a_start_that_waits_for_the_tables_asks_the_service_manager_for_more_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(service_manager, "ASKS_EVERY", 0.05)
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind(str(tmp_path / "notify"))
        manager.setblocking(False)
        monkeypatch.setenv("NOTIFY_SOCKET", str(tmp_path / "notify"))

        async def open_beside_an_upgrade() -> set[bytes]:
            loop, told = asyncio.get_running_loop(), list[bytes]()
            loop.add_reader(manager, lambda: told.append(manager.recv(100)))
            with closing(sqlite3.connect(tmp_path / "hub.db", isolation_level=None)) as other:
                other.execute("BEGIN IMMEDIATE")
                opening = asyncio.create_task(open_database(embedded(tmp_path / "hub.db")))
                while len(told) < 3:
                    await asyncio.sleep(0.01)
                other.execute("ROLLBACK")
            await (await opening).dispose()
            loop.remove_reader(manager)
            with suppress(BlockingIOError):
                while True:
                    told.append(manager.recv(100))
            await asyncio.sleep(0.2)
            with pytest.raises(BlockingIOError):
                manager.recv(100)
            return set(told)

        assert asyncio.run(open_beside_an_upgrade()) == {b"EXTEND_TIMEOUT_USEC=120000000"}
