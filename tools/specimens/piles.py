"""Four piles of papers, each telling one story: the same people, numbers and places on every paper of a pile."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

from tools.specimens import cards, civil_status, residence
from tools.specimens.civil_status import Birth
from tools.specimens.ink import Specimen
from tools.specimens.people import Person

Pile = list[tuple[str, Specimen]]


def birth_registration() -> Pile:
    """A mother registers her newborn son."""
    home = "Xóm 5, xã Diễn Châu, tỉnh Nghệ An"
    mother = Person(
        name="Nguyễn Thị Đăng",
        birth_date=date(1998, 4, 17),
        sex="female",
        id_number="040198003517",
        residence=home,
        origin="Xã Diễn Châu, tỉnh Nghệ An",
        id_issued=date(2021, 8, 12),
        id_expires=date(2038, 4, 17),
    )
    father = Person(
        name="Hoàng Đình Vỹ",
        birth_date=date(1995, 9, 2),
        sex="male",
        id_number="040095012846",
        residence=home,
        origin="Xã Diễn Châu, tỉnh Nghệ An",
        id_issued=date(2021, 8, 12),
    )
    child = Person(
        name="Hoàng Nguyễn Đức Ẩn",
        birth_date=date(2026, 11, 9),
        sex="male",
        id_number="040226000731",
        residence=home,
        origin="Xã Diễn Châu, tỉnh Nghệ An",
    )
    birth = Birth(
        child=child,
        mother=mother,
        father=father,
        place="Trung tâm Y tế Diễn Châu, xã Diễn Châu, tỉnh Nghệ An",
        number="",
        registered_at="",
        registered_on=date(2026, 11, 20),
        signer="",
    )
    return [
        ("citizen-card-front", cards.citizen_card_front(mother)),
        ("citizen-card-back", cards.citizen_card_back(mother, "Nốt ruồi C:1cm trên sau mép phải", "Trần Hữu Mẫu")),
        (
            "birth-notice",
            civil_status.birth_notice(
                birth,
                ("SỞ Y TẾ NGHỆ AN", "TRUNG TÂM Y TẾ DIỄN CHÂU"),
                "00318.GCS.40012.26",
                datetime(2026, 11, 9, 8, 25),  # noqa: DTZ001, a paper prints local time
                3200,
                "Diễn Châu",
                date(2026, 11, 11),
                ("Phan Thị Ngọc Ửng", "Cao Bá Nghĩa"),
            ),
        ),
        (
            "birth-registration-form",
            civil_status.birth_registration_form(
                birth,
                "Ủy ban nhân dân xã Diễn Châu, tỉnh Nghệ An",
                mother,
                "Mẹ đẻ",
                "Diễn Châu",
                date(2026, 11, 20),
                2,
            ),
        ),
        (
            "marriage-certificate",
            civil_status.marriage_certificate(
                "41/2024",
                mother,
                father,
                "Ủy ban nhân dân thị trấn Diễn Thành, huyện Diễn Châu, tỉnh Nghệ An",
                date(2024, 3, 8),
                "Đậu Văn Thưởng",
            ),
        ),
    ]


def marriage_registration() -> Pile:
    """Two young people marry; he brings the certificate from the commune where he lives."""
    bride = Person(
        name="Phạm Thị Quỳnh Như",
        birth_date=date(2000, 2, 11),
        sex="female",
        id_number="040300008264",
        residence="Số 16, đường Phan Bội Châu, phường Thành Vinh, tỉnh Nghệ An",
        origin="Xã Yên Thành, tỉnh Nghệ An",
        id_issued=date(2023, 6, 30),
        id_expires=date(2040, 2, 11),
    )
    groom = Person(
        name="Bùi Đăng Hưởng",
        birth_date=date(1997, 10, 29),
        sex="male",
        id_number="042097006218",
        residence="Thôn Đông Tiến, xã Đức Thọ, tỉnh Hà Tĩnh",
        origin="Xã Đức Thọ, tỉnh Hà Tĩnh",
        birth_registered_at="Xã Đức Thọ, tỉnh Hà Tĩnh",
        id_name="Thẻ căn cước",
        id_issued=date(2025, 3, 14),
        id_expires=date(2037, 10, 29),
    )
    return [
        ("citizen-card-front", cards.citizen_card_front(bride)),
        ("citizen-card-back", cards.citizen_card_back(bride, "Sẹo chấm C:2cm dưới đuôi mắt trái", "Trần Hữu Mẫu")),
        ("identity-card-front", cards.identity_card_front(groom)),
        ("identity-card-back", cards.identity_card_back(groom)),
        (
            "marital-status-certificate",
            civil_status.marital_status_certificate(
                ("ỦY BAN NHÂN DÂN", "XÃ ĐỨC THỌ"),
                "207/UBND-XNTTHN",
                "Đức Thọ",
                date(2026, 11, 5),
                groom,
                "Hiện tại chưa đăng ký kết hôn với ai",
                "Đăng ký kết hôn với bà Phạm Thị Quỳnh Như",
                "Lê Thị Mỹ Duyên",
            ),
        ),
    ]


def residence_confirmation() -> Pile:
    """A wife asks the police to confirm where her household lives; she brings last year's CT07."""
    home = "Số 27, đường Nguyễn Trãi, phường Hạc Thành, tỉnh Thanh Hóa"
    head = Person(
        name="Vũ Đức Khải",
        birth_date=date(1988, 12, 5),
        sex="male",
        id_number="038088019273",
        residence=home,
        origin="Xã Hoằng Hóa, tỉnh Thanh Hóa",
        id_issued=date(2022, 6, 9),
    )
    wife = Person(
        name="Lường Thị Hiền",
        birth_date=date(1990, 7, 21),
        sex="female",
        id_number="038190027364",
        residence=home,
        origin="Xã Mường Lát, tỉnh Thanh Hóa",
        birth_registered_at="Xã Mường Lát, tỉnh Thanh Hóa",
        id_name="Thẻ căn cước",
        id_issued=date(2025, 9, 18),
        id_expires=date(2030, 7, 21),
        ethnicity="Thái",
        phone="0900000172",
    )
    daughter = Person(
        name="Vũ Lường Gia Hân",
        birth_date=date(2019, 5, 30),
        sex="female",
        id_number="038319004582",
        residence=home,
        origin="Xã Hoằng Hóa, tỉnh Thanh Hóa",
    )
    birth = Birth(
        child=daughter,
        mother=wife,
        father=head,
        place="Bệnh viện Phụ sản Thanh Hóa, phường Hạc Thành, tỉnh Thanh Hóa",
        number="112/2019",
        registered_at="Ủy ban nhân dân phường Ba Đình, thành phố Thanh Hóa, tỉnh Thanh Hóa",
        registered_on=date(2019, 6, 14),
        signer="Mai Xuân Thỏa",
    )
    return [
        ("identity-card-front", cards.identity_card_front(wife)),
        ("identity-card-back", cards.identity_card_back(wife)),
        (
            "residence-form-ct01",
            residence.residence_form(
                "Công an phường Hạc Thành, tỉnh Thanh Hóa",
                "Hạc Thành",
                date(2026, 11, 19),
                wife,
                head,
                "Vợ",
                "Xác nhận thông tin về cư trú của hộ gia đình",
                [(daughter, "Con đẻ")],
            ),
        ),
        (
            "residence-confirmation-ct07",
            residence.residence_confirmation(
                ("CÔNG AN TỈNH THANH HÓA", "CÔNG AN PHƯỜNG HẠC THÀNH"),
                "1284/XN",
                "phường Hạc Thành",
                date(2025, 11, 3),
                date(2026, 11, 3),
                wife,
                head,
                "Vợ",
                [(daughter, "Con đẻ")],
                "Quách Đình Sửu",
            ),
        ),
        ("birth-certificate", civil_status.birth_certificate(birth, head)),
    ]


