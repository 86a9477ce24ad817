"""The signs that Vietnamese administrative papers print: what a typeface for training must have."""

from __future__ import annotations

BASES = "aăâeêioôơuưy"
TONED = {
    "a": "aàáảãạ", "ă": "ăằắẳẵặ", "â": "âầấẩẫậ", "e": "eèéẻẽẹ", "ê": "êềếểễệ", "i": "iìíỉĩị",
    "o": "oòóỏõọ", "ô": "ôồốổỗộ", "ơ": "ơờớởỡợ", "u": "uùúủũụ", "ư": "ưừứửữự", "y": "yỳýỷỹỵ",
}  # fmt: skip
VOWELS = "".join(TONED.values())
CONSONANTS = "bcdđfghjklmnpqrstvwxz"
LETTERS = "".join(sorted(set(VOWELS + CONSONANTS)))
DIGITS = "0123456789"
SIGNS = " .,:;-/()'\"+%&*=@_#<>!?[]|–…“”‘’°²³×§•½№«»"
ALPHABET = DIGITS + LETTERS + LETTERS.upper() + SIGNS
