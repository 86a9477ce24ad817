"""Small working parts in place of scanners, readers and the hub; everything else in these tests is real."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Sequence
from datetime import datetime

import segno
from PySide6.QtCore import QBuffer, QIODevice, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter

from station.dossier.backup_state import BackupState
from station.dossier.capture import CapturedImage, Device, ScanJob
from station.dossier.delivery import Link, Progress
from station.dossier.judgement import Judgement
from station.dossier.outline import Outline
from station.dossier.reading import PageReading, ReadField, Source, Status
from station.dossier.why_stuck import LinkQuality
from station.dossier.why_stuck import Queue as Waiting
from station.errors import DeviceError, InputError, StationError

SCANNER = Device("scanner", "Máy quét mẫu", "sane", ("flatbed", "adf"))
UNPLUGGED = Device("unplugged", "Máy quét tầng hai", "sane", ready=False, remedy="device.none")
PERSON = "001099000123||Nguyễn Thị Đăng|05031999|Nữ|Thôn Mẫu, xã Mẫu, tỉnh Mẫu|01072024"
"""The QR of a card of nobody."""


def picture(text: str, width: int = 620, height: int = 877) -> bytes:
    """A page of paper with a title, as PNG."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setFont(QFont("Liberation Serif", 24))
    painter.drawText(image.rect().adjusted(40, 60, -40, -60), int(Qt.TextFlag.TextWordWrap), text)
    for line in range(260, height - 80, 26):
        painter.fillRect(60, line, width - 120 - (line * 7) % 90, 3, QColor("gray"))
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def card(payload: str = PERSON) -> bytes:
    """The picture of a card's QR, as PNG."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    matrix = [list(row) for row in segno.make(payload, error="m", micro=False).matrix]
    side = 8 * (len(matrix) + 8)
    image = QImage(side, side, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    for y, row in enumerate(matrix):
        for x, dark in enumerate(row):
            if dark:
                painter.fillRect(8 * (x + 4), 8 * (y + 4), 8, 8, QColor("black"))
    painter.end()
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def reading(kind: str, fields: int = 3) -> PageReading:
    """What a reader would say of a page, every value vouched for."""
    names = ("Nguyễn Văn Mẫu", "Trần Thị Mẫu", "Thôn Mẫu, xã Mẫu")
    return PageReading(
        kind=kind,
        kind_confidence=0.98,
        fields=tuple(
            ReadField(
                f"members[{place}].full_name", names[place % 3], names[place % 3], 0.97, Status.ACCEPTED, Source.OCR
            )
            for place in range(fields)
        ),
    )


class TrayOfPictures:
    """A device whose tray the test fills. `gate` cleared: it waits before the next page, until cancelled."""

    def __init__(self, devices: Sequence[Device] = (SCANNER, UNPLUGGED)) -> None:
        self._devices = devices
        self.tray: list[bytes] = []
        self.failure: StationError | None = None
        self.gate = threading.Event()
        self.gate.set()
        self.jobs: list[ScanJob] = []

    def devices(self) -> Sequence[Device]:
        return self._devices

    def scan(self, job: ScanJob, deliver: Callable[[CapturedImage], None], cancel: threading.Event) -> None:
        self.jobs.append(job)
        while self.tray:
            while not self.gate.wait(0.01):
                if cancel.is_set():
                    raise DeviceError("device.cancelled")
            if cancel.is_set():
                raise DeviceError("device.cancelled")
            deliver(CapturedImage(self.tray.pop(0), "image/png", job.device_id))
        if self.failure:
            raise self.failure

    def open_file(
        self, content: bytes, name: str, deliver: Callable[[CapturedImage], None], cancel: threading.Event
    ) -> None:
        if not content:
            raise InputError("file.empty")
        deliver(CapturedImage(content, "image/png", "file"))


class ScriptedReader:
    """Says what the test told it to say, page after page; `hold` keeps the answers until `let_go`.

    `early` is said of every page before the answer is held. `outlines` are those that it was asked to read inside.
    """

    def __init__(self) -> None:
        self.script: list[PageReading | StationError] = []
        self.early: PageReading | None = None
        self.outlines: list[Outline | None] = []
        self.hold = False
        self._held: list[Callable[[], None]] = []

    def read(
        self,
        content: bytes,
        done: Callable[[PageReading | StationError], None],
        outline: Outline | None = None,
        early: Callable[[PageReading], None] | None = None,
    ) -> None:
        self.outlines.append(outline)
        answer = self.script.pop(0) if self.script else reading("residence_form")
        if self.early and early:
            early(self.early)
        if self.hold:
            self._held.append(lambda: done(answer))
        else:
            threading.Thread(target=done, args=(answer,)).start()

    def let_go(self) -> None:
        held, self._held = self._held, []
        for tell in held:
            tell()


class PatientGate:
    """Lets every page pass but those of which the test told it what to say, by their bytes."""

    def __init__(self) -> None:
        self.script: dict[bytes, Judgement | StationError] = {}

    def judge(self, content: bytes, done: Callable[[Judgement | StationError], None]) -> None:
        passed = Judgement((), hashlib.sha256(content).hexdigest())
        threading.Thread(target=done, args=(self.script.get(content, passed),)).start()

    def find_same(self, one: str, others: Sequence[str], done: Callable[[int | StationError | None], None]) -> None:
        done(next((place for place, other in enumerate(others) if other == one), None))


class Switch:
    """The way to the hub, as a switch and a bell."""

    def __init__(self) -> None:
        self.online = self.paired = True
        self.trouble: str | None = None
        self.next_attempt: datetime | None = None
        self.told: Callable[[str], None] = lambda _dossier_id: None
        self.waits = Waiting()
        self.measured = LinkQuality()
        self.is_metered, self.sent_all = False, 0
        self.limited: int | None = None

    def quality(self) -> LinkQuality:
        return self.measured

    def queue(self) -> Waiting:
        return self.waits

    def limit(self, bytes_a_second: int | None) -> None:
        self.limited = bytes_a_second

    def metered(self, on: bool) -> None:
        self.is_metered = on

    def send_all_now(self) -> None:
        self.sent_all += 1

    def switch(self, *, online: bool) -> None:
        self.online = online

    def link(self) -> Link:
        return Link(self.paired, self.online, self.trouble, self.next_attempt, self.is_metered, self.limited)

    def seen(self, progress: Progress) -> Progress:
        return progress

    def on_progress(self, told: Callable[[str], None]) -> None:
        self.told = told


class StandingBackups:
    """Backups that stand as a test says, and write down what is asked of them."""

    def __init__(self, state: BackupState | None = None) -> None:
        self.now = state or BackupState("", 12, 7)
        self.begun: list[bool] = []
        """For each time that one was asked for, whether the disk was new."""
        self.listeners: list[Callable[[], None]] = []

    def state(self) -> BackupState:
        return self.now

    def begin(self, *, new_disk: bool = False) -> None:
        self.begun.append(new_disk)

    def on_change(self, listener: Callable[[], None]) -> None:
        self.listeners.append(listener)

    def become(self, state: BackupState) -> None:
        self.now = state
        for listener in self.listeners:
            listener()
