"""Every deed of the desk, by somebody who may not. Deeds are found by their signatures: a new one is not forgotten."""

from __future__ import annotations

import dataclasses
import inspect
import threading
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from station.actions.permits import Deed
from station.dossier.capture import ScanJob
from station.dossier.entry import Verdict
from station.dossier.form_order import FormOrder
from station.dossier.printed_form import FormName
from station.dossier.service import PaymentMethod
from station.errors import StationError
from tests.people import LAN, MAY, PASSPHRASE
from tests.ui.conftest import Counter
from tests.ui.fakes import PERSON, card, picture

FOR_IT_TOO = frozenset(
    {
        "guard.confirm_clock",
        "shift.ever",
        "shift.today",
        "back_up",
        "check_store",
        "courier.learn_key",
        "courier.take_answer",
        "courier.write_parcel",
        "trust.people.add",
        "trust.people.extend",
        "trust.people.remove",
        "trust.people.take_file",
        "trust.people.unlock",
        "trust.enrol.by_file",
        "trust.enrol.by_hub",
        "trust.trail",
        "trust.trail.check",
        "trust.trail.export",
        "trust.trail.index",
        "trust.keys",
        "trust.keys.add_recovery",
        "trust.keys.remove",
        "trust.keys.rotate",
        "trust.keys.change_access",
        "trust.keys.use_login",
        "trust.keys.use_tpm",
        "trust.keys.slots",
        "see.find",
    }
)
"""What IT staff may, or what shows no dossier by itself: `see.find` lists what `queue` does."""
ASKS_NOBODY = frozenset({"trust.permits.require", "trust.permits.check", "see.find", "queue.undo", "queue.undo.redo"})
"""The questions themselves; and a list, which writes nothing down unless it is asked for a number; and undo, which
forgets what was refused.
"""


def deeds_of(thing: object, name: str) -> Iterator[tuple[str, Callable[..., object]]]:
    """Whatever takes a `by`, of this and of what it is made of."""
    if dataclasses.is_dataclass(thing):
        for field in dataclasses.fields(thing):
            yield from deeds_of(getattr(thing, field.name), f"{name}.{field.name}".lstrip("."))
    if not type(thing).__module__.startswith("station.actions"):
        return
    for method, function in inspect.getmembers(type(thing), inspect.isfunction):
        if (method == "__call__" or not method.startswith("_")) and "by" in inspect.signature(function).parameters:
            yield name if method == "__call__" else f"{name}.{method}", getattr(thing, method)


@pytest.fixture
def arguments(counter: Counter) -> dict[str, Any]:
    """What each parameter may be called with, over a dossier that is open."""
    desk, dossier = counter.session.desk, counter.identified()
    counter.sources.tray = []
    desk.scan_pages.from_file(dossier.id, picture("Giấy mẫu"), "giay.png", desk.officer, lambda _page: None)
    dossier = desk.dossiers.get(dossier.id)
    page, entry = dossier.pages[0], dossier.entries[0]
    procedure = desk.procedures.get(dossier.procedure_code)
    person = {"full_name": "Trần Văn Mẫu", "id_number": "001099000123", "birth_date": "1999-03-05", "sex": "male"}
    return {
        "dossier_id": dossier.id,
        "dossier_ids": [dossier.id],
        "procedure_code": dossier.procedure_code,
        "values": person,
        "image": card(),
        "payload": PERSON,
        "typed": PERSON,
        "job": ScanJob("scanner", "adf"),
        "captured": lambda _page: None,
        "cancel": threading.Event(),
        "page": page,
        "content": picture("Giấy khác"),
        "name": "giay.png",
        "page_id": page.id,
        "other_id": page.id,
        "sha256": page.sha256,
        "outline": ((1.0, 1.0), (600.0, 1.0), (600.0, 800.0), (1.0, 800.0)),
        "entry_id": entry.id,
        "key": procedure.cases[0].key if getattr(procedure, "cases", ()) else "",
        "value": "Trần Văn Mẫu",
        "shown": entry.value,
        "verdict": Verdict.RIGHT,
        "kind": "residence_form",
        "paper_key": procedure.papers[0].key,
        "present": True,
        "count": 2,
        "reason": "Lý do mẫu",
        "new_due": date(2031, 1, 9),
        "order": FormOrder(FormName.REGISTER, "", "", None, date(2026, 1, 5), None),
        "words": "001199000123",
        "limit": 10,
        "note": "",
        "to": "Trần Thị Lan Mẫu",
        "quantities": (),
        "method": PaymentMethod.CASH,
        "amount": 0,
        "subject": "reuse",
        "given": True,
        "paper": SimpleNamespace(expired=False, page_ids=(), images=(), dossier_id=dossier.id),
        "fact": SimpleNamespace(key="residence", value="", source="", dossier_id=dossier.id, page_id=page.id),
        "yes": True,
        "number": "001199000123",
        "confirmed": "",
        "until": None,
        "asked": None,
        "receipts": (),
        "person": LAN,
        "person_id": LAN.id,
        "passphrase": PASSPHRASE,
        "code": "",
        "ask": lambda _code: {},
        "write": lambda _lines: None,
        "recipient": "",
        "slot": SimpleNamespace(kind="", whose=""),
        "doubtful": (),
        "deed": Deed.SERVE,
        "second": "",
        "value_id": entry.id,
        "after": "Trần Văn Mẫu",
        "question_id": "",
        "choices": {},
        "begin": lambda: None,
        "folder": Path(),
        "file": Path(),
    }


def refused(deed: Callable[..., object], by: str, arguments: dict[str, Any]) -> str:
    """The code with which it is refused; empty: it was done."""
    wanted = inspect.signature(deed).parameters.values()
    given = {
        one.name: by if one.name == "by" else arguments[one.name]
        for one in wanted
        if one.name == "by" or one.default is one.empty
    }
    try:
        deed(**given)
    except StationError as error:
        return error.code
    return ""


def test_nothing_is_done_in_the_name_of_somebody_who_does_not_sit_there(
    counter: Counter, arguments: dict[str, Any]
) -> None:
    desk, audit = counter.session.desk, counter.store.audit
    deeds = {name: deed for name, deed in deeds_of(desk, "") if name not in ASKS_NOBODY}
    assert len(deeds) > 60
    for by in (MAY.id, LAN.id, "ai.do"):
        desk.trust.attendance.sit(None if by == "ai.do" else counter_person(counter))
        before = audit.head()
        codes = {name: refused(deed, by, arguments) for name, deed in deeds.items()}
        assert {name: code for name, code in codes.items() if code != "people.not_signed_in"} == {}
        assert audit.head() == before


def test_who_may_not_serve_does_nothing_with_a_dossier(counter: Counter, arguments: dict[str, Any]) -> None:
    desk, audit = counter.session.desk, counter.store.audit
    desk.trust.attendance.sit(MAY)
    before = audit.head()
    deeds = {name: deed for name, deed in deeds_of(desk, "") if name not in FOR_IT_TOO | ASKS_NOBODY}
    assert len(deeds) > 45
    codes = {name: refused(deed, MAY.id, arguments) for name, deed in deeds.items()}
    assert {name: code for name, code in codes.items() if code != "people.not_allowed"} == {}
    assert audit.head() == before


def counter_person(counter: Counter) -> Any:
    """Who opened the dossier, and sits there while another's name is used."""
    return counter.session.desk.trust.attendance.roster.person("canbo.mau")
