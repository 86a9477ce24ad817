"""Tables on a page: headings that wrap, rows of numbers under them, borders or none."""

from __future__ import annotations

from collections.abc import Sequence

from tools.specimens.ink import px
from tools.specimens.sheet import wrapped
from tools.specimens.varied.fonts import BOLD, ITALIC, REGULAR, face
from tools.specimens.varied.page import Page
from tools.specimens.varied.style import BLACK


def table(page: Page, headings: Sequence[str], shares: Sequence[float], rows: Sequence[Sequence[str]]) -> None:
    """Draw it and write down its text, cell by cell across."""
    size = min(page.size, 12) - page.dice.choice((1, 1, 2))
    across = page.right - page.left
    edges = [page.left + round(sum(shares[:at]) * across) for at in range(len(shares) + 1)]
    _row(page, headings, edges, size, BOLD)
    if page.dice.random() < 0.25:
        _row(page, [f"({at})" for at in range(1, len(headings) + 1)], edges, size, ITALIC)
    for row in rows:
        _row(page, row, edges, size, REGULAR, by_hand=bool(page.style.hand))
    page.y += page.step // 2


def _row(page: Page, row: Sequence[str], edges: Sequence[int], size: float, style: int, by_hand: bool = False) -> None:
    step = round(size * 300 / 72 * 1.35)
    font = face(page.style.hand, REGULAR, size) if by_hand else page.font(style, size)
    columns = list(zip(row, edges, edges[1:], strict=False))
    cells = [wrapped(cell, font, end - start - px(3), end - start - px(3)) for cell, start, end in columns]
    tall = max(map(len, cells)) * step + px(3)
    for lines, (_, start, end) in zip(cells, columns, strict=True):
        if page.style.border:
            page.draw.rectangle((start, page.y, end, page.y + tall), outline=BLACK, width=page.style.border)
        y = page.y + (tall - len(lines) * step) // 2
        for line in lines:
            if by_hand:
                page.fill(start + px(2), y, line, font)
            else:
                page.centred_at(line, (start + end) // 2, y, style, size)
            y += step
    page.y += tall
    if not by_hand:
        page.specimen.lines.append(" ".join(row))
