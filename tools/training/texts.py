"""Vietnamese text by lot for training: what papers say, and as many syllables that nobody has seen together.

The line finder must know the shapes of words, not the words: half of it is syllables and figures without meaning.
"""

from __future__ import annotations

import random
import re
import string
import tomllib
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

from tools.training.alphabet import ALPHABET, CONSONANTS, LETTERS, TONED

RESOURCES = Path(__file__).parents[2] / "resources"
KNOWN = set(ALPHABET)

ONSETS = (
    "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph", "qu",
    "r", "s", "t", "th", "tr", "v", "x", "", "",
)  # fmt: skip
RHYMES = (
    "a", "ac", "ach", "ai", "am", "an", "ang", "anh", "ao", "ap", "at", "au", "ay", "ăc", "ăm", "ăn", "ăng", "ăp",
    "ăt", "âc", "âm", "ân", "âng", "âp", "ât", "âu", "ây", "e", "ec", "em", "en", "eng", "eo", "ep", "et", "ê",
    "êch", "êm", "ên", "ênh", "êp", "êt", "êu", "i", "ia", "ich", "iêc", "iêm", "iên", "iêng", "iêp", "iêt",
    "iêu", "im", "in", "inh", "ip", "it", "iu", "o", "oa", "oac", "oach", "oai", "oan", "oang", "oanh", "oat",
    "oay", "oăc", "oăn", "oăng", "oăt", "oc", "oe", "oen", "oet", "oi", "om", "on", "ong", "op", "ot", "ô", "ôc",
    "ôi", "ôm", "ôn", "ông", "ôp", "ôt", "ơ", "ơi", "ơm", "ơn", "ơp", "ơt", "u", "ua", "uân", "uâng", "uât",
    "uây", "uc", "ui", "um", "un", "ung", "uôc", "uôi", "uôm", "uôn", "uông", "uôt", "uơ", "up", "ut", "uy",
    "uya", "uych", "uyên", "uyêt", "uynh", "uyt", "ư", "ưa", "ưc", "ưi", "ưng", "ươc", "ươi", "ươm", "ươn",
    "ương", "ươp", "ươt", "ươu", "ưt", "ưu", "y", "yêm", "yên", "yêng", "yêt", "yêu",
)  # fmt: skip
SURNAMES = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô",
    "Dương", "Lý", "An", "Bạch", "Bế", "Cao", "Châu", "Chu", "Cù", "Đàm", "Đào", "Đinh", "Đoàn", "Giàng", "Hà",
    "Hứa", "Khổng", "Kiều", "Kim", "La", "Lã", "Lâm", "Lò", "Lục", "Lương", "Lưu", "Mã", "Mạc", "Mai", "Nghiêm",
    "Nông", "Ông", "Phùng", "Quách", "Quàng", "Sầm", "Sùng", "Tạ", "Tăng", "Thạch", "Thái", "Thân", "Tiêu", "Tô",
    "Tôn", "Tống", "Trịnh", "Triệu", "Trương", "Từ", "Văn", "Vàng", "Vi", "Viên", "Vương", "Xa", "Ksor", "Rcom",
    "Siu", "Niê", "H'Mok", "A", "Y",
)  # fmt: skip
UNITS = (
    "xã", "phường", "thị_trấn", "huyện", "quận", "thị_xã", "tỉnh", "thành_phố", "thôn", "ấp", "khóm", "bản", "tổ",
    "tổ_dân_phố", "khu_phố", "khu", "đường", "ngõ", "đặc_khu",
)  # fmt: skip
SHORT_UNITS = ("P.", "Q.", "TX.", "TP.", "TT.", "X.", "H.", "T.", "KP.", "TDP")
ENGLISH = (
    "SOCIALIST REPUBLIC OF VIET NAM", "Independence - Freedom - Happiness", "Citizen Identity Card",
    "IDENTITY CARD", "No.", "Full name", "Date of birth", "Sex", "Nationality", "Place of origin",
    "Place of residence", "Date of expiry", "Personal identification", "Date, month, year", "Place of birth",
    "Date of issue", "Driver's license", "Class", "Beginning date", "Address", "DIRECTOR GENERAL",
    "MINISTRY OF PUBLIC SECURITY", "Left index finger", "Brand", "Model code", "Engine N°", "Chassis N°", "Color",
    "Number plate", "Owner's full name", "Valid until", "Issued by", "Personal number",
    "POLICE DEPARTMENT FOR ADMINISTRATIVE MANAGEMENT OF SOCIAL ORDER", "Right index finger", "Expires",
    "indefinite",
)  # fmt: skip
CODES = (
    "GCN-UBND", "TLKT-BS", "TLKS-BS", "XNTTHN", "XN-CA", "GCS", "GBT", "QĐ-UBND", "TB-UBND", "HKD", "ĐKKD",
    "TT-BCA", "NĐ-CP", "BHXH",
)  # fmt: skip
PLACES = (
    "Kính gửi", "Nơi cấp", "Cục trưởng", "Giám đốc", "Chủ tịch", "Phó Chủ tịch", "Công chức tư pháp - hộ tịch",
    "KT. CHỦ TỊCH", "TM. ỦY BAN NHÂN DÂN", "(Đã ký)", "(Ký, ghi rõ họ tên)", "MẪU – SPECIMEN",
    "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc",
)  # fmt: skip


