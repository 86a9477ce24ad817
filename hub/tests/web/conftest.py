"""The page over a real database, with a small province of invented people, and people who sit before it."""

from __future__ import annotations

import hashlib
import json
import re
import ssl
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import cache
from html import unescape
from http.cookies import SimpleCookie
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest
import uvicorn
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from provincial_hub.clock import VIETNAM
from provincial_hub.keeping import tables
from provincial_hub.keeping.database import embedded, open_database
from provincial_hub.keeping.ledger import Ledger
from provincial_hub.keeping.page_directory import PageDirectory
from provincial_hub.receipts import Signer
from provincial_hub.web.exchange import PREFIX
from provincial_hub.web.site import Site
from sqlalchemy import Connection, create_engine, delete, insert, text
from sqlalchemy.pool import NullPool
from starlette.applications import Starlette
from starlette.routing import Mount

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=VIETNAM)
PASSPHRASE = "bon tu nay la mau"
# As the hub's own, but for the memory and the passes: these tests sign many people in.
VERIFIER = Argon2id(salt=b"0" * 16, length=32, iterations=1, lanes=1, memory_cost=64).derive_phc_encoded(
    PASSPHRASE.encode("utf-8")
)
EXAMPLE = Path(__file__).parents[3] / "contract" / "v1" / "examples" / "deliver.json"
GIB = 10**9
NO_TLS = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)  # made once: reading the system's authorities takes a while


