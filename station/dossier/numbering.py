"""The provisional number (số tạm) of a dossier; the official code is the province's to give, on sync."""

from __future__ import annotations

from datetime import date


def provisional_number(station: str, day: date, count: int) -> str:
    """`TAM.T01-261122-0007`: plainly no official dossier code (TT 03/2025 art. 12), and sorted by day."""
    return f"TAM.{station}-{day:%y%m%d}-{count:04d}"
