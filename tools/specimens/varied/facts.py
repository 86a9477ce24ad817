"""Invented people, places and numbers, drawn by lot; the same for the same dice."""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import date, timedelta

from tools.specimens.people import Person

SURNAMES = [
    "Nguyễn",
    "Trần",
    "Lê",
    "Phạm",
    "Hoàng",
    "Huỳnh",
    "Phan",
    "Vũ",
    "Võ",
    "Đặng",
    "Bùi",
    "Đỗ",
    "Hồ",
    "Ngô",
    "Dương",
    "Lý",
    "Trịnh",
    "Đinh",
    "Mai",
    "Tạ",
    "Lương",
    "Hà",
    "Tô",
]
MIDDLE = ["Văn", "Đức", "Hữu", "Minh", "Quốc", "Xuân", "Ngọc", "Thanh", "Gia", "Bảo", "Hoài", "Mạnh", "Công", "Đình"]
MIDDLE_F = ["Thị", "Thị", "Thị", "Ngọc", "Thanh", "Thu", "Mỹ", "Kim", "Hồng", "Diệu", "Khánh", "Bích"]
GIVEN = [
    "An",
    "Bình",
    "Cường",
    "Dũng",
    "Đạt",
    "Hải",
    "Hiếu",
    "Hùng",
    "Khôi",
    "Long",
    "Nghĩa",
    "Phúc",
    "Quân",
    "Sơn",
    "Thắng",
    "Tuấn",
    "Việt",
    "Vỹ",
    "Trường",
    "Thịnh",
    "Lộc",
]
GIVEN_F = [
    "Ánh",
    "Chi",
    "Dung",
    "Giang",
    "Hạnh",
    "Hương",
    "Khuê",
    "Lan",
    "Liên",
    "Loan",
    "Mai",
    "Nga",
    "Ngân",
    "Nhung",
    "Oanh",
    "Phượng",
    "Quỳnh",
    "Thảo",
    "Trúc",
    "Uyên",
    "Yến",
    "Thủy",
]
PLACES = (
    ("Diễn Châu", "Nghệ An", "040"), ("Phú Lương", "Thái Nguyên", "019"), ("Lạc Thủy", "Phú Thọ", "025"),
    ("Vĩnh Thạnh", "Gia Lai", "064"), ("Ea Kar", "Đắk Lắk", "066"), ("Vĩnh Thuận", "An Giang", "091"),
    ("Kỳ Anh", "Hà Tĩnh", "042"), ("Mường Khương", "Lào Cai", "010"), ("Tam Nông", "Đồng Tháp", "087"),
    ("Quảng Trạch", "Quảng Trị", "045"), ("Định Quán", "Đồng Nai", "075"), ("Nghĩa Hưng", "Ninh Bình", "037"),
)  # fmt: skip
"""Communes that there are: of one that there is none in its province every reader must be in doubt."""

LANES = ("Thôn", "Xóm", "Ấp", "Khóm", "Tổ dân phố", "Khu phố")
HAMLETS = ["Đông", "Thượng", "Trung", "Hạ", "Phú", "An", "Lộc", "Hưng", "Tiến"]
ETHNICITIES = ("Kinh", "Kinh", "Kinh", "Tày", "Mường", "Nùng", "Thái", "Ê-đê", "Hoa", "Dao")


@dataclass(frozen=True, slots=True)
class Place:
    """A commune of an invented address."""

    commune: str
    province: str
    code: str

    @property
    def office(self) -> str:
        return f"Ủy ban nhân dân xã {self.commune}, tỉnh {self.province}"


def place(dice: random.Random) -> Place:
    return Place(*dice.choice(PLACES))


def address(dice: random.Random, at: Place) -> str:
    lane = dice.choice(
        (
            f"{dice.choice(LANES)} {dice.randint(1, 12)}",
            f"Thôn {dice.choice(HAMLETS)}",
            f"Số {dice.randint(2, 199)} đường Lê Lợi",
        )
    )
    return f"{lane}, xã {at.commune}, tỉnh {at.province}"


def day(dice: random.Random, first: int, last: int) -> date:
    return date(first, 1, 1) + timedelta(days=dice.randrange((last - first + 1) * 365))


def person(dice: random.Random, first: int = 1950, last: int = 2004, sex: str | None = None) -> Person:
    sex = sex or dice.choice(("male", "female"))
    middle, given = (MIDDLE, GIVEN) if sex == "male" else (MIDDLE_F, GIVEN_F)
    names = [dice.choice(SURNAMES), dice.choice(middle), dice.choice(given)]
    if dice.random() < 0.25:
        names.insert(2, dice.choice(middle))
    born, home = day(dice, first, last), place(dice)
    century = (born.year // 100 - 19) * 2 + (sex == "female")
    return Person(
        name=" ".join(names),
        birth_date=born,
        sex=sex,
        id_number=f"{home.code}{century}{born.year % 100:02}{dice.randint(0, 999999):06}",
        residence=address(dice, home),
        origin=f"Xã {home.commune}, tỉnh {home.province}",
        birth_registered_at=home.office,
        id_issued=day(dice, 2021, 2025),
        id_expires=day(dice, 2030, 2040) if dice.random() < 0.7 else None,
        ethnicity=dice.choice(ETHNICITIES),
        phone=f"0{dice.choice('35789')}{dice.randint(0, 99999999):08}",
    )
