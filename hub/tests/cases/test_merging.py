"""Corrections by people who do not know of each other: none is lost, none gives way silently."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import hypothesis.strategies as st
import pytest
from hypothesis import Phase, given, settings
from provincial_hub.cases.merging import Change, Field, Merged, Question, Refused, Revision, merge, values_after

SEALED = {"name": "MẪU", "born": "1990", "place": "xã Mẫu"}
texts = st.sampled_from(["MẪU", "1990", "1991", "xã Thử", ""])
few = settings(max_examples=60)
Merge = Callable[[Mapping[str, str], Sequence[Change], Sequence[Revision]], Merged | Question | Refused]


@dataclass(frozen=True)
class Correction:
    """What somebody wants, who looked at the version `back` before the newest."""

    back: int
    wanted: Mapping[str, str]


corrections = st.builds(
    Correction, st.integers(0, 4), st.dictionaries(st.sampled_from(sorted(SEALED)), texts, min_size=1)
)


class Dossier:
    """A dossier with its versions, the sealed one being 1."""

    def __init__(self, merging: Merge) -> None:
        self.merging = merging
        self.revisions: list[Revision] = []
        self.questions: list[Question] = []

    @property
    def version(self) -> int:
        return 1 + len(self.revisions)

    def values(self, version: int | None = None) -> dict[str, str]:
        return values_after(SEALED, self.revisions[: (version or self.version) - 1])

    def changes(self, correction: Correction) -> tuple[int, tuple[Change, ...]]:
        """Its base version, and the changes as whoever saw that version would write them."""
        base = max(1, self.version - correction.back)
        seen = self.values(base)
        return base, tuple(Change(value, seen[value], after) for value, after in correction.wanted.items())

    def take(self, base: int, changes: tuple[Change, ...]) -> Merged | Question:
        made = self.merging(self.values(base), changes, self.revisions[base - 1 :])
        assert not isinstance(made, Refused)
        if isinstance(made, Merged):
            self.revisions.append(Revision(self.version + 1, made.changes))
        else:
            self.questions.append(made)
        return made


def nothing_is_lost(merging: Merge, wanted: list[Correction]) -> None:
    dossier = Dossier(merging)
    for one in wanted:
        base, changes = dossier.changes(one)
        decided = [change for revision in dossier.revisions[base - 1 :] for change in revision.changes]
        before = dossier.values()
        made = dossier.take(base, changes)
        if isinstance(made, Question):
            assert dossier.values() == before
            assert {(field.value, field.station) for field in made.fields} == set(one.wanted.items())
            assert {field.value: field.hub for field in made.fields}.items() <= before.items()
        else:
            assert one.wanted.items() <= dossier.values().items()
            for change in made.changes:
                assert change.value not in {other.value for other in decided}, "somebody's text gave way silently"


def order_does_not_matter(merging: Merge, one: Mapping[str, str], other: Mapping[str, str]) -> None:
    disjoint = {value: text for value, text in other.items() if value not in one}
    ends = []
    for pair in ((one, disjoint), (disjoint, one)):
        dossier = Dossier(merging)
        asked = [dossier.changes(Correction(0, wanted)) for wanted in pair]
        assert all(isinstance(dossier.take(*each), Merged) for each in asked)
        ends.append(dossier.values())
    assert ends[0] == ends[1] == {**SEALED, **one, **disjoint}


def replay_changes_nothing(merging: Merge, wanted: list[Correction]) -> None:
    dossier = Dossier(merging)
    for one in wanted:
        base, changes = dossier.changes(one)
        first, values = dossier.take(base, changes), dossier.values()
        again = dossier.take(base, changes)
        assert again == (Merged(()) if isinstance(first, Merged) else first)
        assert dossier.values() == values


@few
@given(st.lists(corrections, max_size=8))
def test_each_text_that_somebody_entered_stands_in_a_version_or_in_a_question(wanted: list[Correction]) -> None:
    nothing_is_lost(merge, wanted)


@few
@given(st.lists(st.tuples(st.booleans(), corrections), max_size=8))
def test_a_text_gives_way_only_to_somebody_who_saw_it(wanted: list[tuple[bool, Correction]]) -> None:
    """A station (True) has seen a version of the hub with its own corrections on top, a supervisor that version."""
    sealed, revisions = dict(SEALED), list[Revision]()
    for by_station, one in wanted:
        version = 1 + len(revisions)
        base = max(1, version - one.back)
        since = [Revision(each.version, each.changes, each.own and by_station) for each in revisions[base - 1 :]]
        at_base = values_after(sealed, revisions[: base - 1])
        seen = values_after(at_base, (each for each in since if each.own))
        now = values_after(sealed, revisions)
        made = merge(at_base, [Change(value, seen[value], after) for value, after in one.wanted.items()], since)
        if isinstance(made, Merged):
            assert all(now[change.value] == seen[change.value] for change in made.changes)
            revisions.append(Revision(version + 1, made.changes, by_station))


@few
@given(corrections, corrections)
def test_the_order_of_two_corrections_of_different_values_does_not_matter(one: Correction, other: Correction) -> None:
    order_does_not_matter(merge, one.wanted, other.wanted)


@few
@given(st.lists(corrections, max_size=8))
def test_the_same_correction_again_changes_nothing(wanted: list[Correction]) -> None:
    replay_changes_nothing(merge, wanted)


def last_writer_wins(
    _base: Mapping[str, str], changes: Sequence[Change], _since: Sequence[Revision]
) -> Merged | Question | Refused:
    return Merged(tuple(changes))


def first_writer_wins(
    base: Mapping[str, str], changes: Sequence[Change], since: Sequence[Revision]
) -> Merged | Question | Refused:
    decided = {change.value for revision in since for change in revision.changes}
    return merge(base, [change for change in changes if change.value not in decided], since)


def only_the_newest_is_looked_at(
    base: Mapping[str, str], changes: Sequence[Change], since: Sequence[Revision]
) -> Merged | Question | Refused:
    return merge(values_after(base, since[:-1]), [_rebased(base, since[:-1], one) for one in changes], since[-1:])


def _rebased(base: Mapping[str, str], since: Sequence[Revision], change: Change) -> Change:
    return Change(change.value, values_after(base, since)[change.value], change.after)


@pytest.mark.parametrize("bug", [last_writer_wins, first_writer_wins, only_the_newest_is_looked_at])
def test_a_merging_that_loses_a_text_is_found(bug: Merge) -> None:
    @settings(database=None, deadline=None, print_blob=False, phases=[Phase.generate])
    @given(st.lists(corrections, max_size=8))
    def prove(wanted: list[Correction]) -> None:
        nothing_is_lost(bug, wanted)

    with pytest.raises(AssertionError):
        prove()


def test_a_question_holds_the_whole_deed_with_what_each_side_says() -> None:
    since = [Revision(2, (Change("name", "MẪU", "MẨU"),))]
    wanted = [Change("name", "MẪU", "MÂU"), Change("born", "1990", "1991")]
    assert merge(SEALED, wanted, since) == Question(
        (Field("name", "MẪU", "MẨU", "MÂU"), Field("born", "1990", "1990", "1991"))
    )


def test_a_value_that_was_changed_and_changed_back_was_decided_about() -> None:
    since = [Revision(2, (Change("name", "MẪU", "MẨU"),)), Revision(3, (Change("name", "MẨU", "MẪU"),))]
    assert merge(SEALED, [Change("name", "MẪU", "MÂU")], since) == Question((Field("name", "MẪU", "MẪU", "MÂU"),))


def test_a_decision_to_leave_a_text_as_it_is_counts_as_one() -> None:
    since = [Revision(2, (Change("name", "MẪU", "MẪU"),))]
    assert isinstance(merge(SEALED, [Change("name", "MẪU", "MÂU")], since), Question)


def test_a_station_has_seen_its_own_corrections_before_it_heard_of_them() -> None:
    first = Revision(2, (Change("name", "MẪU", "MẨU"),), own=True)
    hubs = Revision(3, (Change("born", "1990", "1991"),))
    assert merge(SEALED, [Change("name", "MẨU", "MÂU")], [first, hubs]) == Merged((Change("name", "MẨU", "MÂU"),))
    hubs = Revision(3, (Change("name", "MẨU", "MÃU"),))
    assert merge(SEALED, [Change("name", "MẨU", "MÂU")], [first, hubs]) == Question(
        (Field("name", "MẨU", "MÃU", "MÂU"),)
    )


def test_whoever_saw_a_text_that_the_hub_never_had_is_asked() -> None:
    """Their first correction raised a question, and the second one came before they heard of it."""
    hubs = Revision(2, (Change("name", "MẪU", "MẨU"),))
    for since, hub in (([], "MẪU"), ([hubs], "MẨU")):
        assert merge(SEALED, [Change("name", "MÂU", "x")], since) == Question((Field("name", "MÂU", hub, "x"),))


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ([Change("nothing", "", "x")], "correction.unknown_value"),
        ([Change("name", "MẪU", "x"), Change("name", "MẪU", "y")], "correction.twice"),
    ],
)
def test_a_correction_of_what_the_version_did_not_say_is_refused(changes: list[Change], code: str) -> None:
    refused = merge(SEALED, changes, [])
    assert isinstance(refused, Refused)
    assert refused.reason.code == code
