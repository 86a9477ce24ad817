"""An HTML page of the worst fields, each with its piece of the image, to see why they went wrong."""

from __future__ import annotations

import base64
import io
import shutil
from collections.abc import Mapping, Sequence
from difflib import SequenceMatcher
from html import escape
from pathlib import Path
from string import Template
from typing import Any

from PIL import Image, ImageOps

from bench.reading.scoring import Fault, Mistake

TEMPLATE = Path(__file__).with_name("page.html")
MARGIN = 40
WIDEST = 900
FAULTS = {
    Fault.ACCEPTED: "accepted, wrong", Fault.INVENTED: "invented", Fault.WRONG: "wrong", Fault.MISSING: "missing",
    Fault.KIND: "kind",
}  # fmt: skip


def write_page(
    target: Path,
    folder: Path,
    mistakes: Sequence[Mistake],
    truths: Sequence[Mapping[str, Any]],
    summary: str,
    most: int,
) -> None:
    """Write `target` with the `most` worst mistakes, and the images they are on beside it."""
    by_file = {truth["file"]: truth for truth in truths}
    worst = sorted(mistakes, key=lambda mistake: (mistake.fault, mistake.file))[:most]
    images = target.parent / "images"
    shutil.rmtree(images, ignore_errors=True)
    images.mkdir(parents=True)
    for file in {mistake.file for mistake in worst}:
        shutil.copyfile(folder / file, images / file)
    rows = [_row(mistake, by_file[mistake.file], folder) for mistake in worst]
    told = f"{len(rows)} of {len(mistakes)} mistakes, the worst first"
    filled = Template(TEMPLATE.read_text(encoding="utf-8")).substitute(
        folder=escape(folder.name), told=told, summary=escape(summary), rows="\n".join(rows)
    )
    target.write_text(filled, encoding="utf-8")


def _row(mistake: Mistake, truth: Mapping[str, Any], folder: Path) -> str:
    entry = mistake.entry
    picture = _crop(folder / mistake.file, entry.get("box"))
    shown = f'<img src="data:image/jpeg;base64,{picture}" alt="">' if picture else "<em>no place given</em>"
    status = f"{entry['status']}, {entry['source']}" if entry else ""
    others = "<br>".join(escape(other) for other in entry.get("others", ()))
    cells = (
        (str(int(mistake.fault)), FAULTS[mistake.fault]),
        ("", f'<a href="images/{escape(mistake.file)}">{escape(mistake.file)}</a>'),
        ("", escape(mistake.key)),
        ("", shown),
        ("", _marked(mistake.right, mistake.got)),
        ("", _marked(mistake.got, mistake.right)),
        ("", others),
        ("", escape(status)),
        ("", escape(entry.get("doubt") or "")),
        ("", escape(str(truth["kind"]))),
        ("", escape(str(truth.get("damage", {}).get("profile", "")))),
    )
    return "<tr>" + "".join(f'<td data-by="{by}">{cell}</td>' for by, cell in cells) + "</tr>"


def _marked(text: str | None, other: str | None) -> str:
    """The text with the letters that the other one has not marked."""
    if not text or not other:
        return escape(text or "–")
    told = ""
    for what, start, end, *_ in SequenceMatcher(None, text, other, autojunk=False).get_opcodes():
        piece = escape(text[start:end])
        told += piece if what == "equal" or not piece else f"<mark>{piece}</mark>"
    return told


def _crop(image: Path, box: Sequence[int] | None) -> str:
    """The place of the field with a margin, as base64 of a JPEG; empty where no place is known."""
    if not box:
        return ""
    with Image.open(image) as opened:
        page = ImageOps.exif_transpose(opened).convert("RGB")
        left, top, right, bottom = box
        around = (left - MARGIN, top - MARGIN, right + MARGIN, bottom + MARGIN)
        clipped = (max(0, around[0]), max(0, around[1]), min(page.width, around[2]), min(page.height, around[3]))
        if clipped[0] >= clipped[2] or clipped[1] >= clipped[3]:
            return ""
        piece = page.crop(clipped)
    if piece.width > WIDEST:
        piece = piece.resize((WIDEST, max(1, round(piece.height * WIDEST / piece.width))))
    written = io.BytesIO()
    piece.save(written, "JPEG", quality=80)
    return base64.b64encode(written.getvalue()).decode()
