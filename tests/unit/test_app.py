"""The devices of this machine, as the settings name them."""

from __future__ import annotations

import threading
from pathlib import Path

from station import paths
from station.app import devices
from station.dossier.capture import CapturedImage, ScanJob
from station.dossier.citizen_card import parse_card_payload
from station.language import Language
from station.scan.codes.code_reader import ImageCodeReader
from station.scan.devices.camera import Camera
from station.scan.devices.sources import Sources
from station.settings import Settings

CARD = paths.resources() / "specimens" / "tray" / "1-khai-sinh" / "01-citizen-card-front.jpg"


def test_a_camera_and_a_folder_are_offered_when_the_settings_name_them(tmp_path: Path) -> None:
    named = Settings(camera="0", watched_folder=str(tmp_path))
    offered = {device.kind for device in devices(named, Language.load())}
    assert {"camera", "folder"} <= offered
    assert offered - {device.kind for device in devices(Settings(), Language.load())} == {"camera", "folder"}


def test_the_card_under_the_camera_says_who_the_citizen_is() -> None:
    pictures: list[CapturedImage] = []
    Sources([Camera(str(CARD))]).scan(ScanJob("camera", "camera"), pictures.append, threading.Event())
    (text,) = ImageCodeReader().read_codes(pictures[0].content)
    assert parse_card_payload(text).full_name == "Nguyễn Thị Đăng"
