"""Complete pages on a node of many: durable in its own spool first, in the shared object store soon after."""

from __future__ import annotations

from pathlib import Path

from provincial_hub.errors import SetupError
from provincial_hub.keeping.durable import make_folder, write_text
from provincial_hub.keeping.page_directory import PageDirectory
from provincial_hub.keeping.page_store import PageStore

_COMPLETE = ".complete"  # no station's name begins with a dot


class SpooledPages:
    """A `PageStore` for one node. What it takes lies in `spool`; `Mover` brings it to `store`."""

    def __init__(self, spool: Path, node: str, store: PageStore) -> None:
        root = spool / _COMPLETE
        make_folder(root)
        _must_be_its_own(root / ".node", node)
        self.node, self.spool, self.store = node, PageDirectory(root), store

    def put_if_absent(self, key: str, source: Path) -> None:
        self.spool.put_if_absent(key, source)

    def get(self, key: str) -> bytes:
        """Raises `FileNotFoundError` also for a page that lies in the spool of another node alone."""
        try:
            return self.spool.get(key)
        except FileNotFoundError:
            return self.store.get(key)

    def head(self, key: str) -> int | None:
        size = self.spool.head(key)
        return self.store.head(key) if size is None else size

    def delete(self, key: str) -> None:
        self.store.delete(key)
        self.spool.delete(key)


def _must_be_its_own(file: Path, node: str) -> None:
    """A spool under another name would never be emptied: the books say by name in whose spool a page lies."""
    if not file.exists():
        write_text(file, f"{node}\n")
    owner = file.read_text(encoding="utf-8").strip()
    if owner != node:
        raise SetupError(f"this spool is that of the node {owner!r}: set node = {owner!r} in hub.toml, not {node!r}")
