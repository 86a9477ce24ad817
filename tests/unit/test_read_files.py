"""`station read` on files of all sorts, with the real workers and models."""

import io
import json
from pathlib import Path

import cv2
import numpy as np
import pypdfium2
import pytest
from PIL import Image, ImageDraw, ImageFont

from station import paths
from station.read_files import main, read_files

LINES = ["GIẤY KHAI SINH", "Họ, chữ đệm, tên: LÊ THỊ HƯỜNG", "Giới tính: Nữ", "Dân tộc: Kinh", "Nơi sinh: Xã Mẫu"]


def sheet(number: str = "27/2024") -> Image.Image:
    page = Image.new("RGB", (1240, 1754), "white")
    font = ImageFont.truetype(str(paths.resources() / "fonts" / "LiberationSerif-Regular.ttf"), 32)
    for at, line in enumerate([LINES[0], f"Số: {number}", *LINES[1:], "MẪU – SPECIMEN"]):
        ImageDraw.Draw(page).text((150, 150 + 60 * at), line, "black", font)
    return page


def locked_pdf() -> bytes:
    """The smallest PDF that says it is encrypted with a key nobody has."""
    body = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
        b"4 0 obj<</Filter/Standard/V 1/R 2/P -4/O<" + b"00" * 32 + b">/U<" + b"11" * 32 + b">>>endobj\n"
    )
    offsets = [body.index(f"{number} 0 obj".encode()) for number in range(1, 5)]
    table = b"xref\n0 5\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer<</Size 5/Root 1 0 R/Encrypt 4 0 R/ID[<00><00>]>>\nstartxref\n%d\n%%%%EOF" % len(body)
    return body + table + trailer


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("files")
    sheet().save(folder / "page.png", dpi=(150, 150))
    pages = [sheet(f"{number}/2024") for number in (1, 2, 3)]
    pages[0].save(folder / "pages.tiff", save_all=True, append_images=pages[1:], dpi=(150, 150))
    pages[0].save(folder / "pages.pdf", save_all=True, append_images=pages[1:], resolution=150)
    (folder / "text.jpg").write_text("this is no picture", encoding="utf-8")
    (folder / "empty.png").write_bytes(b"")
    (folder / "cut.png").write_bytes((folder / "page.png").read_bytes()[:9000])
    (folder / "locked.pdf").write_bytes(locked_pdf())
    done, huge = cv2.imencode(".png", np.full((4, 30000), 255, np.uint8))
    assert done
    (folder / "huge.png").write_bytes(huge.tobytes())
    return folder


def read(*files: Path) -> tuple[int, list[dict]]:
    out = io.StringIO()
    status = read_files(files, json=True, out=out)
    return status, [json.loads(line) for line in out.getvalue().splitlines()]


def test_bad_files_are_told_and_the_good_ones_still_read(folder) -> None:
    names = ["text.jpg", "empty.png", "cut.png", "page.png", "locked.pdf", "huge.png", "nothing.png"]
    status, results = read(*(folder / name for name in names), folder)
    assert status == 1
    assert [Path(result["file"]).name for result in results] == [*names, folder.name]
    codes = {Path(result["file"]).name: result.get("error", {}).get("code") for result in results}
    assert codes == {
        "text.jpg": "file.not_an_image",
        "empty.png": "file.empty",
        "cut.png": "file.truncated",
        "page.png": None,
        "locked.pdf": "file.encrypted",
        "huge.png": "file.too_large",
        "nothing.png": "file.missing",
        folder.name: "file.not_a_file",
    }
    assert all(result["error"]["message"] for result in results if "error" in result)
    good = results[3]
    assert (good["page"], good["kind"]) == (1, "birth_certificate")


@pytest.mark.parametrize("name", ["pages.tiff", "pages.pdf"])
def test_every_page_of_a_file_is_printed_in_order(folder, name: str) -> None:
    status, results = read(folder / name)
    assert status == 0
    assert [result["page"] for result in results] == [1, 2, 3]
    numbers = [next(f["value"] for f in result["fields"] if f["key"] == "number") for result in results]
    assert numbers == ["1/2024", "2/2024", "3/2024"]


def test_people_get_names_and_words_instead_of_keys(folder) -> None:
    out = io.StringIO()
    assert read_files([folder / "page.png", folder / "empty.png"], json=False, out=out) == 1
    said = out.getvalue()
    assert "Giấy khai sinh" in said
    assert "Họ, chữ đệm, tên: LÊ THỊ HƯỜNG" in said
    assert "Tệp này trống" in said
    assert "subject." not in said


def test_the_command_prints_json_lines(folder, capsys) -> None:
    assert main([str(folder / "empty.png"), "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "file.empty"


def test_the_locked_file_of_these_tests_is_locked(folder) -> None:
    with pytest.raises(pypdfium2.PdfiumError):
        pypdfium2.PdfDocument(folder / "locked.pdf")
