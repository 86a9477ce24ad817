"""The receipt on paper: every part of Mẫu 01, with its marks, twice; its codes read; it says when it is provisional."""

from __future__ import annotations

import io
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from station import paths
from station.clock import VIETNAM
from station.dossier.printed_form import FormName
from station.dossier.receipt import Receipt, ReceivedPaper
from station.errors import ResourceError
from station.forms.folder import load_forms
from station.forms.form_writer import FormWriter
from station.forms.vietnamese import amount, day, moment

RECEIPT = Receipt(
    authority="Ủy ban nhân dân xã Mẫu",
    department="Trung tâm Phục vụ hành chính công",
    number="H00.00.00-261122-0017",
    procedure_code="1.001193",
    procedure_name="Đăng ký khai sinh",
    submitter_name="Nguyễn Thị Đăng",
    submitter_id="040198003517",
    submitter_address="Xóm 5, xã Mẫu, tỉnh Nghệ An",
    submitter_phone="",
    papers=(ReceivedPaper("Tờ khai đăng ký khai sinh", True, 1), ReceivedPaper("Giấy chứng sinh", False, 2)),
    dossier_count=1,
    received_at=datetime(2026, 11, 22, 9, 5, tzinfo=VIETNAM),
    due_at=datetime(2026, 11, 23, 17, 0, tzinfo=VIETNAM),
    return_at="Trung tâm Phục vụ hành chính công",
    fee=200000,
    fee_note="Thu tại quầy.",
    officer_name="Lê Thị Mỹ Duyên",
    verification="DVC1|H00.00.00-261122-0017|2026-11-22T09:05+07:00|8f3a5c27d1e94b60",
    acknowledged=False,
    practice=False,
)


@pytest.fixture(scope="module")
def writer() -> FormWriter:
    return FormWriter(paths.resources() / "fonts", load_forms(paths.resources() / "forms"))


def texts(content: bytes) -> list[str]:
    """The text of each page, its lines joined by single spaces."""
    with pypdfium2.PdfDocument(content) as document:
        return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def codes(page: bytes) -> dict[str, str]:
    """What a reader finds on a printed page, by symbology."""
    with Image.open(io.BytesIO(page)) as image:
        return {found.format.name: found.text for found in zxingcpp.read_barcodes(image)}


def test_every_value_stands_on_both_copies_with_its_marks(writer: FormWriter) -> None:
    pages = texts(writer.write(FormName.RECEIPT, RECEIPT))
    assert len(pages) == 2
    for page in pages:
        for said in (
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ",
            "ỦY BAN NHÂN DÂN XÃ MẪU",
            "Tiếp nhận hồ sơ của: Nguyễn Thị Đăng",
            "040198003517",
            "Xóm 5, xã Mẫu, tỉnh Nghệ An",
            "Đăng ký khai sinh (1.001193)",
            "1 Tờ khai đăng ký khai sinh Bản chính 01",
            "2 Giấy chứng sinh Bản sao 02",
            "2. Số lượng hồ sơ: 01 (bộ)",
            "09 giờ 05 phút, ngày 22 tháng 11 năm 2026",
            "17 giờ 00 phút, ngày 23 tháng 11 năm 2026",
            "200.000 đồng, chưa thu. Thu tại quầy.",
            "Lê Thị Mỹ Duyên",
        ):
            assert said in page
    assert "Liên 1" in pages[0]
    assert "Liên 2" in pages[1]


def test_the_codes_on_the_printed_page_read_as_number_and_verification(writer: FormWriter) -> None:
    pages = writer.images(writer.write(FormName.RECEIPT, RECEIPT), dpi=200)
    assert len(pages) == 2
    for page in pages:
        assert codes(page) == {"QRCode": RECEIPT.verification, "Code128": RECEIPT.number}


def test_the_receipt_says_that_the_province_does_not_know_yet(writer: FormWriter) -> None:
    honest = "Đã nhận tại quầy – chưa đồng bộ"
    assert all(honest in page for page in texts(writer.write(FormName.RECEIPT, RECEIPT)))
    acknowledged = texts(writer.write(FormName.RECEIPT, replace(RECEIPT, acknowledged=True)))
    assert all(honest not in page and "Hệ thống của tỉnh đã nhận đủ hồ sơ" in page for page in acknowledged)