class Province:
    """The hub's books, the page served over real HTTP, and a clock that tests may move."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.now = folder, NOW
        self.file = folder / "hub.db"
        self.address = ""
        self._engine = create_engine(f"sqlite:///{self.file}", poolclass=NullPool)
        self._seq = 0
        self._passages: dict[str, dict[str, str]] = {}

    def write(self, table: Any, *rows: Mapping[str, Any]) -> None:
        with self._books() as books:
            books.execute(insert(table), [dict(row) for row in rows])

    def read(self, statement: str, **values: object) -> list[dict[str, Any]]:
        with self._books() as books:
            return [dict(row) for row in books.execute(text(statement), values).mappings()]

    def dossier(self, name: str, due: timedelta | None = None, **told: Any) -> str:
        """A sealed dossier that was received with its pages. `told` are columns of its case, and `body`."""
        self._seq += 1
        body = json.loads(EXAMPLE.read_text(encoding="utf-8"))["exchanges"][1]["request"]["json"]["events"][0]["body"]
        images = [specimen(page["number"]) for page in body["pages"]]
        for page, image in zip(body["pages"], images, strict=True):
            page |= {"sha256": hashlib.sha256(image).hexdigest(), "size": len(image)}
        body |= told.pop("body", {})
        station, sealed = told.get("station", "T01"), at(-timedelta(days=1))
        number = body["number"] = f"{station}-261122-{self._seq:04d}"
        content = {"kind": "dossier.sealed", "body": body, "pages": [page["sha256"] for page in body["pages"]]}
        self.write(
            tables.events,
            {
                "station": station,
                "seq": self._seq,
                "digest": "0" * 64,
                "content": json.dumps(content, ensure_ascii=False),
                "dossier_id": name,
                "number": number,
                "status": "accepted",
                "version": 1,
                "kept_at": sealed,
            },
        )
        self.write(tables.dossiers, {"dossier_id": name, "station": station, "version": 1})
        for position, (page, image) in enumerate(zip(body["pages"], images, strict=True)):
            named = {"station": station, "sha256": page["sha256"]}
            self.write(tables.announced, {**named, "seq": self._seq, "position": position})
            if not self.read("SELECT 1 FROM page WHERE station=:station AND sha256=:sha256", **named):
                self.write(tables.pages, {**named, "size": len(image), "received_at": sealed})
                path = self.folder / "pages" / station / page["sha256"][:2] / page["sha256"]
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(image)
        case = {
            "dossier_id": name,
            "station": station,
            "number": number,
            "procedure": body["procedure"]["code"],
            "state": "received",
            "sealed_at": sealed,
            "received_at": sealed,
            "due_at": at(due) if due is not None else None,
            "pages": len(body["pages"]),
            "reused_pages": 0,
            "facts": "{}",
        }
        self.write(tables.cases, case | told)
        return name

    def write_person(
        self,
        name: str,
        shown: str = "MẪU",
        roles: Sequence[str] = ("supervisor",),
        stations: Sequence[str] = ("*",),
        **more: object,
    ) -> None:
        told = {"id": name, "name": shown, "roles": list(roles), "stations": list(stations), "verifier": VERIFIER}
        row = {"id": name, "document": json.dumps(told | more, ensure_ascii=False), "changed_at": at()}
        self.write(tables.persons, row)

    def remove_person(self, name: str) -> None:
        with self._books() as books:
            books.execute(delete(tables.persons).where(tables.persons.c.id == name))

    def write_station(self, name: str) -> None:
        digest = hashlib.sha256(name.encode()).hexdigest()
        self.write(tables.stations, {"name": name, "token_sha256": digest, "enrolled_at": at(-timedelta(days=30))})

    def ask(self, dossier: str, question: str, **other: str) -> None:
        """The hub has corrected a name, the station wants another; or what `other` says."""
        texts = {"base": "NGUYỄN VĂN MẪU", "hub": "NGUYỄN VĂN MẪU MÁY CHỦ TỈNH", "station": "NGUYỄN VĂN MẪU TRẠM"}
        field = {"value": "person/full_name", **texts, **other}
        change = {"value": field["value"], "before": field["base"], "after": field["hub"]}
        told = {"by": "lan", "at": at(-timedelta(hours=3)), "reason": "theo thẻ căn cước", "origin": "hub"}
        self.write(tables.revisions, {"dossier_id": dossier, "version": 2, "changes": json.dumps([change]), **told})
        self._seq += 1
        wanted = {
            "changes": [change | {"after": field["station"]}],
            "by": "canbo.mau",
            "at": at(-timedelta(hours=2)),
            "reason": "theo tờ khai",
        }
        event = {
            "station": "T01",
            "seq": self._seq,
            "digest": "0" * 64,
            "dossier_id": dossier,
            "number": "",
            "kept_at": at(),
        }
        content = {"kind": "dossier.corrected", "body": wanted, "pages": []}
        self.write(tables.events, event | {"content": json.dumps(content), "status": "conflict"})
        named = {"id": question, "dossier_id": dossier, "station": "T01", "seq": self._seq, "asked_at": at()}
        self.write(tables.questions, {**named, "fields": json.dumps([field], ensure_ascii=False)})
        with self._books() as books:
            books.execute(text("UPDATE dossier SET version=2 WHERE dossier_id=:name"), {"name": dossier})

    def raise_alarm(self, number: int, station: str, kind: str = "went_back", **told: object) -> None:
        row = {"id": number, "station": station, "kind": kind, "seq": 1840, "text": "", "raised_at": at()}
        self.write(tables.alarms, row | told)

    def tell_stories(self) -> None:
        """Something to see on every page."""
        hour, day = timedelta(hours=1), timedelta(days=1)
        seen = self.dossier("seen", 8 * hour)
        self.ask(seen, "seen-q")
        self.preview(seen)
        self.dossier("late", -2 * day, state="in_progress", official_code="H15.50.05.13-261118-0042")
        self.dossier("waits", 9 * day, state="more_wanted", station="T02")
        self.dossier("without", None, received_at=None)
        for number in range(12):
            ended = at(-(number + 1) * day)
            due = at(-(number + (2 if number % 5 == 0 else 0)) * day)
            told = {"ended_at": ended, "due_at": due, "sealed_at": at(-(number * 4 + 2) * day)}
            self.dossier(f"done-{number}", None, station=f"T0{number % 2 + 1}", state="done", **told)
        self.raise_alarm(61, "T04", "rewritten")
        note = {"settled_at": at(-day), "settled_by": "lan", "note": "Máy được khôi phục từ bản sao lưu ngày 20/11."}
        self.raise_alarm(62, "T01", **note)
        self.set_aside(1000, seen)

    def set_aside(self, number: int, dossier: str) -> None:
        """A system of the province has refused a message too often."""
        if not self.read("SELECT 1 FROM outward_target WHERE name='mot-cua'"):
            self.write(tables.targets, {"name": "mot-cua", "named_at": at()})
        told = {"topic": "dossier.received", "dossier_id": dossier, "document": "{}", "at": at(-timedelta(hours=5))}
        self.write(tables.outgoing, {"id": number, **told})
        late = {"attempts": 9, "refusals": 5, "set_aside_at": at(), "error": "target.refused"}
        self.write(tables.handovers, {"outgoing_id": number, "target": "mot-cua", "dossier_id": dossier, **late})

    def preview(self, dossier: str) -> None:
        """The small picture of its first page came ahead; every dossier's is the same one."""
        found = self.read("SELECT station, content FROM event WHERE dossier_id=:name", name=dossier)[0]
        named = {"station": found["station"], "sha256": json.loads(found["content"])["pages"][0]}
        told = {"media_type": "image/png", "content": specimen(1), "received_at": at()}
        with self._books() as books:
            books.execute(insert(tables.previews).prefix_with("OR IGNORE"), {**named, **told})

    def guest(self) -> Person:
        return Person(self.address)

    def signed_in(self, name: str) -> Person:
        """Somebody at a browser of their own; the passphrase is only checked the first time."""
        if name not in self._passages:
            first = self.guest()
            answer = first.sign_in(name)
            assert answer.status_code == 303, answer.text
            self._passages[name] = first.cookies
        person = self.guest()
        person.cookies = dict(self._passages[name])
        return person

    @contextmanager
    def _books(self) -> Iterator[Connection]:
        """Straight into the database, past the hub."""
        with self._engine.begin() as books:
            books.execute(text("PRAGMA synchronous = OFF"))
            yield books


_PLACES = count()


