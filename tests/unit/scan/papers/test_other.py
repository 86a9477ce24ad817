"""Papers that nobody has described: never forced into a kind, and title, number, issuer and date where they stand."""

from __future__ import annotations

import pytest

from station.scan.papers.classify import classify
from station.scan.papers.description import Papers
from station.scan.papers.layout import rows_of
from tests.unit.scan.papers.pages import page_of
from tests.unit.scan.papers.reading import values

DECISION = """
@300 ỦY BAN NHÂN DÂN @1200 CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@340 XÃ PHÚ MẪU @1400 Độc lập - Tự do - Hạnh phúc
@320 Số: 127/QĐ-UBND @1350 Phú Mẫu, ngày 18 tháng 10 năm 2026
@950 QUYẾT ĐỊNH
@700 Về việc công nhận hộ nghèo năm 2026
@500 CHỦ TỊCH ỦY BAN NHÂN DÂN XÃ PHÚ MẪU
Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;
Theo đề nghị của bà Lê Thị Mẫu, sinh ngày 05 tháng 03 năm 1990
"""
NOTICE = """
@300 SỞ Y TẾ TỈNH MẪU @1200 CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM
@260 BỆNH VIỆN ĐA KHOA MẪU @1400 Độc lập – Tự do – Hạnh phúc
@320 Số: 45/TB-BVĐK @1350 Mẫu, ngày 02 tháng 9 năm 2025
@900 THÔNG BÁO
@700 Về việc nghỉ lễ
"""
INVITATION = """
@300 TRƯỜNG TIỂU HỌC MẪU @1200 CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@1400 Độc lập - Tự do - Hạnh phúc
@950 GIẤY MỜI
Kính gửi: Ông Lê Văn Mẫu
Thời gian: 8 giờ, ngày 12 tháng 5 năm 2026
@1300 Phú Mẫu, ngày 10 tháng 5 năm 2026
@1400 HIỆU TRƯỞNG
"""
CONTRACT = """
@800 CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@900 Độc lập - Tự do - Hạnh phúc
@850 HỢP ĐỒNG THUÊ NHÀ
@1000 Số: 12/HĐTN
Hôm nay, ngày 01 tháng 02 năm 2026, tại nhà số 5, chúng tôi gồm:
BÊN CHO THUÊ (Bên A): Ông Lê Văn Mẫu
"""
DIPLOMA = """
@800 CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@900 Độc lập - Tự do - Hạnh phúc
@850 HIỆU TRƯỞNG
@700 TRƯỜNG ĐẠI HỌC MẪU
@950 cấp
@750 BẰNG TỐT NGHIỆP ĐẠI HỌC
Cho: Lê Thị Mẫu
@1300 Mẫu, ngày 20 tháng 7 năm 2024
"""
INVOICE = """
CÔNG TY TNHH MẪU
@800 HÓA ĐƠN GIÁ TRỊ GIA TĂNG
@900 Ngày 12 tháng 3 năm 2026
@1700 Số: 00012345
Họ tên người mua hàng: Lê Văn Mẫu
"""
JOB = """
@800 CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
@900 Độc lập - Tự do - Hạnh phúc
@950 ĐƠN XIN VIỆC
Kính gửi: Ban Giám đốc Công ty Mẫu
Tôi tên là: Lê Văn Mẫu
Sinh ngày: 05/03/1990
"""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            DECISION,
            {
                "title": "QUYẾT ĐỊNH",
                "number": "127/QĐ-UBND",
                "issuer": "ỦY BAN NHÂN DÂN XÃ PHÚ MẪU",
                "issue_date": "2026-10-18",
            },
        ),
        (
            NOTICE,
            {
                "title": "THÔNG BÁO",
                "number": "45/TB-BVĐK",
                "issuer": "BỆNH VIỆN ĐA KHOA MẪU",
                "issue_date": "2025-09-02",
            },
        ),
        (INVITATION, {"title": "GIẤY MỜI", "issuer": "TRƯỜNG TIỂU HỌC MẪU", "issue_date": "2026-05-10"}),
        (CONTRACT, {"title": "HỢP ĐỒNG THUÊ NHÀ", "number": "12/HĐTN"}),
        (DIPLOMA, {"title": "BẰNG TỐT NGHIỆP ĐẠI HỌC", "issue_date": "2024-07-20"}),
        (INVOICE, {"title": "HÓA ĐƠN GIÁ TRỊ GIA TĂNG", "number": "00012345", "issue_date": "2026-03-12"}),
        (JOB, {"title": "ĐƠN XIN VIỆC"}),
    ],
    ids=["decision", "notice", "invitation", "contract", "diploma", "invoice", "job"],
)
def test_an_unknown_paper_says_what_it_is(papers: Papers, text: str, expected: dict[str, str]) -> None:
    rows = rows_of(page_of(text))
    assert classify(rows, papers).kind == "other"
    assert values(text, "other", papers) == expected


PERSON = """
Họ và tên: LÊ VĂN MẪU
Ngày sinh: 05/03/1990 @900 Giới tính: Nam
Dân tộc: Kinh @900 Quốc tịch: Việt Nam
Nơi cư trú: Thôn Đông, xã Mẫu, tỉnh Mẫu
Số định danh cá nhân: 001090012345
"""


@pytest.mark.parametrize(
    "title",
    [
        "GIẤY PHÉP LÁI TÀU",
        "GIẤY CHỨNG NHẬN HỘ NGHÈO",
        "GIẤY XÁC NHẬN TÌNH TRẠNG VIỆC LÀM",
        "GIẤY CHỨNG NHẬN KHUYẾT TẬT",
        "GIẤY CHỨNG NHẬN ĐĂNG KÝ DOANH NGHIỆP",
        "GIẤY BÁO NHẬP HỌC",
        "GIẤY ỦY NHIỆM CHI",
        "THẺ BẢO HIỂM XE MÁY",
        "TỜ KHAI ĐĂNG KÝ KHAI TỬ",
        "TỜ KHAI ĐĂNG KÝ KẾT HÔN",
        "TRÍCH LỤC BẢN ĐỒ ĐỊA CHÍNH",
        "SỔ HỘ KHẨU",
        "GIẤY KHÁM SỨC KHỎE",
        "GIẤY CHỨNG NHẬN TỐT NGHIỆP TẠM THỜI",
        "CHỨNG NHẬN ĐĂNG KÝ TÀU CÁ",
    ],
)
def test_a_title_that_is_nearly_a_known_one_makes_no_kind(papers: Papers, title: str) -> None:
    assert classify(rows_of(page_of(f"@800 {title}{PERSON}")), papers).kind == "other"


@pytest.mark.parametrize("title", ["Giấy khai sinh", "1. Giấy chứng nhận kết hôn", "- Giấy báo tử", "b) Giấy ủy quyền"])
def test_a_list_of_papers_is_none_of_them(papers: Papers, title: str) -> None:
    text = f"@800 GIẤY TIẾP NHẬN HỒ SƠ\nHọ và tên: LÊ VĂN MẪU\nSố: 12\nThành phần hồ sơ gồm:\n{title}\n2. Ảnh"
    assert classify(rows_of(page_of(text)), papers).kind == "other"
