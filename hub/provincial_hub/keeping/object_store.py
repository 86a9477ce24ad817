"""Page images in an S3-compatible object store, which the nodes of a hub share.

What such a store has acknowledged need not survive a power cut there: a page is copied to it from a spool that does,
and the spool's copy goes only after a day and after the page has been read back.
"""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import obstore
from obstore.exceptions import (
    AlreadyExistsError,
    BaseError,
    NotFoundError,
    PermissionDeniedError,
    UnauthenticatedError,
)
from obstore.store import S3Store

from provincial_hub.settings import ObjectStore

_PREFIX = "pages"


class ObjectStoreError(OSError):
    """The object store cannot be reached, or does not do what it should."""


class ObjectPages:
    """A `PageStore` of objects: `pages/<station>/<sha256>`."""

    def __init__(self, settings: ObjectStore) -> None:
        self._store = S3Store(
            settings.bucket,
            prefix=_PREFIX,
            endpoint=settings.endpoint,
            region=settings.region,
            access_key_id=settings.access_key,
            secret_access_key=settings.secret_key,
            checksum_algorithm="SHA256",  # sent with each object, which the store checks before it answers
            conditional_put="etag",  # `If-None-Match: *`
            virtual_hosted_style_request=False,
            client_options={
                "allow_http": settings.endpoint.startswith("http://"),
                "connect_timeout": timedelta(seconds=5),
                "timeout": timedelta(seconds=60),
            },
            # Whoever copies waits by itself, longer and longer, and with the other pages.
            retry_config={"max_retries": 1, "retry_timeout": timedelta(seconds=10)},
        )

    def put_if_absent(self, key: str, source: Path) -> None:
        """The file stays where it is. Raises `ObjectStoreError`."""
        content = source.read_bytes()
        try:
            obstore.put(self._store, key, content, mode="create")
        except AlreadyExistsError:
            return
        except (BaseError, FileNotFoundError) as error:
            raise _failed(error) from error

    def get(self, key: str) -> bytes:
        try:
            return bytes(obstore.get(self._store, key).bytes())
        except (NotFoundError, FileNotFoundError) as error:
            raise FileNotFoundError(f"the object store holds no {key}") from error
        except BaseError as error:
            raise _failed(error) from error

    def head(self, key: str) -> int | None:
        try:
            return int(obstore.head(self._store, key)["size"])
        except (NotFoundError, FileNotFoundError):
            return None
        except BaseError as error:
            raise _failed(error) from error

    def delete(self, key: str) -> None:
        try:
            obstore.delete(self._store, key)
        except (NotFoundError, FileNotFoundError):
            return
        except BaseError as error:
            raise _failed(error) from error


def _failed(error: BaseError | FileNotFoundError) -> ObjectStoreError:
    """What to look at. The store's own text may hold addresses with signatures: it is not repeated."""
    match error:
        case PermissionDeniedError() | UnauthenticatedError():
            why = "it refuses the key: [pages] access_key_file and secret_key_file of hub.toml, and what they may do"
        case NotFoundError() | FileNotFoundError():  # whichever obstore raises
            why = "it has no such bucket: [pages] bucket of hub.toml, which is made beforehand"
        case _:
            why = "it cannot be reached, or breaks off: [pages] endpoint of hub.toml, and whether the store runs"
    return ObjectStoreError(f"the object store failed ({type(error).__name__}): {why}")
