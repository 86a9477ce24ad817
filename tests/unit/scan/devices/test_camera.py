"""A still picture from a file and from a stream over HTTP; no live camera."""

from __future__ import annotations

import socket
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import cv2
import numpy as np
import pytest

from station.dossier.capture import CapturedImage, ScanJob
from station.errors import DeviceError
from station.scan.devices.camera import Camera

JOB = ScanJob("camera", "camera")


def frames() -> list[np.ndarray]:
    """A picture that is in focus only in the third frame."""
    sharp = np.full((240, 320, 3), 255, np.uint8)
    cv2.putText(sharp, "SPECIMEN", (20, 130), cv2.FONT_HERSHEY_SIMPLEX, 2, (0, 0, 0), 4)
    blurred = cv2.GaussianBlur(sharp, (0, 0), 7)
    return [blurred, blurred, sharp, blurred]


def film(tmp_path: Path) -> Path:
    file = tmp_path / "film.avi"
    writer = cv2.VideoWriter(str(file), cv2.VideoWriter.fourcc(*"MJPG"), 10, (320, 240))
    for frame in frames():
        writer.write(frame)
    writer.release()
    return file


def photograph(camera: Camera, cancel: threading.Event | None = None) -> np.ndarray:
    pictures: list[CapturedImage] = []
    camera.scan(JOB, pictures.append, cancel or threading.Event())
    (picture,) = pictures
    decoded = cv2.imdecode(np.frombuffer(picture.content, np.uint8), cv2.IMREAD_COLOR)
    assert decoded is not None
    return decoded


def test_the_sharpest_frame_of_a_film_is_taken(tmp_path: Path) -> None:
    difference = np.abs(photograph(Camera(str(film(tmp_path)))).astype(int) - frames()[2]).mean()
    assert difference < 5 < np.abs(frames()[0].astype(int) - frames()[2]).mean()


def test_a_stream_is_photographed() -> None:
    class Stream(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "multipart/x-mixed-replace; boundary=frame")
            self.end_headers()
            try:
                for _ in range(60):
                    picture = cv2.imencode(".jpg", frames()[2])[1].tobytes()
                    head = f"--frame\r\nContent-Type: image/jpeg\r\nContent-Length: {len(picture)}\r\n\r\n"
                    self.wfile.write(head.encode() + picture + b"\r\n")
                    time.sleep(0.01)
            except OSError:
                return

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Stream)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        picture = photograph(Camera(f"http://127.0.0.1:{server.server_port}/"))
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    assert picture.shape == (240, 320, 3)


def test_a_camera_that_is_not_there_gives_no_picture(tmp_path: Path) -> None:
    with pytest.raises(DeviceError, match=r"device\.no_picture"):
        photograph(Camera(str(tmp_path / "missing.avi")))


def test_a_camera_that_never_answers_is_given_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent, pytest.raises(DeviceError, match=r"device\.too_slow"):
        photograph(Camera(f"http://127.0.0.1:{silent.getsockname()[1]}/", deadline=2.0))


def test_a_photograph_can_be_cancelled(tmp_path: Path) -> None:
    cancel = threading.Event()
    cancel.set()
    with pytest.raises(DeviceError, match=r"device\.cancelled"):
        photograph(Camera(str(film(tmp_path))), cancel)
