"""Who is signed in at the supervisors' page, who tried in vain, and the passphrases they chose there."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import delete, insert, select, update

from provincial_hub.keeping.books import Books
from provincial_hub.keeping.dialect import upsert
from provincial_hub.keeping.tables import own_passphrases, sign_in_faults, visits


@dataclass(frozen=True, slots=True)
class Visit:
    """A signed-in browser."""

    person: str
    began_at: str
    seen_at: str


@dataclass(frozen=True, slots=True)
class OwnPassphrase:
    verifier: str
    replaces: str


class VisitBooks(Books):
    """Open for one transaction."""

    async def own_passphrase(self, person_id: str) -> OwnPassphrase | None:
        chosen = select(own_passphrases).where(own_passphrases.c.person == person_id)
        row = (await self._connection.execute(chosen)).mappings().one_or_none()
        return OwnPassphrase(row["verifier"], row["replaces"]) if row else None

    async def choose_passphrase(self, person_id: str, verifier: str, replaces: str, at: str) -> None:
        """Keep the passphrase that somebody chose; every browser that they were signed in with is signed out."""
        row = {"verifier": verifier, "replaces": replaces, "changed_at": at}
        kept = upsert(self._connection, own_passphrases).values(person=person_id, **row)
        await self._connection.execute(kept.on_conflict_do_update(index_elements=["person"], set_=row))
        await self._connection.execute(delete(visits).where(visits.c.person == person_id))

    async def begin(self, token_sha256: str, person_id: str, at: str) -> None:
        row = {"token_sha256": token_sha256, "person": person_id, "began_at": at, "seen_at": at}
        await self._connection.execute(insert(visits).values(row))

    async def visit(self, token_sha256: str) -> Visit | None:
        chosen = select(visits).where(visits.c.token_sha256 == token_sha256)
        row = (await self._connection.execute(chosen)).mappings().one_or_none()
        return Visit(row["person"], row["began_at"], row["seen_at"]) if row else None

    async def seen(self, token_sha256: str, at: str) -> None:
        await self._connection.execute(update(visits).where(visits.c.token_sha256 == token_sha256).values(seen_at=at))

    async def end(self, token_sha256: str) -> None:
        await self._connection.execute(delete(visits).where(visits.c.token_sha256 == token_sha256))

    async def forget_before(self, began: str, seen: str, fault: str) -> None:
        """Drop visits that are over, and mistakes that nobody counts any more."""
        await self._connection.execute(delete(visits).where((visits.c.began_at < began) | (visits.c.seen_at < seen)))
        await self._connection.execute(delete(sign_in_faults).where(sign_in_faults.c.last_at < fault))

    async def count_attempt(self, under: str, at: str) -> int | None:
        """Count an attempt before it is looked at, so that two at once are two; None while one has to wait."""
        counted = (
            upsert(self._connection, sign_in_faults)
            .values(name_sha256=under, faults=1, last_at=at, wait_until=at)
            .on_conflict_do_update(
                index_elements=["name_sha256"],
                set_={"faults": sign_in_faults.c.faults + 1, "last_at": at},
                where=sign_in_faults.c.wait_until <= at,
            )
            .returning(sign_in_faults.c.faults)
        )
        faults = (await self._connection.execute(counted)).scalar_one_or_none()
        return int(faults) if faults is not None else None

    async def wait(self, under: str, until: str) -> None:
        await self._connection.execute(
            update(sign_in_faults).where(sign_in_faults.c.name_sha256 == under).values(wait_until=until)
        )

    async def waits_until(self, under: str) -> str | None:
        return await self._connection.scalar(
            select(sign_in_faults.c.wait_until).where(sign_in_faults.c.name_sha256 == under)
        )

    async def take_back(self, under: str) -> None:
        """One attempt was none: nobody waits for it, and it gives no more tries at others' passphrases."""
        await self._connection.execute(
            update(sign_in_faults)
            .where(sign_in_faults.c.name_sha256 == under)
            .values(faults=sign_in_faults.c.faults - 1, wait_until=sign_in_faults.c.last_at)
        )

    async def forgive(self, name_sha256: str) -> None:
        """The passphrase was right: nothing is counted any more."""
        await self._connection.execute(delete(sign_in_faults).where(sign_in_faults.c.name_sha256 == name_sha256))
