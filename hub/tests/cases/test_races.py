"""Two nodes on one PostgreSQL, and people who do things at the same moment: nothing of anybody is lost."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from provincial_hub.cases.deeds import Looked
from provincial_hub.errors import RefusedError
from provincial_hub.keeping.tables import cases, questions, revisions

from hub.tests.cases.opened_books import BORN, NAME, NOW, SUPERVISOR, Books, opened
from tools.servers.postgres import Postgres

MAU, BORN_THEN = "NGUYỄN VĂN MẪU", "1990-02-01"
AT_ONCE = 6
CODE = "H15.50.05.13-261123-097"


@pytest.fixture
def nodes(postgres: Postgres, tmp_path: Path) -> Iterator[tuple[Books, Books]]:
    """Two nodes with the same key, each with connections of its own."""
    url = postgres.new_database()
    with asyncio.Runner() as runner:
        pair = opened(runner.run, url, tmp_path), opened(runner.run, url, tmp_path)
        yield pair
        for node in pair:
            runner.run(node.ledger.close())


def at_once(books: Books, *deeds: Any) -> list[Any]:
    """What each of them came to, a refusal by its code; anything else is a failure."""

    async def all_of_them() -> list[Any]:
        return await asyncio.gather(*deeds, return_exceptions=True)

    ends = books.run(all_of_them())
    for end in ends:
        if isinstance(end, BaseException) and not isinstance(end, RefusedError):
            raise end
    return [end.code if isinstance(end, RefusedError) else end for end in ends]


def dossiers(books: Books) -> list[str]:
    names = [f"d{number}" for number in range(AT_ONCE)]
    for name in names:
        books.sealed(name)
    return names


def test_of_two_corrections_of_one_value_one_stands_and_the_other_is_heard(nodes: tuple[Books, Books]) -> None:
    one, other = nodes
    names = dossiers(one)
    told = [one.correction({NAME: (MAU, "từ trạm")}, dossier=name) for name in names]
    race = [
        deed
        for name, event in zip(names, told, strict=True)
        for deed in (
            one.reception.take_event(event),
            other.deeds.correct(SUPERVISOR, name, 1, {NAME: "từ tỉnh"}, "theo thẻ"),
        )
    ]
    ends = at_once(one, *race)
    asked = {row.dossier_id: row for row in one.rows(questions)}
    for number, name in enumerate(names):
        answer, corrected = ends[2 * number : 2 * number + 2]
        history = one.history(name)
        assert history.version == one.case(name).version == 2
        if answer["status"] == "accepted":
            assert (corrected, history.values()[NAME]) == ("dossier.changed", "từ trạm")
        else:
            assert (answer["reason"]["code"], corrected, history.values()[NAME]) == ("dossier.question", 2, "từ tỉnh")
            assert "từ trạm" in asked[name].fields


def test_corrections_of_different_values_at_two_nodes_all_stand(nodes: tuple[Books, Books]) -> None:
    one, other = nodes
    names = dossiers(one)
    race = [
        deed
        for name in names
        for deed in (
            one.deeds.correct(SUPERVISOR, name, 1, {NAME: "A"}, "1"),
            other.deeds.correct(SUPERVISOR, name, 1, {BORN: "1991-01-01"}, "2"),
            other.reception.take_event(one.correction({NAME: (MAU, "A")}, dossier=name)),
        )
    ]
    ends = at_once(one, *race)
    for number, name in enumerate(names):
        assert one.history(name).values() == {NAME: "A", BORN: "1991-01-01"}
        mine = ends[3 * number : 3 * number + 3]
        assert set(mine[:2]) <= {2, 3, 4, "correction.nothing"}, "the station may have been first with the same text"
        made = 3 - mine.count("correction.nothing")
        assert [row.version for row in one.rows(revisions) if row.dossier_id == name] == [2, 3, 4][:made]


def test_the_same_event_at_two_nodes_gets_one_receipt(nodes: tuple[Books, Books]) -> None:
    one, other = nodes
    for name in dossiers(one):
        event = one.correction({BORN: (BORN_THEN, "1991-01-01")}, dossier=name)
        first, second = at_once(one, one.reception.take_event(event), other.reception.take_event(event))
        assert first == second
        assert first["status"] == "accepted"
        assert one.case(name).version == 2


def test_one_code_goes_to_one_dossier_and_one_state_follows_another(nodes: tuple[Books, Books]) -> None:
    one, other = nodes
    names = dossiers(one)
    looked = Looked(1, "received")
    pairs = list(permutations(names[:3], 2))
    ends = at_once(
        one,
        *(
            node.deeds.assign_code(SUPERVISOR, name, looked, f"{CODE}{number}")
            for number, pair in enumerate(pairs)
            for node, name in zip(nodes, pair, strict=True)
        ),
    )
    codes = [row.official_code for row in one.rows(cases)[:3]]
    assert len(set(codes)) == 3
    assert set(ends) <= {None, "code.taken", "dossier.changed"}
    assert ends.count(None) == 3
    for name in names[3:]:
        states = [
            node.deeds.note_state(SUPERVISOR, name, looked, state, NOW.date())
            for node, state in zip(nodes, ("done", "refused"), strict=True)
        ]
        ends = at_once(other, *states)
        assert sorted(ends, key=str) == [None, "dossier.changed"]
        assert other.case(name).state == ("done", "refused")[ends.index(None)]


def test_what_a_station_is_told_at_two_nodes_has_one_order_without_gaps(nodes: tuple[Books, Books]) -> None:
    one, other = nodes
    names = dossiers(one)
    looked = Looked(1, "received")
    at_once(one, *(nodes[i % 2].deeds.give_back(SUPERVISOR, name, looked, "x") for i, name in enumerate(names)))
    assert sorted(body["dossier_id"] for _, body in other.told()) == names
