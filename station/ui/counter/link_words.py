"""How the line to the hub is, in words."""

from __future__ import annotations

from station.clock import VIETNAM
from station.dossier.delivery import Link
from station.language import Language


def link_words(link: Link, language: Language) -> tuple[str, str]:
    """What to say, and in which role."""
    if not link.paired:
        return language("link.not_paired"), "warning"
    if not link.online:
        return language("counter.connection.offline"), "warning"
    if link.trouble is None:
        return language("counter.connection.online"), "hint"
    if link.next_attempt is None:
        return language("link.trouble"), "warning"
    return language("link.trouble_until", at=f"{link.next_attempt.astimezone(VIETNAM):%H:%M}"), "warning"
