"""`station papers check`: every mistake of a folder, and what is found on an image by which description."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from station import paths
from station.__main__ import main

SHIPPED = paths.resources() / "papers"
NOTICE = paths.resources() / "specimens" / "tray" / "1-khai-sinh" / "03-birth-notice.jpg"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "papers"))


def test_the_shipped_descriptions_have_no_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["papers", "check"]) == 0
    assert "22" in capsys.readouterr().out


def test_every_mistake_is_told_with_file_line_and_remedy(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    notice = folder / "birth_notice.toml"
    notice.write_text(notice.read_text("utf-8").replace('grammar = "datetime"', 'grammar = "moment"'), "utf-8")
    power = folder / "power_of_attorney.toml"
    power.write_text(power.read_text("utf-8").replace('key = "scope"', 'key = "extent"'), "utf-8")
    (folder / "broken.toml").write_text("kind = ", "utf-8")
    assert main(["papers", "check", str(folder), "--json"]) == 1
    (told,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert [(problem["code"], problem["file"]) for problem in told["problems"]] == [
        ("resource.bad_value", "birth_notice.toml"),
        ("resource.unreadable", "broken.toml"),
        ("resource.no_name", "power_of_attorney.toml"),
    ]
    line = notice.read_text("utf-8").splitlines()[told["problems"][0]["line"] - 1]
    assert "moment" in line
    assert main(["papers", "check", str(folder)]) == 1
    said = capsys.readouterr().out.splitlines()
    assert len(said) == 5
    assert all(problem["message"] in row for problem, row in zip(told["problems"], said[1:4], strict=True))


def test_missing_lists_are_told_once_and_not_at_every_field_that_names_one(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "lexicons.toml").unlink()
    assert main(["papers", "check", str(folder), "--json"]) == 1
    (told,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert [(problem["code"], problem["file"]) for problem in told["problems"]] == [
        ("resource.missing", "lexicons.toml")
    ]


def test_a_folder_that_is_none_and_one_without_descriptions_are_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["papers", "check", str(tmp_path / "none")]) == 1
    assert "none" in capsys.readouterr().err
    assert main(["papers", "check", str(tmp_path)]) == 1
    assert "*.toml" in capsys.readouterr().err


def test_an_image_shows_how_each_description_fits_and_where_each_field_was_found(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = tmp_path / "none.jpg"
    assert main(["papers", "check", "--json", "--image", str(NOTICE), str(missing)]) == 1
    _, page, failed = map(json.loads, capsys.readouterr().out.splitlines())
    assert failed["error"]["code"] == "file.missing"
    assert page["kind"] == "birth_notice"
    best, second = page["descriptions"][:2]
    assert (best["kind"], best["title_whole"]) == ("birth_notice", True)
    assert best["score"] > 0.9 > 0.5 > second["score"]
    fields = {field["key"]: field for field in page["fields"]}
    born = fields["mother.birth_date"]
    assert (born["value"], born["status"], born["doubt"]) == ("1998-04-17", "accepted", None)
    assert len(born["reads"]) >= 2
    assert born["label"].startswith("Ngày, tháng, năm sinh")
    _, top, right, bottom = born["label_box"]
    assert right <= born["box"][0] + 5
    assert top < (born["box"][1] + born["box"][3]) / 2 < bottom
    assert page["missing"] == ["mother.nationality"]


def test_for_people_it_is_a_table_with_a_reason(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["papers", "check", "--image", str(NOTICE)]) == 0
    said = capsys.readouterr().out
    assert "→ Giấy chứng sinh" in said
    row = next(line for line in said.splitlines() if line.strip().startswith("mother.id_number"))
    assert "040198003517" in row
    assert "đã đối chiếu" in row
