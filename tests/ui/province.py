"""What a hub would have told the counter, put into the store as the sync thread puts it there."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from itertools import count
from typing import Any

from pytestqt.qtbot import QtBot

from station import paths
from station.dossier.capture import ScanJob
from station.dossier.dossier import Dossier
from station.dossier.hub_changes import HubChange
from station.dossier.reading import PageReading
from tests.ui.conftest import Counter
from tests.ui.fakes import SCANNER
from tests.ui.papers import field

_CURSORS: dict[int, Any] = {}
THEIRS = "chuyenvien.tinh"
BIRTH_NOTICE = paths.resources() / "specimens" / "tray" / "1-khai-sinh" / "03-birth-notice.jpg"
MOTHER, HOME = (1068, 690, 1590, 752), (868, 884, 1666, 944)
"""Where the mother's name and her residence stand on it, in pixels."""
PRINTED = (
    field("mother.full_name", "NGUYỄN THỊ ĐĂNG", box=MOTHER),
    field("mother.residence", "Xóm 5, xã Diễn Châu, tỉnh Nghệ An", box=HOME),
)


def tell(counter: Counter, subject: str, **body: object) -> None:
    """The hub's next change."""
    cursor = next(_CURSORS.setdefault(id(counter.store), count(1)))
    at = datetime.now(UTC)
    document = {"kind": "change", "cursor": cursor, "at": at.isoformat(), "subject": subject, "body": body}
    counter.store.hub_feed.take(b"hub", "T01", [HubChange(cursor, subject, at, body, document)])


def sealed(counter: Counter, name: str = "Trần Thị Mẫu") -> Dossier:
    """A sealed dossier of this person, on the counter."""
    counter.identified(name)
    return counter.sealed()


def on_paper(counter: Counter, qtbot: QtBot) -> Dossier:
    """A sealed dossier with one page, a real picture of a paper, and values that stand on it."""
    counter.identified()
    counter.reader.script = [PageReading("birth_notice", 0.99, fields=PRINTED)]
    counter.sources.tray = [BIRTH_NOTICE.read_bytes()]
    counter.session.scan(ScanJob(SCANNER.id))

    def is_read() -> bool:
        dossier = counter.session.dossier
        return dossier is not None and bool(dossier.pages) and all(page.read for page in dossier.pages)

    qtbot.waitUntil(lambda: is_read() and not counter.session.scanning)
    return counter.sealed()


def asked(counter: Counter, dossier: Dossier, key: str, hub: str, station: str, reason: str = "gõ nhầm") -> None:
    """The same value corrected here and at the province: the hub asks."""
    asked_about(counter, dossier, {f"person/{key}": (hub, station)}, reason)


def asked_about(
    counter: Counter, dossier: Dossier, texts: Mapping[str, tuple[str, str]], reason: str = "gõ nhầm"
) -> None:
    """One question about these values, each with the province's text and ours, of which the first was kept here."""
    desk, (first, (_, text)) = counter.session.desk, next(iter(texts.items()))
    ours = desk.hub.correct_sealed(dossier.id, first, text, reason, desk.officer)
    before = {value: dossier.entry(value).value for value in texts}
    tell(
        counter,
        "dossier.corrected",
        dossier_id=dossier.id,
        version=2,
        changes=[{"value": value, "before": before[value], "after": hub} for value, (hub, _) in texts.items()],
        reason="theo cơ sở dữ liệu dân cư",
        by=THEIRS,
    )
    fields = [
        {"value": value, "base": before[value], "hub": hub, "station": station}
        for value, (hub, station) in texts.items()
    ]
    tell(counter, "dossier.question", dossier_id=dossier.id, question="q-1", seq=ours.seq, fields=fields)
