"""A dossier is opened, and the citizen is identified: by the card's code, by its picture, or by hand."""

from __future__ import annotations

import pytest

from station import paths
from station.dossier.dossier import State
from station.dossier.reading import Source
from station.errors import InputError, RuleError, StationError

from .conftest import BIRTH, CARD, MORNING, OFFICER, CommitRefusedError, Counter, commits_refused

SPECIMENS = paths.resources() / "specimens" / "tray" / "1-khai-sinh"
ELEVEN = f"{CARD}|Nguyễn Văn Mẫu|Trần Thị Mẫu||điều chưa biết"


def test_an_opened_dossier_is_empty_and_says_who_opened_it_when_and_for_what(counter: Counter) -> None:
    dossier = counter.open(BIRTH, OFFICER)
    assert counter.get(dossier) == dossier
    assert (dossier.opened_by, dossier.opened_at, dossier.state) == (OFFICER, MORNING, State.OPEN)
    procedure = counter.procedures.get(BIRTH)
    assert (dossier.procedure_code, dossier.procedure_version) == (procedure.code, procedure.version)
    assert (dossier.pages, dossier.entries, dossier.version) == ((), (), 1)
    assert counter.deeds(dossier) == ["open_dossier"]


def test_a_procedure_that_nobody_knows_opens_nothing(counter: Counter) -> None:
    with pytest.raises(RuleError, match=r"dossier\.no_such_procedure"):
        counter.open("9.999999", OFFICER)
    assert counter.dossiers.find() == []


def test_an_opening_that_cannot_be_committed_leaves_neither_dossier_nor_audit(counter: Counter) -> None:
    with commits_refused(), pytest.raises(CommitRefusedError):
        counter.open(BIRTH, OFFICER)
    assert counter.dossiers.find() == []
    assert counter.store.audit.entries() == []


def test_a_card_of_seven_fields_fills_in_the_person(counter: Counter) -> None:
    dossier = counter.get(counter.identify.by_payload(counter.opened().id, CARD, OFFICER))
    assert {entry.key: entry.value for entry in dossier.entries_of(None)} == {
        "id_number": "001199000123",
        "full_name": "Nguyễn Thị Đăng",
        "birth_date": "1999-03-05",
        "sex": "female",
        "residence": "Thôn Mẫu, xã Mẫu, tỉnh Mẫu",
        "issue_date": "2024-07-01",
    }
    assert {entry.source for entry in dossier.entries} == {Source.QR}
    assert all(entry.trusted for entry in dossier.entries)
    assert (dossier.warnings, dossier.extra) == ((), {})


def test_the_four_fields_more_of_a_new_card_are_kept_and_never_mapped(counter: Counter) -> None:
    plain = counter.identify.by_payload(counter.opened().id, CARD, OFFICER)
    dossier = counter.get(counter.identify.by_payload(counter.opened().id, ELEVEN, OFFICER))
    assert [entry.value for entry in dossier.entries] == [entry.value for entry in plain.entries]
    assert dossier.extra == {"extra[0]": "Nguyễn Văn Mẫu", "extra[1]": "Trần Thị Mẫu", "extra[3]": "điều chưa biết"}


@pytest.mark.parametrize(
    ("payload", "code"),
    [
        (CARD.replace("Nguyễn Thị Đăng", "Nguy?n Th? ??ng"), "code.mangled"),
        (CARD.replace("Đăng", "\ufffdăng"), "code.mangled"),
        (CARD.replace("001199000123", "00119900"), "code.not_a_card"),
        (CARD.replace("05031999", "31021999"), "code.not_a_card"),
        ("https://example.invalid/", "code.not_a_card"),
        ("", "code.not_a_card"),
    ],
)
def test_a_mangled_or_other_code_is_refused_and_changes_nothing(counter: Counter, payload: str, code: str) -> None:
    before = counter.identified()
    with pytest.raises(InputError) as refused:
        counter.identify.by_payload(before.id, payload, OFFICER)
    assert refused.value.code == code
    assert refused.value.parameters == {}
    assert counter.get(before) == before


def test_the_picture_of_a_card_says_what_its_code_says(counter: Counter) -> None:
    picture = (SPECIMENS / "01-citizen-card-front.jpg").read_bytes()
    dossier = counter.identify.by_image(counter.opened().id, picture, OFFICER)
    assert (dossier.person_name, dossier.person_id) == ("Nguyễn Thị Đăng", "040198003517")


def test_a_picture_without_a_code_is_refused(counter: Counter) -> None:
    dossier = counter.opened()
    with pytest.raises(InputError, match=r"code\.not_found"):
        counter.identify.by_image(dossier.id, (SPECIMENS / "02-citizen-card-back.jpg").read_bytes(), OFFICER)
    assert counter.get(dossier) == dossier


def test_a_typed_person_says_that_it_was_typed(counter: Counter) -> None:
    values = {"full_name": "  Nguyễn  Thị Đăng ", "id_number": "001199000123", "sex": "", "birth_date": "1999-03-05"}
    dossier = counter.identify.by_hand(counter.opened().id, values, OFFICER)
    assert {entry.key for entry in dossier.entries} == {"full_name", "id_number", "birth_date"}
    assert dossier.person_name == "Nguyễn Thị Đăng"
    assert {entry.source for entry in dossier.entries} == {Source.TYPED}


@pytest.mark.parametrize("missing", ["full_name", "id_number"])
def test_a_typed_person_needs_a_name_and_a_number(counter: Counter, missing: str) -> None:
    dossier = counter.opened()
    values = {"full_name": "Nguyễn Thị Đăng", "id_number": "001199000123", missing: "   "}
    with pytest.raises(InputError, match=r"value\.person_incomplete"):
        counter.identify.by_hand(dossier.id, values, OFFICER)
    assert counter.get(dossier) == dossier


def test_a_number_that_does_not_fit_the_person_is_a_warning_and_no_refusal(counter: Counter) -> None:
    values = {"full_name": "Nguyễn Văn Mẫu", "id_number": "001199000123", "sex": "male", "birth_date": "1970-01-01"}
    dossier = counter.identify.by_hand(counter.opened().id, values, OFFICER)
    assert set(dossier.warnings) == {"id.sex_mismatch", "id.year_mismatch"}


def test_another_card_replaces_the_person_and_leaves_the_papers_values(counter: Counter) -> None:
    dossier = counter.identified()
    page = counter.page(dossier)
    counter.correct.add(dossier.id, page.id, "subject.full_name", "Trần Văn Mẫu", OFFICER)
    after = counter.identify.by_payload(dossier.id, CARD.replace("Nguyễn Thị Đăng", "Lê Thị Mẫu"), OFFICER)
    assert after.person_name == "Lê Thị Mẫu"
    assert len(after.entries_of(None)) == len(dossier.entries_of(None))
    assert after.value("subject.full_name", page.id) == "Trần Văn Mẫu"


def test_a_sealed_dossier_takes_no_other_person(counter: Counter) -> None:
    sealed = counter.seal(counter.ready().id, OFFICER, despite_warnings=True)
    with pytest.raises(StationError, match=r"dossier\.not_open"):
        counter.identify.by_payload(sealed.id, CARD, OFFICER)
    assert counter.get(sealed) == sealed


def test_the_audit_trail_names_the_source_and_nothing_of_the_person(counter: Counter) -> None:
    dossier = counter.identified()
    (entry,) = (entry for entry in counter.store.audit.entries(dossier.id) if entry.deed == "identify_person")
    assert (entry.by, entry.at, entry.detail) == (OFFICER, MORNING, {"source": "qr"})
