"""A still picture from a camera: by OpenCV index, stream address, or file; used to photograph a card's QR code.

Tried with files and HTTP streams. A camera by index (V4L2, DirectShow) has not been tried on real hardware.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from station.dossier.capture import CapturedImage, Device, ScanJob
from station.scan.devices.isolated import Emit, Header, IsolationError, Limits, RefusedError, run_isolated
from station.scan.devices.status import Status

KIND = "camera"
FRAMES = 10
"""Looked at to find the sharpest: the first ones of a camera are dark and out of focus."""
_QUALITY = 95


class Camera:
    """`source` is an index («0»), an address («http://…», «rtsp://…») or a file. `deadline` in seconds."""

    kind = KIND

    def __init__(self, source: str, name: str = KIND, deadline: float = 15.0) -> None:
        self._source = source
        self._name = name
        self._deadline = deadline

    def devices(self) -> Sequence[Device]:
        """The camera as it was set up; whether it answers shows when it is used."""
        return [Device(KIND, self._name, KIND, ("camera",))]

    def scan(self, job: ScanJob, deliver: Callable[[CapturedImage], None], cancel: threading.Event) -> None:  # noqa: ARG002
        """Deliver the sharpest of some frames; raises `device.no_picture`, `device.too_slow`, `device.driver_died`."""
        limits = Limits(processor_seconds=round(self._deadline) + 5, seconds=self._deadline, frames=1, outside=True)
        try:
            for _, picture in run_isolated(_photograph, b"", {"source": self._source}, limits, cancel.is_set):
                deliver(CapturedImage(picture, "image/jpeg", KIND))
        except RefusedError as refused:
            raise Status(refused.code).error() from None
        except IsolationError as error:
            why = (
                Status.TOO_SLOW.error(seconds=round(self._deadline)) if error.too_heavy else Status.DRIVER_DIED.error()
            )
            raise why from error
        if cancel.is_set():
            raise Status.CANCELLED.error()


def _photograph(_content: bytes, about: Header, emit: Emit) -> None:
    """Runs in the child, as reading a frame can block for ever inside the driver."""
    import cv2

    source = str(about["source"])
    camera = cv2.VideoCapture(int(source) if source.isdecimal() else source)
    best, sharpest = None, -1.0
    for _frame in range(FRAMES):
        there, picture = camera.read()
        if not there:
            break
        sharpness = float(cv2.Laplacian(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), cv2.CV_64F).var())
        if sharpness > sharpest:
            best, sharpest = picture, sharpness
    camera.release()
    if best is None:
        raise Status.NO_PICTURE.error()
    _, encoded = cv2.imencode(".jpg", best, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])
    emit({}, encoded.tobytes())
