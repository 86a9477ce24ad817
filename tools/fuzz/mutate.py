"""Inputs that are almost right: a good one with bytes changed, moved, doubled, cut, or replaced by what hurts."""

from __future__ import annotations

import random
from collections.abc import Sequence

WORDS = (
    b"\0", b"\xff", b"\x7f", b"\x80", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\x80\0\0\0", b"-1", b"0", b"1e999",
    b"NaN", b"99999999999999999999", b"null", b"true", b"[]", b"{}", b'""', b"[" * 40, b'{"a":' * 20, b"\\ud800",
    b"\\u0000", b"|", b"<", "\u202e".encode(), "\u200b".encode(), "\ufeff".encode(), "e\u0301\u0301\u0301".encode(),
    "٣".encode(), "ı".encode(), b"\xed\xa0\x80", b"../", b"\r\n", b'"', b"'", b"#", b"=", b"\n[[", b"%PDF-",
    b"endobj", b"stream\n", b"/Kids[2 0 R]", b"9999999999", b"IHDR",
)  # fmt: skip
MOST = 200_000


def mutated(seeds: Sequence[bytes], rng: random.Random) -> bytes:
    """One input; the same for the same state of `rng`."""
    content = bytearray(rng.choice(seeds))
    if rng.random() < 0.02:
        return rng.randbytes(rng.randrange(300))
    for _ in range(1 << rng.randrange(5)):
        at = rng.randrange(len(content) + 1)
        match rng.randrange(8):
            case 0 if content:
                content[at - 1] = rng.randrange(256)
            case 1 if content:
                content[at - 1] ^= 1 << rng.randrange(8)
            case 2:
                content[at:at] = rng.choice(WORDS)
            case 3:
                word = rng.choice(WORDS)
                content[at : at + len(word)] = word
            case 4:
                del content[at : at + rng.randrange(1, 20)]
            case 5:
                content[at:at] = content[at : at + rng.randrange(1, 200)] * rng.randrange(1, 4)
            case 6 if rng.random() < 0.2:
                del content[at:]
            case 7:
                other = rng.choice(seeds)
                start = rng.randrange(len(other) + 1)
                content[at : at + 16] = other[start : start + rng.randrange(1, 64)]
    return bytes(content[:MOST])
