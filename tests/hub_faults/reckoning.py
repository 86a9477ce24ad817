"""What the hub said, against what it holds: found by reading the pages themselves, and by `provincial-hub verify`."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from provincial_hub import inspection
from provincial_hub.keeping.pages import open_pages

from .node import Node
from .stations import Promised


def losses(promised: Promised, nodes: Sequence[Node]) -> list[str]:
    """One sentence for each receipt whose event or page is gone or changed, and for each other broken word."""
    found = list(promised.broken)
    rows = {(row["station"], row["seq"]): row for row in inspection.holdings(nodes[0].settings)}
    stores = [open_pages(node.settings) for node in nodes]
    whole: set[tuple[str, str]] = set()

    def is_whole(station: str, sha256: str) -> bool:
        for store in stores:
            if (station, sha256) in whole:
                break
            try:
                if hashlib.sha256(store.get(f"{station}/{sha256}")).hexdigest() == sha256:
                    whole.add((station, sha256))
            except FileNotFoundError:
                continue
        return (station, sha256) in whole

    for (station, seq), receipt in promised.receipts.items():
        row = rows.get((station, seq))
        if row is None or row["hub_number"] != receipt["hub_number"]:
            found.append(f"{station}/{seq}: the event of a receipt is gone or changed")
        elif receipt["pages"] != [page["sha256"] for page in row["pages"] if page["complete"]]:
            found.append(f"{station}/{seq}: the books lack a page of a receipt")
        found += [
            f"{station}/{seq}: page {name} of a receipt is gone"
            for name in receipt["pages"]
            if not is_whole(station, name)
        ]
    found += [
        f"{station}: acknowledged page {name} is gone"
        for station, name in promised.pages
        if not is_whole(station, name)
    ]
    for node in nodes:
        found += inspection.verify(node.settings).gaps
    return found
