"""A TPM 2.0 as a program (swtpm): it opens the keys on the machine as it was started, and on no other."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from station.errors import StoreError
from station.paths import DataFolder
from station.store.keys import KeyRing, Keys, keyring_slot, passphrase_slot, rotation, tpm_slot, tpm_tools

PASSPHRASE = "Mật khẩu thử của kho"
EXTENDED = "7:sha256=" + "ab" * 32
"""What an update of the firmware's keys does to PCR 7."""


@pytest.fixture(autouse=True)
def _cheap_guesses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passphrase_slot, "COST", passphrase_slot.Cost(time=1, memory_kib=8 * 1024, parallelism=1))
    monkeypatch.setattr(keyring_slot, "ALLOWED", ())


@pytest.fixture
def tpm(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    if shutil.which("swtpm") is None or not tpm_tools.installed():
        pytest.skip("needs swtpm and tpm2-tools")
    with tempfile.TemporaryDirectory() as place:  # the path of a socket must be short
        running = _start(Path(place))
        monkeypatch.setenv("TPM2TOOLS_TCTI", f"swtpm:path={place}/tpm")
        try:
            yield
        finally:
            running.terminate()
            running.wait()


def _start(place: Path) -> subprocess.Popen[bytes]:
    (place / "state").mkdir()
    running = subprocess.Popen(
        [
            *("swtpm", "socket", "--tpm2", "--tpmstate", f"dir={place}/state"),
            *("--server", f"type=unixio,path={place}/tpm", "--ctrl", f"type=unixio,path={place}/tpm.ctrl"),
            *("--flags", "not-need-init,startup-clear"),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    deadline = time.monotonic() + 60
    while not ((place / "tpm").exists() and (place / "tpm.ctrl").exists()):
        assert time.monotonic() < deadline
        assert running.poll() is None
        time.sleep(0.02)
    return running


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return DataFolder(tmp_path / "station").keys


def made_with_tpm(file: Path) -> Keys:
    keys = KeyRing.create(file, PASSPHRASE)
    KeyRing.set_tpm(file, keys)
    return keys


def test_the_machine_opens_the_keys_until_it_is_started_in_another_way(tpm: None, file: Path) -> None:
    keys = made_with_tpm(file)
    for _ in range(4):  # without room made in between, the TPM is full after three objects
        assert KeyRing.open(file) == keys
    subprocess.run(["tpm2_pcrextend", EXTENDED], check=True)
    with pytest.raises(StoreError, match=r"keys\.locked"):
        KeyRing.open(file)
    assert KeyRing.open(file, PASSPHRASE) == keys, "an officer's passphrase opens all the same"
    KeyRing.set_tpm(file, keys)
    assert KeyRing.open(file) == keys
    assert [one.kind for one in KeyRing.slots(file)].count("tpm") == 1


def test_a_new_data_key_needs_nothing_of_the_tpm(tpm: None, file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = made_with_tpm(file)
    with monkeypatch.context() as elsewhere:
        elsewhere.setenv("TPM2TOOLS_TCTI", "swtpm:path=/nowhere")
        rotation.begin(file, keys)
        following = rotation.following(file, keys)
        assert following is not None
        rotation.finish(file, keys, following)
    assert KeyRing.open(file) == following


def test_what_is_sealed_does_not_open_without_the_policy(tpm: None, tmp_path: Path) -> None:
    public, private = tpm_tools.seal(b"a secret")
    assert tpm_tools.unseal(public, private) == b"a secret"
    (tmp_path / "public").write_bytes(public)
    (tmp_path / "private").write_bytes(private)

    def ask(*command: str) -> subprocess.CompletedProcess[bytes]:
        for kind in ("-t", "-l"):
            subprocess.run(["tpm2_flushcontext", kind], check=False, capture_output=True)
        return subprocess.run(command, cwd=tmp_path, check=False, capture_output=True)

    assert ask("tpm2_createprimary", "-C", "o", "-g", "sha256", "-G", "ecc", "-c", "p.ctx").returncode == 0
    assert ask("tpm2_load", "-C", "p.ctx", "-u", "public", "-r", "private", "-c", "s.ctx").returncode == 0
    bare = ask("tpm2_unseal", "-c", "s.ctx")
    assert (bare.returncode != 0, bare.stdout) == (True, b"")


def test_secrets_reach_the_tools_by_their_input_alone(
    tpm: None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every command writes down its arguments and its surroundings; the secret is in neither."""
    real, spied, secret = shutil.which("tpm2_create"), tmp_path / "bin" / "tpm2_create", b"one secret of a test"
    spied.parent.mkdir()
    spied.write_text(f'#!/bin/sh\n{{ echo "$@"; env; ls; }} >>{tmp_path}/seen\nexec {real} "$@"\n')
    spied.chmod(0o755)
    monkeypatch.setenv("PATH", str(spied.parent), prepend=os.pathsep)
    public, private = tpm_tools.seal(secret)
    seen = (tmp_path / "seen").read_bytes()
    assert b"-i -" in seen
    assert secret not in seen
    assert secret.hex().encode() not in seen
    assert secret not in public + private


def test_without_a_tpm_there_is_simply_no_slot(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = KeyRing.create(file, PASSPHRASE)
    before = file.read_bytes()
    monkeypatch.setenv("TPM2TOOLS_TCTI", "swtpm:path=/nowhere")
    with pytest.raises(StoreError, match=r"keys\.no_tpm"):
        KeyRing.set_tpm(file, keys)
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(StoreError, match=r"keys\.no_tpm"):
        KeyRing.set_tpm(file, keys)
    assert file.read_bytes() == before
    assert tpm_slot.unseal({"kind": "tpm", "public": "", "private": "", "recipient": "", "sealed": ""}) is None
