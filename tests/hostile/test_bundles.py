"""Whatever a bundle says of itself, nothing of it lands anywhere, and it costs no more than its bounds."""

from __future__ import annotations

import gzip
import os
import tarfile
from pathlib import Path

import pytest

from station.bundle import Bounds, members
from station.errors import InputError
from station.outside_file import read_outside
from tests.hostile import bundles
from tests.hostile.bundles import linked, taped, zipped

SMALL = Bounds(members=50, file=8 << 20, member=1 << 20, total=4 << 20)


def refusal(folder: Path, content: bytes) -> str:
    file = folder / "bundle"
    file.write_bytes(content)
    with pytest.raises(InputError) as told:
        list(members(file, SMALL))
    return told.value.code


@pytest.mark.parametrize("pack", [zipped, taped, lambda *given: gzip.compress(taped(*given))])
def test_an_honest_bundle_is_read_in_its_order(tmp_path: Path, pack: object) -> None:
    given = (("manifest.json", b"{}"), ("trang/0001.jpg", b"a"), ("giấy tờ.txt", "Mẫu".encode()))
    file = tmp_path / "bundle"
    file.write_bytes(pack(*given))  # type: ignore[operator]
    assert [(one.name, one.content) for one in members(file)] == list(given)


NAMES = (
    "../keys.json", "a/../../keys.json", "/etc/passwd", "C:/windows", "a\\..\\b", "\\\\server\\share", ".", "a//b",
    "a/./b", "nul", "COM1.txt", "a.", " a", "a\n.txt", "a\u202egpj.exe", "a\u200b.txt", "x" * 200, "a/" * 9 + "b",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("pack", [zipped, taped])
def test_a_name_that_leads_out_or_deceives_is_refused(tmp_path: Path, name: str, pack: object) -> None:
    assert refusal(tmp_path, pack(("good.txt", b"a"), (name, b"x"))) == "file.bundle_unsafe"  # type: ignore[operator]


@pytest.mark.parametrize("pair", [("a.txt", "A.TXT"), ("é.txt", "e\u0301.txt"), ("a.txt", "ａ.txt"), ("ß", "SS")])
def test_two_names_that_some_system_takes_for_one_are_refused(tmp_path: Path, pair: tuple[str, str]) -> None:
    assert refusal(tmp_path, taped(*((name, b"x") for name in pair))) == "file.bundle_unsafe"


@pytest.mark.parametrize(
    "kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE, tarfile.CONTTYPE]
)
def test_links_devices_and_pipes_are_refused(tmp_path: Path, kind: bytes) -> None:
    if kind == tarfile.CONTTYPE:
        file = tmp_path / "bundle"
        file.write_bytes(linked(kind))
        assert [one.content for one in members(file)] == [b""], "a regular file by another letter"
        return
    assert refusal(tmp_path, linked(kind)) == "file.bundle_unsafe"


def test_a_link_in_a_zip_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, zipped(("a", b"/etc/passwd"), mode=0o120777)) == "file.bundle_unsafe"


@pytest.mark.parametrize(
    "made",
    [bundles.bomb, bundles.gzip_bomb, bundles.gzip_header_bomb, bundles.overlapping_zip, bundles.crowded_zip],
    ids=lambda made: made.__name__,
)
def test_a_bomb_is_cut_off_at_the_bounds(tmp_path: Path, made: object) -> None:
    assert refusal(tmp_path, made()) in {"file.bundle_too_large", "file.bundle_damaged"}  # type: ignore[operator]


def test_what_a_bundle_says_of_its_sizes_proves_nothing(tmp_path: Path) -> None:
    assert refusal(tmp_path, bundles.lying_zip()) in {"file.bundle_too_large", "file.bundle_damaged"}


def test_too_many_members_are_refused(tmp_path: Path) -> None:
    many = [(f"{number}.txt", b"") for number in range(60)]
    assert refusal(tmp_path, zipped(*many)) == "file.bundle_too_large"
    assert refusal(tmp_path, taped(*many)) == "file.bundle_too_large"


@pytest.mark.parametrize("cut", [30, 100, 600])
@pytest.mark.parametrize("pack", [zipped, taped, lambda *given: gzip.compress(taped(*given))])
def test_a_bundle_that_was_cut_off_is_damaged(tmp_path: Path, pack: object, cut: int) -> None:
    whole = pack(("a.txt", os.urandom(3000)))  # type: ignore[operator]
    file = tmp_path / "bundle"
    file.write_bytes(whole[:cut])
    with pytest.raises(InputError, match=r"file\.(bundle_damaged|no_bundle)"):
        list(members(file))


def test_a_member_without_a_name_is_refused(tmp_path: Path) -> None:
    assert refusal(tmp_path, zipped(("", b"a"))) == "file.bundle_damaged"


def test_what_is_no_bundle_is_told_as_such(tmp_path: Path) -> None:
    assert refusal(tmp_path, b"hello") == "file.no_bundle"


def test_only_a_file_that_is_one_is_read(tmp_path: Path) -> None:
    file, link, pipe = tmp_path / "a", tmp_path / "link", tmp_path / "pipe"
    file.write_bytes(b"abc")
    link.symlink_to(file)
    os.mkfifo(pipe)
    assert read_outside(file, 3) == read_outside(link, 3, follow=True) == b"abc"
    for place in (link, pipe, tmp_path, Path("/dev/zero")):
        with pytest.raises(InputError, match=r"file\.not_a_file"):
            read_outside(place, 100)
    with pytest.raises(InputError, match=r"file\.too_heavy"):
        read_outside(file, 2)
    with pytest.raises(InputError, match=r"file\.no_access"):
        read_outside(tmp_path / "none", 2)
