"""«Biểu mẫu»: by key from the list and from a sealed dossier; seen before it is printed; refused only when meant."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from PySide6.QtCore import QDate, Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from station.actions.forms_desk import Offer
from station.dossier.dossier import State
from station.dossier.printed_form import FormName
from station.ui.counter import forms_page, seal
from station.ui.counter.forms_page import FormsPage
from station.ui.counter.window import CounterWindow
from station.ui.printing import images_of, print_images
from tests.ui.conftest import Counter

REASON = "Hồ sơ không thuộc thẩm quyền của Ủy ban nhân dân cấp xã."


def offered(page: FormsPage) -> list[FormName]:
    return [row.data.name for row in page.list.rows.rows if isinstance(row.data, Offer)]


def opened(window: CounterWindow, qtbot: QtBot) -> FormsPage:
    """The page as its keys bring it, its first form drawn."""
    qtbot.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: window.forms_in_front and window.forms.print.isEnabled())
    return window.forms


def pick(page: FormsPage, name: FormName, qtbot: QtBot) -> None:
    (offer,) = [row.data for row in page.list.rows.rows if isinstance(row.data, Offer) and row.data.name is name]
    page.list.pick(offer)
    qtbot.waitUntil(page.print.isEnabled)


def is_whole(file: Path) -> bool:
    return file.exists() and file.read_bytes().rstrip().endswith(b"%%EOF")


def written(file: Path) -> str:
    with pypdfium2.PdfDocument(file) as document:
        return " ".join(" ".join(page.get_textpage().get_text_range().split()) for page in document)


@pytest.fixture
def saving(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Where the officer saves everything."""
    file = tmp_path / "saved.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_given: (str(file), ""))
    return file


def test_from_the_empty_list_only_the_register_can_be_had(window: CounterWindow, qtbot: QtBot) -> None:
    page = opened(window, qtbot)
    assert offered(page) == [FormName.REGISTER]
    assert page.inputs.day_edit.isVisible()
    assert not page.inputs.reason.isVisible()
    qtbot.keyClick(page.list, Qt.Key.Key_Escape)
    assert not window.forms_in_front
    assert window.current == "home"


def test_a_sealed_dossier_has_its_receipts_by_key(
    counter: Counter, window: CounterWindow, qtbot: QtBot, saving: Path
) -> None:
    counter.identified()
    dossier = counter.sealed()
    window.go_to("seal")
    page = opened(window, qtbot)
    assert offered(page)[:4] == [FormName.RECEIPT, FormName.RECEIPT_ROLL, FormName.CONTROL, FormName.APOLOGY]
    qtbot.keyClick(page.list, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: is_whole(saving))
    text = written(saving)
    assert str(dossier.number) in text
    assert "Nguyễn Thị Đăng" in text
    qtbot.waitUntil(lambda: "print_form" in [one.deed for one in counter.store.audit.entries(dossier.id)])


def test_a_form_of_two_copies_is_turned_page_by_page(counter: Counter, window: CounterWindow, qtbot: QtBot) -> None:
    counter.identified()
    counter.sealed()
    window.go_to("seal")
    page = opened(window, qtbot)
    qtbot.waitUntil(page.turn.isVisible)
    seen = [page.page.text()]
    while len(seen) < 2 or seen[-1] != seen[0]:
        qtbot.keyClick(page.list, Qt.Key.Key_PageDown)
        seen.append(page.page.text())
    assert len(set(seen)) == len(seen) - 1 >= 2


