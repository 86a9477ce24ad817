"""Templates are data: each form says what its values are, and a wrong template is told with file, line and remedy."""

from __future__ import annotations

import shutil
import unicodedata
from dataclasses import fields, replace
from datetime import date, datetime
from pathlib import Path

import pypdfium2
import pytest

from station import paths
from station.clock import VIETNAM
from station.dossier.apology import Apology
from station.dossier.closing_sheet import BalanceRow, ClosingSheet
from station.dossier.control_slip import ControlSlip, Handover
from station.dossier.erasure_certificate import ErasedDossier, ErasureCertificate
from station.dossier.my_data_sheet import DossierLine, ErasedLine, LookLine, MyData, PaperLine, ValueLine, WordLine
from station.dossier.printed_form import SHOWS, FormName, PrintedForm
from station.dossier.receipt import Receipt, ReceivedPaper
from station.dossier.refusal import Refusal
from station.dossier.register import Register, RegisterRow
from station.dossier.supplement_slip import SlipRow, SupplementSlip
from station.errors import ResourceError
from station.forms.folder import load_form, load_forms
from station.forms.form_writer import FormWriter
from station.language import Language

FOLDER = paths.resources() / "forms"
AUTHORITY, DEPARTMENT = "Ủy ban nhân dân xã Mẫu", "Trung tâm Phục vụ hành chính công"
NAME, ADDRESS = "Nguyễn Thị Đăng", "Xóm 5, xã Mẫu, tỉnh Nghệ An"
LONG_NAME = "Tôn Nữ Công Tằng Thị Hoàng Nguyễn Quỳnh Ngữ Ẩn Ưỡng Khuỷu Đệ"
LONG_ADDRESS = (
    "Số nhà 127/45/6 ngách 12 ngõ 345 đường Nguyễn Thị Minh Khai kéo dài, tổ dân phố số 17, khu phố Mỹ Thuận Thượng, "
    "phường Nghiễn Cương Đông, thành phố Nghĩa Lộ Mẫu, tỉnh Mẫu (địa chỉ hư cấu, gồm ba dòng)"
)
PROCEDURE = "Đăng ký khai sinh có yếu tố nước ngoài"
REASON = "Hồ sơ không thuộc thẩm quyền giải quyết của Ủy ban nhân dân cấp xã."
MORNING, EVENING = datetime(2026, 9, 5, 9, 5, tzinfo=VIETNAM), datetime(2026, 9, 8, 17, 0, tzinfo=VIETNAM)
NUMBER, OFFICIAL = "TAM.T01-260905-0007", "H15.50.05.13-260905-0975"


