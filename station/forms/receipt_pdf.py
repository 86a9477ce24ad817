"""The receipt as a PDF: Giấy tiếp nhận hồ sơ và hẹn trả kết quả, Mẫu số 01 of Circular 03/2025/TT-VPCP."""

from __future__ import annotations

import io
from pathlib import Path
from xml.sax.saxutils import escape

import pypdfium2
from PIL.Image import Image
from reportlab.lib.colors import Color, black
from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    KeepTogether,
    NextPageTemplate,
    PageBreak,
    PageTemplate,
    Paragraph,
    Spacer,
    Table,
    TableStyle,
)

from station import paths
from station.dossier.receipt import Receipt
from station.dossier.text import exact
from station.errors import ResourceError
from station.forms.codes import QrCode, barcode
from station.forms.vietnamese import amount, moment
from station.forms.wording import ReceiptWording

FAMILY = "LiberationSerif"
FACES = {"": "Regular", "-Bold": "Bold", "-Italic": "Italic", "-BoldItalic": "BoldItalic"}
LEFT, RIGHT, TOP, BOTTOM = 25 * mm, 15 * mm, 15 * mm, 18 * mm
WIDTH = A4[0] - LEFT - RIGHT
LEFT_COLUMN = 0.43 * WIDTH
WATERMARK = Color(0.75, 0.1, 0.1, alpha=0.18)

BODY = ParagraphStyle("body", fontName=FAMILY, fontSize=11.5, leading=15.5, spaceAfter=1.5)
CENTRED = ParagraphStyle("centred", BODY, alignment=TA_CENTER, spaceAfter=0)
SMALL = ParagraphStyle("small", CENTRED, fontSize=9, leading=11)
TITLE = ParagraphStyle("title", CENTRED, fontName=f"{FAMILY}-Bold", fontSize=14.5, leading=18)
CELL = ParagraphStyle("cell", BODY, fontSize=11, leading=13.5, spaceAfter=0)
CELL_CENTRED = ParagraphStyle("cell-centred", CELL, alignment=TA_CENTER)


