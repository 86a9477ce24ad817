"""What the officer is told when edited resources could not be used: file, line, remedy, and what is used instead."""

from __future__ import annotations

from collections.abc import Sequence

from station.catalogue.editable import Fallback
from station.clock import VIETNAM
from station.errors import ResourceError
from station.language import Language


def fallen_back(fallbacks: Sequence[Fallback], language: Language) -> ResourceError:
    """One error for all of them: the newest message replaces the one before."""
    told, remedies = [], []
    for one in fallbacks:
        text = language.error(one.error)
        told += [text.sentence, _used(one, language)]
        remedies.append(text.remedy)
    return ResourceError("resource.fallen_back", told=" ".join(told), remedy=" ".join(dict.fromkeys(remedies)))


def _used(one: Fallback, language: Language) -> str:
    if one.kept_at is None:
        return language("resources.shipped", folder=one.name)
    return language("resources.last_good", folder=one.name, kept=f"{one.kept_at.astimezone(VIETNAM):%H:%M %d/%m/%Y}")
