"""Whatever a dossier holds, it is loaded as it was saved."""

from __future__ import annotations

import contextlib
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from station.dossier.dossier import Dossier, State
from station.dossier.entry import Answer, Correction, Entry, Verdict
from station.dossier.page import Page
from station.dossier.reading import Code, Doubt, QualityIssue, ReadField, Source, Status
from station.dossier.service import Charge, Consent, Parked, Payment, PaymentMethod, Showing, Signature
from station.dossier.supplement_slip import SlipRow, SupplementSlip
from station.paths import DataFolder
from station.store.keys import Keys
from station.store.store import Store

NAMES = st.text(max_size=12)
TRAPS = ["Nguyễn Thị Đăng", '"; DROP TABLE dossier; --', "\0", "a\0b", unicodedata.normalize("NFD", "ế")]
TEXTS = st.text(max_size=30) | st.sampled_from(TRAPS)
WHOLE = st.integers(-(2**63), 2**63 - 1)
SHARES = st.floats(allow_nan=False)
MIN, MAX = datetime(1990, 1, 2), datetime(2100, 1, 1)  # noqa: DTZ001 - the offset is drawn apart
OFFSETS = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
MOMENTS = st.datetimes(MIN, MAX).flatmap(lambda naive: OFFSETS.map(lambda zone: naive.replace(tzinfo=zone)))
READINGS = st.builds(
    ReadField,
    key=NAMES,
    value=TEXTS,
    printed=TEXTS,
    confidence=SHARES,
    status=st.sampled_from(Status),
    source=st.sampled_from(Source),
    box=st.none() | st.tuples(WHOLE, WHOLE, WHOLE, WHOLE),
    others=st.lists(TEXTS, max_size=3).map(tuple),
    doubt=st.none() | st.sampled_from(Doubt),
)
POINTS = st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6))
OUTLINES = st.tuples(POINTS, POINTS, POINTS, POINTS)
CORRECTIONS = st.builds(Correction, old=TEXTS, new=TEXTS, by=NAMES, at=MOMENTS)
ANSWERS = st.builds(Answer, verdict=st.sampled_from(Verdict), at=MOMENTS)
PAGES = st.builds(
    Page,
    id=NAMES,
    number=WHOLE,
    sha256=st.binary(min_size=32, max_size=32).map(bytes.hex),
    size=WHOLE,
    media_type=NAMES,
    origin=NAMES,
    captured_at=MOMENTS,
    kind=st.none() | NAMES,
    kind_confidence=SHARES,
    kind_set_by=st.none() | NAMES,
    rotation=WHOLE,
    quality=st.lists(st.builds(QualityIssue, code=NAMES, value=SHARES), max_size=2).map(tuple),
    codes=st.lists(st.builds(Code, symbology=NAMES, text=TEXTS), max_size=2).map(tuple),
    mrz=st.lists(TEXTS, max_size=3).map(tuple),
    text=TEXTS,
    failure=st.none() | NAMES,
    goes_with=st.none() | NAMES,
    goes_with_set_by=st.none() | NAMES,
    outline=st.none() | OUTLINES,
    found=st.none() | OUTLINES,
    fingerprint=NAMES,
    same_as=st.none() | NAMES,
    issues=st.lists(st.builds(QualityIssue, code=NAMES, value=SHARES), max_size=2).map(tuple),
    kept_by=st.none() | NAMES,
    reused_from=st.none() | NAMES,
    again=st.booleans(),
)
PAYMENTS = st.builds(
    Payment,
    charges=st.lists(st.builds(Charge, key=NAMES, name=TEXTS, quantity=WHOLE, amount=WHOLE), max_size=2).map(tuple),
    remitted=WHOLE,
    exemption=NAMES,
    reason=TEXTS,
    method=st.none() | st.sampled_from(PaymentMethod),
    paid_by=st.none() | NAMES,
    paid_at=st.none() | MOMENTS,
)
CONSENTS = st.builds(Consent, subject=NAMES, given=st.booleans(), by=NAMES, at=MOMENTS)
SHOWINGS = st.builds(
    Showing, screen=NAMES, at=MOMENTS, entry_ids=st.lists(NAMES, max_size=2).map(tuple), digest=NAMES, answer=NAMES
)
SIGNATURES = st.builds(Signature, sha256=NAMES, size=WHOLE, digest=NAMES, at=MOMENTS)

