"""Every parser of outside data: what it is fed with at first, how it is called, which errors are its right answer."""

from __future__ import annotations

import base64
import io
import json
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from provincial_hub.errors import RefusedError

from station import paths
from station.errors import StationError

ROOT = Path(__file__).resolve().parents[2]
CARD = "079085023456|023456789|Trần Văn Mẫu|31121985|Nam|Tổ 3, xã Mẫu, TP.Hồ Chí Minh|25042021||||"
HEALTH = (
    "7901234567|4e677579e1bb856e205468e1bb8b204de1baab75|05/03/1999|2|-|79 - 001|01/01/2026|-|20/12/2025"
    "|79067901234567|-|4| 01/01/2031|0123456789abcdef-1202|4|4de1baab75|$"
)
RECEIPT = "TRAMSO1|T01-261122-0007|1.001193|2026-11-22T09:14:05+07:00|0123456789abcdef0123456789abcdef"
ZONE = "IDVNM0850234567079085023456<<7\n8512316M2512314VNM<<<<<<<<<<<0\nTRAN<<VAN<AN<<<<<<<<<<<<<<<<<<"
ANSWERS = {
    "answers": [
        {"seq": 1, "status": "need_pages", "pages": ["a" * 64]},
        {"seq": 2, "status": "rejected", "reason": {"code": "event.bad", "message": "không nhận"}},
    ]
}
ACCEPTED = {
    "status": "accepted",
    "receipt": {
        "station": "T01", "seq": 3, "dossier_id": "d", "pages": ["a" * 64], "received_at": "2026-11-22T09:14:05+07:00",
        "hub_number": "H1", "durable": True, "key_id": "0" * 16, "signature": "AAAA",
    },
}  # fmt: skip
READING = {
    "reading": {
        "kind": "other", "kind_confidence": 0.5, "fields": [], "codes": [], "text": "x", "quality": [],
        "rotation": 0, "outline": None,
    }
}  # fmt: skip
JUDGEMENT = {"judgement": {"issues": [], "fingerprint": "", "papers": [], "rotation": 0}}

NONSENSE = (ValueError, TypeError, KeyError, AttributeError, RecursionError, IndexError, OverflowError)
"""What a worker that talks nonsense may raise in us: whoever listens takes every error for a dead worker."""


@dataclass(frozen=True)
class Target:
    """One parser. `native` runs code that is not Python's, where a mistake ends the process."""

    name: str
    call: Callable[[bytes], object]
    seeds: Callable[[], Sequence[bytes]]
    allowed: tuple[type[BaseException], ...] = (StationError,)
    native: bool = False


def text(content: bytes) -> str:
    """As a code's text arrives: any letters, half pairs among them."""
    return content.decode("utf-8", "surrogateescape")


def _card(content: bytes) -> object:
    from station.dossier.citizen_card import parse_card_payload

    return parse_card_payload(text(content)).fields()


def _health(content: bytes) -> object:
    from station.dossier.health_card import parse_health_card

    return parse_health_card(text(content)).fields()


def _receipt(content: bytes) -> object:
    from station.dossier.receipt_keys import authenticity, trusted_keys

    first, _, rest = text(content).partition("\n")
    return authenticity(first, trusted_keys(rest))


def _zone(content: bytes) -> object:
    from station.scan.codes import mrz

    lines = (*text(content).split("\n"), "", "", "")
    return mrz.parse((lines[0], lines[1], lines[2]))


def _exact(content: bytes) -> object:
    from station.dossier.text import exact, folded, is_plain, same

    once = exact(text(content))
    if exact(once) != once or not (is_plain(once) or once):
        raise AssertionError("not the same when said again")
    return folded(once), same(once, once)


def _answers(content: bytes) -> object:
    from station.dossier.delivery import OutboxEvent
    from station.sync.wire import read_answers, read_health, read_refusal

    at = datetime(2026, 11, 22, tzinfo=UTC)
    events = [OutboxEvent("T01", seq, "dossier", "d", 1, at, {}, ("a" * 64,)) for seq in (1, 2)]
    for read in (read_health, read_refusal, lambda told: read_answers(told, events)):
        try:
            read(content)
        except StationError:
            continue
    return None


def _parcel(content: bytes) -> object:
    """What the hub reads of a parcel that it could decrypt, by its own reader."""
    from provincial_hub.courier.taking import Checking
    from provincial_hub.courier.tape import Tape

    checking = Checking()
    tape = Tape(checking)
    tape.write(content)
    tape.end()
    checking.end()
    return checking.manifest


def _parcels() -> Sequence[bytes]:
    told = json.loads((ROOT / "contract" / "v1" / "vectors" / "parcel.json").read_text(encoding="utf-8"))
    return [base64.b64decode(told["tar_base64"])]


def _parcel_answers() -> Sequence[bytes]:
    told = json.loads((ROOT / "contract" / "v1" / "vectors" / "parcel.json").read_text(encoding="utf-8"))
    return [json.dumps(told["answer"]).encode()]


