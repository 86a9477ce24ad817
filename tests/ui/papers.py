"""Papers on the counter of a test: scanned from its tray, read as the test says."""

from __future__ import annotations

from pytestqt.qtbot import QtBot

from station.dossier.capture import ScanJob
from station.dossier.dossier import Dossier
from station.dossier.reading import Box, PageReading, ReadField, Source, Status
from tests.ui.conftest import Counter
from tests.ui.fakes import SCANNER, picture

ADDRESS = (
    "Số nhà 128B, ngõ 245/17 đường Nguyễn Trãi kéo dài, tổ dân phố Hoàng Hoa Thám số 12, khu đô thị mới Nam Thăng "
    "Long, phường Xuân Đỉnh, thành phố Hà Nội, Việt Nam (trước đây: Từ Liêm)"
)


def field(
    key: str, value: str, source: Source = Source.OCR, *, accepted: bool = True, box: Box | None = (60, 260, 400, 290)
) -> ReadField:
    return ReadField(key, value, value, 0.9, Status.ACCEPTED if accepted else Status.REVIEW, source, box)


def doubtful(key: str, value: str) -> ReadField:
    return field(key, value, accepted=False)


def paper(*fields: ReadField, kind: str = "birth_certificate") -> PageReading:
    return PageReading(kind, 0.98, fields=fields)


def scanned(counter: Counter, qtbot: QtBot, *papers: PageReading) -> Dossier:
    """A dossier of an identified person on the counter, with these papers scanned and read."""
    dossier = counter.identified()
    counter.reader.script = list(papers)
    counter.sources.tray = [picture(f"MẪU {number}") for number, _ in enumerate(papers, 1)]
    counter.session.scan(ScanJob(SCANNER.id))
    qtbot.waitUntil(
        lambda: (
            (now := counter.session.dossier) is not None
            and len(now.pages) == len(papers)
            and all(page.read for page in now.pages)
            and not counter.session.scanning
        )
    )
    return now_on(counter, dossier.id)


def now_on(counter: Counter, dossier_id: str) -> Dossier:
    """The dossier as the counter has it now."""
    dossier = counter.session.dossier
    assert dossier is not None
    assert dossier.id == dossier_id
    return dossier


def entry_id(dossier: Dossier, page: int, key: str) -> str:
    return f"{dossier.pages[page - 1].id}/{key}"
