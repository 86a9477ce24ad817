"""What training lines say: what papers say, in syllables that there are, and a quarter without any sense.

Sense teaches what a blurred word can be, the rest to look at every mark and figure for itself.
"""

from __future__ import annotations

import csv
import random
import subprocess
import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from station.scan.papers.syllables import is_syllable
from tools.training import texts
from tools.training.alphabet import TONED, VOWELS
from tools.training.line_reader import traineddata

UNITS = texts.RESOURCES / "units"
LONGEST = 58
"""Signs; a longer line is cut at a space, since its cost grows with its length."""

SPELT = {"‘": "'", "’": "'", "³": "3", "×": "x"}
"""Signs that the model cannot write and what it is to write in their place."""

UNWRITTEN = set("•½№…")
MIDDLE = (
    "Văn", "Văn", "Văn", "Thị", "Thị", "Thị", "Thị", "Hữu", "Đức", "Ngọc", "Minh", "Thanh", "Quang", "Xuân", "Công",
    "Đình", "Bá", "Kim", "Thu", "Hồng", "Hoàng", "Quốc", "Gia", "Bảo", "Phương", "Tuấn", "Khánh", "Mỹ", "Diệu", "Như",
    "Trọng", "Thế", "Duy", "Nhật", "Hải", "Thùy", "Bích", "Cẩm", "Mạnh", "Tiến", "Viết", "Sỹ", "Trung", "Anh",
)  # fmt: skip
GIVEN = (
    "An", "Ân", "Ấn", "Ẩn", "Anh", "Ánh", "Ảnh", "Bắc", "Bằng", "Bảo", "Bình", "Bính", "Cảnh", "Canh", "Châu",
    "Chi", "Chí", "Chiến", "Chinh", "Chính", "Cúc", "Cường", "Cương", "Diễm", "Diệp", "Dũng", "Dung", "Dương",
    "Dưỡng", "Duyên", "Đan", "Đào", "Đạt", "Đăng", "Điệp", "Điền", "Định", "Đoàn", "Đông", "Đồng", "Đức", "Giang",
    "Hà", "Hạ", "Hải", "Hân", "Hạnh", "Hằng", "Hậu", "Hiền", "Hiển", "Hiếu", "Hiệu", "Hoa", "Hòa", "Hoà", "Hoài",
    "Hoan", "Hoàn", "Hồng", "Hợp", "Huân", "Huấn", "Huệ", "Hùng", "Huy", "Huyền", "Huyên", "Huỳnh", "Hưng", "Hương",
    "Hường", "Hướng", "Khải", "Khánh", "Khang", "Khôi", "Kiên", "Kiều", "Lam", "Lâm", "Lan", "Lành", "Lệ", "Liên",
    "Liễu", "Linh", "Loan", "Long", "Lộc", "Lợi", "Luân", "Luận", "Lực", "Lương", "Ly", "Mai", "Mẫn", "Mận", "Mến",
    "Miên", "Minh", "My", "Mỹ", "Nam", "Năm", "Nga", "Ngân", "Nghĩa", "Nghị", "Ngọc", "Nguyên", "Nguyễn", "Nguyện",
    "Nguyệt", "Nhàn", "Nhân", "Nhẫn", "Nhi", "Nhung", "Như", "Ninh", "Oanh", "Phát", "Phong", "Phú", "Phúc",
    "Phước", "Phụng", "Phương", "Phượng", "Quân", "Quang", "Quảng", "Quế", "Quốc", "Quý", "Quyên", "Quyền", "Quyến",
    "Quyết", "Quỳnh", "Sâm", "Sen", "Sinh", "Sơn", "Sỹ", "Tài", "Tâm", "Tầm", "Tân", "Tấn", "Tần", "Thái", "Thắm",
    "Thanh", "Thành", "Thạnh", "Thảo", "Thạo", "Thắng", "Thăng", "Thế", "Thêm", "Thi", "Thiên", "Thiện", "Thịnh",
    "Thoa", "Thơ", "Thơm", "Thu", "Thuận", "Thuần", "Thúy", "Thủy", "Thuỷ", "Thụy", "Thuỵ", "Thùy", "Thư", "Thương",
    "Thường", "Tiên", "Tiến", "Tiền", "Tín", "Tình", "Tĩnh", "Tịnh", "Toàn", "Toán", "Trâm", "Trang", "Trí",
    "Trinh", "Trình", "Trung", "Trúc", "Trường", "Trưởng", "Tú", "Tuân", "Tuấn", "Tuần", "Tuệ", "Tùng", "Tuyên",
    "Tuyền", "Tuyến", "Tuyết", "Tường", "Tưởng", "Uyên", "Uyển", "Vân", "Vấn", "Vàng", "Việt", "Vinh", "Vĩnh", "Vũ",
    "Vương", "Vượng", "Vy", "Xuân", "Xuyên", "Xuyến", "Ý", "Yên", "Yến",
)  # fmt: skip


