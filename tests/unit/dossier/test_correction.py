"""Corrections after the seal: nobody's text gives way silently, and none is lost."""

from __future__ import annotations

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from station.dossier.correction import Changed, Origin, Revision, disputed, settled_changes, values_now

NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
VALUES = ("page-1/full_name", "page-1/birth_date", "person/phone")
TEXTS = st.sampled_from(("", "Nguyễn Thị Đăng", "Nguyễn Thị Đặng", "0901", "MẪU"))
SEALED = st.fixed_dictionaries(dict.fromkeys(VALUES, TEXTS))


@st.composite
def corrections(draw: st.DrawFn, origin: Origin = Origin.STATION) -> tuple[Changed, ...]:
    names = draw(st.lists(st.sampled_from(VALUES), min_size=1, unique=True))
    return tuple(Changed(name, draw(TEXTS), draw(TEXTS)) for name in names)


def revision(changes: tuple[Changed, ...], origin: Origin, version: int | None, seq: int | None = None) -> Revision:
    return Revision("d", origin, changes, "vì sao", "canbo", NOON, 1, version, seq)


@given(corrections(), corrections())
def test_a_question_is_asked_exactly_where_two_made_a_value_different_texts(
    ours: tuple[Changed, ...], theirs: tuple[Changed, ...]
) -> None:
    fields = disputed(revision(ours, Origin.STATION, None, 3), revision(theirs, Origin.HUB, 2))
    mine, told = {one.value: one for one in ours}, {one.value: one for one in theirs}
    differing = {value for value in mine.keys() & told.keys() if mine[value].after != told[value].after}
    assert {field.value for field in fields} == differing
    for field in fields:
        assert (field.base, field.hub, field.station) == (
            mine[field.value].before,
            told[field.value].after,
            mine[field.value].after,
        )


@given(corrections(), corrections())
def test_who_asks_first_changes_nothing_of_what_is_asked(
    ours: tuple[Changed, ...], theirs: tuple[Changed, ...]
) -> None:
    one = disputed(revision(ours, Origin.STATION, None, 3), revision(theirs, Origin.HUB, 2))
    other = disputed(revision(theirs, Origin.STATION, None, 3), revision(ours, Origin.HUB, 2))
    assert {(field.value, field.hub, field.station) for field in one} == {
        (field.value, field.station, field.hub) for field in other
    }


@given(SEALED, st.lists(corrections(), max_size=5), st.randoms(use_true_random=False))
def test_what_the_hub_has_stands_in_its_order_whatever_the_order_in_which_it_was_heard(
    sealed: dict[str, str], told: list[tuple[Changed, ...]], chance: object
) -> None:
    revisions = [revision(changes, Origin.HUB, version) for version, changes in enumerate(told, 2)]
    shuffled = list(revisions)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert values_now(sealed, shuffled) == values_now(sealed, revisions)


@given(SEALED, corrections(), corrections())
def test_disjoint_corrections_both_stand_and_the_seal_stays(
    sealed: dict[str, str], ours: tuple[Changed, ...], theirs: tuple[Changed, ...]
) -> None:
    before = dict(sealed)
    mine = revision(ours, Origin.STATION, None, 3)
    other = revision(theirs, Origin.HUB, 2)
    now = values_now(sealed, [mine, other])
    assert sealed == before
    if not disputed(mine, other):
        assert all(now[one.value] == one.after for one in (*ours, *theirs))
    untouched = set(VALUES) - {one.value for one in (*ours, *theirs)}
    assert all(now[value] == sealed[value] for value in untouched)


@given(SEALED, corrections(), corrections(), st.data())
def test_a_settled_value_is_what_the_person_chose(
    sealed: dict[str, str], ours: tuple[Changed, ...], theirs: tuple[Changed, ...], data: st.DataObject
) -> None:
    fields = disputed(revision(ours, Origin.STATION, None, 3), revision(theirs, Origin.HUB, 2))
    choices = {field.value: data.draw(st.sampled_from((field.hub, field.station, "a third"))) for field in fields}
    settled = revision(settled_changes(fields, choices), Origin.SETTLED, 3)
    # The correction that was asked about takes the settlement's version, and stands below it.
    mine = revision(ours, Origin.STATION, 3, 3)
    now = values_now(sealed, [mine, revision(theirs, Origin.HUB, 2), settled])
    assert {value: now[value] for value in choices} == choices
