"""What nearly every administrative paper has in the same places (Nghị định 30/2020/NĐ-CP): issuer, date line, title.

The issuer stands top left above the number, the state's name and motto top right, below them place and date, then the
title in capitals in the middle. Papers of companies and schools have some of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from station.dossier.text import folded
from station.scan.papers.dates import date_line
from station.scan.papers.labels import bare
from station.scan.papers.layout import Row, apart, box_of, grouped, height_of, text_of

_STATE, _MOTTO = "conghoaxahoichunghiavietnam", "doclaptudohanhphuc"
_LIKE = 82.0
_PLACE = re.compile(r"(?:[^\W\d_][\w .\-]{1,40}[,.;]? ?)?")
"""What may stand before the date on its line."""

_NUMBERED = re.compile(r"(so|mau so|ky hieu|ma so|quyen so)\b ?[:.]?|.*\bso ?:", re.IGNORECASE)
_NO_TITLE = re.compile(r"(kinh gui|noi nhan|so)\b")
_BODIES = (
    "uy ban", "hoi dong", "so ", "phong", "trung tam", "benh vien", "truong", "cong an", "ban ", "chi cuc", "cuc",
    "van phong", "cong ty", "doi ", "tram", "bo ", "tong cuc", "toa an", "vien", "ngan hang", "hop tac xa", "bao hiem",
    "chi nhanh", "doanh nghiep", "hoi ", "kho bac", "thi hanh an", "quy ", "dang uy",
)  # fmt: skip
_NAMES_OF_PAPERS = (
    "giay", "quyet dinh", "thong bao", "bang ", "hop dong", "hoa don", "don ", "to khai", "bien ban", "bien lai",
    "cong van", "to trinh", "bao cao", "chung chi", "chung nhan", "chung minh", "chung thu", "so ", "the ", "phieu",
    "ban ", "di chuc", "ho so", "trich luc", "xac nhan", "nghi quyet", "lenh", "ke hoach", "van ban", "hoc ba",
    "cam ket", "du toan", "cong bo", "phu luc", "danh sach", "quyet toan", "ly lich", "so yeu", "to bao",
)  # fmt: skip
_UPPER, _TITLE_LETTERS, _MOST_ROWS = 0.75, 4, 3
_MIDDLE = 0.12
_BELOW_HEAD = 0.6
"""Share of the page's rows among which a title is looked for."""


def issuer_of(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The lines that name who issued the paper: of a body and the one above it, the body that issued it."""
    lines = _left_of_state(rows)
    starts = [at for at, line in enumerate(lines) if f"{folded(text_of(line))} ".startswith(_BODIES)]
    return tuple(lines[starts[-1] :]) if starts else ()


def dateline_of(rows: Sequence[Row]) -> tuple[Row, ...]:
    """«Phú Mẫu, ngày 18 tháng 10 năm 2026»: the one in the letterhead, else the last one, above the signature."""
    lines = [piece for row in rows for piece in apart(row) if _is_date_line(piece)]
    if not lines:
        return ()
    state = _state(rows)
    in_head = [line for line in lines if state and line[0].box[1] < state[0].box[1] + 8 * height_of(state)]
    return (in_head[0] if in_head else lines[-1],)


def title_of(rows: Sequence[Row]) -> tuple[Row, ...]:
    """The lines in capitals below the letterhead that name a paper; else the first in the middle, or the tallest."""
    words = [word for row in rows for word in row]
    if not words:
        return ()
    head = {id(line) for line in _head_rows(rows)}
    left, _, right, _ = box_of(words)
    lines: list[Row] = []
    for row in rows[: max(_MOST_ROWS + 5, round(_BELOW_HEAD * len(rows)))]:
        lines += [] if id(row) in head else apart(row)
    capitals = [line for line in lines if _is_heading(line)]
    if not capitals:
        return ()
    named = [line for line in capitals if f"{folded(text_of(line))} ".startswith(_NAMES_OF_PAPERS)]
    middle = [line for line in capitals if abs(_centre(line) - (left + right) / 2) < _MIDDLE * (right - left)]
    first = next(iter((*named, *middle)), None) or max(capitals, key=height_of)
    title = [first]
    for line in lines[lines.index(first) + 1 :]:
        height = height_of(title[-1])
        near = line[0].box[1] - title[-1][0].box[3] < 1.6 * height and abs(_centre(line) - _centre(first)) < 3 * height
        if not (near and _is_heading(line)) or len(title) == _MOST_ROWS:
            break
        title.append(line)
    return tuple(title)


def _is_date_line(line: Row) -> bool:
    dated = date_line(text_of(line))
    return bool(dated and dated.whole and _PLACE.fullmatch(dated.place))


def _left_of_state(rows: Sequence[Row]) -> list[Row]:
    """The lines beside the state's name and motto, to their left, down to the number."""
    state = _state(rows)
    if not state:
        return []
    left, top, _, bottom = box_of(state)
    height = bottom - top
    beside = [word for row in rows for word in row if word.box[2] < left and top - 2 * height < word.box[1]]
    lines: list[Row] = []
    for line in grouped(beside):
        text = folded(text_of(line))
        is_title = f"{text} ".startswith(_NAMES_OF_PAPERS) and not f"{text} ".startswith(_BODIES)
        if line[0].box[1] > bottom + 5 * height or _NUMBERED.match(text) or is_title or not _in_capitals(line):
            if lines:
                break
            continue
        lines.append(line)
    return lines


def _head_rows(rows: Sequence[Row]) -> list[Row]:
    """The rows that hold the state's name, its motto, the issuer, the number or the date line."""
    state = _state(rows)
    bottom = state[0].box[3] + 3 * height_of(state) if state else 0
    return [
        row
        for row in rows
        if row[0].box[1] < bottom
        or any(_is_date_line(piece) for piece in apart(row))
        or fuzz.partial_ratio(_MOTTO, bare(text_of(row)), score_cutoff=_LIKE)
    ]


def _state(rows: Sequence[Row]) -> Row:
    """The words of the state's name; empty where it is not printed."""
    best: tuple[float, Row] = (_LIKE, ())
    for row in rows:
        words = [bare(word.text) for word in row]
        for start in range(len(row)):
            for end in range(start + 1, len(row) + 1):
                joined = "".join(words[start:end])
                if len(joined) > len(_STATE) + 4:
                    break
                best = max(best, (fuzz.ratio(_STATE, joined), row[start:end]), key=lambda found: found[0])
    return best[1]


def _is_heading(line: Row) -> bool:
    return _in_capitals(line) and not _NO_TITLE.match(folded(text_of(line)))


def _in_capitals(line: Row) -> bool:
    letters = [letter for letter in text_of(line) if letter.isalpha()]
    return len(letters) >= _TITLE_LETTERS and sum(map(str.isupper, letters)) >= _UPPER * len(letters)


def _centre(line: Row) -> float:
    left, _, right, _ = box_of(line)
    return (left + right) / 2