def certified_copies() -> Pile:
    """A woman wants copies certified: her son's birth certificate, its extract, her marriage certificate."""
    home = "Số 8, ngõ 45, phường Thủ Dầu Một, thành phố Hồ Chí Minh"
    woman = Person(
        name="Đặng Thị Ngọc Ửng",
        birth_date=date(1992, 1, 6),
        sex="female",
        id_number="074192005839",
        residence=home,
        origin="Xã Dầu Tiếng, thành phố Hồ Chí Minh",
        id_issued=date(2023, 2, 27),
        id_expires=date(2032, 1, 6),
    )
    husband = Person(
        name="Trịnh Quốc Thưởng",
        birth_date=date(1990, 3, 15),
        sex="male",
        id_number="079090011427",
        residence=home,
        origin="Xã Củ Chi, thành phố Hồ Chí Minh",
        id_issued=date(2022, 11, 21),
    )
    son = Person(
        name="Trịnh Đặng Nhật Quỹ",
        birth_date=date(2021, 8, 24),
        sex="male",
        id_number="074221001905",
        residence=home,
        origin="Xã Củ Chi, thành phố Hồ Chí Minh",
    )
    birth = Birth(
        child=son,
        mother=woman,
        father=husband,
        place="Bệnh viện Phụ sản Bán công, phường Thủ Dầu Một, thành phố Hồ Chí Minh",
        number="96/2021",
        registered_at="Ủy ban nhân dân phường Phú Cường, thành phố Thủ Dầu Một, tỉnh Bình Dương",
        registered_on=date(2021, 9, 17),
        signer="Huỳnh Thị Mỹ Lệ",
    )
    return [
        ("citizen-card-front", cards.citizen_card_front(woman)),
        ("citizen-card-back", cards.citizen_card_back(woman, "Nốt ruồi C:1,5cm dưới trước mắt phải", "Trần Hữu Mẫu")),
        ("birth-certificate", civil_status.birth_certificate(birth, woman)),
        (
            "birth-extract",
            civil_status.birth_extract(
                birth,
                ("ỦY BAN NHÂN DÂN", "PHƯỜNG THỦ DẦU MỘT"),
                "538/2026/TLKS-BS",
                "Thủ Dầu Một",
                date(2026, 10, 12),
                "Ngô Bảo Đỉnh",
            ),
        ),
        (
            "marriage-certificate",
            civil_status.marriage_certificate(
                "57/2019",
                woman,
                husband,
                "Ủy ban nhân dân phường Phú Cường, thành phố Thủ Dầu Một, tỉnh Bình Dương",
                date(2019, 10, 25),
                "Huỳnh Thị Mỹ Lệ",
            ),
        ),
    ]


PILES: dict[str, Callable[[], Pile]] = {
    "1-khai-sinh": birth_registration,
    "2-ket-hon": marriage_registration,
    "3-cu-tru": residence_confirmation,
    "4-chung-thuc": certified_copies,
}
"""Every pile by the name of its folder; the tray takes piles and papers in the order of their names."""
