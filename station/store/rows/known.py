"""What this station has already seen: the sealed dossiers of a person, and the one that has a page of a given image.

Both are asked at the counter while the citizen waits, over everything that was ever sealed: each reads an index and no
more dossiers than it returns.
"""

from __future__ import annotations

import sqlalchemy as sql

# The state is written out, so that the database sees that its partial index fits.
OF_PERSON = sql.text(
    """
    SELECT id FROM dossier WHERE state = 'sealed' AND person_id = :person
    ORDER BY opened_order DESC LIMIT :limit
    """
)
WITH_PAGE = sql.text(
    """
    SELECT dossier.id FROM page CROSS JOIN dossier ON dossier.serial = page.dossier
    WHERE page.sha256 = :sha256 AND dossier.state = 'sealed' AND dossier.person_id = :person
    ORDER BY dossier.opened_order DESC LIMIT 1
    """
)


def sealed_of(connection: sql.Connection, person_id: str, limit: int) -> list[str]:
    """The ids of this person's sealed dossiers, the newest first."""
    return list(connection.execute(OF_PERSON, {"person": person_id, "limit": limit}).scalars())


def sealed_with_page(connection: sql.Connection, sha256: str, person_id: str) -> str | None:
    """The newest sealed dossier of this person with a page of this image."""
    found = connection.execute(WITH_PAGE, {"sha256": sha256, "person": person_id}).scalar()
    return str(found) if found is not None else None