def line(dice: random.Random) -> str:
    """One line of text in our alphabet, single spaces, 1 to about 90 signs."""
    make = dice.choices(MAKERS, WEIGHTS)[0]
    return legal(make(dice))


def legal(text: str) -> str:
    """NFC, known signs only, single spaces, none at the ends."""
    composed = unicodedata.normalize("NFC", text)
    return " ".join("".join(sign if sign in KNOWN else " " for sign in composed).split())


def syllable(dice: random.Random) -> str:
    onset, rhyme = dice.choice(ONSETS), dice.choice(RHYMES)
    closed = rhyme.endswith(("c", "ch", "p", "t"))
    tone = dice.choice((2, 5) if closed else (0, 0, 1, 2, 3, 4, 5))
    return onset + toned(rhyme, tone, dice)


@cache
def _bearer(rhyme: str) -> tuple[int, ...]:
    """Where the tone mark may stand: on the marked vowel, else on either of the last two (hoà, hòa)."""
    marked = [at for at, letter in enumerate(rhyme) if letter in "ăâêôơư"]
    if marked:
        return (marked[-1],)
    vowels = [at for at, letter in enumerate(rhyme) if letter in "aeiouy"]
    if len(vowels) == 1 or vowels[-1] != len(rhyme) - 1:
        return (vowels[-1],) if len(vowels) < 3 else (vowels[1],)
    return tuple(vowels[-2:])


def toned(rhyme: str, tone: int, dice: random.Random) -> str:
    at = dice.choice(_bearer(rhyme))
    return rhyme[:at] + TONED[rhyme[at]][tone] + rhyme[at + 1 :]


def digits(dice: random.Random, count: int) -> str:
    return "".join(dice.choices(string.digits, k=count))


def cased(text: str, dice: random.Random) -> str:
    style = dice.random()
    if style < 0.35:
        return text.upper()
    if style < 0.7:
        return " ".join(word[:1].upper() + word[1:] for word in text.split(" "))
    return text if style < 0.85 else text[:1].upper() + text[1:]


def syllables(dice: random.Random) -> str:
    return cased(" ".join(syllable(dice) for _ in range(dice.randint(1, 14))), dice)


def name(dice: random.Random) -> str:
    words = [dice.choice(SURNAMES), *(syllable(dice).title() for _ in range(dice.randint(1, 4)))]
    text = " ".join(words)
    return text.upper() if dice.random() < 0.7 else text


def address(dice: random.Random) -> str:
    def place() -> str:
        return " ".join(syllable(dice).title() for _ in range(dice.randint(1, 3)))

    parts = []
    if dice.random() < 0.5:
        number = dice.choice(
            (digits(dice, dice.randint(1, 3)), f"{digits(dice, 2)}/{digits(dice, 2)}", f"{dice.randint(1, 99)}A")
        )
        parts.append(
            dice.choice(("Số ", "số ", "Số nhà ", "")) + number + dice.choice((" đường ", " ", " ngõ ")) + place()
        )
    for _ in range(dice.randint(1, 4)):
        unit = dice.choice(UNITS).replace("_", " ")
        unit = dice.choice((unit, unit, unit.capitalize(), dice.choice(SHORT_UNITS), ""))
        label = f"{unit} {dice.randint(1, 20)}" if dice.random() < 0.15 else f"{unit} {place()}"
        parts.append(label.strip())
    return ", ".join(parts)


def date(dice: random.Random) -> str:
    day, month, year = dice.randint(1, 31), dice.randint(1, 12), dice.randint(1900, 2045)
    spelt = f"ngày {day:02} tháng {month:02} năm {year}"
    return dice.choice((
        f"{day:02}/{month:02}/{year}", f"{day:02}/{month:02}/{year}", f"{day}/{month}/{year}",
        f"{day:02}-{month:02}-{year}",
        f"{day:02}.{month:02}.{year}", spelt, spelt.capitalize(),
        f"{dice.randint(0, 23):02} giờ {dice.randint(0, 59):02} phút, {spelt}",
        f"{name(dice).title()}, {spelt}", str(year), f"{day:02} / {month:02} / {year}",
    ))  # fmt: skip


