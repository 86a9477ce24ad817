"""Invitations of stations and the rosters that were signed for them, in the database; one transaction at a time."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from provincial_hub.keeping.books import Books
from provincial_hub.keeping.tables import invitations, rosters


@dataclass(frozen=True, slots=True)
class Invitation:
    """A code that was given out; `used_by` is the SHA-256 of the public keys that came with it."""

    station: str
    expires_at: str
    used_at: str | None
    used_by: str | None


@dataclass(frozen=True, slots=True)
class KeptRoster:
    """The newest roster that was signed for a station."""

    version: int
    digest: str
    issued_at: str
    expires_at: str
    document: dict[str, Any]


class EnrolmentBooks(Books):
    """Open for one transaction."""

    async def waiting(self) -> int:
        """How many invitations nobody has used yet."""
        unused = select(func.count()).select_from(invitations).where(invitations.c.used_at.is_(None))
        return await self._connection.scalar(unused) or 0

    async def invite(self, station: str, secret_sha256: str, made_at: str, expires_at: str) -> None:
        """Keep an invitation; those of this station that were not used count no more."""
        await self._connection.execute(
            update(invitations)
            .where(invitations.c.station == station, invitations.c.used_at.is_(None))
            .values(expires_at=made_at)
        )
        row = {"secret_sha256": secret_sha256, "station": station, "made_at": made_at, "expires_at": expires_at}
        await self._connection.execute(insert(invitations).values(row))

    async def withdraw(self, station: str) -> None:
        """Every code that was given out for a station counts no more, one that was just used included."""
        await self._connection.execute(delete(invitations).where(invitations.c.station == station))

    async def invitation(self, secret_sha256: str) -> Invitation | None:
        chosen = select(invitations).where(invitations.c.secret_sha256 == secret_sha256)
        row = (await self._connection.execute(chosen)).one_or_none()
        return Invitation(row.station, row.expires_at, row.used_at, row.used_by) if row else None

    async def use(self, secret_sha256: str, used_by: str, at: str) -> None:
        """The invitation has been answered; it stays the first time that counts."""
        await self._connection.execute(
            update(invitations)
            .where(invitations.c.secret_sha256 == secret_sha256, invitations.c.used_at.is_(None))
            .values(used_at=at, used_by=used_by)
        )

    async def roster(self, station: str) -> KeptRoster | None:
        chosen = select(rosters).where(rosters.c.station == station).order_by(rosters.c.version.desc()).limit(1)
        row = (await self._connection.execute(chosen)).one_or_none()
        if row is None:
            return None
        return KeptRoster(row.version, row.digest, row.issued_at, row.expires_at, json.loads(row.document))

    async def keep_roster(self, station: str, roster: KeptRoster) -> None:
        await self._connection.execute(
            insert(rosters).values(
                station=station,
                version=roster.version,
                digest=roster.digest,
                issued_at=roster.issued_at,
                expires_at=roster.expires_at,
                document=json.dumps(roster.document, ensure_ascii=False),
            )
        )