class Person:
    """A client with cookies of its own: `__Host-` ones go over TLS only, or to the machine itself as browsers do."""

    def __init__(self, address: str) -> None:
        self.address, self.cookies = address, dict[str, str]()
        number = next(_PLACES)
        self.place = f"10.200.{number >> 8}.{number & 255}"

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self._send("GET", path, **more)

    def post(self, path: str, form: Mapping[str, str], page: str = "/tram", **more: Any) -> httpx.Response:
        """Send a form with the token that stands on `page`."""
        return self._send("POST", path, data={"token": self.token(page), **form}, **more)

    def token(self, page: str) -> str:
        found = re.search(r'name="token" value="([0-9a-f]+)"', self.get(page).text)
        assert found, page
        return found[1]

    def sign_in(self, name: str, passphrase: str = PASSPHRASE, back: str = "", at: str = "") -> httpx.Response:
        """`at`: the address that a proxy on this machine says they came from; else everybody has one of their own."""
        form = {"name": name, "passphrase": passphrase, "den": back}
        return self.post("/dang-nhap", form, "/dang-nhap", headers={"X-Forwarded-For": at or self.place})

    def text(self, path: str) -> str:
        """What stands on a page, without its tags."""
        return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", self.get(path).text)))

    def _send(self, method: str, path: str, **more: Any) -> httpx.Response:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        headers |= more.pop("headers", {})
        with httpx.Client(trust_env=False, timeout=20, verify=NO_TLS) as client:
            answer = client.request(method, f"{self.address}{PREFIX}{path}", headers=headers, **more)
        for told in answer.headers.get_list("set-cookie"):
            for name, cookie in SimpleCookie(told).items():
                self.cookies[name] = cookie.value
                if cookie["max-age"] == "0":
                    del self.cookies[name]
        return answer


@pytest.fixture(scope="session")
def province(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Province]:
    here = Province(tmp_path_factory.mktemp("province"))
    hub = Starlette()
    site = Site(hub.state, lambda: here.now)
    hub.router.routes.append(Mount(PREFIX, site.application()))
    hub.state.signer = Signer.open(here.folder / "hub.key")
    hub.state.page_store = PageDirectory(here.folder / "pages")

    class Server(uvicorn.Server):
        async def startup(self, sockets: Any = None) -> None:
            hub.state.ledger = Ledger(await open_database(embedded(here.file)))
            _settle_in(here)
            await super().startup(sockets)

        async def shutdown(self, sockets: Any = None) -> None:
            await super().shutdown(sockets)
            await hub.state.ledger.close()

    server = Server(uvicorn.Config(hub, port=0, log_config=None, access_log=False, lifespan="off"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        assert thread.is_alive()
        time.sleep(0.01)
    here.address = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    yield here
    server.should_exit = True
    thread.join(timeout=20)


@pytest.fixture
def clock(province: Province) -> Iterator[Province]:
    """The province, whose clock this test moves; afterwards it stands where it stood."""
    yield province
    province.now = NOW


def at(off: timedelta = timedelta(0)) -> str:
    return (NOW + off).isoformat()


@cache
def specimen(number: int) -> bytes:
    """A page that everybody sees is none."""
    import io

    from PIL import Image, ImageDraw, ImageFont

    page = Image.new("RGB", (420, 594), "#fdfdf8")
    pen = ImageDraw.Draw(page)
    font = ImageFont.truetype(Path(__file__).parents[3] / "resources" / "fonts" / "LiberationSans-Bold.ttf", 34)
    pen.text((40, 60), "MẪU – SPECIMEN", font=font, fill="#a11d15")
    for line in range(12):
        pen.line((40, 150 + 34 * line, 380 - 29 * ((line * number) % 5), 150 + 34 * line), fill="#888", width=3)
    out = io.BytesIO()
    page.save(out, "PNG")
    return out.getvalue()


def _settle_in(here: Province) -> None:
    here.write_person("lan", "NGUYỄN THỊ MẪU LAN")
    here.write_person("minh", "TRẦN VĂN MẪU MINH", stations=["T01"])
    here.write_person("kien", "LÊ MẪU KIÊN", ["it"])
    here.write_person("hoa", "PHẠM THỊ MẪU HOA", ["officer"], ["T01"])
    here.write_person("tam", "VŨ MẪU TÂM", valid_to=at(-timedelta(days=1)))
    here.write_person("moi", "ĐỖ MẪU MỚI", change_first=True)
    for number in range(1, 6):
        here.write_station(f"T0{number}")
    well = {"version": "1.2.0", "waiting": 0, "refused": 0, "oldest_waiting_at": None, "bytes_waiting": 0}
    late = {"waiting": 7, "oldest_waiting_at": at(-timedelta(days=5)), "bytes_waiting": 31_000_000}
    reports = {
        "T01": ({**well, "free_bytes": 80 * GIB}, timedelta(minutes=3), 1200),
        "T02": ({**well, **late, "free_bytes": GIB}, timedelta(days=2), -7 * 60_000),
        "T04": ({**well, "version": "1.1.0", "free_bytes": 50 * GIB}, timedelta(minutes=9), 0),
        "T05": ({**well, "free_bytes": 60 * GIB}, timedelta(hours=1), 0),
    }
    for name, (document, ago, offset) in reports.items():
        row = {"station": name, "received_at": at(-ago), "clock_offset_ms": offset, "document": json.dumps(document)}
        here.write(tables.reports, row)
