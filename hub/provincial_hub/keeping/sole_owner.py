"""One hub on one folder."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from provincial_hub.errors import SetupError
from provincial_hub.settings import Settings


@contextmanager
def sole_owner(settings: Settings) -> Iterator[None]:
    """Hold the folder's lock: two hubs that write one page at a time each would write it twice at once."""
    with settings.data.lock.open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise SetupError(f"another hub is running on {settings.data.root}: end that one first") from error
        yield
