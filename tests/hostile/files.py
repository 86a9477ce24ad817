"""Files that nobody honest makes, built small when a test wants them."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfgen.canvas import Canvas

BOMB = 50_000
"""Pixels a side: 7.5 GB decoded."""


def png_bomb(side: int = BOMB, frames: bytes = b"") -> bytes:
    """A whole PNG of black, some kilobytes small: its pixels are one stream of zeros, compressed twice as hard."""
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    row = bytes(1 + (side + 7) // 8)
    packer = zlib.compressobj(9)
    packed = b"".join([*(packer.compress(row) for _ in range(side if side <= 20_000 else 200)), packer.flush()])
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + frames + _chunk(b"IDAT", packed) + _chunk(b"IEND", b"")


def png_text_bomb() -> bytes:
    """A small picture with a comment of 200 MB in 200 KB."""
    packed = zlib.compress(bytes(200 << 20), 9)
    return png_bomb(16, _chunk(b"zTXt", b"note\0\0" + packed))


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


def jpeg_bomb(side: int = BOMB) -> bytes:
    """A small JPEG whose head says that it is large."""
    return _said_to_be(_encoded("JPEG"), side)


def _said_to_be(jpeg: bytes, side: int) -> bytes:
    at = jpeg.index(b"\xff\xc0") + 5
    return jpeg[:at] + struct.pack(">HH", side, side) + jpeg[at + 4 :]


def webp_bomb() -> bytes:
    """A lossless WebP of the largest size that its head can say, with nothing behind it."""
    bits = (16383) | (16383 << 14)
    body = b"\x2f" + struct.pack("<I", bits) + bytes(64)
    inner = b"WEBPVP8L" + struct.pack("<I", len(body)) + body
    return b"RIFF" + struct.pack("<I", len(inner)) + inner


def tiff(*directories: list[tuple[int, int, int, int]], following: int | None = None) -> bytes:
    """A little-endian TIFF of bare directories; `following` is where the last one says that the next one lies."""
    content = b"II*\0" + struct.pack("<I", 8)
    for place, entries in enumerate(directories):
        body = struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", *entry) for entry in entries)
        beyond = len(content) + len(body) + 4
        last = place == len(directories) - 1
        content += body + struct.pack("<I", (following or 0) if last else beyond)
    return content + bytes(64)


def tags(width: int, height: int) -> list[tuple[int, int, int, int]]:
    """What a directory of a grey picture without compression holds."""
    return [
        (256, 4, 1, width), (257, 4, 1, height), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1), (273, 4, 1, 8),
        (277, 3, 1, 1), (278, 4, 1, height), (279, 4, 1, width * height & 0xFFFFFFFF),
    ]  # fmt: skip


def tiff_without_a_size() -> bytes:
    """A good first directory, and a second that says nothing of width and height."""
    return tiff(tags(8, 8), tags(8, 8)[2:])


def looping_tiff() -> bytes:
    """Its directory says that the next one is itself."""
    return tiff(tags(8, 8), following=8)


def endless_tiff() -> bytes:
    """Two directories that name each other."""
    return tiff(tags(8, 8), tags(9, 9), following=8)


def tiff_bomb() -> bytes:
    return tiff(tags(BOMB, BOMB))


def tiff_of_many_tags() -> bytes:
    """An entry that says it has four thousand million values."""
    return tiff([*tags(8, 8), (33432, 2, 0xFFFFFFFF, 8)])


def _encoded(form: str) -> bytes:
    kept = io.BytesIO()
    Image.new("RGB", (64, 64), "white").save(kept, form)
    return kept.getvalue()


def pdf(pages: int = 1, size: tuple[float, float] = A4, password: str | None = None) -> bytes:
    kept = io.BytesIO()
    canvas = Canvas(kept, pagesize=size, encrypt=StandardEncryption(password) if password else None)
    for _ in range(pages):
        canvas.rect(72, 72, 144, 144, fill=1)
        canvas.showPage()
    canvas.save()
    return kept.getvalue()


def raw_pdf(objects: dict[int, bytes]) -> bytes:
    """A PDF of these objects, the first its catalogue; nothing is checked."""
    content = b"%PDF-1.7\n"
    places = {}
    for number, body in objects.items():
        places[number] = len(content)
        content += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(content)
    content += b"xref\n0 1\n0000000000 65535 f \n"
    for number, at in places.items():
        content += b"%d 1\n%010d 00000 n \n" % (number, at)
    return content + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (max(objects) + 1, start)


CATALOGUE = b"<</Type/Catalog/Pages 2 0 R>>"
TREE = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"


def stream(content: bytes, about: bytes = b"") -> bytes:
    return b"<</Length %d%s>>\nstream\n%s\nendstream" % (len(content), about, content)


def page_with(content: bytes, resources: bytes = b"<<>>", box: bytes = b"[0 0 595 842]") -> dict[int, bytes]:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox%s/Contents 4 0 R/Resources%s>>" % (box, resources)
    return {1: CATALOGUE, 2: TREE, 3: page, 4: content}


def nested_pdf() -> bytes:
    """A page tree and arrays in it, one hundred thousand deep."""
    deep = b"[" * 100_000 + b"]" * 100_000
    return raw_pdf({1: CATALOGUE, 2: b"<</Type/Pages/Kids[3 0 R]/Count 1/X %s>>" % deep, 3: b"<</Type/Page>>"})


def circular_pdf() -> bytes:
    """A page tree that holds itself."""
    return raw_pdf({1: CATALOGUE, 2: b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 9/Parent 2 0 R>>"})


def huge_page_pdf() -> bytes:
    return raw_pdf(page_with(stream(b"0 0 100 100 re f"), box=b"[0 0 1e9 1e9]"))


def flat_page_pdf() -> bytes:
    """A page a million times as wide as it is high."""
    return raw_pdf(page_with(stream(b"0 0 100 100 re f"), box=b"[0 0 1000000 1]"))


def zipped_stream_pdf() -> bytes:
    """A page of 60 MB of commands in 60 KB, compressed."""
    packed = zlib.compress(b"0 0 m 1 1 l S\n" * (4 << 20), 9)
    return raw_pdf(page_with(stream(packed, b"/Filter/FlateDecode")))


def recursive_form_pdf() -> bytes:
    """A drawing that draws itself."""
    objects = page_with(stream(b"/F Do"), b"<</XObject<</F 5 0 R>>>>")
    about = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</F 5 0 R>>>>"
    return raw_pdf({**objects, 5: stream(b"/F Do /F Do", about)})


def jbig2_pdf() -> bytes:
    """An image in JBIG2 (which broke many a reader), of nonsense and of a size that nobody has."""
    about = b"/Type/XObject/Subtype/Image/Width 60000/Height 60000/BitsPerComponent 1/ColorSpace/DeviceGray"
    objects = page_with(stream(b"500 0 0 500 0 0 cm /I Do"), b"<</XObject<</I 5 0 R>>>>")
    segment = struct.pack(">IBBBI", 0, 48, 0, 1, 19) + struct.pack(">IIIIBH", 60000, 60000, 0, 0, 0, 0)
    return raw_pdf({**objects, 5: stream(segment + bytes(range(256)), about + b"/Filter/JBIG2Decode")})


def script_pdf() -> bytes:
    """Opens with a script, a program to start and an address to send a form to."""
    catalogue = (
        b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(app.alert\\(1\\);while\\(1\\);)"
        b"/Next<</S/Launch/F(/bin/sh)/Next<</S/URI/URI(http://127.0.0.1:9/)>>>>>>>>"
    )
    return raw_pdf({**page_with(stream(b"0 0 100 100 re f")), 1: catalogue})
