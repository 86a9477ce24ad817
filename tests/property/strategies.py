"""Texts and images that no paper holds, and texts that are almost what a parser waits for."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
from hypothesis import strategies as st
from PIL import Image

CARD = "079085023456|023456789|Trần Văn Mẫu|31121985|Nam|Tổ 3, xã Mẫu, TP.Hồ Chí Minh|25042021||||"
HEALTH = (
    "7901234567|4e677579e1bb856e205468e1bb8b204de1baab75|05/03/1999|2|-|79 - 001|01/01/2026|-|20/12/2025"
    "|79067901234567|-|4| 01/01/2031|0123456789abcdef-1202|4|4de1baab75|$"
)
RECEIPT = "TRAMSO1|T01-261122-0007|1.001193|2026-11-22T09:14:05+07:00|0123456789abcdef0123456789abcdef"
ZONE = ("IDVNM0850234567079085023456<<7", "8512316M2512314VNM<<<<<<<<<<<0", "TRAN<<VAN<AN<<<<<<<<<<<<<<<<<<")
PHRASES = (
    "Ngày mười hai tháng năm năm một nghìn chín trăm chín mươi", "12/05/1990",
    "Ngày 12 tháng 5 năm 1990 14 giờ 30 phút",
    "Thôn Đông, xã Mẫu, huyện Mẫu, tỉnh Phú Thọ", "Số 12, ngõ 34, phường Mẫu, thành phố Hà Nội", "079085023456",
    "Thẻ căn cước số 079085023456, cấp ngày 12/05/2022", "863,6 m²", "1.500.000.000 đồng", "0912 345 678",
    "Không thời hạn", "nam", "NGUYỄN THỊ ÁNH MẪU", "ten@mau.example.vn", "27/2024/TLKS",
)  # fmt: skip

ANYTHING = st.text(st.characters(), max_size=60)
"""Any characters at all, lone surrogates included."""


@st.composite
def nearly(draw: st.DrawFn, *texts: str) -> str:
    """One of the texts with up to four letters changed, put in, taken out or doubled, or its end cut off."""
    letters = list(draw(st.sampled_from(texts)))
    for _ in range(draw(st.integers(0, 4))):
        at = draw(st.integers(0, max(0, len(letters) - 1)))
        letter = draw(st.sampled_from("0189|-/<$.,: \0\n?Đđ٣²\ufffd\u0301") | st.characters())
        done = draw(st.sampled_from(("change", "put in", "take out", "double", "cut")))
        if done == "change":
            letters[at : at + 1] = letter
        elif done == "put in":
            letters.insert(at, letter)
        elif done == "double":
            letters = letters[:at] * 2 + letters[at:]
        else:
            del letters[at : at + 1 if done == "take out" else None]
    return "".join(letters)


def texts(*near: str) -> st.SearchStrategy[str]:
    return ANYTHING | nearly(*near) | st.binary(max_size=80).map(lambda raw: raw.decode("utf-8", "replace"))


SHAPES = ((1, 1), (1, 400), (400, 1), (2, 3), (7, 900), (64, 64), (130, 90), (200, 260))


@st.composite
def pictures(draw: st.DrawFn) -> Any:
    """Grey or coloured arrays: plain, noise, stripes, chequers, a single dot."""
    height, width = draw(st.sampled_from(SHAPES))
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    ys, xs = np.mgrid[0:height, 0:width]
    kind = draw(st.sampled_from(("plain", "noise", "stripes", "chequers", "dot", "ramp")))
    picture = {
        "plain": np.full((height, width), draw(st.sampled_from((0, 1, 127, 254, 255)))),
        "noise": rng.integers(0, 256, (height, width)),
        "stripes": (ys // draw(st.integers(1, 9)) % 2) * 255,
        "chequers": ((ys // 3 + xs // 3) % 2) * 255,
        "dot": np.where((ys == height // 2) & (xs == width // 2), 0, 255),
        "ramp": xs * 255 // max(1, width - 1),
    }[kind].astype(np.uint8)
    return np.dstack([picture] * 3) if draw(st.booleans()) else picture


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """Picture files of every mode that scanners, cameras and office programs write, whole or cut off."""
    picture = Image.fromarray(draw(pictures()))
    form, mode = draw(
        st.sampled_from(
            (
                ("PNG", "L"), ("PNG", "LA"), ("PNG", "RGB"), ("PNG", "RGBA"), ("PNG", "P"), ("PNG", "1"),
                ("PNG", "I;16"), ("JPEG", "L"), ("JPEG", "RGB"), ("JPEG", "CMYK"), ("TIFF", "1"), ("TIFF", "CMYK"),
                ("TIFF", "F"), ("TIFF", "I;16"), ("BMP", "P"), ("WEBP", "RGBA"),
            )
        )
    )  # fmt: skip
    if mode == "I;16":
        turned = Image.fromarray(np.asarray(picture.convert("L")).astype(np.uint16) * 257)
    else:
        turned = (
            picture.convert("RGB").convert(mode)
            if mode in ("P", "CMYK", "RGBA")
            else picture.convert("L").convert(mode)
        )
    kept = io.BytesIO()
    turned.save(kept, form)
    content = kept.getvalue()
    return content[: draw(st.integers(0, len(content)))] if draw(st.integers(0, 3)) == 0 else content
