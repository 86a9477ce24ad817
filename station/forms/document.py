"""Pages around the flowing text: copies that count their own pages, the foot, the mark of practice, rolls."""

from __future__ import annotations

import io
import math
from collections.abc import Mapping
from typing import Any

from reportlab.lib.colors import Color
from reportlab.lib.units import mm
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, NextPageTemplate, PageBreak, PageTemplate

from station.forms.layout import Layout
from station.forms.template import Template
from station.forms.typography import FAMILIES

MARK = Color(0.75, 0.1, 0.1, alpha=0.18)
MARK_FONT = "LiberationSerif-Bold"
SPREAD = 0.9
"""How much of the page's diagonal the mark may take."""
LONGEST = 5000
"""Millimetres of paper that a roll may take: the PDF format ends at 200 inches."""
FOOT = 8 * mm
"""From the page's lower edge to the foot's line."""


class Document:
    """One form with its values, ready to be written."""

    def __init__(self, template: Template, values: Mapping[str, Any]) -> None:
        self._template, self._page, self._values = template, template.page, values
        self._height: float = template.page.height * mm

    def write(self) -> bytes:
        """The PDF; the same values always give the same bytes."""
        copies = range(len(self._page.copies))
        if not self._page.height:
            self._height = self._used()
        # Each copy alone first, only to learn its number of pages for «trang 1/2».
        pages = [self._built([copy], [1]).page for copy in copies]
        written = io.BytesIO()
        self._built(list(copies), pages, written)
        return written.getvalue()

    def _used(self) -> float:
        """How long a roll must be."""
        self._height = LONGEST * mm
        template = self._built([0], [1]).pageTemplates[0]
        (frame,) = template.frames
        top, _right, bottom, _left = self._page.margins
        end: float = vars(frame)["_y"]  # where the next block would begin
        return self._height - end + bottom * mm if end < self._height - top * mm else self._height

    def _built(self, copies: list[int], pages: list[int], into: io.BytesIO | None = None) -> BaseDocTemplate:
        document = BaseDocTemplate(
            into or io.BytesIO(),
            pagesize=(self._page.width * mm, self._height),
            title=self._template.title,
            lang="vi",
            invariant=1,
        )
        story: list[Flowable] = []
        first = 1
        for copy, count in zip(copies, pages, strict=True):
            if story:
                story += [NextPageTemplate(f"copy-{copy}"), PageBreak()]
            story += Layout(self._template, self._values).story()
            document.addPageTemplates(self._copy(copy, first, count))
            first += count
        document.build(story)
        return document

    def _copy(self, copy: int, first: int, count: int) -> PageTemplate:
        """What stands on every page of a copy: the foot, and in practice the mark."""
        page, values = self._page, self._values
        top, right, bottom, left = (margin * mm for margin in page.margins)
        width, height = page.width * mm, self._height

        def decorate(canvas: Canvas, _document: BaseDocTemplate) -> None:
            if values["practice"]:
                _mark(canvas, page.mark, width, height)
            if page.foot.parts:
                number = canvas.getPageNumber() - first + 1
                here = {**values, "copy": page.copies[copy], "page": number, "pages": count}
                canvas.setFont(FAMILIES[page.font], page.sizes["small"])
                line = page.foot.plain(here, self._template.blanks)
                canvas.drawCentredString((left + width - right) / 2, FOOT, line)

        frame = Frame(left, bottom, width - left - right, height - top - bottom, 0, 0, 0, 0, id="text")
        return PageTemplate(f"copy-{copy}", [frame], onPage=decorate)


def _mark(canvas: Canvas, text: str, width: float, height: float) -> None:
    """From corner to corner, or along a roll over and over: none of its parts may pass for a valid one."""
    steps = max(1, round(height / (1.6 * width)))
    step = height / steps
    angle = math.atan2(step, width)
    length = stringWidth(text, MARK_FONT, 1)
    size = min(40.0, SPREAD * width / (math.cos(angle) * length), SPREAD * step / (math.sin(angle) * length))
    for place in range(steps):
        canvas.saveState()
        canvas.setFont(MARK_FONT, size)
        canvas.setFillColor(MARK)
        canvas.translate(width / 2, step * (place + 0.5))
        canvas.rotate(math.degrees(angle))
        canvas.drawCentredString(0, 0, text)
        canvas.restoreState()