def _parcel_answer(content: bytes) -> object:
    """What the station reads of an answer that it could decrypt and that the hub has signed."""
    from station.dossier.delivery import OutboxEvent
    from station.dossier.signed_document import check_signature
    from station.strict_json import strict_json
    from station.sync.changes import read_changes
    from station.sync.wire import read_answers

    document = strict_json(content, 32 << 20)
    if not isinstance(document, dict):
        return None
    at = datetime(2026, 11, 22, tzinfo=UTC)
    for read in (
        lambda: check_signature(document, "parcel_answer", bytes(32)),
        lambda: read_answers(content, [OutboxEvent("T01", 1, "dossier", "d", 1, at, {}, ("a" * 64,))]),
        lambda: read_changes(content, "T01", 0, bytes(32)),
    ):
        try:
            read()
        except StationError:
            continue
    return None


def _enrolment(content: bytes) -> object:
    from station.dossier.roster_document import roster_of
    from station.dossier.signed_document import check_signature, parse_document

    document = parse_document(content)
    try:
        check_signature(document, "roster", bytes(32))
    except StationError:
        return roster_of(document)
    raise AssertionError("nobody signed this")


def _enrolment_file(content: bytes) -> object:
    from station.dossier.enrolment import EnrolmentCode, enrolment_of, open_enrolment_file
    from station.dossier.signed_document import parse_document

    try:
        open_enrolment_file(content, EnrolmentCode("0" * 16, "0" * 12))
    except StationError:
        return enrolment_of(parse_document(content), bytes(32))
    raise AssertionError("nobody sealed this")


def _trail(content: bytes) -> object:
    from station.dossier.trail_check import check_trail

    return check_trail(text(content).splitlines())


def _worker(content: bytes) -> object:
    from station.scan.worker import answer_from

    return answer_from(json.loads(content), b"\0" * 12)


def _toml(content: bytes) -> object:
    from station.strict_toml import Table

    table = Table.parse("a.toml", content.decode("utf-8", "replace"))
    return [table.line(key) for key in table.keys()]  # noqa: SIM118 – a table is no mapping


def _settings(content: bytes) -> object:
    from station.settings import Settings

    file = _scratch("settings.toml", content)
    return Settings.load(file)


def _key_file(content: bytes) -> object:
    from station.store.keys.key_file import KeyFile

    return KeyFile.read(_scratch("keys.json", content))


def _manifest(content: bytes) -> object:
    from station.store.backup.manifest import Manifest

    found = Manifest.parse(content)
    return found and found.is_signed_by(bytes(32))


def _strict_json(content: bytes) -> object:
    from station.strict_json import strict_json

    return json.dumps(strict_json(content, 1 << 20), ensure_ascii=False, allow_nan=False).encode()


def _authority(content: bytes) -> object:
    from station.sync.authority import trust_in

    return trust_in(content, "")


def _bundle(content: bytes) -> object:
    from station.bundle import Bounds, members

    bounds = Bounds(members=100, member=1 << 20, total=4 << 20)
    return [one.name for one in members(_scratch("bundle", content), bounds)]


def _documents(content: bytes) -> object:
    from station.scan.documents import split

    return [len(page.content) for page, _ in zip(split(content, "a"), range(3), strict=False)]


def _showing(content: bytes) -> object:
    from station.scan.image.showing import showing

    return showing(content, 132, 90, None)


def _gate(content: bytes) -> object:
    from station.scan.gate import Gate

    return Gate().judge(content).to_json()


def _codes(content: bytes) -> object:
    from station.scan.codes.code_reader import ImageCodeReader

    return ImageCodeReader().read_codes(content)


def _scanner(content: bytes) -> object:
    from station.scan.devices.page_image import jpeg_from_pnm

    return jpeg_from_pnm(content, 300)


def _scratch(name: str, content: bytes) -> Path:
    import tempfile

    file = Path(tempfile.gettempdir()) / f"fuzz-{name}"
    file.write_bytes(content)
    return file


def said(*values: object) -> Callable[[], Sequence[bytes]]:
    """Texts as they are, everything else as JSON."""
    seeds = [one if isinstance(one, bytes) else one.encode() if isinstance(one, str) else _json(one) for one in values]
    return lambda: seeds


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def _contract(*names: str) -> Callable[[], Sequence[bytes]]:
    def seeds() -> Sequence[bytes]:
        found: list[bytes] = []
        for name in names:
            example = json.loads((ROOT / "contract" / "v1" / "examples" / f"{name}.json").read_bytes())
            found += [_json(one) for one in _objects(example)]
        return found

    return seeds


def _objects(value: Any) -> list[Any]:
    inside = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    deeper = [one for member in inside for one in _objects(member)]
    return [value, *deeper] if isinstance(value, dict) else deeper