def line(dice: random.Random) -> str:
    """At least one sign, at most about `LONGEST`."""
    return _cut(dice.choices(MAKERS, WEIGHTS)[0], dice)


def figures(dice: random.Random) -> str:
    """The same, of figures with many a 3 and 5 among them, now and then behind a label."""
    return _cut(_figures, dice)


def _cut(make: Callable[[random.Random], str], dice: random.Random) -> str:
    while True:
        said = texts.legal(make(dice))
        words = said.split()
        start = dice.randrange(len(words)) if len(said) > LONGEST and dice.random() < 0.5 else 0
        text = ""
        for word in words[start:]:
            if len(text) + len(word) >= LONGEST:
                break
            text = f"{text} {word}".strip()
        if text and not set(text) & UNWRITTEN:
            return text


def told(text: str) -> str:
    """What a reader is to make of it."""
    return "".join(SPELT.get(sign, sign) for sign in text)


def name(dice: random.Random) -> str:
    """Of a person there could be; one syllable in eight is none that is in use."""
    surname = dice.choice(texts.SURNAMES[:14]) if dice.random() < 0.75 else dice.choice(texts.SURNAMES)
    parts = [surname, *dice.choices(MIDDLE, k=dice.choice((1, 1, 1, 2))), dice.choice(GIVEN)]
    for at in range(1, len(parts)):
        turn = dice.random()
        if turn < 0.12:
            parts[at] = texts.syllable(dice).title()
        elif turn < 0.3:
            parts[at] = dice.choice(syllables()).title()
    text = " ".join(parts)
    return text.upper() if dice.random() < 0.7 else text


def address(dice: random.Random) -> str:
    """Units that there are, of today and before, mixed as they come."""
    levels = [dice.choice(units(level)) for level in dice.choice(((0,), (0, 2), (0, 1, 2), (1, 2), (2,)))]
    parts = []
    if dice.random() < 0.5:
        place = " ".join(dice.choice(syllables()).title() for _ in range(2))
        number = dice.choice((str(dice.randint(1, 999)), f"{dice.randint(1, 99)}/{dice.randint(1, 99)}", ""))
        parts.append(f"{dice.choice(('Số', 'số nhà', 'Thôn', 'Ấp', 'tổ', 'Xóm', 'Bản', 'KDC', ''))} {number} {place}")
    for kind, unit in levels:
        parts.append(dice.choice((f"{kind} {unit}", f"{kind.capitalize()} {unit}", unit, unit)))
    text = ", ".join(" ".join(part.split()) for part in parts)
    return text.upper() if dice.random() < 0.08 else text


def _figures(dice: random.Random) -> str:
    said = dice.choice((texts.date, texts.number, _long_number, _house))(dice)
    if dice.random() < 0.7:
        said = "".join(dice.choice("35") if sign in "0123456789" and dice.random() < 0.35 else sign for sign in said)
    return f"{dice.choice(texts.labels())}: {said}" if dice.random() < 0.3 else said


def _long_number(dice: random.Random) -> str:
    return texts.digits(dice, dice.choice((9, 12, 12)))


def _house(dice: random.Random) -> str:
    number = dice.choice((str(dice.randint(1, 999)), f"{dice.randint(1, 99)}/{dice.randint(1, 99)}"))
    place = " ".join(dice.choice(syllables()).title() for _ in range(2))
    return f"{dice.choice(('Số ', 'số nhà ', 'Tổ ', 'tổ ', 'Khu phố ', 'ấp ', ''))}{number}, {place}"


