"""Fees: counted by the circular's own examples, remitted with a reason, never paid by themselves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from station.dossier.fees import MOST, Quantity, charge, first_quantities, left_open, payment, quantities_of
from station.dossier.procedure import Case, Channel, Exemption, FeeLine, Per, Procedure, Tier, TimeUnit
from station.errors import RuleError

COPIES = FeeLine("copy", "Chứng thực bản sao", 2000, Per.PAGE, tiers=(Tier(3, 1000),), cap=200_000)
EXTRACT = FeeLine("extract", "Trích lục", 8000, Per.COPY, channels={Channel.ONLINE: 4000})
REGISTRATION = FeeLine("registration", "Lệ phí đăng ký", 10_000)
PROCEDURE = Procedure(
    code="0.000000", version="1", name="Mẫu", short_name="Mẫu", field="Mẫu", authority="Mẫu",
    cases=(Case("usual", "Thường", 0, TimeUnit.SAME_DAY),), fees=(REGISTRATION, EXTRACT, COPIES), fee_note="",
    results=(), legal_basis=(), papers=(),
    exemptions=(Exemption("poor", "Hộ nghèo"), Exemption("half", "Giảm một nửa", 50)),
)  # fmt: skip


@pytest.mark.parametrize(
    ("pages", "copies", "amount"),
    [(0, 1, 0), (1, 1, 2000), (2, 1, 4000), (3, 1, 5000), (5, 3, 21_000), (198, 1, 200_000), (199, 1, 200_000),
     (500, 2, 400_000)],
)  # fmt: skip
def test_a_certified_copy_costs_two_thousand_for_two_pages_one_from_the_third_and_200000_at_most(
    pages: int, copies: int, amount: int
) -> None:
    """Circular 226/2016/TT-BTC, article 4."""
    assert charge(COPIES, Quantity("copy", pages, copies)).amount == amount


def test_what_nobody_can_know_yet_is_left_open_and_is_not_free() -> None:
    counted = payment(PROCEDURE, first_quantities(PROCEDURE))
    assert [line.key for line in left_open(PROCEDURE, counted)] == ["copy"], "only a person can count pages"
    pages = payment(PROCEDURE, [Quantity("registration", 1), Quantity("copy", 2)])
    assert left_open(PROCEDURE, pages) == ()
    provinces = replace(PROCEDURE, fees=(replace(REGISTRATION, amount=0),))
    assert [line.key for line in left_open(provinces, payment(provinces, [Quantity("registration", 1)]))] == [
        "registration"
    ]
    for exemption, left in (("poor", 0), ("half", 1)):
        exempt = payment(provinces, [Quantity("registration", 1)], exemption=exemption, reason="sổ hộ nghèo")
        assert len(left_open(provinces, exempt)) == left


def test_tiers_may_stand_in_any_order() -> None:
    shuffled = replace(COPIES, tiers=(Tier(10, 500), Tier(3, 1000)), cap=None)
    assert charge(shuffled, Quantity("copy", 11)).amount == 2 * 2000 + 7 * 1000 + 2 * 500


def test_another_channel_has_another_price() -> None:
    assert charge(EXTRACT, Quantity("extract", 3)).amount == 24_000
    assert charge(EXTRACT, Quantity("extract", 3), Channel.ONLINE).amount == 12_000
    assert charge(REGISTRATION, Quantity("registration", 1), Channel.POST).amount == 10_000


def test_nobody_counts_pages_but_a_person() -> None:
    counted = payment(PROCEDURE, first_quantities(PROCEDURE))
    assert [(one.key, one.quantity, one.amount) for one in counted.charges] == [
        ("registration", 1, 10_000),
        ("extract", 1, 8000),
        ("copy", 0, 0),
    ]
    assert counted.total == 18_000
    assert not counted.paid


def test_two_papers_to_certify_are_two_counts_of_one_line() -> None:
    counted = payment(PROCEDURE, [Quantity("copy", 4, 2), Quantity("copy", 1)])
    assert counted.total == 2 * 6000 + 2000
    assert quantities_of(counted) == (Quantity("copy", 4, 2), Quantity("copy", 1))


@pytest.mark.parametrize(("exemption", "left"), [("poor", 0), ("half", 5000)])
def test_an_exemption_remits_its_part_and_keeps_the_reason(exemption: str, left: int) -> None:
    counted = payment(PROCEDURE, [Quantity("registration", 1)], exemption=exemption, reason="  Sổ số  12 ")
    assert (counted.total, counted.reason, counted.remitted) == (left, "Sổ số 12", 10_000 - left)


@pytest.mark.parametrize(
    ("quantities", "exemption", "reason", "code"),
    [
        ((Quantity("other", 1),), "", "", "dossier.no_such_fee"),
        ((Quantity("copy", -1),), "", "", "dossier.bad_quantity"),
        ((Quantity("copy", 1, 0),), "", "", "dossier.bad_quantity"),
        ((Quantity("copy", MOST + 1),), "", "", "dossier.bad_quantity"),
        ((), "rich", "Vì", "dossier.no_such_exemption"),
        ((), "poor", "  ", "dossier.no_reason"),
    ],
)
def test_what_cannot_be_counted_is_refused(
    quantities: tuple[Quantity, ...], exemption: str, reason: str, code: str
) -> None:
    with pytest.raises(RuleError) as caught:
        payment(PROCEDURE, quantities, exemption=exemption, reason=reason)
    assert caught.value.code == code


LISTED = FeeLine("listed", "Theo danh sách", 10_000, Per.PERSON, cases=("listed",))
BY_CASE = replace(
    PROCEDURE,
    cases=(*PROCEDURE.cases, Case("listed", "Theo danh sách", 1, TimeUnit.DAY)),
    fees=(replace(REGISTRATION, cases=("usual",)), LISTED, EXTRACT),
)


@pytest.mark.parametrize(("case", "lines"), [("", ["registration", "extract"]), ("listed", ["listed", "extract"])])
def test_only_the_lines_of_the_dossiers_case_are_counted(case: str, lines: list[str]) -> None:
    quantities = first_quantities(BY_CASE, case)
    assert [one.line for one in quantities] == lines
    assert [one.key for one in payment(BY_CASE, quantities, case=case).charges] == lines


def test_a_line_of_another_case_is_refused() -> None:
    with pytest.raises(RuleError, match="no_such_fee"):
        payment(BY_CASE, [Quantity("listed", 1)], case="usual")