def pictures() -> Sequence[bytes]:
    """A small picture in every format that is taken, plain and with a card's code."""
    import segno
    from PIL import Image

    code = io.BytesIO()
    segno.make(CARD, error="m").save(code, kind="png", scale=3)
    drawn = Image.open(code).convert("RGB")
    found = [code.getvalue()]
    for form in ("PNG", "JPEG", "TIFF", "WEBP", "BMP"):
        kept = io.BytesIO()
        drawn.save(kept, form)
        found.append(kept.getvalue())
    several = io.BytesIO()
    drawn.save(several, "TIFF", save_all=True, append_images=[drawn.convert("1")], compression="tiff_lzw")
    return [*found, several.getvalue()]


def documents() -> Sequence[bytes]:
    from reportlab.pdfgen.canvas import Canvas

    kept = io.BytesIO()
    canvas = Canvas(kept, pagesize=(120, 160), pageCompression=0)
    canvas.drawString(10, 80, "MẪU – SPECIMEN")
    canvas.acroForm.textfield(name="a", x=10, y=10, width=50, height=20)
    canvas.showPage()
    canvas.save()
    return [kept.getvalue(), *pictures()]


def _bundles() -> Sequence[bytes]:
    import tarfile

    zipped, taped = io.BytesIO(), io.BytesIO()
    with zipfile.ZipFile(zipped, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("manifest.json", b"{}")
        made.writestr("trang/1.jpg", b"a" * 900)
    with tarfile.open(fileobj=taped, mode="w:gz") as tape:
        about = tarfile.TarInfo("a.txt")
        about.size = 3
        tape.addfile(about, io.BytesIO(b"abc"))
    import gzip

    return [zipped.getvalue(), taped.getvalue(), gzip.decompress(taped.getvalue())[:2048]]


def _packs() -> Sequence[bytes]:
    files = sorted((paths.resources() / "procedures").rglob("*.toml"))[:2]
    return [file.read_bytes()[:3000].rpartition(b"\n")[0] for file in files] + [b'[[a.b]]\nc = ["x", { d = 1 }]\n']


_PEM = b"-----BEGIN CERTIFICATE-----\n" + base64.b64encode(bytes(range(200))) + b"\n-----END CERTIFICATE-----\n"
_MANIFEST = {"format": "digital-station-backup/1", "files": {"a": [1, "b"]}, "at": "2026-11-22T09:14:05+07:00"}

TARGETS: tuple[Target, ...] = (
    Target("card code", _card, said(CARD)),
    Target("health card code", _health, said(HEALTH)),
    Target("receipt code", _receipt, said(RECEIPT + "\nT01 ed25519 AAAA", RECEIPT + "|AAAA|AAAA\n")),
    Target("machine-readable zone", _zone, said(ZONE)),
    Target("text of a value", _exact, said("Nguyễn Thị Ánh Mẫu", "Tổ\u200b 3\u202e, xã e\u0301")),
    Target("hub answers", _answers, said(ANSWERS, ACCEPTED, {"contract": "1", "time": "2026"})),
    Target("parcel", _parcel, _parcels, (RefusedError,)),
    Target("answer to a parcel", _parcel_answer, _parcel_answers, (ValueError, StationError)),
    Target("roster", _enrolment, _contract("roster", "enrolment")),
    Target("enrolment file", _enrolment_file, lambda: [b"TSE1" + bytes(60), *_contract("enrolment")()]),
    Target("exported trail", _trail, said('{"trail": 1, "station": "T01"}\n{"head": "x"}', {"trail": 1})),
    Target("worker's answer", _worker, said(READING, JUDGEMENT, {"picture": [2, 2]}, {"codes": ["a"]}, {"same": 1},
                                            {"code": "file.empty", "parameters": {}}), (StationError, *NONSENSE)),
    Target("pack (TOML)", _toml, _packs),
    Target("settings.toml", _settings, said('station = "T01"\nhub_url = "https://a"\nciti_patience = 9\n')),
    Target("keys.json", _key_file, said({"format": 2, "slots": [{"kind": "passphrase"}], "following": {}})),
    Target("backup manifest", _manifest, said(_MANIFEST)),
    Target("strict JSON", _strict_json, said(ANSWERS, '{"a": [1e9, "\\u0041", null, -0.0]}'), (ValueError,)),
    Target("authority (PEM)", _authority, said(_PEM), native=True),
    Target("bundle", _bundle, _bundles, native=True),
    Target("image, TIFF, PDF to pages", _documents, documents, native=True),
    Target("picture for the screen", _showing, pictures, native=True),
    Target("page gate", _gate, pictures, native=True),
    Target("codes on an image", _codes, pictures, native=True),
    Target("scanner's page (PNM)", _scanner, said(b"P5 8 8 255\n" + bytes(64), b"P4\n# c\n8 8\n" + bytes(8),
                                                  b"P6 4 4 65535\n" + bytes(96)), (ValueError,), native=True),
)  # fmt: skip
