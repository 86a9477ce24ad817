"""The papers on A4, each in the wordings that editions and offices use."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date

from tools.specimens.ink import Specimen, px
from tools.specimens.people import Person, printed
from tools.specimens.varied import facts
from tools.specimens.varied.page import HEIGHT, WIDTH, Page, Slot
from tools.specimens.words import date_in_words

NAME = ("Họ, chữ đệm, tên", "Họ và tên", "Họ, chữ đệm và tên")
SIGN = "(Ký, ghi rõ họ tên)"
CHAIRS = (("KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"), ("TM. ỦY BAN NHÂN DÂN", "CHỦ TỊCH"), ("CHỦ TỊCH",))


def _date(dice: random.Random, day: date) -> str:
    return dice.choice((printed(day), printed(day), f"ngày {day.day:02} tháng {day.month:02} năm {day.year}"))


def _born(who: Person, prefix: str, labels: tuple[str, ...] = ("Ngày, tháng, năm sinh",)) -> Slot:
    return Slot(labels, printed(who.birth_date), f"{prefix}.birth_date", who.birth_date.isoformat())


def _sex(who: Person, prefix: str) -> Slot:
    return Slot(("Giới tính",), who.printed_sex, f"{prefix}.sex", who.sex)


def _ethnicity(who: Person, prefix: str) -> Slot:
    return Slot(("Dân tộc",), who.ethnicity, f"{prefix}.ethnicity")


def _nationality(who: Person, prefix: str) -> Slot:
    return Slot(("Quốc tịch",), who.nationality, f"{prefix}.nationality")


def _number(who: Person, prefix: str, labels: tuple[str, ...] = ("Số định danh cá nhân",)) -> Slot:
    return Slot(labels, who.id_number, f"{prefix}.id_number")


def _home(who: Person, prefix: str, labels: tuple[str, ...] = ("Nơi cư trú", "Nơi thường trú")) -> Slot:
    return Slot(labels, who.residence, f"{prefix}.residence")


def _paper(page: Page, who: Person, prefix: str, label: str = "Giấy tờ tùy thân") -> Slot:
    name = page.dice.choice(("Căn cước công dân", "Thẻ căn cước công dân", "Thẻ căn cước", "CCCD"))
    issued = f", cấp ngày {printed(who.id_issued)}"
    page.specimen.fields[f"{prefix}.id_number"] = who.id_number
    return Slot((label,), f"{name} số {who.id_number}{issued}", f"{prefix}.id_paper")


def _dated(at: facts.Place, day: date) -> str:
    return f"{at.commune}, ngày {day.day:02} tháng {day.month:02} năm {day.year}"


def _issued(page: Page, day: date) -> None:
    page.specimen.also |= {"issue_date": [day.isoformat()], "issuer": None}


def birth_certificate(dice: random.Random) -> Specimen:
    page = Page("birth_certificate", dice)
    child, mother, father = (
        facts.person(dice, 2010, 2025),
        facts.person(dice, 1980, 2000, "female"),
        facts.person(dice, 1975, 2000, "male"),
    )
    at, on, number = (
        facts.place(dice),
        facts.day(dice, 2020, 2025),
        f"{dice.randint(1, 400)}/{dice.randint(2016, 2026)}",
    )
    copy = dice.random() < 0.5
    if copy:
        page.heading(
            (f"ỦY BAN NHÂN DÂN XÃ {at.commune.upper()}", f"TỈNH {at.province.upper()}"),
            f"{dice.randint(1, 900)}/TLKS-BS",
            _dated(at, on),
        )
        page.title("TRÍCH LỤC KHAI SINH", "(BẢN SAO)")
        page.specimen.also["registration_number"] = None
    else:
        page.heading(number=number)
        page.title("GIẤY KHAI SINH")
    page.row(Slot(NAME, child.upper, "subject.full_name"))
    page.row(_born(child, "subject"))
    page.row(Slot(("Ghi bằng chữ", "Bằng chữ"), date_in_words(child.birth_date), "subject.birth_date_in_words"))
    page.row(_sex(child, "subject"), _ethnicity(child, "subject"), _nationality(child, "subject"))
    page.row(
        Slot(("Nơi sinh",), f"Trung tâm Y tế {at.commune}, xã {at.commune}, tỉnh {at.province}", "subject.birth_place")
    )
    page.row(Slot(("Quê quán",), child.origin, "subject.place_of_origin"))
    page.row(_number(child, "subject"))
    for who, prefix, called in ((mother, "mother", "mẹ"), (father, "father", "cha")):
        page.row(Slot((f"Họ, chữ đệm, tên người {called}", f"Họ và tên {called}"), who.upper, f"{prefix}.full_name"))
        page.row(
            Slot(("Năm sinh",), str(who.birth_date.year), f"{prefix}.birth_year"),
            _ethnicity(who, prefix),
            _nationality(who, prefix),
        )
        page.row(_home(who, prefix))
    if copy:
        page.row(Slot(("Đăng ký khai sinh tại", "Nơi đăng ký khai sinh"), at.office, "registered_at"))
        page.row(
            Slot(("Số",), number),
            Slot(("ngày", "Ngày, tháng, năm đăng ký"), printed(on), "registered_on", on.isoformat()),
        )
    else:
        page.row(Slot(("Họ, chữ đệm, tên người đi khai sinh",), father.upper, "registrant.full_name"))
        page.row(_paper(page, father, "registrant"))
        page.row(Slot(("Nơi đăng ký khai sinh",), at.office, "registered_at"))
        page.row(Slot(("Ngày, tháng, năm đăng ký",), printed(on), "registered_on", on.isoformat()))
    page.signed(
        ("NGƯỜI KÝ TRÍCH LỤC" if copy else "NGƯỜI KÝ GIẤY KHAI SINH", *dice.choice(CHAIRS), facts.person(dice).name),
        key="signed_by",
    )
    _issued(page, on)
    return page.specimen


def marriage_certificate(dice: random.Random) -> Specimen:
    page = Page("marriage_certificate", dice)
    wife, husband = facts.person(dice, 1970, 2002, "female"), facts.person(dice, 1968, 2001, "male")
    at, on = facts.place(dice), facts.day(dice, 2018, 2025)
    page.heading(number=f"{dice.randint(1, 200)}/{on.year}")
    page.title("GIẤY CHỨNG NHẬN KẾT HÔN")

    def column(who: Person, prefix: str, called: str) -> list[Slot]:
        return [
            Slot((f"Họ, chữ đệm, tên {called}",), who.upper, f"{prefix}.full_name"),
            _born(who, prefix), _ethnicity(who, prefix), _nationality(who, prefix),
            _home(who, prefix, ("Nơi cư trú",)), _paper(page, who, prefix),
        ]  # fmt: skip

    left, right = column(wife, "wife", "vợ"), column(husband, "husband", "chồng")
    page.columns(left, right)
    page.row(Slot(("Nơi đăng ký kết hôn",), at.office, "registered_at"))
    page.row(Slot(("Ngày, tháng, năm đăng ký",), printed(on), "registered_on", on.isoformat()))
    page.signed(
        (("VỢ"), SIGN, wife.name),
        ("CHỒNG", SIGN, husband.name),
        ("NGƯỜI KÝ GIẤY CHỨNG NHẬN", *dice.choice(CHAIRS), facts.person(dice).name),
        key="signed_by",
    )
    _issued(page, on)
    return page.specimen


def marital_status_certificate(dice: random.Random) -> Specimen:
    page = Page("marital_status_certificate", dice)
    who, at, on = facts.person(dice), facts.place(dice), facts.day(dice, 2022, 2026)
    page.heading(
        (f"ỦY BAN NHÂN DÂN XÃ {at.commune.upper()}", f"TỈNH {at.province.upper()}"),
        f"{dice.randint(1, 900)}/UBND-XNTTHN",
        _dated(at, on),
    )
    page.title("GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN")
    page.paragraph(f"Xét đề nghị của ông/bà {who.name}, về việc cấp Giấy xác nhận tình trạng hôn nhân,")
    page.centred("XÁC NHẬN:", 1)
    page.row(Slot(NAME, who.upper, "subject.full_name"))
    page.row(_born(who, "subject"))
    page.row(_sex(who, "subject"), _ethnicity(who, "subject"), _nationality(who, "subject"))
    page.row(_paper(page, who, "subject"))
    page.row(_home(who, "subject", ("Nơi cư trú",)))
    page.row(
        Slot(
            ("Tình trạng hôn nhân",),
            dice.choice(("Chưa đăng ký kết hôn với ai", "Hiện tại chưa đăng ký kết hôn với ai")),
            "marital_status",
        )
    )
    page.row(
        Slot(
            ("Giấy này được cấp để",),
            dice.choice(("Đăng ký kết hôn", "Làm thủ tục vay vốn ngân hàng", "Bổ túc hồ sơ xin việc làm")),
            "purpose",
        )
    )
    page.signed(("NGƯỜI KÝ GIẤY XÁC NHẬN", *dice.choice(CHAIRS), facts.person(dice).name), key="signed_by")
    _issued(page, on)
    return page.specimen


def death_extract(dice: random.Random) -> Specimen:
    page = Page("death_extract", dice)
    who, at, on, died = (
        facts.person(dice, 1930, 1970),
        facts.place(dice),
        facts.day(dice, 2024, 2026),
        facts.day(dice, 2022, 2023),
    )
    page.heading(
        (f"ỦY BAN NHÂN DÂN XÃ {at.commune.upper()}", f"TỈNH {at.province.upper()}"),
        f"{dice.randint(1, 900)}/TLKT-BS",
        _dated(at, on),
        key="copy_number",
    )
    page.title("TRÍCH LỤC KHAI TỬ", "(BẢN SAO)")
    page.row(Slot(("Họ, chữ đệm, tên người chết", "Họ, chữ đệm, tên"), who.upper, "subject.full_name"))
    page.row(_born(who, "subject"))
    page.row(_sex(who, "subject"), _ethnicity(who, "subject"), _nationality(who, "subject"))
    page.row(_number(who, "subject"))
    hour, minute = dice.randint(0, 23), dice.randint(0, 59)
    page.row(
        Slot(
            ("Đã chết vào lúc",),
            f"{hour:02} giờ {minute:02} phút, ngày {died.day:02} tháng {died.month:02} năm {died.year}",
            "died_at",
            f"{died.isoformat()}T{hour:02}:{minute:02}",
        )
    )
    page.row(Slot(("Nơi chết",), facts.address(dice, at), "death_place"))
    page.row(Slot(("Đăng ký khai tử tại", "Nơi đăng ký khai tử"), at.office, "registered_at"))
    page.row(
        Slot(("Số",), f"{dice.randint(1, 90)}/{died.year}", "registration_number"),
        Slot(("ngày",), printed(died), "registered_on", died.isoformat()),
    )
    page.signed(("NGƯỜI KÝ TRÍCH LỤC", *dice.choice(CHAIRS), facts.person(dice).name), key="signed_by")
    _issued(page, on)
    return page.specimen


MEMBER_HEADS = (
    "STT",
    "Họ, chữ đệm và tên",
    "Ngày, tháng, năm sinh",
    "Giới tính",
    "Số định danh cá nhân",
    "Quan hệ với chủ hộ",
)
RELATIONS = ("Vợ", "Con đẻ", "Con ruột", "Mẹ đẻ", "Em ruột", "Cháu nội", "Con dâu")


def _members(page: Page, dice: random.Random) -> None:
    rows = []
    for at in range(dice.randint(1, 4)):
        who, relation = facts.person(dice, 1950, 2020), dice.choice(RELATIONS)
        rows.append(
            (
                str(at + 1),
                dice.choice((who.upper, who.name)),
                printed(who.birth_date),
                who.printed_sex,
                who.id_number,
                relation,
            )
        )
        page.specimen.fields |= {
            f"members[{at}].full_name": rows[-1][1], f"members[{at}].birth_date": who.birth_date.isoformat(),
            f"members[{at}].sex": who.sex, f"members[{at}].id_number": who.id_number,
            f"members[{at}].relationship": relation,
        }  # fmt: skip
    page.table(MEMBER_HEADS, (0.06, 0.28, 0.16, 0.1, 0.22, 0.18), rows)


def residence_confirmation(dice: random.Random) -> Specimen:
    page = Page("residence_confirmation", dice)
    who, head, at, on = facts.person(dice), facts.person(dice), facts.place(dice), facts.day(dice, 2023, 2026)
    page.heading(
        (f"CÔNG AN TỈNH {at.province.upper()}", f"CÔNG AN XÃ {at.commune.upper()}"),
        f"{dice.randint(1, 9000)}/XN",
        _dated(at, on),
    )
    page.title("XÁC NHẬN THÔNG TIN VỀ CƯ TRÚ")
    page.row(Slot(("Họ, chữ đệm và tên",), who.upper, "subject.full_name"))
    page.row(_born(who, "subject"), _sex(who, "subject"))
    page.row(_number(who, "subject"))
    page.row(_ethnicity(who, "subject"), Slot(("Tôn giáo",), "Không", "subject.religion"))
    page.row(Slot(("Quê quán",), who.origin, "subject.place_of_origin"))
    page.row(Slot(("Nơi thường trú",), who.residence, "subject.permanent_residence"))
    page.row(Slot(("Nơi ở hiện tại",), who.residence, "subject.current_residence"))
    page.row(Slot(("Họ, chữ đệm và tên chủ hộ",), head.upper, "head.full_name"))
    page.row(Slot(("Quan hệ với chủ hộ", "Mối quan hệ với chủ hộ"), dice.choice(RELATIONS), "head.relationship"))
    page.row(Slot(("Số định danh cá nhân của chủ hộ",), head.id_number, "head.id_number"))
    page.section("Thông tin về các thành viên khác trong hộ gia đình:")
    _members(page, dice)
    until = facts.day(dice, 2026, 2027)
    page.row(Slot(("Xác nhận này có giá trị sử dụng đến hết ngày",), printed(until), "valid_until", until.isoformat()))
    page.signed(
        ("THỦ TRƯỞNG CƠ QUAN ĐĂNG KÝ CƯ TRÚ", "(Ký, ghi rõ họ tên, đóng dấu)", facts.person(dice).name), key="signed_by"
    )
    _issued(page, on)
    return page.specimen


def residence_form(dice: random.Random) -> Specimen:
    page = Page("residence_form", dice)
    who, head, at = facts.person(dice), facts.person(dice), facts.place(dice)
    page.heading()
    page.title("TỜ KHAI THAY ĐỔI THÔNG TIN CƯ TRÚ")
    page.row(Slot(("Kính gửi",), f"Công an xã {at.commune}, tỉnh {at.province}", "addressed_to"))
    page.row(Slot(("Họ, chữ đệm và tên", "Họ, chữ đệm và tên khai sinh"), who.upper, "subject.full_name"))
    page.row(_born(who, "subject"), _sex(who, "subject"))
    page.row(_number(who, "subject"))
    page.row(
        Slot(("Số điện thoại liên hệ",), who.phone, "subject.phone"),
        Slot(("Email",), f"mau{dice.randint(10, 99)}@thu.example", "subject.email"),
    )
    page.row(Slot(("Họ, chữ đệm và tên chủ hộ",), head.upper, "head.full_name"))
    page.row(Slot(("Mối quan hệ với chủ hộ",), dice.choice(RELATIONS), "head.relationship"))
    page.row(Slot(("Số định danh cá nhân của chủ hộ",), head.id_number, "head.id_number"))
    page.row(
        Slot(
            ("Nội dung đề nghị",),
            dice.choice(("Đăng ký thường trú", "Đăng ký tạm trú", "Tách hộ")) + f" tại {facts.address(dice, at)}",
            "request",
        )
    )
    page.section("Những thành viên trong hộ gia đình cùng thay đổi:")
    _members(page, dice)
    page.signed(("Ý KIẾN CỦA CHỦ HỘ", SIGN, head.name), ("NGƯỜI KÊ KHAI", SIGN, who.name))
    return page.specimen


def birth_registration_form(dice: random.Random) -> Specimen:
    page = Page("birth_registration_form", dice)
    child, mother, father, at = (
        facts.person(dice, 2024, 2025),
        facts.person(dice, 1985, 2000, "female"),
        facts.person(dice, 1980, 2000, "male"),
        facts.place(dice),
    )
    page.heading()
    page.title("TỜ KHAI ĐĂNG KÝ KHAI SINH")
    page.row(Slot(("Kính gửi",), at.office, "addressed_to"))
    page.row(Slot(("Họ, chữ đệm, tên người yêu cầu",), mother.upper, "applicant.full_name"))
    page.row(_home(mother, "applicant", ("Nơi cư trú",)))
    page.row(_paper(page, mother, "applicant"))
    page.row(Slot(("Quan hệ với người được khai sinh",), "Mẹ đẻ", "applicant.relationship"))
    page.section("Đề nghị cơ quan đăng ký khai sinh cho người dưới đây:")
    page.row(Slot(NAME[:1], child.upper, "subject.full_name"))
    page.row(_born(child, "subject"))
    page.row(Slot(("Ghi bằng chữ",), date_in_words(child.birth_date), "subject.birth_date_in_words"))
    page.row(_sex(child, "subject"), _ethnicity(child, "subject"), _nationality(child, "subject"))
    page.row(Slot(("Nơi sinh",), f"Bệnh viện Đa khoa tỉnh {at.province}", "subject.birth_place"))
    page.row(Slot(("Quê quán",), child.origin, "subject.place_of_origin"))
    for who, prefix, called in ((mother, "mother", "mẹ"), (father, "father", "cha")):
        page.row(Slot((f"Họ, chữ đệm, tên người {called}",), who.upper, f"{prefix}.full_name"))
        page.row(
            Slot(("Năm sinh",), str(who.birth_date.year), f"{prefix}.birth_year"),
            _ethnicity(who, prefix),
            _nationality(who, prefix),
        )
        page.row(_home(who, prefix, ("Nơi cư trú",)))
    page.paragraph("Tôi cam đoan nội dung đề nghị đăng ký khai sinh trên đây là đúng sự thật.")
    page.signed(("NGƯỜI YÊU CẦU", SIGN, mother.name))
    return page.specimen


def marital_status_form(dice: random.Random) -> Specimen:
    page = Page("marital_status_form", dice)
    who, at = facts.person(dice), facts.place(dice)
    page.heading()
    page.title("TỜ KHAI CẤP GIẤY XÁC NHẬN TÌNH TRẠNG HÔN NHÂN")
    page.row(Slot(("Kính gửi",), at.office, "addressed_to"))
    page.row(Slot(("Họ, chữ đệm, tên người yêu cầu",), who.upper, "applicant.full_name"))
    page.row(_home(who, "applicant", ("Nơi cư trú",)))
    page.row(_paper(page, who, "applicant"))
    page.row(
        Slot(("Quan hệ với người được cấp Giấy xác nhận tình trạng hôn nhân",), "Bản thân", "applicant.relationship")
    )
    page.section("Đề nghị cấp Giấy xác nhận tình trạng hôn nhân cho người có tên dưới đây:")
    page.row(Slot(NAME[:1], who.upper, "subject.full_name"))
    page.row(_born(who, "subject"))
    page.row(_sex(who, "subject"), _ethnicity(who, "subject"), _nationality(who, "subject"))
    page.row(_home(who, "subject", ("Nơi cư trú",)))
    page.row(_paper(page, who, "subject"))
    page.row(Slot(("Tình trạng hôn nhân",), "Chưa đăng ký kết hôn với ai", "marital_status"))
    page.row(Slot(("Mục đích yêu cầu cấp Giấy xác nhận tình trạng hôn nhân",), "Để đăng ký kết hôn", "purpose"))
    page.signed(("NGƯỜI YÊU CẦU", SIGN, who.name))
    return page.specimen


def application(dice: random.Random) -> Specimen:
    page = Page("application", dice)
    who, at = facts.person(dice), facts.place(dice)
    title = dice.choice(("ĐƠN ĐỀ NGHỊ XÁC NHẬN HỘ NGHÈO", "ĐƠN XIN XÁC NHẬN NHÂN THÂN", "ĐƠN ĐỀ NGHỊ HỖ TRỢ KINH PHÍ"))
    page.heading()
    page.title(title)
    page.specimen.fields["title"] = title
    page.row(Slot(("Kính gửi",), at.office, "addressed_to"))
    page.row(Slot(("Tôi tên là", "Họ và tên", "Tên tôi là"), who.name, "applicant.full_name"))
    page.row(_born(who, "applicant", ("Sinh ngày", "Ngày, tháng, năm sinh", "Ngày sinh")))
    page.row(
        _number(who, "applicant", ("Số định danh cá nhân", "Số CCCD", "Căn cước công dân số")),
        Slot(
            ("cấp ngày", "Ngày cấp"),
            printed(who.id_issued),
            "applicant.id_issue_date",
            who.id_issued.isoformat() if who.id_issued else "",
        ),
    )
    page.row(_home(who, "applicant", ("Nơi thường trú", "Hộ khẩu thường trú", "Địa chỉ thường trú")))
    page.row(Slot(("Số điện thoại", "Điện thoại"), who.phone, "applicant.phone"))
    page.row(
        Slot(
            ("Nội dung đề nghị",),
            dice.choice(
                (
                    "Xác nhận tôi đang cư trú tại địa phương để làm hồ sơ vay vốn",
                    "Hỗ trợ kinh phí sửa chữa nhà ở bị hư hỏng do bão",
                )
            ),
            "request",
        )
    )
    page.paragraph("Tôi xin cam đoan những lời khai trên là đúng sự thật.")
    page.signed(("NGƯỜI LÀM ĐƠN", SIGN, who.name))
    page.specimen.also |= {"issue_date": None}
    return page.specimen


def birth_notice(dice: random.Random) -> Specimen:
    page = Page("birth_notice", dice)
    mother, at, on = facts.person(dice, 1985, 2003, "female"), facts.place(dice), facts.day(dice, 2024, 2026)
    page.heading(
        ("SỞ Y TẾ " + at.province.upper(), f"TRUNG TÂM Y TẾ {at.commune.upper()}"),
        f"{dice.randint(1, 999):05}.GCS.{dice.randint(10000, 99999)}.{on.year % 100}",
        "Quyển số: 02",
    )
    page.title("GIẤY CHỨNG SINH")
    page.row(Slot(("Họ và tên mẹ/Người nuôi dưỡng", "Họ và tên mẹ"), mother.upper, "mother.full_name"))
    page.row(_born(mother, "mother", ("Ngày, tháng, năm sinh", "Ngày sinh")))
    page.row(_home(mother, "mother", ("Nơi đăng ký thường trú", "Nơi đăng ký thường trú/tạm trú", "Nơi thường trú")))
    page.row(
        _number(
            mother,
            "mother",
            ("Số CCCD/Số định danh cá nhân", "Số định danh cá nhân", "CMND/CCCD/Hộ chiếu số", "Số CMND/CCCD/Hộ chiếu"),
        )
    )
    page.row(_ethnicity(mother, "mother"))
    hour, minute = dice.randint(0, 23), dice.randint(0, 59)
    page.row(
        Slot(
            ("Đã sinh con vào lúc",),
            f"{hour:02} giờ {minute:02} phút, ngày {on.day:02} tháng {on.month:02} năm {on.year}",
            "occurred_at",
            f"{on.isoformat()}T{hour:02}:{minute:02}",
        )
    )
    page.row(Slot(("Tại",), f"Trung tâm Y tế {at.commune}, xã {at.commune}, tỉnh {at.province}", "place"))
    page.row(Slot(("Số con trong lần sinh này",), "01"), Slot(("Giới tính của con",), "Nam"))
    page.row(Slot(("Cân nặng",), f"{dice.randint(2500, 3900)} g"), Slot(("Hiện trạng con",), "Khỏe mạnh"))
    page.row(Slot(("Dự định đặt tên con là",), facts.person(dice).upper))
    page.specimen.also |= {f"subject.{key}": None for key in ("full_name", "sex", "birth_date")}
    page.signed(
        ("NGƯỜI ĐỠ ĐẺ", SIGN, facts.person(dice).name),
        ("THỦ TRƯỞNG CƠ SỞ Y TẾ", "(Ký tên, đóng dấu)", facts.person(dice).name),
    )
    _issued(page, on)
    return page.specimen


def death_notice(dice: random.Random) -> Specimen:
    page = Page("death_notice", dice)
    who, at, on = facts.person(dice, 1935, 1975), facts.place(dice), facts.day(dice, 2024, 2026)
    page.heading(
        ("SỞ Y TẾ " + at.province.upper(), f"BỆNH VIỆN ĐA KHOA {at.commune.upper()}"),
        f"{dice.randint(1, 999)}/GBT",
        _dated(at, on),
    )
    page.title("GIẤY BÁO TỬ")
    page.row(
        Slot(
            ("Họ và tên người chết", "Họ, chữ đệm, tên người chết", "Họ và tên người tử vong"),
            who.upper,
            "subject.full_name",
        )
    )
    page.row(_born(who, "subject"), _sex(who, "subject"))
    page.row(_ethnicity(who, "subject"), _nationality(who, "subject"))
    page.row(_home(who, "subject", ("Nơi thường trú/tạm trú", "Nơi cư trú cuối cùng", "Nơi thường trú")))
    page.row(_number(who, "subject"))
    hour, minute = dice.randint(0, 23), dice.randint(0, 59)
    page.row(
        Slot(
            ("Đã tử vong vào lúc", "Đã chết vào lúc", "Tử vong vào lúc"),
            f"{hour:02} giờ {minute:02} phút, ngày {printed(on)}",
            "occurred_at",
            f"{on.isoformat()}T{hour:02}:{minute:02}",
        )
    )
    page.row(Slot(("Nơi chết", "Nơi tử vong", "Tại"), f"Bệnh viện Đa khoa {at.commune}, tỉnh {at.province}", "place"))
    page.row(Slot(("Nguyên nhân tử vong",), "Bệnh già"))
    page.signed(
        ("NGƯỜI GHI GIẤY", SIGN, facts.person(dice).name), ("THỦ TRƯỞNG", "(Ký tên, đóng dấu)", facts.person(dice).name)
    )
    _issued(page, on)
    return page.specimen


def power_of_attorney(dice: random.Random) -> Specimen:
    page = Page("power_of_attorney", dice)
    one, other = facts.person(dice), facts.person(dice)
    page.heading()
    page.title("GIẤY ỦY QUYỀN")
    for who, prefix, section in (
        (one, "principal", ("I. BÊN ỦY QUYỀN:", "Bên ủy quyền (Bên A):")),
        (other, "agent", ("II. BÊN ĐƯỢC ỦY QUYỀN:", "Bên nhận ủy quyền (Bên B):")),
    ):
        page.section(dice.choice(section))
        page.row(Slot(("Họ và tên", "Ông/Bà", "Họ, chữ đệm, tên"), who.upper, f"{prefix}.full_name"))
        page.row(_born(who, prefix, ("Ngày, tháng, năm sinh", "Sinh ngày")), _sex(who, prefix))
        page.row(_number(who, prefix, ("Số định danh cá nhân", "CCCD số", "Căn cước công dân số")))
        page.row(_home(who, prefix, ("Nơi cư trú", "Nơi thường trú", "Địa chỉ")))
    page.row(
        Slot(
            ("Nội dung ủy quyền", "Phạm vi ủy quyền"),
            dice.choice(
                (
                    "Thay mặt tôi nộp hồ sơ và nhận kết quả giải quyết thủ tục hành chính",
                    "Nhận lương hưu hằng tháng tại bưu điện xã",
                )
            ),
            "scope",
        )
    )
    page.signed(("BÊN ĐƯỢC ỦY QUYỀN", SIGN, other.name), ("BÊN ỦY QUYỀN", SIGN, one.name))
    page.specimen.also |= {"issue_date": None}
    return page.specimen


def household_business_certificate(dice: random.Random) -> Specimen:
    page = Page("household_business_certificate", dice)
    who, at, on = facts.person(dice), facts.place(dice), facts.day(dice, 2021, 2026)
    page.heading((f"ỦY BAN NHÂN DÂN XÃ {at.commune.upper()}", "PHÒNG KINH TẾ"), "", _dated(at, on))
    page.title("GIẤY CHỨNG NHẬN ĐĂNG KÝ HỘ KINH DOANH")
    number = f"{dice.randint(10, 99)}A8{dice.randint(100000, 999999)}"
    page.centred(f"Mã số hộ kinh doanh: {number}")
    page.specimen.fields["number"] = number
    page.row(Slot(("Đăng ký lần đầu, ngày",), printed(on), "registered_on", on.isoformat()))
    page.row(Slot(("Tên hộ kinh doanh",), f"HỘ KINH DOANH {who.upper}", "name"))
    page.row(Slot(("Địa điểm kinh doanh", "Địa chỉ trụ sở hộ kinh doanh"), facts.address(dice, at), "address"))
    capital = dice.choice((50, 80, 120, 300)) * 1_000_000
    page.row(Slot(("Vốn kinh doanh",), f"{capital:,}".replace(",", ".") + " đồng", "capital_vnd", str(capital)))
    page.section("Thông tin về chủ hộ kinh doanh:")
    page.row(Slot(("Họ và tên", "Họ, chữ đệm và tên"), who.upper, "owner.full_name"), _sex(who, "owner"))
    page.row(_born(who, "owner", ("Sinh ngày", "Ngày, tháng, năm sinh")))
    page.row(_ethnicity(who, "owner"), _nationality(who, "owner"))
    page.row(_paper(page, who, "owner", "Giấy tờ pháp lý của cá nhân"))
    page.signed(("TRƯỞNG PHÒNG", "(Ký, ghi rõ họ tên, đóng dấu)", facts.person(dice).name))
    _issued(page, on)
    return page.specimen


def land_use_certificate(dice: random.Random) -> Specimen:
    page = Page("land_use_certificate", dice)
    who, at = facts.person(dice), facts.place(dice)
    page.heading()
    page.title("GIẤY CHỨNG NHẬN", "QUYỀN SỬ DỤNG ĐẤT, QUYỀN SỞ HỮU TÀI SẢN GẮN LIỀN VỚI ĐẤT")
    page.section("1. Người sử dụng đất, chủ sở hữu tài sản gắn liền với đất:")
    page.row(
        Slot(("Ông",) if who.sex == "male" else ("Bà",), who.upper, "owner.full_name"),
        Slot(("Năm sinh",), str(who.birth_date.year), "owner.birth_year"),
    )
    page.row(_number(who, "owner", ("CCCD số", "Căn cước công dân số")))
    page.row(_home(who, "owner", ("Địa chỉ thường trú",)))
    page.section("2. Thông tin thửa đất:")
    parcel, sheet, area = dice.randint(2, 900), dice.randint(1, 90), f"{dice.randint(60, 980)},{dice.randint(1, 9)}"
    page.row(Slot(("Thửa đất số",), str(parcel), "parcel_number"), Slot(("Tờ bản đồ số",), str(sheet), "map_sheet"))
    page.row(Slot(("Địa chỉ",), f"Xã {at.commune}, tỉnh {at.province}", "address"))
    page.row(Slot(("Diện tích",), f"{area} m²", "area_m2", area.replace(",", ".")))
    page.row(Slot(("Hình thức sử dụng",), "Sử dụng riêng", "use_form"))
    page.row(
        Slot(("Mục đích sử dụng", "Loại đất"), dice.choice(("Đất ở tại nông thôn", "Đất trồng cây lâu năm")), "purpose")
    )
    page.row(Slot(("Thời hạn sử dụng",), "Lâu dài", "term"))
    page.row(Slot(("Nguồn gốc sử dụng",), "Nhà nước công nhận quyền sử dụng đất", "origin"))
    page.row(
        Slot(
            ("Số vào sổ cấp GCN", "Số vào sổ cấp Giấy chứng nhận"),
            f"CH {dice.randint(1000, 99999):05}",
            "register_number",
        )
    )
    page.signed(("GIÁM ĐỐC", "VĂN PHÒNG ĐĂNG KÝ ĐẤT ĐAI", facts.person(dice).name))
    serial = f"{dice.choice('BCD')}{dice.choice('AKMT')} {dice.randint(100000, 999999)}"
    page.draw.text((WIDTH - px(70), HEIGHT - px(30)), serial, font=page.font(1, 14), fill=(170, 30, 40))
    page.specimen.lines.append(serial)
    page.specimen.fields["serial"] = serial
    page.specimen.also |= {"issue_date": None}
    return page.specimen


def other(dice: random.Random) -> Specimen:
    page = Page("other", dice)
    at, on = facts.place(dice), facts.day(dice, 2024, 2026)
    number = f"{dice.randint(1, 900)}/{dice.choice(('TB-UBND', 'GM-UBND', 'CV-UBND'))}"
    page.heading((f"ỦY BAN NHÂN DÂN XÃ {at.commune.upper()}", f"TỈNH {at.province.upper()}"), number, _dated(at, on))
    title = dice.choice(("THÔNG BÁO", "GIẤY MỜI", "BIÊN BẢN LÀM VIỆC"))
    page.title(title)
    for text in (
        f"Ủy ban nhân dân xã {at.commune} thông báo lịch tiếp công dân định kỳ của lãnh đạo Ủy ban nhân dân xã.",
        "Thời gian bắt đầu từ 7 giờ 30 phút các ngày thứ ba và thứ năm hằng tuần tại Bộ phận Một cửa.",
        "Đề nghị các thôn thông báo trên hệ thống loa truyền thanh để nhân dân được biết và thực hiện.",
    ):
        page.paragraph(text)
    page.signed(("NƠI NHẬN:", "- Như trên;", ""), (*dice.choice(CHAIRS), "(Đã ký)", facts.person(dice).name))
    page.specimen.also |= {"title": [title], "issuer": None, "signed_by": None}
    page.specimen.fields |= {"issue_date": on.isoformat()}
    return page.specimen


PAPERS: dict[str, Callable[[random.Random], Specimen]] = {
    made.__name__: made
    for made in (
        birth_certificate, marriage_certificate, marital_status_certificate, death_extract, residence_confirmation,
        residence_form, birth_registration_form, marital_status_form, application, birth_notice, death_notice,
        power_of_attorney, household_business_certificate, land_use_certificate, other,
    )
}  # fmt: skip
