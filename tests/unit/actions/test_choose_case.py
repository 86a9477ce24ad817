"""A dossier is opened in one case of its procedure, and may turn out to be another."""

from __future__ import annotations

import pytest

from station.actions.change import Change
from station.actions.charge_fees import ChargeFees
from station.dossier.fees import first_quantities
from station.dossier.service import Payment
from station.errors import RuleError

from .conftest import OFFICER, Counter

DEATH = "1.000656"
STAY = "1.004194"
"""Temporary residence: each person of a list pays something else than one who comes alone."""


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


def test_fees_that_the_other_case_does_not_have_are_counted_anew(counter: Counter) -> None:
    charge = ChargeFees(Change(counter.dossiers, counter.clock), counter.procedures)
    dossier = counter.opened(STAY)
    alone = first_quantities(counter.procedures.get(STAY))
    charged = charge(dossier.id, alone, OFFICER).payment or Payment()
    assert charged.total == 15_000
    assert counter.choose_case(dossier.id, "listed", OFFICER).payment is None
    with pytest.raises(RuleError, match=r"dossier\.no_such_fee"):
        charge(dossier.id, alone, OFFICER)


def test_fees_of_every_case_stay_counted(counter: Counter) -> None:
    charge = ChargeFees(Change(counter.dossiers, counter.clock), counter.procedures)
    dossier = counter.opened(STAY)
    counted = charge(dossier.id, first_quantities(counter.procedures.get(STAY)), OFFICER).payment
    assert counter.choose_case(dossier.id, "barracks", OFFICER).payment == counted


def test_a_wrong_case_changes_nothing(counter: Counter) -> None:
    dossier = counter.opened(DEATH)
    with pytest.raises(RuleError, match=r"dossier\.no_such_case"):
        counter.choose_case(dossier.id, "sometimes", OFFICER)
    assert counter.get(dossier) == dossier


def test_only_what_is_received_here_today_is_offered(counter: Counter) -> None:
    codes = [procedure.code for procedure in counter.open.offered()]
    assert DEATH in codes
    assert len(codes) == len(set(codes))
