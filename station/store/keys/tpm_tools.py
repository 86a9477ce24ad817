"""The TPM 2.0 through tpm2-tools: one child process a command, secrets by its standard input and output only."""

from __future__ import annotations

import logging
import shutil
import subprocess
import tempfile
from pathlib import Path

from station.store.keys.derived import Hidden

log = logging.getLogger(__name__)

POLICY = "sha256:7"
"""PCR 7: the state of Secure Boot, as the firmware measured it. It changes with the firmware's keys, not with updates
of the program."""
PATIENCE = 20.0
"""Seconds for one command; a TPM of its own chip takes up to one."""
_NEEDED = ("tpm2_createprimary", "tpm2_create", "tpm2_load", "tpm2_unseal", "tpm2_createpolicy", "tpm2_flushcontext")


class TpmError(Exception):
    """There is no TPM, no tool for it, or it refused."""


def installed() -> bool:
    """Whether every tool is here; whether there is a TPM, only asking it tells."""
    return all(map(shutil.which, _NEEDED))


def seal(secret: bytes) -> tuple[bytes, bytes]:
    """The public and the private part of a sealed object (the private one encrypted by the TPM itself)."""
    with tempfile.TemporaryDirectory(prefix="station-tpm-") as place:
        folder = Path(place)
        _primary(folder)
        _ask(folder, "tpm2_createpolicy", "--policy-pcr", "-l", POLICY, "-L", "policy")
        attributes = "fixedtpm|fixedparent|adminwithpolicy|noda"
        _ask(
            folder,
            *("tpm2_create", "-C", "primary.ctx", "-L", "policy", "-a", attributes, "-i", "-"),
            *("-u", "public", "-r", "private"),
            told=secret,
        )
        return (folder / "public").read_bytes(), (folder / "private").read_bytes()


def unseal(public: bytes, private: bytes) -> bytes:
    """The secret, as long as PCR 7 is what it was."""
    with tempfile.TemporaryDirectory(prefix="station-tpm-") as place:
        folder = Path(place)
        (folder / "public").write_bytes(public)
        (folder / "private").write_bytes(private)
        _primary(folder)
        _ask(folder, "tpm2_load", "-C", "primary.ctx", "-u", "public", "-r", "private", "-c", "sealed.ctx")
        _make_room(folder)
        return Hidden(_ask(folder, "tpm2_unseal", "-c", "sealed.ctx", "-p", f"pcr:{POLICY}"))


def _primary(folder: Path) -> None:
    _make_room(folder)
    _ask(folder, "tpm2_createprimary", "-C", "o", "-g", "sha256", "-G", "ecc", "-c", "primary.ctx")
    _make_room(folder)


def _make_room(folder: Path) -> None:
    """Without a resource manager every object stays in the TPM, and the fourth command fails with 0x902."""
    for kind in ("-t", "-l"):
        _ask(folder, "tpm2_flushcontext", kind, needed=False)


def _ask(folder: Path, *command: str, told: bytes = b"", needed: bool = True) -> bytes:
    try:
        done = subprocess.run(command, cwd=folder, input=told, capture_output=True, timeout=PATIENCE, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise TpmError from error
    if done.returncode != 0 and needed:
        log.info("%s failed with status %d", command[0], done.returncode)
        raise TpmError(command[0])
    return done.stdout
