"""The command line's words about dossiers, on a hub's own folder."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from provincial_hub.__main__ import main
from provincial_hub.keeping.database import embedded

from hub.tests.cases.opened_books import BORN, DOSSIER, NAME, SUPERVISOR, Books, opened

CODE = "H15.50.05.13-261123-0975"


@pytest.fixture
def books(tmp_path: Path) -> Iterator[Books]:
    """A hub's folder with a dossier about which a question waits."""
    with asyncio.Runner() as runner:
        hub = opened(runner.run, embedded(tmp_path / "hub.db"), tmp_path)
        hub.sealed()
        runner.run(hub.deeds.correct(SUPERVISOR, DOSSIER, 1, {NAME: "A"}, "theo thẻ"))
        hub.take(hub.correction({NAME: ("NGUYỄN VĂN MẪU", "B")}))
        yield hub
        runner.run(hub.ledger.close())


@pytest.fixture
def say(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Any:
    """Says a word; its exit status and what it printed."""

    def words(word: str, *more: str) -> tuple[int, str]:
        status = main([word, "--data", str(tmp_path), *more])
        printed = capsys.readouterr()
        return status, printed.out + printed.err

    return words


def test_dossiers_and_questions_are_listed_without_a_value_unless_asked(books: Books, say: Any) -> None:
    status, printed = say("dossiers")
    row = json.loads(printed)
    assert (status, row["dossier_id"], row["state"], row["questions"]) == (0, DOSSIER, "received", 1)
    assert say("dossiers", "--state", "done") == (0, "")
    status, printed = say("questions")
    assert (status, json.loads(printed)["fields"]) == (1, [NAME])
    assert "NGUYỄN" not in printed
    status, printed = say("questions", "--values")
    assert json.loads(printed)["fields"] == [{"value": NAME, "base": "NGUYỄN VĂN MẪU", "hub": "A", "station": "B"}]


def test_a_supervisor_gives_a_code_and_returns_a_dossier_from_the_command_line(books: Books, say: Any) -> None:
    for name, role in (("mau", "supervisor"), ("may", "it")):
        assert say("people-add", "--id", name, "--name", "MẪU", "--role", role, "--station", "T01")[0] == 0
    give = ("assign-code", "--dossier", DOSSIER, "--code", CODE, "--by")
    assert say(*give, "nobody")[0] == 2
    status, printed = say(*give, "may")
    assert (status, "person.not_allowed" in printed) == (2, True)
    assert say(*give, "mau")[0] == 0
    other = CODE[:-1] + "6"
    assert say("assign-code", "--dossier", DOSSIER, "--code", other, "--by", "mau")[0] == 2
    assert say("assign-code", "--dossier", DOSSIER, "--code", other, "--by", "mau", "--in-place-of", CODE)[0] == 0
    assert say("return", "--dossier", DOSSIER, "--reason", "trang 2 bị mờ", "--by", "mau")[0] == 0
    case = books.case()
    assert (case.official_code, case.state) == (other, "more_wanted")
    assert [deed for deed, _ in books.written()][1:] == ["dossier.code", "dossier.code", "dossier.returned"]


def test_values_are_corrected_with_texts_that_stand_on_no_command_line(
    books: Books, say: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert say("people-add", "--id", "mau", "--name", "MẪU", "--role", "supervisor", "--station", "T01")[0] == 0
    correct = ("correct", "--dossier", DOSSIER, "--by", "mau", "--reason", "theo thẻ")
    for nonsense in ("", "[]", '{"person/full_name": 7}', '{"person/no_such": "A"}'):
        monkeypatch.setattr("sys.stdin", io.StringIO(nonsense))
        assert say(*correct)[0] == 2, nonsense
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps({NAME: "NGUYỄN VĂN MẬU"})))
    status, printed = say(*correct)
    assert (status, json.loads(printed)) == (0, {"corrected": DOSSIER, "values": [NAME]})
    assert books.written()[-1][0] == "dossier.corrected"


def test_a_value_that_the_paper_has_in_no_form_is_corrected_as_printed(
    books: Books, say: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert say("people-add", "--id", "mau", "--name", "MẪU", "--role", "supervisor", "--station", "T01")[0] == 0
    correct = ("correct", "--dossier", DOSSIER, "--by", "mau", "--reason", "theo giấy")

    def corrected(*more: str) -> tuple[int, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps({BORN: "31/02/1990"})))
        status, printed = say(*correct, *more)
        return status, printed

    for more, why in (((), "form.day"), ((), "say --as-printed"), (("--as-printed", NAME), "says nothing of this")):
        status, printed = corrected(*more)
        assert (status, why in printed) == (2, True), printed
    assert corrected("--as-printed", BORN)[0] == 0
    _, body = books.told()[-1]
    assert body["changes"] == [{"value": BORN, "before": "1990-02-01", "after": "31/02/1990", "as_printed": True}]
