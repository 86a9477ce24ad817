"""The forms of a counter: offered as the dossier stands, numbered by the year, written down, and kept as issued."""

from __future__ import annotations

from datetime import timedelta

import pypdfium2 as pdfium
import pytest

from station.actions.correct_sealed import CorrectSealed
from station.dossier.apology import Apology
from station.dossier.control_slip import ControlSlip
from station.dossier.dossier import Dossier, State
from station.dossier.form_order import FormOrder
from station.dossier.printed_form import SHOWS, FormName
from station.dossier.receipt import Receipt
from station.dossier.refusal import Refusal
from station.dossier.register import Register
from station.errors import RuleError

from .conftest import MORNING, OFFICER, CommitRefusedError, Counter, commits_refused

REASON = "Hồ sơ không thuộc thẩm quyền của Ủy ban nhân dân cấp xã."


def text_of(pdf: bytes) -> str:
    """Its words, however the lines were broken."""
    with pdfium.PdfDocument(pdf) as document:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())


def sealed(counter: Counter) -> Dossier:
    return counter.seal(counter.ready().id, OFFICER)


def refused(counter: Counter, dossier: Dossier) -> Refusal:
    form = counter.forms.issue(FormOrder(FormName.REFUSAL, dossier.id, REASON), OFFICER)
    assert isinstance(form, Refusal)
    return form


def names(counter: Counter, dossier: Dossier | None) -> list[FormName]:
    return [offer.name for offer in counter.forms.offers(dossier)]


def test_what_is_offered_follows_the_dossier(counter: Counter) -> None:
    assert names(counter, None) == [FormName.REGISTER]
    assert names(counter, counter.ready()) == [FormName.REFUSAL, FormName.REGISTER]
    assert names(counter, sealed(counter)) == [
        FormName.RECEIPT,
        FormName.RECEIPT_ROLL,
        FormName.CONTROL,
        FormName.APOLOGY,
        FormName.REGISTER,
    ]
    assert names(counter, counter.discard(counter.opened().id, OFFICER)) == [FormName.REGISTER]


def test_everything_that_is_offered_can_be_drawn(counter: Counter) -> None:
    for dossier in (counter.ready(), sealed(counter)):
        for offer in counter.forms.offers(dossier):
            order = FormOrder(offer.name, dossier.id, REASON, (MORNING + timedelta(days=30)).date())
            form = counter.forms.look(order)
            assert isinstance(form, SHOWS[offer.name])
            assert counter.forms.pdf(offer.name, form).startswith(b"%PDF")


def test_what_was_corrected_after_the_seal_is_printed_beside_what_was_sealed(counter: Counter) -> None:
    dossier = sealed(counter)
    before, code = dossier.person_name or "", counter.receipt.receipt(dossier.id).verification
    as_given = counter.receipt.receipt(dossier.id)
    assert (as_given.corrected_at, as_given.name_before) == (None, "")
    counter.clock.time += timedelta(hours=1)
    correct = CorrectSealed(counter.dossiers, counter.clock, "T01")
    correct(dossier.id, "person/full_name", "Nguyễn Thị Đặng", "nhập nhầm so với thẻ", OFFICER)
    receipt = counter.receipt.receipt(dossier.id)
    assert (receipt.submitter_name, receipt.name_before) == ("Nguyễn Thị Đặng", before)
    assert (receipt.corrected_at, receipt.id_before) == (counter.clock.time, "")
    assert receipt.verification == code, "the receipt that was handed out stays valid"
    for name in (FormName.RECEIPT, FormName.RECEIPT_ROLL):
        drawn = text_of(counter.forms.pdf(name, receipt))
        assert "Nguyễn Thị Đặng" in drawn
        assert f"(lúc tiếp nhận ghi: {before})" in drawn
    slip = counter.forms.look(FormOrder(FormName.CONTROL, dossier.id))
    assert isinstance(slip, ControlSlip)
    assert slip.person_name == slip.handovers[0].given_by == "Nguyễn Thị Đặng"
    register = counter.forms.look(FormOrder(FormName.REGISTER))
    assert isinstance(register, Register)
    assert [(row.person_name, row.corrected) for row in register.rows] == [("Nguyễn Thị Đặng", True)]
    order = FormOrder(FormName.APOLOGY, dossier.id, REASON, (MORNING + timedelta(days=30)).date())
    apology = counter.forms.look(order)
    assert isinstance(apology, Apology)
    assert apology.person_name == "Nguyễn Thị Đặng"


def test_a_correction_that_is_not_on_the_receipt_leaves_it_as_it_was(counter: Counter) -> None:
    dossier = sealed(counter)
    before = counter.receipt(dossier.id)
    correct = CorrectSealed(counter.dossiers, counter.clock, "T01")
    correct(dossier.id, "person/sex", "male", "nhập nhầm so với thẻ", OFFICER)
    assert counter.receipt(dossier.id) == before


def test_a_refusal_closes_the_dossier_and_stays_on_record(counter: Counter) -> None:
    dossier = counter.ready()
    form = refused(counter, dossier)
    assert (form.number, form.reason, form.person_name) == ("0001", REASON, "Nguyễn Thị Đăng")
    assert counter.get(dossier).state is State.DISCARDED
    assert counter.deeds(dossier).count("refuse_dossier") == 1
    assert counter.dossiers.issued_forms(dossier.id) == [form]
    (again, _register) = counter.forms.offers(counter.get(dossier))
    order = FormOrder(again.name, dossier.id, issued=again.issued)
    assert counter.forms.issue(order, OFFICER) == form
    assert counter.deeds(dossier).count("print_form") == 1


