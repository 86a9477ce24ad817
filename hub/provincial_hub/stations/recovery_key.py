"""The public half of the province's recovery key (age), which every station is given at its enrolment."""

from __future__ import annotations

import re

from provincial_hub.errors import SetupError
from provincial_hub.keeping.person_books import PersonBooks

_AGE_RECIPIENT = re.compile(r"age1[02-9ac-hj-np-z]{58}")
_DECIDED = "recovery_key"


async def recovery_key(books: PersonBooks) -> str | None:
    """The province's age recipient, if it has one."""
    found = await books.decided(_DECIDED)
    return found if isinstance(found, str) else None


async def set_recovery_key(books: PersonBooks, recipient: str, at: str) -> None:
    """Raises `SetupError`, which never repeats what was given, where it is no recipient."""
    if not _AGE_RECIPIENT.fullmatch(recipient):
        raise SetupError(_why_no_recipient(recipient))
    await books.decide(_DECIDED, recipient, at)


def _why_no_recipient(given: str) -> str:
    if given.upper().startswith("AGE-SECRET-KEY-"):
        return "this is the private half, which never comes here: age-keygen -y FILE tells the public half, age1…"
    wanted = "age1 and 58 more small letters and digits, never 1, b, i or o"
    return f"this is not the public half of an age key, {wanted}: here are {len(given)} letters in all"
