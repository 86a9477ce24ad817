"""The tool that makes the gazetteer: names are taken apart, code in a package is not run, another file is refused."""

from __future__ import annotations

import json
import sys
import zipfile
from pathlib import Path

import pytest

from tools.make_units import distance, main, plain, second_package, split


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Phường Ba Đình", ("phường", "Ba Đình")),
        ("Thị Trấn Prao", ("thị trấn", "Prao")),
        ("Phường Phường Đúc", ("phường", "Phường Đúc")),
        ("Thành phố Huế", ("thành phố", "Huế")),
        ("Phường 14", ("phường", "14")),
        (None, ("", "")),
    ],
)
def test_a_name_is_taken_apart_into_kind_and_name(name: str | None, parts: tuple[str, str]) -> None:
    assert split(name) == parts


def test_spellings_are_compared_with_their_marks() -> None:
    assert plain("Ea H'leo") == plain("Ea Hleo")
    assert plain("Đăk Cấm") != plain("Đắk Cấm")


def test_hanoi_is_some_hundred_kilometres_from_hai_phong() -> None:
    assert 80 < distance((21.03, 105.85), (20.86, 106.68)) < 100


def test_data_in_a_module_are_parsed_and_never_run(tmp_path: Path) -> None:
    rows = [{"old": {"ward_name": "Xã Mẫu"}, "new": {"ward_name": "Xã Mẫu"}}]
    wheel = tmp_path / "package.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        data = json.dumps({"mapping": {"rows": rows}})
        archive.writestr(
            "vietnam_address_converter/data.py", f"import json\nraise SystemExit\nDATA = json.loads({data!r})\n"
        )
    assert second_package(wheel) == rows


def test_a_wheel_with_another_hash_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    names = [tmp_path / f"{name}-1.whl" for name in ("vietnamadminunits", "vietnam_address_converter")]
    for name in names:
        name.write_bytes(b"something else")
    monkeypatch.setattr(sys, "argv", ["make_units", *map(str, names)])
    assert main() == 1
    assert "SHA-256" in capsys.readouterr().err