def number(dice: random.Random) -> str:
    free = "".join(dice.choices(string.ascii_uppercase + string.digits, k=dice.randint(3, 17)))
    money = (
        f"{dice.randint(1, 999)}.{digits(dice, 3)}"
        + dice.choice(("", f".{digits(dice, 3)}"))
        + dice.choice((" đồng", " đ", " VNĐ", ""))
    )
    return dice.choice((
        digits(dice, 12), digits(dice, 12), digits(dice, 9), digits(dice, 10), f"0{digits(dice, 9)}",
        digits(dice, dice.randint(1, 8)),
        " ".join(digits(dice, 12)), f"{digits(dice, 3)} {digits(dice, 3)} {digits(dice, 3)} {digits(dice, 3)}",
        f"Số: {digits(dice, dice.randint(1, 5))}/{dice.choice(CODES)}", f"{digits(dice, 2)}/{dice.randint(1990, 2027)}",
        f"Số: {digits(dice, 3)}/{dice.randint(1990, 2027)}/{dice.choice(CODES)}", money, free, free,
        f"{dice.randint(11, 99)}{dice.choice('ABCDEFG')}{dice.randint(1, 9)}-{digits(dice, 3)}.{digits(dice, 2)}",
        f"{dice.choice(('DN', 'HT', 'GD', 'TE'))} {' '.join(digits(dice, long) for long in (1, 2, 3, 3, 4))}",
        f"{''.join(dice.choices(string.ascii_uppercase, k=2))} {digits(dice, 6)}",
        f"{dice.randint(10, 5000)},{dice.randint(0, 9)} m²",
        f"{digits(dice, 5)}.{dice.choice(CODES)}.{digits(dice, 5)}.{digits(dice, 2)}", f"({dice.randint(1, 99)})",
        f"{dice.randint(1, 20)}.",
        f"{dice.randint(1, 100)}%", f"{digits(dice, 3)}-{digits(dice, 4)}", "- / -", "-/-",
    ))  # fmt: skip


def mail(dice: random.Random) -> str:
    user = (
        "".join(dice.choices(string.ascii_lowercase + string.digits + "._", k=dice.randint(4, 14))).strip("._") or "an"
    )
    return f"{user}@{dice.choice(('gmail.com', 'example.vn', 'yahoo.com.vn', 'vnn.vn', 'example.com', 'mail.example'))}"


def labelled(dice: random.Random) -> str:
    label = dice.choice(labels())
    if dice.random() < 0.12:
        label = f"{label} / {dice.choice(ENGLISH)}"
    bullet = dice.choice(
        ("", "", "", f"{dice.randint(1, 20)}. ", f"{dice.choice('abcdđ')}) ", "- ", f"{dice.randint(1, 20)}) ")
    )
    value = dice.choice((name, address, date, number, syllables))(dice)
    return bullet + label + dice.choice((": ", ": ", ":", " ")) + value


def sentence(dice: random.Random) -> str:
    words = dice.choice(sentences()).split()
    start = dice.randrange(len(words))
    text = " ".join(words[start : start + dice.randint(1, 16)])
    style = dice.random()
    return text.upper() if style < 0.15 else text


def english(dice: random.Random) -> str:
    text = dice.choice(ENGLISH)
    style = dice.random()
    return text.upper() if style < 0.15 else f"{dice.choice(labels())} / {text}:" if style < 0.5 else text


def jumble(dice: random.Random) -> str:
    """Signs without any order: so that every letter is read for its own shape."""
    signs = LETTERS + LETTERS.upper() + string.digits * 6
    words = ["".join(dice.choices(signs, k=dice.randint(1, 7))) for _ in range(dice.randint(1, 6))]
    separators = dice.choices(SEPARATORS, k=len(words))
    return "".join(word + separator for word, separator in zip(words, separators, strict=True))


SEPARATORS = (
    " ", " ", " ", " ", ", ", ". ", "; ", ": ", "/", "-", " - ", " – ", " (", ") ", "' ", "\"", " & ", " + ",
    " § ", "%", " « ", " » ", "“", "” ",
)  # fmt: skip


def loose(dice: random.Random) -> str:
    return dice.choice(
        (*PLACES, dice.choice(CONSONANTS), str(dice.randint(0, 9)), f"{syllable(dice)}:", "x", "Nam", "Nữ", "Kinh")
    )


@cache
def sentences() -> tuple[str, ...]:
    """What the project itself says in Vietnamese: screens, forms, procedures, papers."""
    found = [*texts_in(RESOURCES / "i18n" / "vi"), *texts_in(RESOURCES / "procedures"), *texts_in(RESOURCES / "forms")]
    found = [legal(re.sub(r"\{[^}]*\}", " ", text)) for text in found]
    return tuple(sorted({text for text in (*found, *labels()) if len(text) > 3}))


@cache
def labels() -> tuple[str, ...]:
    """Labels, titles and closed words of the described papers."""
    found = [legal(text) for text in texts_in(RESOURCES / "papers")]
    return tuple(sorted({text for text in found if len(text) > 1 and not re.fullmatch(r"[a-z_.\[\]]+", text)}))


def texts_in(folder: Path) -> Iterator[str]:
    for file in sorted(folder.rglob("*.toml")):
        yield from _strings(tomllib.loads(file.read_text(encoding="utf-8")))


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _strings(inner)


MAKERS: tuple[Callable[[random.Random], str], ...] = (
    sentence, syllables, name, address, date, number, mail, labelled, english, jumble, loose,
)  # fmt: skip
WEIGHTS = (15, 18, 13, 13, 7, 13, 1.5, 10, 3, 7, 3)
