"""Other programs on the same images: text only, so their «fields» are values that occur anywhere in that text."""

from __future__ import annotations

import re
import shutil
import tempfile
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from bench.reading.runs import ran
from bench.reading.scoring import edits
from station import paths

ROOT = Path(__file__).resolve().parents[2]
PEERS = ROOT / "build" / "peers" / "bin"
ONE_THREAD = {"OMP_THREAD_LIMIT": "1", "OMP_NUM_THREADS": "1"}
NOT_LETTERS = re.compile(r"[\W_]+")
DAY = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T(\d\d):(\d\d))?")
SEX = {"male": ("Nam",), "female": ("Nữ",)}


@dataclass(frozen=True)
class Text:
    """What a program read from one image, and what that cost."""

    text: str
    cpu_seconds: float


class Peer(Protocol):
    """A program that turns an image into text."""

    @property
    def name(self) -> str: ...

    @property
    def missing(self) -> str:
        """Why it cannot run here; empty when it can."""

    def text(self, image: Path) -> Text: ...


@dataclass(frozen=True)
class Tesseract:
    """The command line as it comes, one thread: `tesseract IMAGE - -l MODEL`."""

    name: str
    model: str
    models: Path | None = None

    @property
    def missing(self) -> str:
        if not shutil.which("tesseract"):
            return "tesseract is not installed"
        if self.models and not (self.models / f"{self.model}.traineddata").is_file():
            return f"{self.model}.traineddata is not in {self.models.name}/"
        if not self.models and self.model.encode() not in ran(["tesseract", "--list-langs"], {}).output.split():
            return "Debian's tesseract-ocr-vie is not installed"
        return ""

    def text(self, image: Path) -> Text:
        folder = ["--tessdata-dir", str(self.models)] if self.models else []
        spent = ran(["tesseract", str(image), "-", "-l", self.model, *folder], ONE_THREAD)
        return Text(spent.output.decode("utf-8", "replace"), spent.cpu_seconds)


@dataclass(frozen=True)
class OcrMyPdf:
    """OCRmyPDF (MPL-2.0) with the flags that archives use it with; text from its side file."""

    name: str = "OCRmyPDF --deskew --rotate-pages"

    @property
    def program(self) -> str | None:
        own = PEERS / "ocrmypdf"
        return str(own) if own.is_file() else shutil.which("ocrmypdf")

    @property
    def missing(self) -> str:
        return "" if self.program else "not installed: run again with PEERS=1"

    def text(self, image: Path) -> Text:
        with tempfile.TemporaryDirectory() as folder:
            side = Path(folder) / "text.txt"
            flags = ["--force-ocr", "--deskew", "--rotate-pages", "--image-dpi", "300", "--jobs", "1", "-l", "vie"]
            flags += ["--output-type", "pdf", "--sidecar", str(side), str(image), str(Path(folder) / "out.pdf")]
            spent = ran([str(self.program), *flags], ONE_THREAD)
            return Text(side.read_text(encoding="utf-8") if side.is_file() else "", spent.cpu_seconds)


@dataclass
class PeerScore:
    """Sums over images."""

    name: str
    found: int = 0
    fields: int = 0
    edits: int = 0
    letters: int = 0
    images: int = 0
    cpu_seconds: float = 0

    def add(self, truth: Mapping[str, Any], text: Text) -> None:
        changed, letters = edits(truth["text"], text.text)
        self.images += 1
        self.edits, self.letters = self.edits + changed, self.letters + letters
        self.cpu_seconds += text.cpu_seconds
        self.found += sum(occurs(value, text.text) for value in truth["fields"].values())
        self.fields += len(truth["fields"])


def known() -> tuple[Peer, ...]:
    """Tesseract with Debian's fast model, with the best model of `resources/models`, and OCRmyPDF."""
    return (
        Tesseract("Tesseract, fast", "vie"),
        Tesseract("Tesseract, best", "vie", paths.resources() / "models"),
        OcrMyPdf(),
    )


def measured(peer: Peer, folder: Path, truths: Sequence[Mapping[str, Any]]) -> PeerScore:
    """Run a peer over the images."""
    score = PeerScore(peer.name)
    for truth in truths:
        score.add(truth, peer.text(folder / truth["file"]))
    return score


def occurs(value: str, text: str) -> bool:
    """Whether a value, in any form in which papers print it, stands somewhere in the text.

    Lenient: only letters and digits are compared, and a short value («Nam») may be found in a longer one («Việt Nam»).
    """
    there = _letters(text)
    return any(_letters(form) in there for form in _printed_forms(value))


def _letters(text: str) -> str:
    return NOT_LETTERS.sub("", unicodedata.normalize("NFC", text).casefold())


def _printed_forms(value: str) -> tuple[str, ...]:
    moment = DAY.fullmatch(value)
    if moment:
        year, month, day, hour, minute = moment.groups()
        written = f"ngày {day} tháng {month} năm {year}"
        short = f"ngày {int(day)} tháng {int(month)} năm {year}"
        numbers = (f"{day}/{month}/{year}", f"{int(day)}/{int(month)}/{year}")
        if hour is None:
            return (written, short, *numbers)
        at = f"{hour} giờ {minute} phút"
        return tuple(f"{at} {form}" for form in (written, short, *numbers, f"ngày {numbers[0]}"))
    return SEX.get(value, (value,))