SLIPS = st.builds(
    SupplementSlip,
    **dict.fromkeys(("number", "procedure_code", "email"), NAMES),
    **dict.fromkeys(("authority", "department", "procedure_name", "person_name", "person_id"), TEXTS),
    **dict.fromkeys(("address", "phone", "officer"), TEXTS),
    rows=st.lists(st.builds(SlipRow, name=TEXTS, originals=WHOLE, copies=WHOLE, reason=TEXTS), max_size=2).map(tuple),
    at=MOMENTS,
    practice=st.booleans(),
)


def entries_on(page_ids: list[str]) -> st.SearchStrategy[Entry]:
    return st.builds(
        Entry,
        id=NAMES,
        key=NAMES | st.sampled_from(["full_name", "id_number", "mother.full_name"]),
        value=TEXTS,
        page_id=st.sampled_from([None, *page_ids]),
        readings=st.lists(READINGS, max_size=2).map(tuple),
        corrections=st.lists(CORRECTIONS, max_size=2).map(tuple),
        checked_by=st.none() | NAMES,
        checked_at=st.none() | MOMENTS,
        answer=st.none() | ANSWERS,
    )


@st.composite
def dossiers(draw: st.DrawFn) -> Dossier:
    pages = tuple(draw(st.lists(PAGES, max_size=3, unique_by=lambda page: page.id)))
    on = entries_on([page.id for page in pages])
    return draw(
        st.builds(
            Dossier,
            id=st.just("dossier"),
            procedure_code=NAMES,
            procedure_version=NAMES,
            opened_by=NAMES,
            opened_at=MOMENTS,
            state=st.sampled_from([State.OPEN, State.DISCARDED]),
            pages=st.just(pages),
            entries=st.lists(on, max_size=4, unique_by=lambda entry: entry.id).map(tuple),
            presented=st.lists(NAMES, max_size=3).map(tuple),
            warnings=st.lists(NAMES, max_size=3).map(tuple),
            number=st.none() | NAMES,
            sealed_by=st.none() | NAMES,
            sealed_at=st.none() | MOMENTS,
            due_at=st.none() | MOMENTS,
            extra=st.dictionaries(NAMES, TEXTS, max_size=3),
            case=NAMES,
            conditions=st.dictionaries(NAMES, st.booleans(), max_size=3),
            holder=NAMES,
            parked=st.none() | st.builds(Parked, by=NAMES, at=MOMENTS, note=TEXTS),
            payment=st.none() | PAYMENTS,
            consents=st.lists(CONSENTS, max_size=2).map(tuple),
            showings=st.lists(SHOWINGS, max_size=2).map(tuple),
            signature=st.none() | SIGNATURES,
            counted=st.dictionaries(NAMES, WHOLE, max_size=3),
            slips=st.lists(SLIPS, max_size=2).map(tuple),
        )
    )


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    folder = DataFolder(tmp_path_factory.mktemp("round-trip"))
    with Store.open(folder, Keys.derived_from(b"k" * 32)) as opened:
        yield opened


def offsets(dossier: Dossier) -> list[object]:
    moments = [dossier.opened_at, dossier.sealed_at, dossier.due_at, *(page.captured_at for page in dossier.pages)]
    return [moment.utcoffset() if moment else None for moment in moments]


class UndoError(Exception):
    """Ends a transaction without keeping it."""


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(first=dossiers(), second=dossiers())
def test_any_dossier_is_loaded_as_it_was_saved(shared: Store, first: Dossier, second: Dossier) -> None:
    """And written over by any other dossier it leaves nothing behind."""
    with contextlib.suppress(UndoError), shared.dossiers.transaction() as transaction:
        saved = transaction.save(first)
        assert transaction.load("dossier") == saved == replace(first, version=1)
        assert offsets(transaction.load("dossier")) == offsets(first)
        again = transaction.save(replace(second, version=1))
        assert transaction.load("dossier") == again == replace(second, version=2)
        raise UndoError
    assert shared.dossiers.find() == []
