"""`docs/adding-a-paper.md`, carried out: its files in a copied folder, its paper drawn, the kind known everywhere."""

from __future__ import annotations

import io
import re
import shutil
from pathlib import Path

import pytest

from station import paths
from station.__main__ import main
from station.app import build
from station.dossier.reading import PageReading
from station.language import Language
from station.paths import DataFolder
from station.scan.papers.description import Grammar, Place
from station.scan.papers.folder import load_papers
from station.scan.reader import Reader
from station.settings import Settings
from station.store.keys import Keys
from tools.specimens.ink import Specimen
from tools.specimens.sheet import Sheet, Slot

KIND = "poor_household_certificate"
DOCUMENT = (paths.resources().parent / "docs" / "adding-a-paper.md").read_text(encoding="utf-8")


def told(name: str) -> str:
    """A block of the document by the word behind its language."""
    (block,) = re.findall(rf"```toml {re.escape(name)}\n(.*?)```", DOCUMENT, re.DOTALL)
    return str(block)


def drawn() -> Specimen:
    sheet = Sheet(KIND)
    sheet.letterhead(("ỦY BAN NHÂN DÂN", "XÃ DIỄN CHÂU"), "27/GCN-HN", "Diễn Châu, ngày 15 tháng 12 năm 2026")
    sheet.title("GIẤY CHỨNG NHẬN")
    sheet.title("HỘ NGHÈO, HỘ CẬN NGHÈO")
    sheet.row(Slot("Họ và tên chủ hộ:", "LÒ VĂN MẪU", "head.full_name", bold=True))
    sheet.row(
        Slot("Ngày, tháng, năm sinh:", "05/03/1990", "head.birth_date", "1990-03-05"),
        Slot("Giới tính:", "Nam", "head.sex", "male", at=0.6),
    )
    sheet.boxed("Số định danh cá nhân:", "040090001234", "head.id_number")
    sheet.row(Slot("Nơi cư trú:", "Xóm 5, xã Diễn Châu, tỉnh Nghệ An", "head.residence"))
    sheet.row(Slot("Hộ thuộc diện:", "Hộ cận nghèo", "poverty"), Slot("Mã hộ:", "HN-0127", "household_code", at=0.6))
    sheet.row(Slot("Danh sách thành viên trong hộ:"), dots=False)
    sheet.table(
        ("Họ và tên", "Ngày sinh", "Giới tính", "Quan hệ với chủ hộ"),
        (0.35, 0.2, 0.15, 0.3),
        (("Lò Thị Mẫu", "12/04/1992", "Nữ", "Vợ"), ("Lò Văn Bản", "20/11/2015", "Nam", "Con đẻ")),
    )
    sheet.row(Slot("Ghi chú:", "-/-"))
    sheet.row(Slot("Giấy chứng nhận có giá trị đến ngày", "31/12/2027", "valid_until", "2027-12-31"), dots=False)
    sheet.signatures(("CHỦ TỊCH", "Trần Văn Mẫu"))
    people = (("full_name", ("Lò Thị Mẫu", "Lò Văn Bản")), ("birth_date", ("1992-04-12", "2015-11-20")))
    rest = (("sex", ("female", "male")), ("relationship", ("Vợ", "Con đẻ")))
    for key, values in (*people, *rest):
        sheet.specimen.fields |= {f"members[{at}].{key}": value for at, value in enumerate(values)}
    return sheet.specimen


@pytest.fixture(scope="module")
def resources(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program's data with the document's files in it; what is large is linked."""
    folder = tmp_path_factory.mktemp("program") / "resources"
    folder.mkdir()
    for part in paths.resources().iterdir():
        if part.name in ("papers", "procedures"):
            shutil.copytree(part, folder / part.name)
        else:
            (folder / part.name).symlink_to(part)
    with (folder / "papers" / "lexicons.toml").open("a", encoding="utf-8") as lexicons:
        lexicons.write(told("lexicons.toml"))
    (folder / "papers" / f"{KIND}.toml").write_text(told(f"{KIND}.toml"), encoding="utf-8")
    with next((folder / "procedures").glob("1.001193*.toml")).open("a", encoding="utf-8") as procedure:
        procedure.write("\n" + told("procedure"))
    return folder


@pytest.fixture(scope="module")
def specimen() -> Specimen:
    return drawn()


@pytest.fixture(scope="module")
def reading(resources: Path, specimen: Specimen) -> PageReading:
    content = io.BytesIO()
    specimen.image.save(content, "PNG")
    return Reader(paths.resources() / "models", papers=load_papers(resources / "papers")).read(content.getvalue())


def test_the_description_has_no_mistake(resources: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["papers", "check", str(resources / "papers")]) == 0
    assert "23" in capsys.readouterr().out


def test_the_document_names_all_that_a_description_can_say() -> None:
    words = set(re.findall(r"`([a-z_]+)`", DOCUMENT))
    keys = {"title_starts", "not_titles", "tolerance", "anchors", "stops", "by_fields", "in_order"}
    keys |= {"beside", "prefix", "optional"}
    assert sorted({*Grammar, *Place, *keys} - words) == []


def test_the_paper_is_recognised_and_its_fields_are_found(reading: PageReading, specimen: Specimen) -> None:
    assert reading.kind == KIND
    assert {field.key: field.value for field in reading.fields} == specimen.fields


def test_without_the_description_it_is_another_paper(specimen: Specimen) -> None:
    content = io.BytesIO()
    specimen.image.save(content, "PNG")
    reading = Reader(paths.resources() / "models").read(content.getvalue())
    values = {field.key: field.value for field in reading.fields}
    assert reading.kind == "other"
    assert values == {
        "title": "GIẤY CHỨNG NHẬN HỘ NGHÈO, HỘ CẬN NGHÈO",
        "number": "27/GCN-HN",
        "issuer": "ỦY BAN NHÂN DÂN XÃ DIỄN CHÂU",
        "issue_date": "2026-12-15",
    }


def test_the_whole_station_knows_the_kind(resources: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "resources", lambda: resources)
    station = build(DataFolder(tmp_path), Settings(), Keys.derived_from(bytes(32)), Language.load(), [])
    try:
        desk = station.desk
        assert KIND in desk.kinds
        assert "household_code" in desk.kinds.keys_of(KIND)
        assert any(KIND in paper.kinds for paper in desk.procedures.get("1.001193").papers)
        for name, kind, field in (
            ("vi", "Giấy chứng nhận hộ nghèo, hộ cận nghèo", "Mã hộ"),
            ("en", "Poor household certificate", "Household code"),
        ):
            language = Language.load(name).with_sentences(desk.kinds.sentences(name))
            assert (language(f"kind.{KIND}"), language("field.household_code")) == (kind, field)
    finally:
        station.close()
