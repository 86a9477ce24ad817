"""A dossier is opened in one case of its procedure, and may turn out to be another."""

from __future__ import annotations

import pytest

from station.errors import RuleError

from .conftest import OFFICER, Counter

DEATH = "1.000656"


def test_a_dossier_is_opened_in_the_usual_case_unless_another_is_chosen(counter: Counter) -> None:
    assert counter.open(DEATH, OFFICER).case == "usual"
    assert counter.get(counter.open(DEATH, OFFICER, "long_ago")).case == "long_ago"


def test_a_case_that_the_procedure_does_not_have_opens_nothing(counter: Counter) -> None:
    with pytest.raises(RuleError, match=r"dossier\.no_such_case"):
        counter.open(DEATH, OFFICER, "sometimes")
    assert counter.dossiers.find() == []


def test_another_case_is_chosen_later_and_written_down(counter: Counter) -> None:
    dossier = counter.opened(DEATH)
    changed = counter.choose_case(dossier.id, "long_ago", OFFICER)
    assert counter.get(dossier).case == changed.case == "long_ago"
    assert counter.deeds(dossier) == ["choose_case", "open_dossier"]


def test_a_wrong_case_changes_nothing(counter: Counter) -> None:
    dossier = counter.opened(DEATH)
    with pytest.raises(RuleError, match=r"dossier\.no_such_case"):
        counter.choose_case(dossier.id, "sometimes", OFFICER)
    assert counter.get(dossier) == dossier


def test_only_what_is_received_here_today_is_offered(counter: Counter) -> None:
    codes = [procedure.code for procedure in counter.open.offered()]
    assert DEATH in codes
    assert len(codes) == len(set(codes))
