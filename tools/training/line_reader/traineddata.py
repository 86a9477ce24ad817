"""Tesseract's model container: numbered components behind a table of offsets."""

from __future__ import annotations

import struct
from pathlib import Path

LSTM, WORDS, UNICHARSET, RECODER, VERSION = 17, 19, 21, 22, 23
"""Numbers of the components that are looked into; dictionaries and the rest pass through untouched."""

DICTIONARIES = (18, 19, 20)
"""Punctuation, words, numbers."""

ABSENT = -1


def read(file: Path) -> dict[int, bytes]:
    """The components that are present, by number."""
    content = file.read_bytes()
    (count,) = struct.unpack_from("<I", content)
    offsets = struct.unpack_from(f"<{count}q", content, 4)
    starts = [*sorted(offset for offset in offsets if offset != ABSENT), len(content)]
    return {
        number: content[offset : starts[starts.index(offset) + 1]]
        for number, offset in enumerate(offsets)
        if offset != ABSENT
    }


def write(file: Path, components: dict[int, bytes]) -> None:
    count = max(VERSION, *components) + 1
    offsets, body, at = [ABSENT] * count, [], 4 + 8 * count
    for number in sorted(components):
        offsets[number] = at
        body.append(components[number])
        at += len(components[number])
    file.write_bytes(struct.pack(f"<I{count}q", count, *offsets) + b"".join(body))
