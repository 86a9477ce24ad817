"""zbar in binary mode, through pyzbar's bindings: the payload's bytes as they are.

By default zbar guesses an encoding and returns Vietnamese payloads as Shift-JIS or Big5 without a word
(pyzbar issues 95 and 155); `ZBAR_CFG_BINARY`, which pyzbar has no name for, switches the guessing off.
"""

from __future__ import annotations

import ctypes
import functools
import logging
from typing import Any

from station.dossier.reading import Box
from station.scan.image.arrays import Gray

BINARY = 4  # ZBAR_CFG_BINARY of zbar.h, from zbar 0.23.1 on
GREY = 0x30303859  # the four letters «Y800»

log = logging.getLogger(__name__)


def is_installed() -> bool:
    return bindings() is not None


def how_to_install() -> str:
    return "apt-get install libzbar0"


@functools.cache
def bindings() -> Any | None:
    """pyzbar's ctypes wrapper, or None on a machine without the zbar library."""
    try:
        from pyzbar import wrapper
    except (ImportError, OSError):
        log.info("zbar is not installed: codes are read by zxing-cpp alone")
        return None
    return wrapper


def read_qr(gray: Gray) -> list[tuple[bytes, Box]]:
    """The payload and place of every QR code; nothing where zbar is missing or too old for binary mode."""
    zbar = bindings()
    if zbar is None:
        return []
    scanner, image = zbar.zbar_image_scanner_create(), zbar.zbar_image_create()
    try:
        zbar.zbar_image_scanner_set_config(scanner, 0, zbar.ZBarConfig.CFG_ENABLE, 0)
        zbar.zbar_image_scanner_set_config(scanner, zbar.ZBarSymbol.QRCODE, zbar.ZBarConfig.CFG_ENABLE, 1)
        if zbar.zbar_image_scanner_set_config(scanner, zbar.ZBarSymbol.QRCODE, BINARY, 1) != 0:
            return []
        pixels = ctypes.create_string_buffer(gray.tobytes(), gray.size)
        zbar.zbar_image_set_format(image, GREY)
        zbar.zbar_image_set_size(image, gray.shape[1], gray.shape[0])
        zbar.zbar_image_set_data(image, ctypes.cast(pixels, ctypes.c_void_p), gray.size, None)
        zbar.zbar_scan_image(scanner, image)
        return symbols(zbar, image)
    finally:
        zbar.zbar_image_destroy(image)
        zbar.zbar_image_scanner_destroy(scanner)


def symbols(zbar: Any, image: Any) -> list[tuple[bytes, Box]]:
    found = []
    symbol = zbar.zbar_image_first_symbol(image)
    while symbol:
        payload = ctypes.string_at(zbar.zbar_symbol_get_data(symbol), zbar.zbar_symbol_get_data_length(symbol))
        corners = range(zbar.zbar_symbol_get_loc_size(symbol))
        xs = [zbar.zbar_symbol_get_loc_x(symbol, corner) for corner in corners]
        ys = [zbar.zbar_symbol_get_loc_y(symbol, corner) for corner in corners]
        if payload and xs:
            found.append((payload, (min(xs), min(ys), max(xs), max(ys))))
        symbol = zbar.zbar_symbol_next(symbol)
    return found
