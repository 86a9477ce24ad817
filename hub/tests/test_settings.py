"""`hub.toml` and the environment: what they mean, and a sentence for each mistake."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from provincial_hub.errors import SetupError
from provincial_hub.settings import Settings
from sqlalchemy import make_url

S3 = """
[pages]
store = "s3"
bucket = "pages"
endpoint = "https://s3.tinh.example"
"""


def load(root: Path, text: str = "", **environment: str) -> Settings:
    (root / "hub.toml").write_text(text, encoding="utf-8")
    return Settings.load(root, environment)


def test_without_a_file_everything_lies_in_one_folder(tmp_path: Path) -> None:
    told = Settings.load(tmp_path, {})
    assert told.database == f"sqlite+aiosqlite:///{tmp_path}/hub.db"
    assert (told.pages, told.spool, told.key) == (tmp_path / "pages", tmp_path / "spool", tmp_path / "hub.key")
    assert (told.objects, told.host, told.port, told.unit) == (None, "127.0.0.1", 0, "H00.00.00")


def test_the_command_line_counts_before_the_environment_and_that_before_the_file(tmp_path: Path) -> None:
    told = load(tmp_path, 'unit = "H01"\nnode = "a"\n[listen]\nport = 1', HUB_UNIT="H02", HUB_LISTEN_PORT="2")
    assert (told.unit, told.node, told.port) == ("H02", "a", 2)
    told = told.but(None, 3, None)
    assert (told.unit, told.port) == ("H02", 3)
    with pytest.raises(SetupError, match="--unit"):
        told.but(None, None, "H15,50")
    for port in (-1, 65536):
        with pytest.raises(SetupError, match=r"--port: .* is none: from 0"):
            told.but(None, port, None)


def test_the_machine_itself_is_believed_about_addresses_and_whoever_is_named(tmp_path: Path) -> None:
    assert load(tmp_path).proxies == "127.0.0.1,::1"
    assert load(tmp_path, '[listen]\nproxies = "10.0.0.5, 10.1.0.0/24"').proxies == "127.0.0.1,::1,10.0.0.5,10.1.0.0/24"
    assert load(tmp_path, HUB_LISTEN_PROXIES="*").proxies == "*", "among others it would be the name of a host"


def test_secrets_come_from_files_or_the_environment_and_are_not_shown(tmp_path: Path) -> None:
    for name in ("password", "access", "secret"):
        (tmp_path / name).write_text(f"hidden {name}\n")
    database = '[database]\nurl = "postgresql+asyncpg://hub@db/hub"\n'
    told = load(
        tmp_path,
        f'{database}password_file = "{tmp_path}/password"\n'
        f'{S3}access_key_file = "{tmp_path}/access"\nsecret_key_file = "{tmp_path}/secret"\n[spool]\ngrace_hours = 48',
    )
    assert make_url(told.database).password == "hidden password"
    assert told.objects is not None
    assert (told.objects.access_key, told.objects.secret_key) == ("hidden access", "hidden secret")
    assert told.grace == timedelta(hours=48)
    assert "hidden" not in repr(told)
    given = {"HUB_DATABASE_PASSWORD": "p", "HUB_PAGES_ACCESS_KEY": "a", "HUB_PAGES_SECRET_KEY": "s"}
    told = load(tmp_path, database + S3, **given)
    assert told.objects is not None
    assert (told.database, told.objects.secret_key) == ("postgresql+asyncpg://hub:p@db/hub", "s")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[listen", "hub.toml"),
        ('untit = "H01"', "untit is not known"),
        ('[database]\nulr = "x"', "database.ulr is not known"),
        ("listen = 3", "listen wants to be a table"),
        ("unit = 3", "unit wants a text"),
        ('unit = "Tỉnh"', "unit is empty, or has letters"),
        ("[listen]\nport = 65536", "listen.port wants a number from 0 to 65535"),
        ("[listen]\nport = true", "listen.port wants a number"),
        ('[listen]\nproxies = "nginx"', "listen.proxies wants addresses"),
        ('[listen]\nproxies = "*, 10.0.0.5"', "listen.proxies wants addresses"),
        ('[database]\npassword = "x"', "database.password does not stand here"),
        ('[database]\nurl = "postgresql+asyncpg://hub:hidden@db/hub"', "holds a password"),
        ('[database]\nurl = "x"\npassword_file = "nowhere"', "database.password_file cannot be read"),
        ('[pages]\nstore = "ftp"', "pages.store wants directory or s3"),
        (S3, "access_key_file and secret_key_file"),
        (S3.replace("https://", ""), "pages.endpoint wants the address"),
        (f'{S3}secret_key = "hidden"', "pages.secret_key does not stand here"),
    ],
)
def test_a_mistake_is_told_in_a_sentence_that_repeats_no_secret(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(SetupError) as refused:
        load(tmp_path, text)
    assert said in str(refused.value)
    assert "hidden" not in str(refused.value)
