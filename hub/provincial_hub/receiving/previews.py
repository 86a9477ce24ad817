"""What may be a preview of a page: three kinds of image, known by how they begin; no files, SQL or network."""

from __future__ import annotations

LARGEST_PREVIEW = 64 << 10


def is_preview(media_type: str, content: bytes) -> bool:
    """The bytes begin as an image of this type does. Nothing is decoded here: who shows it does that, confined."""
    match media_type:
        case "image/webp":
            return content[:4] == b"RIFF" and content[8:12] == b"WEBP"
        case "image/jpeg":
            return content[:3] == b"\xff\xd8\xff"
        case "image/tiff":
            return content[:4] in (b"II*\0", b"MM\0*")
        case _:
            return False
