"""Where a node keeps complete pages, by its settings."""

from __future__ import annotations

from provincial_hub.keeping.page_directory import PageDirectory
from provincial_hub.keeping.spooled_pages import SpooledPages
from provincial_hub.settings import Settings


def open_pages(settings: Settings) -> PageDirectory | SpooledPages:
    """A directory, or a spool before an object store; raises `SetupError` for another node's spool."""
    if settings.objects is None:
        return PageDirectory(settings.pages)
    from provincial_hub.keeping.object_store import ObjectPages

    return SpooledPages(settings.spool, settings.node, ObjectPages(settings.objects))
