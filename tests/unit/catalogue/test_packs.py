"""Packs of procedures from the province: used where they are whole and right, and never opened otherwise."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

import pytest

from station.catalogue.editable import EditableResources
from station.catalogue.packs import MOST_A_FILE, Files, Packs, unpacked
from station.clock import SystemClock
from station.errors import HubError, ResourceError
from station.sync.procedure_packs import FetchPack


def write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def pack(files: dict[str, str | bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return made.getvalue()


@pytest.fixture
def packs(tmp_path: Path) -> Packs:
    return Packs(tmp_path / "sent", write)


def fine(_files: Files) -> None:
    """Everything loads."""


def test_a_pack_stands_over_what_was_shipped_and_under_what_was_edited_here(tmp_path: Path, packs: Packs) -> None:
    for folder, text in (("shipped", "a"), ("edited", "c")):
        write(tmp_path / folder / "forms" / f"{text}.toml", folder.encode())
        write(tmp_path / folder / "forms" / "all.toml", folder.encode())
    write(tmp_path / "shipped" / "forms" / "b.toml", b"shipped")
    packs.take(pack({"forms/b.toml": "sent", "forms/all.toml": "sent"}), fine)
    resources = EditableResources(
        tmp_path / "shipped", tmp_path / "edited", tmp_path / "kept", write, SystemClock().now, packs.files
    )
    loaded = resources.load("forms", lambda place: {file.stem: file.read_text() for file in place.glob("*.toml")})
    assert loaded == {"a": "shipped", "b": "sent", "c": "edited", "all": "edited"}


def test_the_pack_before_stays_and_can_be_taken_back(packs: Packs) -> None:
    assert not packs.take_back()
    for text in ("one", "two"):
        packs.take(pack({"forms/a.toml": text}), fine)
    assert packs.files("forms") == {"a.toml": "two"}
    assert packs.take_back()
    assert packs.files("forms") == {"a.toml": "one"}


@pytest.mark.parametrize(
    "content",
    [
        b"no archive",
        pack({"../forms/a.toml": "x"}),
        pack({"forms/../a.toml": "x"}),
        pack({"/forms/a.toml": "x"}),
        pack({"papers/a.toml": "x"}),
        pack({"forms/a.py": "x"}),
        pack({"forms/deeper/a.toml": "x"}),
        pack({"forms/a.toml": b"\xff\xfe"}),
        pack({"forms/a.toml": "x" * (MOST_A_FILE + 1)}),
        pack({"forms/a.toml": "x"})[:-30],
    ],
    ids=range(10),
)
def test_what_is_no_pack_of_the_contract_is_not_used(packs: Packs, content: bytes) -> None:
    with pytest.raises(ResourceError, match=r"resource\.bad_pack"):
        unpacked(content)
    with pytest.raises(ResourceError):
        packs.take(content, fine)
    assert packs.in_use() == ""


def test_a_pack_that_the_program_cannot_load_changes_nothing(packs: Packs) -> None:
    def wrong(_files: Files) -> None:
        raise ResourceError("resource.unreadable", file="a.toml", place="1")

    packs.take(pack({"forms/a.toml": "x"}), fine)
    with pytest.raises(ResourceError, match=r"resource\.unreadable"):
        packs.take(pack({"forms/a.toml": "wrong"}), wrong)
    assert packs.files("forms") == {"a.toml": "x"}


class Hub:
    def __init__(self, content: bytes) -> None:
        self.content, self.asked = content, 0

    def pack(self, sha256: str, offset: int, length: int | None = None) -> bytes:
        self.asked += 1
        return self.content[offset : None if length is None else offset + length]


def test_a_pack_is_fetched_once_and_only_as_the_hub_has_signed_it(packs: Packs) -> None:
    content = pack({"forms/a.toml": "x"})
    told = {"version": 2, "sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
    hub = Hub(content + b" ")
    fetch = FetchPack(hub, lambda: told, packs.in_use, lambda pack: packs.take(pack, fine))
    with pytest.raises(HubError, match=r"hub\.bad_pack"):
        fetch()
    hub.content = content
    for _ in range(2):
        fetch()
    assert hub.asked == 2
    assert packs.files("forms") == {"a.toml": "x"}


def test_a_useless_pack_is_not_fetched_again_and_again(packs: Packs) -> None:
    content = b"no archive at all"
    told = {"version": 2, "sha256": hashlib.sha256(content).hexdigest(), "size": len(content)}
    hub = Hub(content)
    fetch = FetchPack(hub, lambda: told, packs.in_use, lambda pack: packs.take(pack, fine))
    for _ in range(3):
        fetch()
    assert hub.asked == 1
    assert packs.in_use() == ""