def test_a_refusal_is_issued_only_when_it_is_meant(
    counter: Counter, window: CounterWindow, qtbot: QtBot, saving: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dossier = counter.identified()
    window.go_to("scan")
    page = opened(window, qtbot)
    pick(page, FormName.REFUSAL, qtbot)
    page.inputs.reason.setPlainText(REASON)
    monkeypatch.setattr(forms_page, "ask", lambda *_given: False)
    page.save.click()
    assert counter.session.desk.dossiers.get(dossier.id).state is State.OPEN
    assert not saving.exists()
    monkeypatch.setattr(forms_page, "ask", lambda *_given: True)
    page.save.click()
    qtbot.waitUntil(lambda: is_whole(saving))
    assert REASON in written(saving)
    assert "Số: 0001/TCHS" in written(saving)
    qtbot.waitUntil(lambda: window.current == "home")
    assert counter.session.dossier is None
    assert counter.session.desk.dossiers.get(dossier.id).state is State.DISCARDED


def test_a_refusal_without_a_reason_is_told_and_nothing_happens(
    counter: Counter, window: CounterWindow, qtbot: QtBot, saving: Path
) -> None:
    dossier = counter.identified()
    window.go_to("scan")
    page = opened(window, qtbot)
    pick(page, FormName.REFUSAL, qtbot)
    page.save.click()
    qtbot.waitUntil(window.messages.isVisible)
    assert counter.session.desk.dossiers.get(dossier.id).state is State.OPEN
    assert not saving.exists()


def test_an_apology_takes_a_reason_and_a_day_and_can_be_had_again(
    counter: Counter, window: CounterWindow, qtbot: QtBot, saving: Path
) -> None:
    counter.identified()
    counter.sealed()
    window.go_to("seal")
    page = opened(window, qtbot)
    pick(page, FormName.APOLOGY, qtbot)
    page.inputs.reason.setPlainText("Hệ thống xác minh gặp sự cố.")
    page.inputs.day_edit.setDate(QDate(2031, 1, 9))
    assert page.inputs.day == date(2031, 1, 9)
    page.save.click()
    qtbot.waitUntil(lambda: is_whole(saving))
    assert "ngày 09 tháng 01 năm 2031" in written(saving)
    qtbot.waitUntil(lambda: offered(page).count(FormName.APOLOGY) == 2)


def test_a_letter_in_the_reason_is_a_letter(
    counter: Counter, window: CounterWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter.identified()
    window.go_to("scan")
    page = opened(window, qtbot)
    pick(page, FormName.REFUSAL, qtbot)
    monkeypatch.setattr(QPrintDialog, "exec", lambda _dialog: pytest.fail("printed while typing"))
    qtbot.keyClick(page.list, Qt.Key.Key_Return)
    assert page.inputs.reason.hasFocus()
    qtbot.keyClicks(page.inputs.reason, "sp")
    assert page.inputs.reason.toPlainText() == "sp"


def test_nothing_of_a_dossier_stays_on_the_page_of_the_next(
    counter: Counter, window: CounterWindow, qtbot: QtBot
) -> None:
    counter.identified()
    window.go_to("scan")
    page = opened(window, qtbot)
    pick(page, FormName.REFUSAL, qtbot)
    page.inputs.reason.setPlainText(REASON)
    counter.identified("Trần Văn Mẫu", "001099000124")
    qtbot.waitUntil(lambda: "Trần Văn Mẫu" in page.about.text())
    assert page.inputs.reason.toPlainText() == ""


def test_a_receipt_that_is_printed_after_the_seal_is_written_down(
    counter: Counter, window: CounterWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    counter.identified()
    dossier = counter.sealed()
    window.go_to("seal")
    sheets: list[int] = []
    monkeypatch.setattr(QPrintDialog, "exec", lambda _dialog: QPrintDialog.DialogCode.Accepted)
    monkeypatch.setattr(seal, "print_images", lambda _printer, pages: sheets.append(len(pages)))
    window.seal.sealed.print_button.click()
    qtbot.waitUntil(lambda: bool(sheets))
    assert sheets[0] >= 2  # two copies
    (entry,) = [one for one in counter.store.audit.entries(dossier.id) if one.deed == "print_form"]
    assert entry.detail == {"form": "receipt"}


@pytest.mark.parametrize(("width", "height"), [(210, 297), (297, 210), (80, 251)])
def test_a_sheet_is_printed_in_its_own_size(qapp: object, tmp_path: Path, width: int, height: int) -> None:
    dots = 203 / 25.4
    drawn = io.BytesIO()
    Image.new("L", (round(width * dots), round(height * dots)), 200).save(drawn, "PNG", dpi=(203, 203))
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "printed.pdf"))
    print_images(printer, images_of([drawn.getvalue()] * 2))
    with pypdfium2.PdfDocument(tmp_path / "printed.pdf") as document:
        assert len(document) == 2
        for page in document:
            assert [side * 25.4 / 72 for side in page.get_size()] == pytest.approx([width, height], abs=1)
            picture = page.render(scale=1, grayscale=True).to_pil()
            assert picture.getpixel((picture.width // 2, picture.height // 2)) < 255
