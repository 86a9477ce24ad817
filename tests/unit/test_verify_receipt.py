"""`station verify`: from a code's text, a printed page or a PDF, with a file of keys and no store."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest
from PIL import Image

from station import paths
from station.__main__ import main
from station.clock import VIETNAM
from station.dossier.printed_form import FormName
from station.dossier.receipt import Receipt, ReceivedPaper
from station.dossier.receipt_payload import text_to_sign, with_signature
from station.forms.folder import load_forms
from station.forms.form_writer import FormWriter
from station.language import Language
from station.store.keys import Secrets
from station.store.keys.signing import ReceiptSigner

SEALED = datetime(2026, 11, 22, 9, 5, tzinfo=VIETNAM)
SIGNER = ReceiptSigner(Secrets.derived_from(bytes(32)), "T01")
SAID = text_to_sign("T01", "TAM.T01-261122-0007", "1.001193", SEALED, "0123456789abcdef" * 2, SIGNER.key_id)
TEXT = with_signature(SAID, SIGNER.sign(SAID))
RECEIPT = Receipt(
    authority="Ủy ban nhân dân xã Mẫu",
    department="Trung tâm Phục vụ hành chính công",
    number="TAM.T01-261122-0007",
    procedure_code="1.001193",
    procedure_name="Đăng ký khai sinh",
    submitter_name="Nguyễn Thị Đăng",
    submitter_id="001199000123",
    submitter_address="Thôn Mẫu, xã Mẫu, tỉnh Mẫu",
    submitter_phone="",
    papers=(ReceivedPaper("Tờ khai đăng ký khai sinh", True, 1),),
    dossier_count=1,
    received_at=SEALED,
    due_at=SEALED,
    return_at="Trung tâm Phục vụ hành chính công",
    fee=0,
    fee_note="",
    officer_name="Cán bộ Mẫu",
    verification=TEXT,
    acknowledged=False,
    practice=False,
)


@pytest.fixture(scope="module")
def writer() -> FormWriter:
    return FormWriter(paths.resources() / "fonts", load_forms(paths.resources() / "forms"))


@pytest.fixture
def keys(tmp_path: Path) -> Path:
    file = tmp_path / "keys.txt"
    SIGNER.publish(file)
    return file


def say(key: str) -> str:
    return Language.load()(f"verify.{key}")


@pytest.mark.parametrize(
    ("text", "status", "said"),
    [
        (TEXT, 0, "valid"),
        (TEXT.replace("0007", "0008"), 3, "altered"),
        (TEXT.replace(SIGNER.key_id, "0" * 16), 4, "unknown_key"),
        ("TRAMSO1|T01-261122-0007|1.001193|2026-11-22T09:14:05+07:00|" + "0123456789abcdef" * 2, 5, "unsigned"),
    ],
)
def test_each_answer_has_its_sentence_and_its_exit_status(
    keys: Path, capsys: pytest.CaptureFixture[str], text: str, status: int, said: str
) -> None:
    assert main(["verify", text, "--keys", str(keys)]) == status
    assert say(said) in capsys.readouterr().out


def test_of_several_the_worst_counts(keys: Path) -> None:
    assert main(["verify", TEXT, TEXT.replace("0007", "0008"), TEXT, "--keys", str(keys)]) == 3


@pytest.mark.parametrize("practice", [False, True])
@pytest.mark.parametrize(("form", "dpi"), [(FormName.RECEIPT, 300), (FormName.RECEIPT_ROLL, 203)])
def test_a_printed_receipt_is_verified_from_its_picture(
    writer: FormWriter, keys: Path, tmp_path: Path, form: FormName, dpi: int, practice: bool
) -> None:
    pages = writer.images(writer.write(form, replace(RECEIPT, practice=practice)), dpi)
    with Image.open(io.BytesIO(pages[0])) as page:
        page.convert("1").save(tmp_path / "printed.png")  # as a thermal printer prints: black or nothing
    assert main(["verify", str(tmp_path / "printed.png"), "--keys", str(keys)]) == 0


def test_a_pdf_is_verified_and_its_forgery_is_not(writer: FormWriter, keys: Path, tmp_path: Path) -> None:
    file = tmp_path / "receipt.pdf"
    file.write_bytes(writer.write(FormName.RECEIPT, RECEIPT))
    assert main(["verify", str(file), "--keys", str(keys)]) == 0
    forged = replace(RECEIPT, verification=TEXT.replace("1.001193", "1.001194"))
    file.write_bytes(writer.write(FormName.RECEIPT, forged))
    assert main(["verify", str(file), "--keys", str(keys)]) == 3


def test_the_stations_own_key_is_found_and_printed_for_others(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    SIGNER.publish(tmp_path / "receipt_keys.txt")
    assert main(["--data", str(tmp_path), "verify", TEXT]) == 0
    capsys.readouterr()
    assert main(["--data", str(tmp_path), "verify", "--export-key"]) == 0
    printed = capsys.readouterr().out
    assert printed == (tmp_path / "receipt_keys.txt").read_text("utf-8")
    (tmp_path / "elsewhere.txt").write_text(printed, "utf-8")
    assert main(["verify", TEXT, "--keys", str(tmp_path / "elsewhere.txt")]) == 0


@pytest.mark.parametrize("missing", ["keys", "receipt"])
def test_what_cannot_be_judged_is_told(
    keys: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], missing: str
) -> None:
    blank = tmp_path / "blank.png"
    Image.new("L", (400, 400), 255).save(blank)
    given = TEXT if missing == "keys" else str(blank)
    file = tmp_path / "none.txt" if missing == "keys" else keys
    assert main(["verify", given, "--keys", str(file)]) == 1
    code = "code.no_key_file" if missing == "keys" else "code.no_receipt"
    assert Language.load()(f"error.{code}.do") in capsys.readouterr().err


def test_publishing_again_adds_nothing_and_keeps_other_keys(tmp_path: Path) -> None:
    file = tmp_path / "keys.txt"
    other = ReceiptSigner(Secrets.derived_from(b"o" * 32), "T02")
    for signer in (SIGNER, other, SIGNER):
        signer.publish(file)
    assert [line.split()[0] for line in file.read_text("utf-8").splitlines()] == ["T01", "T02"]


def test_nothing_of_the_private_key_is_written(tmp_path: Path) -> None:
    keys = Secrets.derived_from(bytes(32))
    SIGNER.publish(tmp_path / "keys.txt")
    written = (tmp_path / "keys.txt").read_bytes()
    assert keys.receipts not in written
    assert keys.receipts.hex().encode() not in written