def test_practice_marks_every_page(writer: FormWriter) -> None:
    mark = "THỰC HÀNH – KHÔNG CÓ GIÁ TRỊ"
    papers = tuple(ReceivedPaper(f"Giấy tờ thứ {number}", True, 1) for number in range(1, 61))
    # Turned text is extracted letter by letter on some pages: the spaces do not count.
    pages = [
        page.replace(" ", "")
        for page in texts(writer.write(FormName.RECEIPT, replace(RECEIPT, practice=True, papers=papers)))
    ]
    assert len(pages) >= 4
    assert all(mark.replace(" ", "") in page for page in pages)
    assert all(mark not in page for page in texts(writer.write(FormName.RECEIPT, RECEIPT)))


def test_many_papers_flow_to_further_pages_with_the_table_head_repeated(writer: FormWriter) -> None:
    papers = tuple(ReceivedPaper(f"Giấy tờ thứ {number}", True, 1) for number in range(1, 41))
    pages = texts(writer.write(FormName.RECEIPT, replace(RECEIPT, papers=papers)))
    assert len(pages) == 4
    assert "trang 1/2" in pages[0]
    assert "trang 2/2" in pages[1]
    assert "trang 1/2" in pages[2]
    assert all("STT Tên giấy tờ" in page for page in pages)
    assert "40 Giấy tờ thứ 40" in pages[1]
    assert "NGƯỜI NỘP HỒ SƠ" in pages[1]


def test_long_values_wrap_and_mark_up_letters_print_as_themselves(writer: FormWriter) -> None:
    name = "Tôn Nữ Công Tằng Thị Đăng Hoàng Nguyễn Quỳnh Ngữ Ẩn Ưỡng Nghiêng Khuỷu Trưởng Đệ Nhị"
    paper = ReceivedPaper("Giấy <b>A</b> & B " + "rất dài " * 40, True, 1)
    pages = texts(writer.write(FormName.RECEIPT, replace(RECEIPT, submitter_name=name, papers=(paper,))))
    assert all(name in page and "Giấy <b>A</b> & B rất dài" in page for page in pages)


def test_decomposed_letters_print_composed(writer: FormWriter) -> None:
    decomposed = "Nguye\u0302\u0303n Thi\u0323 \u0110a\u0306ng"
    assert all(
        "Nguyễn Thị Đăng" in page
        for page in texts(writer.write(FormName.RECEIPT, replace(RECEIPT, submitter_name=decomposed)))
    )


def test_the_fonts_travel_with_the_file(writer: FormWriter) -> None:
    content = writer.write(FormName.RECEIPT, RECEIPT)
    assert content.count(b"/FontFile2") >= 3
    assert b"LiberationSerif" in content


def test_the_same_receipt_gives_the_same_bytes(writer: FormWriter) -> None:
    assert writer.write(FormName.RECEIPT, RECEIPT) == writer.write(FormName.RECEIPT, RECEIPT)


def test_a_missing_font_is_named(tmp_path: Path) -> None:
    with pytest.raises(ResourceError) as caught:
        FormWriter(tmp_path, {})
    assert (caught.value.code, caught.value.parameters["file"]) == ("forms.no_font", "LiberationSerif-Regular.ttf")


def test_times_are_printed_in_vietnams_time() -> None:
    printed = moment(datetime(2026, 11, 22, 23, 30, tzinfo=UTC))
    assert printed.replace("\u00a0", " ") == "06 giờ 30 phút, ngày 23 tháng 11 năm 2026"


def test_days_below_ten_have_two_figures_and_months_only_the_first_two() -> None:
    days = [day(date(2026, month, 5)).replace("\u00a0", " ") for month in (2, 9, 12)]
    assert days == ["ngày 05 tháng 02 năm 2026", "ngày 05 tháng 9 năm 2026", "ngày 05 tháng 12 năm 2026"]


def test_amounts_have_dots_between_thousands() -> None:
    assert [amount(dong) for dong in (500, 8000, 1250000)] == ["500", "8.000", "1.250.000"]


def test_pages_become_images_of_a4_at_the_asked_resolution(writer: FormWriter) -> None:
    with Image.open(io.BytesIO(writer.images(writer.write(FormName.RECEIPT, RECEIPT), dpi=100)[0])) as image:
        assert image.format == "PNG"
        assert image.size == pytest.approx((827, 1170), abs=1)


def test_several_threads_may_write_and_draw_at_once(writer: FormWriter) -> None:
    alone = writer.write(FormName.RECEIPT, RECEIPT)
    drawn = writer.images(alone, dpi=40)

    def once(_number: int) -> tuple[bytes, Sequence[bytes]]:
        return writer.write(FormName.RECEIPT, RECEIPT), writer.images(alone, dpi=40)

    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(once, range(16))) == [(alone, drawn)] * 16
