"""How long the screen waits for a picture that another process decodes, beside decoding it in the screen's own.

python -m bench.pictures [IMAGE]
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

from station import paths
from station.scan.workers import ReadingWorkers
from station.ui.widgets.page_pictures import LONGEST
from station.ui.widgets.thumbnails import SIDE, as_image

TIMES = 15


def main() -> None:
    given = sys.argv[1:] or [str(paths.resources() / "specimens" / "tray" / "1-khai-sinh")]
    place = Path(given[0])
    file = max(place.glob("*.jpg"), key=lambda found: found.stat().st_size) if place.is_dir() else place
    content = file.read_bytes()
    with ReadingWorkers(paths.resources() / "models", count=1) as workers:
        begun = time.perf_counter()
        whole = workers.picture(content, LONGEST)
        print(f"{file.name}: {whole.width} x {whole.height}, {len(content) / 1e6:.1f} MB")
        print(f"first picture, with the start of the process: {(time.perf_counter() - begun) * 1e3:.0f} ms")
        for name, side in (("whole", LONGEST), ("thumbnail", SIDE)):
            apart = milliseconds(lambda side=side: as_image(workers.picture(content, side)))  # type: ignore[misc]
            here = milliseconds(lambda side=side: decoded(content, side))  # type: ignore[misc]
            print(f"{name}: {apart:.0f} ms in a process of its own, {here:.0f} ms in the screen's")


def milliseconds(work: Callable[[], QImage]) -> float:
    taken = []
    for _ in range(TIMES):
        begun = time.perf_counter()
        assert not work().isNull()
        taken.append((time.perf_counter() - begun) * 1e3)
    return statistics.median(taken)


def decoded(content: bytes, side: int) -> QImage:
    """As a program does that trusts its images."""
    buffer = QBuffer()
    buffer.setData(content)
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer)
    size = reader.size()
    if max(size.width(), size.height()) > side:
        reader.setScaledSize(size.scaled(QSize(side, side), Qt.AspectRatioMode.KeepAspectRatio))
    return reader.read()


if __name__ == "__main__":
    main()
