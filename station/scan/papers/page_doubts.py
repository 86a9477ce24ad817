"""What a page as a whole tells against values on which all models agree."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from station.dossier.reading import ReadField
from station.dossier.units import Gazetteer
from station.scan.papers import figures_alike, lost_dots
from station.scan.papers.fields import Found
from station.scan.papers.legibility import in_poor_print, legible


def doubted_by_page(
    fields: Mapping[str, ReadField],
    places: Mapping[str, Found],
    values: Sequence[Found],
    reads: Sequence[Sequence[str]],
    gazetteer: Gazetteer,
) -> dict[str, ReadField]:
    """The fields as they are on a page that makes figures alike, loses dots, or is hardly legible.

    `places` are where they stand, by key, but for signatures; `values` all places of the page, and `reads` what each
    model read of each.
    """
    doubted = dict(fields)
    if figures_alike.are_alike(values, reads):
        doubted |= {key: figures_alike.doubted(doubted[key], place) for key, place in places.items()}
    if lost_dots.are_lost(values):
        doubted |= {key: lost_dots.doubted(doubted[key], place) for key, place in places.items()}
    if not legible(reads):
        doubted = {key: in_poor_print(field, places.get(key), gazetteer) for key, field in doubted.items()}
    return doubted
