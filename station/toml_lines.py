"""On which line each value of a TOML file stands, which the standard library's reader does not tell."""

from __future__ import annotations

import re
from collections import Counter

_KEY = re.compile(r"""[A-Za-z0-9_\-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'""")
_STRING = re.compile(r'"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'', re.DOTALL)
_BLANK = re.compile(r"(?:[ \t\r\n]|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_PLAIN = re.compile(r"[^,\]}\r\n#]+")


def lines_of(text: str) -> dict[str, int]:
    """Line by path, counted from 1; lists count from 1 too: `papers[2].kinds`, `section[1].fields[3].grammar`.

    The text must be TOML: the standard library has read it before.
    """
    return _Walk(text).lines


class _Walk:
    """One pass over the characters; `at` is the next one."""

    def __init__(self, text: str) -> None:
        self._text, self._at = text, 0
        self.lines: dict[str, int] = {"": 1}
        counts: Counter[str] = Counter()
        table = ""
        while self._past(_BLANK) < len(text):
            if text[self._at] != "[":
                self._pair(table)
                continue
            repeated = text.startswith("[[", self._at)
            start = self._at
            self._at += 2 if repeated else 1
            table = self._key()
            # The parts of a dotted heading may be lists themselves: `[[paper.field]]` belongs to the last `[[paper]]`.
            parts = table.split(".")
            table = ""
            for depth, part in enumerate(parts):
                table = f"{table}.{part}" if table else part
                if repeated and depth == len(parts) - 1:
                    counts[table] += 1
                if counts[table]:
                    table = f"{table}[{counts[table]}]"
            self._mark(table, start)
            self._at = text.index("]" * (2 if repeated else 1), self._at) + (2 if repeated else 1)

    def _past(self, pattern: re.Pattern[str]) -> int:
        match = pattern.match(self._text, self._at)
        self._at = match.end() if match else self._at
        return self._at

    def _mark(self, path: str, at: int) -> None:
        self.lines.setdefault(path, self._text.count("\n", 0, at) + 1)

    def _key(self) -> str:
        parts = []
        while True:
            self._past(_SPACE)
            start = self._at
            self._past(_KEY)
            parts.append(self._text[start : self._at].strip("\"'"))
            self._past(_SPACE)
            if not self._text.startswith(".", self._at):
                return ".".join(parts)
            self._at += 1

    def _pair(self, table: str) -> None:
        start = self._at
        key = self._key()
        path = f"{table}.{key}" if table else key
        self._mark(path, start)
        self._at += 1  # the equals sign
        self._past(_SPACE)
        self._value(path)

    def _value(self, path: str) -> None:
        opening = self._text[self._at]
        if opening in "\"'":
            self._past(_STRING)
        elif opening == "[":
            self._items(path)
        elif opening == "{":
            self._inline(path)
        else:
            self._past(_PLAIN)

    def _items(self, path: str) -> None:
        self._at += 1
        number = 0
        while self._text[self._past(_BLANK)] != "]":
            number += 1
            self._mark(f"{path}[{number}]", self._at)
            self._value(f"{path}[{number}]")
            if self._text[self._past(_BLANK)] == ",":
                self._at += 1
        self._at += 1

    def _inline(self, path: str) -> None:
        self._at += 1
        while self._text[self._past(_BLANK)] != "}":
            self._pair(path)
            if self._text[self._past(_BLANK)] == ",":
                self._at += 1
        self._at += 1
