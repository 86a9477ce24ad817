"""Amounts of đồng as people write them."""

from __future__ import annotations

from station.language import Language


def money(amount: int, language: Language) -> str:
    """«18.000 đồng» in Vietnamese, «18,000 VND» in English."""
    grouped = f"{amount:,}".replace(",", language("fees.thousands"))
    return language("fees.money", amount=grouped)
