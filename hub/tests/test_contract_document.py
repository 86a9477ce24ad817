"""The OpenAPI document held against the running hub: nothing that it allows makes a 5xx, nothing answers otherwise.

A handful of requests for each operation here; `CONTRACT_EXAMPLES=2000` asks for more.
"""

from __future__ import annotations

import asyncio
import hashlib
import io
import json
import os
import zipfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings, strategies
from provincial_hub.clock import vietnam_time
from provincial_hub.keeping.change_books import ChangeBooks
from provincial_hub.keeping.database import embedded, open_database
from provincial_hub.keeping.ledger import Ledger
from provincial_hub.receipts import Signer
from provincial_hub.settings import Settings
from provincial_hub.stations.packs import Packs
from provincial_hub.stations.people import People, checked
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.generation import GenerationMode

from .conftest import Hub

EXAMPLES = int(os.environ.get("CONTRACT_EXAMPLES", "4"))
TAKES_NOTHING = {"changeToken", "health", "roster"}
STATION, TOKEN = "F01", "token-of-F01-for-the-document"
PAGE = b"MAU - SPECIMEN"


def _pack() -> bytes:
    pack = io.BytesIO()
    with zipfile.ZipFile(pack, "w") as archive:
        archive.writestr(zipfile.ZipInfo("procedures/9.000001.toml"), 'code = "9.000001"\n')
    return pack.getvalue()


PACK = _pack()

CONTRACT = Path(__file__).parents[2] / "contract" / "v1"


@cache
def whole_document() -> dict[str, Any]:
    """The document; each `X.schema.json` stands under `components/schemas` by its name."""
    document: dict[str, Any] = dict(schemathesis.openapi.from_path(CONTRACT / "openapi.yaml").raw_schema)
    schemas = {file.name: json.loads(file.read_text(encoding="utf-8")) for file in CONTRACT.glob("*.schema.json")}
    document = _pointing_inside({name: part for name, part in document.items() if name != "security"}, "")
    for told in (told for path in document["paths"].values() for told in path.values() if isinstance(told, dict)):
        told.pop("security", None)  # every request is given its token here: who has none is a test of its own
    for name, schema in schemas.items():
        bare = {key: value for key, value in schema.items() if key not in ("$schema", "$id")}
        document["components"]["schemas"][name] = _pointing_inside(bare, name)
    return document


def _pointing_inside(part: Any, within: str) -> Any:
    if isinstance(part, list):
        return [_pointing_inside(one, within) for one in part]
    if not isinstance(part, dict):
        return part
    told = {key: _pointing_inside(value, within) for key, value in part.items()}
    if isinstance(target := told.get("$ref"), str):
        file, _, pointer = target.partition("#")
        if name := file or within:
            told["$ref"] = f"#/components/schemas/{name}{pointer}"
    return told


load_all_checks()
OPERATIONS: dict[str, Any] = {
    found.ok().definition.raw["operationId"]: found.ok()  # type: ignore[union-attr]
    for found in schemathesis.openapi.from_dict(whole_document()).get_all_operations()
}
# The check is right of most contracts, and not here: in this operation a bad event is answered in a 200, beside good
# ones; a preview of random bytes is no image of any type; and a request's own signature cannot be made up.
NOT_MEANT = {
    "takeEvents": {"negative_data_rejection"},
    "takePreview": {"positive_data_acceptance"},
    "changeKey": {"positive_data_acceptance"},
    "takePage": {"positive_data_acceptance"},
    "procedures": {"positive_data_acceptance", "negative_data_rejection"},
}
routine = settings(
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
    derandomize=EXAMPLES < 100,
)


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    """A hub that has something to say: people, changes, a pack, an announced page."""
    hub = Hub(tmp_path_factory.mktemp("document") / "hub")
    hub.data.mkdir()
    (hub.data / "hub.toml").write_text("[quotas]\nevents_a_minute = 1000000\n")
    hub.start({STATION: TOKEN})
    asyncio.run(_told(hub))
    told = json.loads((CONTRACT / "examples" / "deliver.json").read_text(encoding="utf-8"))
    event = told["exchanges"][1]["request"]["json"]["events"][0]
    name = hashlib.sha256(PAGE).hexdigest()
    event |= {"station": STATION, "dossier_id": "announced", "pages": [name]}
    event["body"]["pages"] = [{**event["body"]["pages"][0], "sha256": name, "size": len(PAGE)}]
    assert hub.station(token=TOKEN).post("/v1/events", json={"events": [event]}).status_code == 200
    yield hub
    hub.kill()


@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.value)
@pytest.mark.parametrize("operation", sorted(OPERATIONS))
def test_the_hub_keeps_to_the_document(asked: Hub, operation: str, mode: GenerationMode) -> None:
    if mode is GenerationMode.NEGATIVE and operation in TAKES_NOTHING:
        pytest.skip("it takes nothing that could be wrong")
    excluded = [
        CHECKS.get_one(name) for name in {"ignored_auth", "unsupported_method"} | NOT_MEANT.get(operation, set())
    ]

    # A dossier has many members: one batch costs as much as everything else together.
    @settings(routine, max_examples=max(1, EXAMPLES // 4) if operation == "takeEvents" else EXAMPLES)
    @given(case=_requests(operation, mode))
    def ask(case: Any) -> None:
        if operation == "takeEvents":
            _name_the_station(case.body)
        response = case.call(base_url=asked.address, headers={"Authorization": f"Bearer {TOKEN}"})
        case.validate_response(response, excluded_checks=excluded)

    ask()
    assert asked.running


def _requests(operation: str, mode: GenerationMode) -> Any:
    """As the document allows them, or not; about a page or pack that is there, too."""
    told = OPERATIONS[operation]
    made = told.as_strategy(mode)
    if "{sha256}" in told.path and mode is GenerationMode.POSITIVE:
        there = hashlib.sha256(PACK if operation == "procedures" else PAGE).hexdigest()
        return strategies.one_of(told.as_strategy(mode, path_parameters={"sha256": there}), made)
    return made


def _name_the_station(batch: Any) -> None:
    """A random name would never come further than the door."""
    events = batch.get("events") if isinstance(batch, dict) else None
    for event in events if isinstance(events, list) else []:
        if isinstance(event, dict) and "station" in event:
            event["station"] = STATION


def test_the_document_names_every_path_that_the_hub_has_for_stations() -> None:
    from provincial_hub.api.routes import FOR_STATIONS

    served = {
        (method.lower(), route.path)
        for room in FOR_STATIONS
        for route in room.router.routes
        for method in route.methods
    }
    paths = whole_document()["paths"]
    assert served == {(method, path) for path, told in paths.items() for method in told if method != "parameters"}


async def _told(hub: Hub) -> None:
    told = Settings.load(hub.data, {})
    signer = Signer.open(told.key)
    ledger = Ledger(await open_database(embedded(told.data.database), 1))
    officer = checked("canbo.mau", {"name": "Cán bộ Mẫu", "roles": ["officer"], "stations": [STATION]})
    await People(ledger, vietnam_time).put([officer])
    await Packs(ledger, signer, vietnam_time).offer(PACK, [STATION])
    async with ledger.transaction(ChangeBooks) as books:
        body = {"dossier_id": "d-1", "code": "H00.00.00-261123-0001", "by": "lanhdao.mau"}
        await books.tell(STATION, "dossier.code", body, vietnam_time().isoformat(), signer)
    await ledger.close()
