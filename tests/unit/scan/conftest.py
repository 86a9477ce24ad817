"""Sheets of invented text to read, drawn with the fonts in resources/fonts."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image, ImageDraw, ImageFont

from station import paths

Array = npt.NDArray[Any]
Write = Callable[..., Array]

A4 = (2480, 3508)


@pytest.fixture(scope="session")
def models() -> Path:
    folder = paths.resources() / "models"
    assert (folder / "vie.traineddata").exists(), "run «python tools/fetch_models.py» first"
    return folder


@pytest.fixture(scope="session")
def write() -> Write:
    """`write(lines, size=…, font=…, points=…)`: a white BGR sheet at 300 dpi with the lines one below the other."""

    def draw(
        lines: list[str],
        size: tuple[int, int] = A4,
        font: str = "LiberationSerif-Regular.ttf",
        points: float = 13,
        at: tuple[int, int] = (300, 300),
        spacing: float = 1.6,
    ) -> Array:
        sheet = Image.new("RGB", size, "white")
        pen = ImageDraw.Draw(sheet)
        pixels = round(points * 300 / 72)
        face = ImageFont.truetype(str(paths.resources() / "fonts" / font), pixels)
        for number, line in enumerate(lines):
            pen.text((at[0], at[1] + round(number * pixels * spacing)), line, "black", face)
        return np.ascontiguousarray(np.asarray(sheet)[:, :, ::-1])

    return draw


@pytest.fixture(scope="session")
def letter() -> list[str]:
    """An invented application, without leaders."""
    return [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "ĐƠN ĐỀ NGHỊ",
        "Kính gửi: Ủy ban nhân dân xã Mẫu",
        "Họ và tên: TRẦN THỊ MẪU",
        "Ngày sinh: 12/05/1990",
        "Nơi cư trú: Thôn Đông, xã Mẫu, tỉnh Mẫu",
        "Số điện thoại: 0912345678",
        "Đề nghị được cấp giấy xác nhận để bổ sung hồ sơ học nghề.",
        "Tôi xin cam đoan những lời khai trên đây là đúng sự thật.",
        "Trần Thị Mẫu",
    ]