def test_looking_at_a_form_takes_no_number_and_leaves_no_trace(counter: Counter) -> None:
    dossier = counter.ready()
    before = counter.store.audit.head()
    form = counter.forms.look(FormOrder(FormName.REFUSAL, dossier.id, REASON))
    assert isinstance(form, Refusal)
    assert form.number == ""
    assert (counter.get(dossier), counter.store.audit.head()) == (dossier, before)
    assert refused(counter, dossier).number == "0001"


def test_numbers_have_no_gaps_and_begin_anew_each_year(counter: Counter) -> None:
    numbers = []
    for year in range(2):
        for _ in range(2):
            dossier = counter.ready()
            with commits_refused(), pytest.raises(CommitRefusedError):
                refused(counter, dossier)
            numbers.append(refused(counter, dossier).number)
        counter.clock.time = MORNING + timedelta(days=365 * (year + 1))
    assert numbers == ["0001", "0002", "0001", "0002"]


@pytest.mark.parametrize("name", [FormName.REFUSAL, FormName.APOLOGY])
def test_nothing_is_refused_or_excused_without_a_reason(counter: Counter, name: FormName) -> None:
    dossier = counter.ready() if name is FormName.REFUSAL else sealed(counter)
    order = FormOrder(name, dossier.id, " \n ", (MORNING + timedelta(days=30)).date())
    with pytest.raises(RuleError, match=r"dossier\.reason_needed"):
        counter.forms.issue(order, OFFICER)
    assert counter.get(dossier) == dossier
    assert counter.dossiers.issued_forms(dossier.id) == []


def test_a_sealed_dossier_cannot_be_refused_and_an_open_one_needs_no_apology(counter: Counter) -> None:
    with pytest.raises(RuleError, match=r"dossier\.not_open"):
        refused(counter, sealed(counter))
    with pytest.raises(RuleError, match=r"dossier\.not_sealed"):
        counter.forms.look(FormOrder(FormName.APOLOGY, counter.ready().id, REASON, MORNING.date()))
    with pytest.raises(RuleError, match=r"dossier\.not_sealed"):
        counter.forms.look(FormOrder(FormName.CONTROL, counter.ready().id))


def test_an_apology_asks_for_a_later_day_and_leaves_the_dossier_as_it_was_sealed(counter: Counter) -> None:
    dossier = sealed(counter)
    assert dossier.due_at is not None
    promised = dossier.due_at.date()
    for too_early in (None, promised):
        with pytest.raises(RuleError, match=r"dossier\.due_earlier"):
            counter.forms.look(FormOrder(FormName.APOLOGY, dossier.id, REASON, too_early))
    later = promised + timedelta(days=1)
    form = counter.forms.issue(FormOrder(FormName.APOLOGY, dossier.id, REASON, later), OFFICER)
    assert isinstance(form, Apology)
    assert (form.number, form.new_due, form.due_at, form.dossier_number) == (
        "0001",
        later,
        dossier.due_at,
        dossier.number,
    )
    assert counter.get(dossier) == dossier
    assert counter.dossiers.issued_forms(dossier.id) == [form]
    (entry,) = [one for one in counter.store.audit.entries(dossier.id) if one.deed == "apologise"]
    assert entry.detail == {"number": "0001", "new_due": later.isoformat()}


def test_the_control_slip_begins_with_the_counters_own_hands(counter: Counter) -> None:
    dossier = sealed(counter)
    slip = counter.forms.look(FormOrder(FormName.CONTROL, dossier.id))
    assert isinstance(slip, ControlSlip)
    first, *rest = slip.handovers
    assert (first.given_by, first.given_at) == ("Nguyễn Thị Đăng", dossier.opened_at)
    assert (first.taken_by, first.taken_at) == ("Cán bộ Mẫu", dossier.sealed_at)
    assert rest
    assert all(one.given_at is None and one.taken_by == "" for one in rest)


def test_the_register_has_the_dossiers_of_its_day_in_the_order_of_their_seals(counter: Counter) -> None:
    midnight = MORNING.replace(hour=0, minute=0)
    numbers = []
    for at in (midnight - timedelta(seconds=1), midnight, MORNING, midnight + timedelta(days=1)):
        counter.clock.time = at
        numbers.append(sealed(counter).number)
    counter.clock.time = MORNING
    register = counter.forms.look(FormOrder(FormName.REGISTER))
    assert isinstance(register, Register)
    assert [row.number for row in register.rows] == numbers[1:3]
    row = register.rows[0]
    procedure = counter.procedures.get("2.000815")
    assert (row.person_name, row.procedure_name, row.acknowledged) == ("Nguyễn Thị Đăng", procedure.name, False)
    other = counter.forms.look(FormOrder(FormName.REGISTER, day=(MORNING - timedelta(days=1)).date()))
    assert isinstance(other, Register)
    assert [row.number for row in other.rows] == numbers[:1]


def test_printing_is_written_down_with_the_forms_name(counter: Counter) -> None:
    dossier = sealed(counter)
    form = counter.forms.issue(FormOrder(FormName.RECEIPT_ROLL, dossier.id), OFFICER)
    assert isinstance(form, Receipt)
    (entry,) = [one for one in counter.store.audit.entries(dossier.id) if one.deed == "print_form"]
    assert entry.detail == {"form": "receipt_roll"}
