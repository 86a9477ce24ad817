"""`station procedures check` names every mistake; `station procedures diff` says what is new."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from station import paths
from station.__main__ import main
from station.check_procedures import check_procedures, compare_versions
from station.errors import ResourceError, RuleError
from station.paths import DataFolder

SHIPPED = paths.resources() / "procedures"
CODE = "1.004222"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Two versions of one procedure."""
    text = (SHIPPED / f"{CODE}.toml").read_text(encoding="utf-8")
    (tmp_path / f"{CODE}@2026-07-18.toml").write_text(text, encoding="utf-8")
    newer = text.replace('version = "2026-07-18"', 'version = "2027-01-01"').replace("amount = 20000", "amount = 25000")
    (tmp_path / f"{CODE}.toml").write_text(newer, encoding="utf-8")
    return tmp_path


def test_a_good_folder_is_counted(folder: Path) -> None:
    out = io.StringIO()
    assert check_procedures(folder, out) == 0
    assert "2 thủ tục, không có lỗi" in out.getvalue()


def test_the_programs_own_procedures_are_good() -> None:
    assert check_procedures(None, io.StringIO()) == 0


def test_every_mistake_is_told_with_file_line_and_remedy(folder: Path) -> None:
    wrong = folder / f"{CODE}.toml"
    text = wrong.read_text(encoding="utf-8")
    text = text.replace('["residence_form"]', '["residence_from"]', 1).replace("time = 7", "time = 0", 1)
    wrong.write_text(text, encoding="utf-8")
    lines = text.splitlines()
    out = io.StringIO()
    assert check_procedures(folder, out) == 1
    told = out.getvalue().splitlines()
    assert len(told) == 3
    for wanted in ('kinds = ["residence_from"]', "time = 0"):
        assert any(f"{CODE}.toml, dòng {lines.index(wanted) + 1}:" in line for line in told)


def test_a_folder_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ResourceError, match=r"resource\.no_folder"):
        check_procedures(tmp_path / "nowhere", io.StringIO())


def test_what_is_new_is_told_in_sentences(folder: Path, tmp_path: Path) -> None:
    out = io.StringIO()
    assert compare_versions(CODE, "2026-07-18", "2027-01-01", folder, DataFolder(tmp_path / "none"), out) == 0
    assert out.getvalue().splitlines() == [
        "1.004222 Đăng ký thường trú: bản 01/01/2027 so với bản 18/07/2026",
        "- Lệ phí đăng ký thường trú: 25.000 đồng (trước: 20.000 đồng).",
    ]


def test_an_edited_procedure_of_the_station_is_compared_with_the_shipped_one(folder: Path, tmp_path: Path) -> None:
    data = DataFolder(tmp_path / "data")
    (data.resources / "procedures").mkdir(parents=True)
    for file in folder.glob("*.toml"):
        file.rename(data.resources / "procedures" / file.name)
    out = io.StringIO()
    compare_versions(CODE, "2026-07-18", "2027-01-01", None, data, out)
    assert "25.000 đồng" in out.getvalue()
    assert not data.last_good.exists()


def test_an_unknown_version_is_refused(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=r"dossier\.no_such_procedure"):
        compare_versions(CODE, "2020-01-01", "2027-01-01", folder, DataFolder(tmp_path), io.StringIO())


def test_the_command_line_reaches_both(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["procedures", "check", str(folder)]) == 0
    assert main(["procedures", "diff", CODE, "2026-07-18", "2027-01-01", "--folder", str(folder)]) == 0
    (folder / f"{CODE}.toml").write_text("code = ", encoding="utf-8")
    assert main(["procedures", "check", str(folder)]) == 1
    assert "25.000 đồng" in capsys.readouterr().out