class ReceiptPdf:
    """Writes receipts: two copies, each from the top of a page, flowing over as many pages as its papers need.

    Raises `ResourceError` when a font or the wording is missing or wrong.
    """

    def __init__(self, fonts_folder: Path, wording: Path | None = None) -> None:
        register_fonts(fonts_folder)
        self._words = ReceiptWording.load(wording or paths.resources() / "forms" / "receipt.toml")

    def write(self, receipt: Receipt) -> bytes:
        """The PDF; the same receipt always gives the same bytes."""
        # Each copy alone first, only to learn its number of pages for «trang 1/2».
        pages = [self._built(receipt, [copy], [1]).page for copy in range(len(self._words.copies))]
        written = io.BytesIO()
        self._built(receipt, list(range(len(pages))), pages, written)
        return written.getvalue()

    def images(self, pdf: bytes, dpi: int) -> list[bytes]:
        """The pages of a PDF as PNG, for the screen and for printers that take no PDF."""
        with pypdfium2.PdfDocument(pdf) as document:
            return [_png(page.render(scale=dpi / 72).to_pil(), dpi) for page in document]

    def _built(
        self, receipt: Receipt, copies: list[int], pages: list[int], into: io.BytesIO | None = None
    ) -> BaseDocTemplate:
        document = BaseDocTemplate(
            into or io.BytesIO(),
            pagesize=A4,
            leftMargin=LEFT,
            rightMargin=RIGHT,
            topMargin=TOP,
            bottomMargin=BOTTOM,
            title=self._words.title,
            lang="vi",
            invariant=1,
        )
        story: list[Flowable] = []
        first = 1
        for copy, count in zip(copies, pages, strict=True):
            if story:
                story += [NextPageTemplate(f"copy-{copy}"), PageBreak()]
            story += self._copy(receipt, copy)
            document.addPageTemplates(self._template(receipt, copy, first, count))
            first += count
        document.build(story)
        return document

    def _template(self, receipt: Receipt, copy: int, first: int, count: int) -> PageTemplate:
        """What stands on every page of a copy: its name and page number below, the watermark behind."""

        def decorate(canvas: Canvas, _document: BaseDocTemplate) -> None:
            canvas.saveState()
            if receipt.practice:
                _watermark(canvas, self._words.practice)
            canvas.setFont(FAMILY, 9)
            page = self._words.page.format(page=canvas.getPageNumber() - first + 1, pages=count)
            line = f"{self._words.copies[copy]} · {self._words.number} {receipt.number} · {page}"
            canvas.drawCentredString(A4[0] / 2, 10 * mm, line)
            canvas.restoreState()

        frame = Frame(LEFT, BOTTOM, WIDTH, A4[1] - TOP - BOTTOM, 0, 0, 0, 0, id="text")
        return PageTemplate(f"copy-{copy}", [frame], onPage=decorate)

    def _copy(self, receipt: Receipt, copy: int) -> list[Flowable]:
        words = self._words
        return [
            self._head(receipt, copy),
            Spacer(0, 5 * mm),
            Paragraph(escape(words.title), TITLE),
            Spacer(0, 1.5 * mm),
            Paragraph(f"<i>{escape(words.confirmed if receipt.acknowledged else words.unconfirmed)}</i>", CENTRED),
            Spacer(0, 3 * mm),
            self._line(words.department, receipt.department),
            self._line(words.submitter, receipt.submitter_name, bold=True),
            self._line(words.submitter_id, receipt.submitter_id),
            self._line(words.address, receipt.submitter_address),
            self._line(words.phone, receipt.submitter_phone),
            self._line(words.procedure, f"{receipt.procedure_name} ({receipt.procedure_code})", bold=True),
            Paragraph(escape(words.papers), BODY),
            Spacer(0, 1 * mm),
            self._papers(receipt),
            Spacer(0, 2 * mm),
            self._line(words.dossiers, f"{receipt.dossier_count:02} {words.dossier_unit}"),
            self._line(words.received, f"{moment(receipt.received_at)}."),
            self._line(words.due, f"{moment(receipt.due_at)}.", bold=True),
            self._line(words.return_at, receipt.return_at),
            self._line(words.fee, self._fee(receipt)),
            Paragraph(escape(words.register), BODY),
            KeepTogether([Spacer(0, 4 * mm), self._signatures(receipt)]),
        ]

    def _head(self, receipt: Receipt, copy: int) -> Table:
        """Office, number and barcode on the left; state, motto and QR on the right."""
        words = self._words
        left = [
            Paragraph(_text(receipt.authority.upper()), CENTRED),
            Paragraph(f"<b>{_text(receipt.department.upper())}</b>", CENTRED),
            Spacer(0, 2 * mm),
            barcode(receipt.number, LEFT_COLUMN),
            Paragraph(f"{escape(words.number)} <b>{_text(receipt.number)}</b>", CENTRED),
        ]
        right = [
            Paragraph(f"<b>{escape(words.state)}</b>", CENTRED),
            Paragraph(f"<b><u>{escape(words.motto)}</u></b>", CENTRED),
            Spacer(0, 1 * mm),
            Paragraph(f"<i>{escape(words.form)}</i>", SMALL),
            Paragraph(f"<b>{escape(words.copies[copy])}</b>", SMALL),
            Spacer(0, 1 * mm),
            QrCode(receipt.verification, 27 * mm),
            Paragraph(escape(words.verification), SMALL),
        ]
        for drawing in (left[3], right[6]):
            drawing.hAlign = "CENTER"
        table = Table([[left, right]], [LEFT_COLUMN, WIDTH - LEFT_COLUMN])
        table.setStyle(TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP"), ("ALIGN", (0, 0), (-1, -1), "CENTER")]))
        return table

    def _papers(self, receipt: Receipt) -> Table:
        words = self._words
        rows = [[Paragraph(f"<b>{escape(column)}</b>", CELL_CENTRED) for column in words.columns]]
        for number, paper in enumerate(receipt.papers, 1):
            rows.append(
                [
                    Paragraph(str(number), CELL_CENTRED),
                    Paragraph(_text(paper.name), CELL),
                    Paragraph(escape(words.original if paper.original else words.copy), CELL_CENTRED),
                    Paragraph(f"{paper.quantity:02}", CELL_CENTRED),
                ]
            )
        table = Table(rows, [12 * mm, WIDTH - 62 * mm, 28 * mm, 22 * mm], repeatRows=1)
        table.setStyle(TableStyle([("GRID", (0, 0), (-1, -1), 0.5, black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]))
        return table

    def _signatures(self, receipt: Receipt) -> Table:
        words = self._words
        heads = (words.submitter_signs, words.officer_signs)
        signs = [Paragraph(f"<b>{escape(head)}</b><br/><i>{escape(words.sign_here)}</i>", CENTRED) for head in heads]
        names = [Paragraph(f"<b>{_text(name)}</b>", CENTRED) for name in (receipt.submitter_name, receipt.officer_name)]
        return Table([signs, names], [WIDTH / 2] * 2, [None, None], style=[("TOPPADDING", (0, 1), (-1, 1), 20 * mm)])

    def _line(self, label: str, value: str, bold: bool = False) -> Paragraph:
        """A label and its value; dots to write on where the station knows no value."""
        told = _text(value) or escape(self._words.empty)
        return Paragraph(f"{escape(label)} <b>{told}</b>" if bold else f"{escape(label)} {told}", BODY)

    def _fee(self, receipt: Receipt) -> str:
        charged = f"{amount(receipt.fee)} {self._words.fee_unit}" if receipt.fee else self._words.fee_none
        return f"{charged} {receipt.fee_note}"


def register_fonts(folder: Path) -> None:
    """Make Liberation Serif known to the PDF writer, or raise `ResourceError` naming the file that is missing."""
    for suffix, face in FACES.items():
        file = folder / f"{FAMILY}-{face}.ttf"
        try:
            pdfmetrics.registerFont(TTFont(f"{FAMILY}{suffix}", str(file)))
        except (TTFError, OSError) as error:
            raise ResourceError("forms.no_font", file=file.name, place=folder.name) from error
    pdfmetrics.registerFontFamily(FAMILY, FAMILY, *(f"{FAMILY}{suffix}" for suffix in list(FACES)[1:]))


def _text(value: str) -> str:
    """A value as it may stand inside a paragraph's mark-up."""
    return escape(exact(value))


def _png(image: Image, dpi: int) -> bytes:
    written = io.BytesIO()
    image.save(written, "PNG", dpi=(dpi, dpi))
    return written.getvalue()


def _watermark(canvas: Canvas, text: str) -> None:
    canvas.saveState()
    canvas.setFont(f"{FAMILY}-Bold", 40)
    canvas.setFillColor(WATERMARK)
    canvas.translate(A4[0] / 2, A4[1] / 2)
    canvas.rotate(52)
    canvas.drawCentredString(0, 0, text)
    canvas.restoreState()
