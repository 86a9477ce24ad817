"""How good the line to the province is, in a word and in figures."""

from __future__ import annotations

from dataclasses import dataclass

from station.dossier.delivery import Link
from station.dossier.why_stuck import LinkKind, LinkQuality
from station.language import Language
from station.ui.province.size_words import decimal, speed_words

_ROLES = {LinkKind.OFFLINE: "error", LinkKind.THIN: "warning", LinkKind.FAIR: "text", LinkKind.GOOD: "ok"}
_LITTLE = 0.005
"""Share of broken exchanges below which none is worth a figure."""


@dataclass(frozen=True, slots=True)
class LineWords:
    """`name` is one word, `figures` what it was measured by, `sign` an icon."""

    name: str
    figures: str
    sign: str
    role: str


def line_words(quality: LinkQuality, link: Link, language: Language) -> LineWords:
    """What a person has switched or never set up comes before what was measured."""
    if not link.paired:
        return LineWords(language("province.line.not_paired"), "", "line-offline", "warning")
    if not link.online:
        return LineWords(language("province.line.switched_off"), "", "line-offline", "warning")
    kind = quality.kind
    name = language(f"province.line.{kind.value}")
    return LineWords(name, _figures(quality, language), f"line-{kind.value}", _ROLES.get(kind, "hint"))


def _figures(quality: LinkQuality, language: Language) -> str:
    told = []
    if quality.bytes_a_second is not None:
        told.append(speed_words(quality.bytes_a_second, language))
    if quality.round_trip_ms is not None:
        told.append(language("province.line.round_trip", count=decimal(quality.round_trip_ms / 1000, language)))
    if quality.lost_share is not None and quality.lost_share > _LITTLE:
        told.append(language("province.line.lost", count=max(1, round(100 * quality.lost_share))))
    return " · ".join(told) or language("province.line.no_figures")
