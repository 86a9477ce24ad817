"""A dossier after its seal, between a real store and the real hub: corrected on both sides, asked about, given back."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest
from provincial_hub.cases.deeds import CaseDeeds, Looked
from provincial_hub.clock import vietnam_time
from provincial_hub.commands.words import with_ledger
from provincial_hub.keeping.case_books import Case, CaseBooks
from provincial_hub.keeping.ledger import Ledger
from provincial_hub.receipts import Signer
from provincial_hub.settings import Settings as HubSettings
from provincial_hub.web.visitor import Visitor

from station import paths
from station.actions.hub_desk import HubDesk
from station.actions.trust_desk import TrustDesk
from station.clock import SystemClock
from station.dossier.delivery import Delivery
from station.dossier.dossier import Dossier
from station.errors import HubError
from station.joins.contract import keep_to_the_contract
from station.joins.hub_line import hub_line
from station.paths import DataFolder
from station.settings import Settings
from station.store.keys import Keys
from station.store.store import Store
from station.sync.hub_client import HubClient
from tests.journeys.programs import Hub, until
from tests.unit.actions.conftest import OFFICER, Counter

SUPERVISOR = Visitor("truong-phong", "MẪU", frozenset({"supervisor"}), frozenset({"T01"}))
NAME, SEX = "person/full_name", "person/sex"
WHY = "nhập nhầm so với thẻ"
NO_PICTURES = cast(Any, None)
"""There are no pages to show."""
NOBODY = cast(TrustDesk, SimpleNamespace(attendance=SimpleNamespace(enrolled=False)))


@dataclass
class AtTheCounter:
    """The deeds over a real store, and its line to the hub, which may be up or down."""

    counter: Counter
    desk: HubDesk
    folder: DataFolder
    settings: Settings

    @contextmanager
    def line(self) -> Iterator[None]:
        thread = hub_line(self.counter.store, NOBODY, self.folder, self.settings, self.counter.clock, NO_PICTURES)
        thread.start()
        try:
            yield
        finally:
            assert thread.stop()

    def delivery(self, dossier: Dossier) -> tuple[Delivery, str | None]:
        progress = self.counter.store.outbox.progress(dossier.id)
        assert progress is not None
        return progress.delivery, progress.reason

    def now(self, dossier: Dossier, value: str) -> str:
        return next(one.now for one in self.desk.changes_of(dossier.id).values if one.id == value)


@pytest.fixture
def here(tmp_path: Path, hub: Hub) -> Iterator[AtTheCounter]:
    folder = DataFolder(tmp_path / "station")
    with Store.open(folder, Keys.derived_from(secrets.token_bytes(32))) as store:
        counter = Counter(store, clock=SystemClock())  # type: ignore[arg-type]
        keep_to_the_contract(counter.dossiers, paths.resources() / "contract")
        desk = HubDesk.over(store.hub_words, counter.dossiers, counter.procedures, counter.clock, counter.guard, "T01")
        settings = Settings(station="T01", hub_url=hub.url, hub_token=hub.token, hub_key=hub.key, practice=True)
        yield AtTheCounter(counter, desk, folder, settings)


def at_the_hub(hub: Hub, dossier: Dossier, deed: Callable[[CaseDeeds, Case, dict[str, str]], Awaitable[Any]]) -> Any:
    """A supervisor does something, beside the running hub."""
    settings = HubSettings.load(hub.data)

    async def do(ledger: Ledger) -> Any:
        async with ledger.transaction(CaseBooks) as books:
            case, history = await books.case(dossier.id), await books.history(dossier.id)
        assert case is not None
        assert history is not None
        return await deed(CaseDeeds(ledger, Signer.open(settings.key), vietnam_time), case, history.values())

    return with_ledger(settings, do)


def test_corrections_questions_codes_and_a_return_go_both_ways(hub: Hub, here: AtTheCounter) -> None:
    counter, desk = here.counter, here.desk
    dossier = counter.seal(counter.ready().id, OFFICER, despite_warnings=True)
    for text in ("Nguyễn Thị Đặng", "Nguyễn Thị Đằng"):  # the second before anybody has heard of the first
        desk.correct_sealed(dossier.id, NAME, text, WHY, OFFICER)
    with here.line():
        assert until(lambda: here.delivery(dossier)[0] is Delivery.RECEIVED), here.delivery(dossier)
        keys = counter.store.hub_access
        assert until(lambda: keys.is_told(Signer.open(HubSettings.load(hub.data).key).raw, hub.token))
    assert [one.version for one in desk.changes_of(dossier.id).revisions] == [2, 3]
    unsigned = HubClient(hub.url, hub.token, practice=True)
    with pytest.raises(HubError, match=r"hub\.unsigned"):
        unsigned.changes(0)
    unsigned.close()

    # Both correct the same value, and the hub another one, while the line is down.
    async def corrected(deeds: CaseDeeds, case: Case, values: dict[str, str]) -> int:
        assert values[NAME] == "Nguyễn Thị Đằng"
        return await deeds.correct(SUPERVISOR, dossier.id, case.version, {NAME: "Nguyễn Thị Đẳng", SEX: "male"}, WHY)

    assert at_the_hub(hub, dossier, corrected) == 4
    made = desk.correct_sealed(dossier.id, NAME, "Nguyễn Thị Đang", WHY, OFFICER)
    with here.line():
        asked = until(lambda: [one for one in desk.questions() if one.hub_question])
        assert asked
        assert until(lambda: here.delivery(dossier) == (Delivery.REFUSED, "hub.question"))
    [question] = desk.questions()
    [disputed] = question.fields
    assert (disputed.base, disputed.hub, disputed.station) == ("Nguyễn Thị Đằng", "Nguyễn Thị Đẳng", "Nguyễn Thị Đang")
    assert (question.seq, here.now(dossier, SEX)) == (made.seq, "male")

    desk.settle(question.id, {NAME: "Nguyễn Thị Đang"}, OFFICER, "đúng như thẻ")
    with here.line():
        assert until(lambda: here.delivery(dossier)[0] is Delivery.RECEIVED), here.delivery(dossier)

    async def looked_at(_deeds: CaseDeeds, case: Case, values: dict[str, str]) -> tuple[int, dict[str, str]]:
        return case.version, values

    version, values = at_the_hub(hub, dossier, looked_at)
    assert (version, values[NAME], values[SEX]) == (5, "Nguyễn Thị Đang", "male")
    assert (here.now(dossier, NAME), here.now(dossier, SEX)) == ("Nguyễn Thị Đang", "male")

    async def coded_and_returned(deeds: CaseDeeds, case: Case, _values: dict[str, str]) -> None:
        looked = Looked(case.version, case.state, case.official_code)
        await deeds.assign_code(SUPERVISOR, dossier.id, looked, "H00.00.00-261123-0001")
        await deeds.give_back(SUPERVISOR, dossier.id, looked, "thiếu chữ ký")

    at_the_hub(hub, dossier, coded_and_returned)
    with here.line():
        assert until(lambda: bool(desk.returned()))
    word = desk.changes_of(dossier.id)
    assert word.code is not None
    assert word.code.code == "H00.00.00-261123-0001"
    again = counter.seal(counter.answered(desk.make_again(dossier.id, OFFICER)).id, OFFICER, despite_warnings=True)
    with here.line():
        assert until(lambda: here.delivery(again)[0] is Delivery.RECEIVED), here.delivery(again)
    assert counter.store.verify() == []
