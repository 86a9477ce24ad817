"""Whether a word can be Vietnamese: one onset, one rhyme, one tone. Tells a misread word from a rare name.

It questions and never corrects. Where the tone mark stands («hoà», «hòa») makes no difference.
Closed syllables (-c, -ch, -p, -t) carry only the sharp or the heavy tone: «LÔC» and «trươc» cannot be right.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection

_TONES = {"\u0300": "grave", "\u0301": "sharp", "\u0303": "tilde", "\u0309": "hook", "\u0323": "heavy"}
_ONSETS = "ngh|ng|nh|gh|gi|kh|ph|th|tr|ch|qu|b|c|d|đ|g|h|k|l|m|n|p|q|r|s|t|v|x|"
_RHYMES = """
    a ac ach ai am an ang anh ao ap at au ay ă ăc ăm ăn ăng ăp ăt â âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu
    i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong
    ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uân uâng uât uây uc uê uêch uên uênh ui um un ung uôc uôi uôm uôn uông uôt uơ up ut
    uy uya uych uyên uyêt uyn uynh uyp uyt uyu
    ư ưa ưc ưi ưm ưn ưng ươ ươc ươi ươm ươn ương ươp ươt ươu ưt ưu y ya yêm yên yêng yêt yêu yn ynh yt
""".split()  # noqa: SIM905 - a table of rhymes, row by row
_SYLLABLE = re.compile(f"(?:{_ONSETS})(?:{'|'.join(sorted(_RHYMES, key=len, reverse=True))})")
_UNWRITTEN = re.compile(r"c[eêiy]|k[aăâoôơuư]|gh[^eêi]|ngh[^eêi]|(?:g|ng)[eê]|ng[iy]")
"""Before e, ê, i stand k, gh, ngh; before all else c, g, ng."""

_ONE = 4
_STOPPED = re.compile(r"(?:c|ch|p|t)$")


def is_syllable(word: str) -> bool:
    """One Vietnamese syllable, in any case, rightly marked."""
    marks = unicodedata.normalize("NFD", word.casefold())
    tones = [_TONES[mark] for mark in marks if mark in _TONES]
    toneless = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in _TONES))
    if len(tones) > 1 or not _SYLLABLE.fullmatch(toneless) or _UNWRITTEN.match(toneless):
        return False
    return not _STOPPED.search(toneless) or (bool(tones) and tones[0] in ("sharp", "heavy"))


def implausible(text: str, known: Collection[str] = ()) -> int:
    """How many words with letters are neither syllables nor among the `known` ones; words with digits do not count."""
    words = re.findall(r"[^\W\d_]+", " ".join(word for word in text.split() if not any(map(str.isdigit, word))))
    return sum(not is_syllable(word) and word.casefold() not in known for word in words)


def apart(word: str) -> str:
    """Two syllables that an engine ran together («THỊKHUÊ», «XãAn») with their space again, where one cut fits.

    Four letters are one syllable of which one letter is misread: «Tiôn» is «Thôn».
    """
    if is_syllable(word) or not word.isalpha():
        return word
    turn = [at for at in range(1, len(word)) if word[at - 1].islower() and word[at].isupper()]
    long = len(word) > _ONE
    cuts = turn or [at for at in range(2, len(word) - 1) if long and is_syllable(word[:at]) and is_syllable(word[at:])]
    return f"{word[: cuts[0]]} {word[cuts[0] :]}" if len(cuts) == 1 else word
