"""How many pages and events a second does the hub take durably, beside bare durable file writes of the same bytes?"""

from __future__ import annotations

import hashlib
import json
import os
import tempfile
import time
from collections.abc import Callable, Collection
from pathlib import Path

import httpx

from tools.servers.hub import start_hub

EXAMPLE = Path(__file__).parents[1] / "contract" / "v1" / "examples" / "deliver-without-pages.json"
PAGE_BYTES = 300_000
PAGES = 200
EVENTS = 100


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        hub, told = start_hub(Path(folder), "--station", "T01:trial")
        with hub:
            address = told["listening"]
            headers = {"Authorization": "Bearer trial"}
            with httpx.Client(base_url=address, headers=headers, timeout=30, trust_env=False) as station:
                measure(station, Path(folder))
            hub.terminate()


def measure(station: httpx.Client, folder: Path) -> None:
    model = json.loads(EXAMPLE.read_text(encoding="utf-8"))["exchanges"][0]["request"]["json"]["events"][0]
    pages = {hashlib.sha256(page).hexdigest(): page for page in (os.urandom(PAGE_BYTES) for _ in range(PAGES))}
    station.post("/v1/events", json={"events": [{**model, "pages": list(pages)}]}).raise_for_status()

    def put(name: str) -> None:
        headers = {"Upload-Length": str(PAGE_BYTES)}
        station.put(f"/v1/pages/{name}", content=pages[name], headers=headers).raise_for_status()

    def write(name: str) -> None:
        partial = folder / "partial"
        with partial.open("wb") as out:
            out.write(pages[name])
            out.flush()
            os.fsync(out.fileno())
        partial.rename(folder / name)
        handle = os.open(folder, os.O_RDONLY)
        os.fsync(handle)
        os.close(handle)

    def post(number: str) -> None:
        event = {**model, "seq": int(number), "dossier_id": f"trial-{number}"}
        station.post("/v1/events", json={"events": [event]}).raise_for_status()

    bare = rate(write, pages)
    for label, found in (
        ("bare durable files of 300 KB", bare),
        ("pages of 300 KB through the hub", rate(put, pages)),
        ("events through the hub, one a request", rate(post, [str(number) for number in range(2, EVENTS + 2)])),
    ):
        print(f"{label:40} {found:7.0f}/s {found / bare:6.2f} of bare files")


def rate(deed: Callable[[str], None], names: Collection[str]) -> float:
    started = time.perf_counter()
    for name in names:
        deed(name)
    return len(names) / (time.perf_counter() - started)


if __name__ == "__main__":
    main()