def form(name: FormName, *, rows: int = 3, person: str = NAME, address: str = ADDRESS) -> PrintedForm:
    """A form of nobody."""
    slip = SupplementSlip(
        "0007/HDHS", AUTHORITY, DEPARTMENT, "1.001193", PROCEDURE, person, "001199000123", address, "", "",
        tuple(SlipRow(f"Giấy tờ thứ {row}", 1, 0, "Còn thiếu chữ ký") for row in range(1, rows + 1)),
        "Cán bộ Mẫu", MORNING,
    )  # fmt: skip
    receipt = Receipt(
        AUTHORITY, DEPARTMENT, NUMBER, "1.001193", PROCEDURE, person, "001199000123", address, "",
        tuple(ReceivedPaper(f"Giấy tờ thứ {row}", True, row) for row in range(1, rows + 1)),
        1, MORNING, EVENING, DEPARTMENT, 8000, "", "Cán bộ Mẫu", "TRAMSO1|x", True, False, OFFICIAL,
    )  # fmt: skip
    forms: dict[FormName, PrintedForm] = {
        FormName.RECEIPT: receipt,
        FormName.RECEIPT_ROLL: receipt,
        FormName.SUPPLEMENT: slip,
        FormName.REFUSAL: Refusal(
            "0003", AUTHORITY, DEPARTMENT, "1.001193", PROCEDURE, person, "001199000123", address, "", "", REASON,
            "Cán bộ Mẫu", MORNING, False,
        ),
        FormName.APOLOGY: Apology(
            "0002", AUTHORITY, DEPARTMENT, person, address, NUMBER, OFFICIAL, "1.001193", PROCEDURE, MORNING, EVENING,
            REASON, date(2026, 9, 15), "Cán bộ Mẫu", EVENING, False,
        ),
        FormName.CONTROL: ControlSlip(
            AUTHORITY, DEPARTMENT, NUMBER, OFFICIAL, "1.001193", PROCEDURE, person, MORNING, EVENING,
            (Handover(DEPARTMENT, MORNING, person, MORNING, "Cán bộ Mẫu"), Handover()), False,
        ),
        FormName.ERASURE: ErasureCertificate(
            "XD.T01-26-0001", AUTHORITY, DEPARTMENT, "T01", EVENING, person, "Cán bộ Mẫu", False,
            tuple(
                ErasedDossier(f"TAM.T01-260905-{row:04}", OFFICIAL, PROCEDURE, MORNING, False, MORNING, EVENING, 4, 1,
                              37, 0, "9f86d081884c7d65")
                for row in range(1, rows + 1)
            ),
            rows, 4 * rows, rows, True, 30, date(2026, 10, 8), 1234, "60303ae22b998861", False,
        ),
        FormName.MY_DATA: MyData(
            AUTHORITY, DEPARTMENT, "T01", person, "001199000123", "Đã đọc thẻ căn cước", MORNING, "Cán bộ Mẫu",
            (DossierLine(NUMBER, OFFICIAL, PROCEDURE, "người nộp", MORNING, "đã chốt", "hub đã nhận", "08/09/2026"),),
            (ValueLine(NUMBER, "Nơi cư trú", address, "mã QR trên thẻ"),),
            (PaperLine(NUMBER, "Tờ khai – trang 1", MORNING, True),), (WordLine(NUMBER, MORNING, "Đồng ý"),),
            tuple(LookLine(f"TAM.T01-260905-{row:04}", MORNING, "Cán bộ Mẫu", "Mở xem") for row in range(1, rows + 1)),
            (ErasedLine(NUMBER, MORNING, "XD.T01-26-0001"),), False,
        ),
        FormName.REGISTER: Register(
            AUTHORITY, DEPARTMENT, date(2026, 9, 5),
            tuple(
                RegisterRow(f"TAM.T01-260905-{row:04}", "", PROCEDURE, 1, person, address, "0900000000", AUTHORITY,
                            MORNING, EVENING, False)
                for row in range(1, rows + 1)
            ),
            False,
        ),
        FormName.CLOSING: ClosingSheet(
            AUTHORITY, DEPARTMENT, date(2026, 9, 5),
            tuple(
                RegisterRow(f"TAM.T01-260905-{row:04}", "", PROCEDURE, 1, person, address, "0900000000", AUTHORITY,
                            MORNING, EVENING, False)
                for row in range(1, rows + 1)
            ),
            (BalanceRow("Đã đưa vào máy 7 = đã giữ 6 + không giữ 1 (kẹt giấy 1)", "Khớp"),), True, "Cán bộ Mẫu",
            EVENING, 1234, "1234:9f3a6c1b22d077e1ab12", "TSN1|1234|" + "9f" * 32 + "|" + "A" * 160, False,
        ),
    }  # fmt: skip
    return forms[name]


@pytest.fixture(scope="module")
def writer() -> FormWriter:
    return FormWriter(paths.resources() / "fonts", load_forms(FOLDER))


def text_of(pdf: bytes) -> str:
    """All pages, single spaces between words."""
    with pypdfium2.PdfDocument(pdf) as document:
        return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)