def marked_otherwise(dice: random.Random) -> str:
    """A name or place of which some syllables have another mark: «Thinh», «Thịnh» and «Thỉnh» look nearly alike."""
    said = dice.choice((name, address, words))(dice).split()
    return " ".join(_marked(word, dice) if dice.random() < 0.5 else word for word in said)


def _marked(word: str, dice: random.Random) -> str:
    """With no mark, an acute, a hook or a dot on the same vowel, where that is a syllable."""
    for at, sign in enumerate(word):
        toned = next((row for row in TONED.values() if sign.lower() in row), "")
        if toned and (sign.lower() != toned[0] or not set(word[at + 1 :].lower()) & set(VOWELS)):
            other = toned[dice.choice((0, 2, 3, 5, 5))]
            changed = word[:at] + (other.upper() if sign.isupper() else other) + word[at + 1 :]
            return changed if is_syllable(changed.strip(",.;:")) else word
    return word


def words(dice: random.Random) -> str:
    """Syllables that there are, in no order."""
    return texts.cased(" ".join(dice.choices(syllables(), k=dice.randint(1, 11))), dice)


def labelled(dice: random.Random) -> str:
    label = dice.choice(texts.labels())
    if dice.random() < 0.15:
        label = f"{label} / {dice.choice(texts.ENGLISH)}"
    bullet = dice.choice(("", "", "", f"{dice.randint(1, 20)}. ", f"{dice.choice('abcdđ')}) ", "- "))
    value = dice.choice((name, address, texts.date, texts.number, words))(dice)
    return bullet + label + dice.choice((": ", ": ", ": ", " ")) + value


def marital(dice: random.Random) -> str:
    """Short closed words with much space around."""
    return dice.choice((
        "Nam", "Nữ", "Kinh", "Tày", "Thái", "Mường", "Khmer", "Hoa", "Nùng", "Mông", "Dao", "Gia Rai", "Ê Đê", "Ba Na",
        "Việt Nam", "Vợ", "Chồng", "Con", "Cha", "Mẹ", "Không", "Chủ hộ", "Phật giáo", "Công giáo", "Độc thân",
        "Giới tính: Nam", "Giới tính: Nữ", "Dân tộc: Kinh", "Quốc tịch: Việt Nam", "Không thời hạn",
    ))  # fmt: skip


@cache
def syllables() -> tuple[str, ...]:
    """In use: those of the model's own dictionary, in small letters. Needs `dawg2wordlist` (tesseract-ocr)."""
    components = traineddata.read(texts.RESOURCES / "models" / "Vietnamese.traineddata")
    with tempfile.TemporaryDirectory() as folder:
        charset, dawg, out = (Path(folder) / part for part in ("charset", "dawg", "words"))
        charset.write_bytes(components[traineddata.UNICHARSET])
        dawg.write_bytes(components[traineddata.WORDS])
        subprocess.run(["dawg2wordlist", charset, dawg, out], check=True, capture_output=True)
        found = {word.lower() for word in out.read_text(encoding="utf-8").split()}
    return tuple(sorted(word for word in found if is_syllable(word)))


@cache
def units(level: int) -> tuple[tuple[str, str], ...]:
    """Kind and name of communes, districts or provinces."""
    files = (("communes", "old_communes"), ("old_districts",), ("provinces", "old_provinces"))[level]
    texts_of = ((UNITS / f"{file}.csv").read_text(encoding="utf-8").splitlines() for file in files)
    rows = [row for text in texts_of for row in csv.DictReader(text)]
    return tuple((row["kind"], row["name"]) for row in rows)


MAKERS: tuple[Callable[[random.Random], str], ...] = (
    labelled, name, address, words, texts.date, texts.number, texts.sentence, marital, texts.english, texts.syllables,
    texts.name, texts.jumble, texts.mail, texts.loose, _figures, marked_otherwise,
)  # fmt: skip
WEIGHTS = (16, 15, 14, 8, 9, 15, 11, 4, 4, 5, 3, 1.5, 1, 1, 10, 16)
