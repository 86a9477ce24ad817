"""Which facts of a message leave as they are: ids, codes, states and dates. What people wrote may name somebody."""

from __future__ import annotations

from typing import Any

from provincial_hub.keeping.outgoing_books import Message

PLAIN = frozenset(
    {"station", "hub_number", "version", "origin", "values", "code", "state", "on", "replaced_by"},
)
"""A fact that is not named here is held for free text: one that is added later stays here until it is named."""


def leaving(message: Message, *, free_text: bool) -> dict[str, Any]:
    """The dossier's id and its facts; `free_text`: the target is to have what people wrote, too."""
    facts = {name: value for name, value in message.facts.items() if free_text or name in PLAIN}
    return {"dossier_id": message.dossier_id, **facts}