SAID = {
    FormName.RECEIPT: (NAME, ADDRESS, NUMBER, OFFICIAL, "17 giờ 00 phút, ngày 08 tháng 9 năm 2026", "8.000 đồng"),
    FormName.RECEIPT_ROLL: (NAME, NUMBER, OFFICIAL, "17 giờ 00 phút, ngày 08 tháng 9 năm 2026", "8.000 đồng"),
    FormName.SUPPLEMENT: (NAME, ADDRESS, PROCEDURE, "Số: 0007/HDHS", "Còn thiếu chữ ký", "NGƯỜI HƯỚNG DẪN"),
    FormName.REFUSAL: (NAME, ADDRESS, PROCEDURE, "Số: 0003/TCHS", REASON, "ngày 05 tháng 9 năm 2026"),
    FormName.APOLOGY: (NAME, ADDRESS, NUMBER, OFFICIAL, "Số: 0002/PXL", REASON, "ngày 15 tháng 9 năm 2026"),
    FormName.CONTROL: (NAME, NUMBER, OFFICIAL, "THỜI GIAN GIAO, NHẬN HỒ SƠ", "□ Đúng hạn", "Cán bộ Mẫu"),
    FormName.CLOSING: (
        "TAM.T01-260905-0003",
        "CHỐT CA",
        "Đã đưa vào máy 7 = đã giữ 6",
        "Khớp",
        "1234:9f3a6c1b22d077e1ab12",
        "MỌI TỜ ĐỀU CÒN ĐỦ",
        "Cán bộ Mẫu",
    ),
    FormName.ERASURE: (
        "XD.T01-26-0001",
        NAME,
        "đủ 30 lần sao lưu tiếp theo",
        "ngày 08 tháng 10 năm 2026",
        "hết hạn lưu giữ",
    ),
    FormName.MY_DATA: (NAME, "001199000123", ADDRESS, OFFICIAL, "dùng lại từ hồ sơ trước", "Mở xem", "XD.T01-26-0001"),
    FormName.REGISTER: ("TAM.T01-260905-0003", "chưa đồng bộ", "05/09/2026", "08/09/2026", "0900000000", "Ký nhận"),
}


@pytest.mark.parametrize("name", FormName)
def test_what_was_put_in_can_be_taken_out_with_its_marks(writer: FormWriter, name: FormName) -> None:
    text = text_of(writer.write(name, form(name)))
    assert [said for said in SAID[name] if said not in text] == []
    assert unicodedata.is_normalized("NFC", text)


@pytest.mark.parametrize("name", FormName)
def test_long_names_long_addresses_and_many_rows_wrap_and_flow_on(writer: FormWriter, name: FormName) -> None:
    pdf = writer.write(name, form(name, rows=25, person=LONG_NAME, address=LONG_ADDRESS))
    text = text_of(pdf)
    assert f"{25:04}" in text or "Giấy tờ thứ 25" in text or LONG_NAME in text
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            width, height = page.get_size()
            chars = page.get_textpage()
            boxes = [chars.get_charbox(place) for place in range(chars.count_chars())]
            assert all(
                left >= 0 and bottom >= 0 and right <= width and top <= height for left, bottom, right, top in boxes
            )


@pytest.mark.parametrize("name", FormName)
def test_practice_is_marked_on_every_page(writer: FormWriter, name: FormName) -> None:
    pdf = writer.write(name, replace(form(name, rows=12), practice=True))
    with pypdfium2.PdfDocument(pdf) as document:
        for page in document:
            letters = page.get_textpage().get_text_range().replace(" ", "").replace("\r\n", "")
            assert "THỰCHÀNH" in letters


@pytest.mark.parametrize("name", FormName)
def test_the_same_values_give_the_same_bytes(writer: FormWriter, name: FormName) -> None:
    assert writer.write(name, form(name)) == writer.write(name, form(name))


def test_a_roll_is_as_long_as_what_stands_on_it(writer: FormWriter) -> None:
    lengths = []
    for rows in (1, 25):
        with pypdfium2.PdfDocument(writer.write(FormName.RECEIPT_ROLL, form(FormName.RECEIPT_ROLL, rows=rows))) as roll:
            assert len(roll) == 1
            width, height = roll.get_page_size(0)
            assert width * 25.4 / 72 == pytest.approx(80, abs=0.1)
            lengths.append(height)
    assert lengths[0] + 24 * 15 < lengths[1]


def test_the_words_can_be_changed_without_a_program(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "forms")
    file = tmp_path / "forms" / "refusal.toml"
    changed = file.read_text("utf-8").replace("/TCHS", "/TC-UBND").replace("PHIẾU TỪ CHỐI", "THÔNG BÁO TỪ CHỐI")
    file.write_text(changed, "utf-8")
    writer = FormWriter(paths.resources() / "fonts", load_forms(tmp_path / "forms"))
    text = text_of(writer.write(FormName.REFUSAL, form(FormName.REFUSAL)))
    assert "Số: 0003/TC-UBND" in text
    assert "THÔNG BÁO TỪ CHỐI TIẾP NHẬN" in text


