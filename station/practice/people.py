"""Who practises: invented people, and the passphrase that they share."""

from __future__ import annotations

from station.dossier.people import Person, Role

PASSPHRASE = "thuc-hanh"  # noqa: S105 – it guards invented people only, and is told in docs/for-officers.md

COLLEAGUES = (
    Person("lanhdao.mau", "Lãnh đạo Mẫu", frozenset({Role.SUPERVISOR})),
    Person("it.mau", "Cán bộ máy Mẫu", frozenset({Role.IT})),
)
"""Who may be asked to be the second person, with the same passphrase."""
