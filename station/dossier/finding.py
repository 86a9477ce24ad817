"""One thing to mend or to know before a dossier is sealed, which a screen puts into words."""

from __future__ import annotations

from dataclasses import dataclass, field

BETWEEN = " ≠ "
"""Stands between readings that differ, in what a finding has `told`."""


@dataclass(frozen=True, slots=True)
class Finding:
    """`code` is a key under `[finding]` in `resources/i18n`; `told` fills the sentence and may hold values.

    A contradiction has another side: `other_entry_id`. `soft`: worth knowing, and more likely innocent than wrong.
    """

    code: str
    blocking: bool
    entry_id: str | None = None
    page_id: str | None = None
    paper_key: str | None = None
    told: dict[str, str] = field(default_factory=dict)
    other_entry_id: str | None = None
    soft: bool = False
