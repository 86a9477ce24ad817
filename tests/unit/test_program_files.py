"""The files that came with the program, against the digests that the manifest tells of them."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from station import paths
from station.program_files import MANIFEST, damaged


def test_everything_that_is_shipped_is_as_the_manifest_tells() -> None:
    """Whoever trains a network writes its new digest into `resources/models.toml`."""
    assert list(damaged(paths.resources())) == []


def test_every_network_that_the_station_reads_with_is_told() -> None:
    told = (paths.resources() / MANIFEST).read_text(encoding="utf-8")
    networks = sorted((paths.resources() / "models").glob("*.onnx"))
    assert networks
    assert [file.name for file in networks if f'"models/{file.name}"' not in told] == []


def test_a_missing_file_and_a_flipped_bit_are_named(tmp_path: Path) -> None:
    whole = hashlib.sha256(b"whole").hexdigest()
    (tmp_path / MANIFEST).write_text(
        "\n".join(f'[[{kind}]]\npath = "{kind}"\nsha256 = "{whole}"' for kind in ("file", "ours")), encoding="utf-8"
    )
    (tmp_path / "ours").write_bytes(b"whole")
    assert list(damaged(tmp_path)) == ["file"]
    (tmp_path / "file").write_bytes(b"whole")
    assert list(damaged(tmp_path)) == []
    (tmp_path / "ours").write_bytes(b"whale")
    assert list(damaged(tmp_path)) == ["ours"]


@pytest.mark.parametrize("written", [None, b"", b"[[file]]\npath = ", b"[[file]]\n\xff", b"file = 1\nours = 2"])
def test_a_manifest_that_cannot_be_read_is_named_itself(tmp_path: Path, written: bytes | None) -> None:
    if written is not None:
        (tmp_path / MANIFEST).write_bytes(written)
    assert list(damaged(tmp_path)) == [MANIFEST]