@pytest.mark.parametrize(
    ("old", "new", "code", "remedy"),
    [
        ("{submitter_phone}", "{phone}", "resource.bad_phrase", "{submitter_phone}"),
        ("{due_at}.</b>", "{due_at:long}.</b>", "resource.bad_phrase", "{due_at:short}"),
        ("{original:Bản chính|Bản sao}", "{original}", "resource.bad_phrase", "{original:…|…}"),
        ("<b>{submitter_name}</b>", "<b>{submitter_name}", "resource.bad_phrase", "</b>"),
        ("Địa chỉ: {submitter_address}", "Địa chỉ: {submitter_address", "resource.bad_phrase", "{authority}"),
        ("width = 28", "width = 160", "resource.too_wide", "164"),
        ("width = 28", "width = 3", "resource.bad_value", "6–170"),
        ('rows = "papers"', 'rows = "files"', "resource.bad_value", "papers"),
        ('when = "!acknowledged"', 'when = "!seen"', "resource.bad_value", "acknowledged"),
        ("widths = [43, 57]", "widths = [43, 50]", "resource.bad_value", "100"),
        ("size = [210, 297]", 'size = "A4"', "resource.wrong_type", "["),
        ("margins = [15, 15, 18, 25]", "margins = [15, 15, 18, 190]", "resource.bad_value", "155"),
        ("title = 14", "title = 140", "resource.bad_value", "6–40"),
        ('align = "centre"', 'align = "center"', "resource.bad_value", "centre"),
        ("mark =", "marks =", "resource.missing_key", "mark"),
        ("[blank]", "[blank]\nextra = 1", "resource.unknown_key", "text"),
        ('kind = "barcode"', 'kind = "code"', "resource.bad_value", "barcode"),
        ('value = "{verification}"', 'value = "{number}"', "resource.must_show", "{verification}"),
    ],
)
def test_a_wrong_template_is_told_with_file_line_and_remedy(
    tmp_path: Path, old: str, new: str, code: str, remedy: str
) -> None:
    text = (FOLDER / "receipt.toml").read_text("utf-8")
    assert old in text
    (tmp_path / "receipt.toml").write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(ResourceError) as caught:
        load_form(tmp_path / "receipt.toml", FormName.RECEIPT)
    told = caught.value.parameters
    assert (caught.value.code, told["file"]) == (code, "receipt.toml")
    assert remedy in str(told["remedy"])
    line = text[: text.index(old)].count("\n") + 1
    near = int(told["line"])
    # What is missing is told at the table around it, what a heading lacks at the block.
    assert 0 <= line - near <= 25 or near - line in (0, 1) or code == "resource.must_show"
    for language in ("vi", "en"):
        assert remedy in str(Language.load(language).error(caught.value))


def test_a_receipt_cannot_be_made_to_hide_that_the_province_does_not_know(tmp_path: Path) -> None:
    text = (FOLDER / "receipt.toml").read_text("utf-8")
    for condition in ('when = "!acknowledged"\n', 'when = "acknowledged"\n'):
        text = text.replace(condition, "")
    (tmp_path / "receipt.toml").write_text(text, "utf-8")
    with pytest.raises(ResourceError) as caught:
        load_form(tmp_path / "receipt.toml", FormName.RECEIPT)
    assert (caught.value.code, caught.value.parameters["remedy"]) == ("resource.must_show", "{acknowledged}")


def test_a_form_that_is_missing_is_named(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "forms")
    (tmp_path / "forms" / "control.toml").unlink()
    with pytest.raises(ResourceError) as caught:
        load_forms(tmp_path / "forms")
    assert (caught.value.code, caught.value.parameters) == ("resource.missing", {"file": "control.toml"})


def test_the_folders_readme_names_every_place() -> None:
    told = (FOLDER / "README.md").read_text("utf-8")
    places = {field.name for kind in SHOWS.values() for field in fields(kind)}
    assert sorted(place for place in places if f"`{place}`" not in told) == []
