"""The catalogue says what each procedure asks for, and refuses a file that is wrong with file, place and remedy."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from station import paths
from station.catalogue.procedures import Procedures
from station.dossier.procedure import Handling, TimeUnit
from station.errors import ResourceError, RuleError
from station.language import Language
from station.scan.papers.folder import load_papers

KINDS = load_papers(paths.resources() / "papers").kinds
SHIPPED = paths.resources() / "procedures"

GOOD = """\
code = "9.000001"
version = "2026-01-01"
name = "Thủ tục mẫu"
short_name = "Mẫu"
field = "Thử nghiệm"
authority = "Ủy ban nhân dân cấp xã"
time = 3
unit = "working_day"
fee = 0
fee_note = "Không thu."
result = "Văn bản mẫu"
legal_basis = []

[[papers]]
key = "form"
name = "Tờ khai"
kinds = ["birth_certificate"]
"""


def written(folder: Path, text: str, name: str = "9.000001.toml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def shipped() -> Procedures:
    return Procedures(SHIPPED, KINDS)


def test_four_procedures_ship_with_the_program(shipped: Procedures) -> None:
    assert {procedure.code for procedure in shipped.all()} == {"1.001193", "1.000894", "2.000815", "1.010041"}


def test_birth_registration_needs_one_proof_of_birth_out_of_three(shipped: Procedures) -> None:
    birth = shipped.get("1.001193")
    proofs = [paper for paper in birth.papers if paper.one_of == "proof_of_birth"]
    assert [paper.key for paper in proofs] == ["birth_notice", "witness_statement", "undertaking"]
    assert proofs[0].kinds == ("birth_notice",)
    assert all(paper.required for paper in proofs)
    assert birth.case().unit is TimeUnit.SAME_DAY


def test_identity_papers_are_only_presented(shipped: Procedures) -> None:
    identity = next(paper for paper in shipped.get("1.001193").papers if paper.key == "identity")
    assert identity.handling is Handling.PRESENT
    assert set(identity.kinds) == {"citizen_card_front", "identity_card_front"}


def test_no_component_is_a_mere_note(shipped: Procedures) -> None:
    for procedure in shipped.all():
        for paper in procedure.papers:
            assert paper.originals + paper.copies > 0
            assert "lưu ý" not in paper.name.casefold()


def test_an_unknown_code_or_version_is_refused(shipped: Procedures) -> None:
    for asked in (("0.000000", None), ("1.001193", "1999-01-01")):
        with pytest.raises(RuleError) as caught:
            shipped.get(*asked)
        assert caught.value.code == "dossier.no_such_procedure"


def test_an_old_version_stays_available_beside_the_newest(tmp_path: Path) -> None:
    written(tmp_path, GOOD)
    written(tmp_path, GOOD.replace("2026-01-01", "2027-01-01").replace("time = 3", "time = 5"), "9.000001@2027.toml")
    catalogue = Procedures(tmp_path, KINDS)
    assert catalogue.get("9.000001").case().time == 5
    assert catalogue.get("9.000001", "2026-01-01").case().time == 3
    assert len(catalogue.all()) == 1


@pytest.mark.parametrize(
    ("change", "code", "place"),
    [
        (("fee = 0", "fee = 0\nfees = 0"), "resource.unknown_key", "fees"),
        (('name = "Tờ khai"', 'name = "Tờ khai"\nkind = "other"'), "resource.unknown_key", "papers[1].kind"),
        (("time = 3", 'time = "3"'), "resource.wrong_type", "time"),
        (('version = "2026-01-01"', 'version = "mới"'), "resource.bad_value", "version"),
        (('version = "2026-01-01"', 'version = "20260101"'), "resource.bad_value", "version"),
        (("time = 3", "time = true"), "resource.wrong_type", "time"),
        (("time = 3", "time = 0"), "resource.bad_value", "time"),
        (("fee = 0", "fee = -1"), "resource.bad_value", "fee"),
        (('unit = "working_day"', 'unit = "week"'), "resource.bad_value", "unit"),
        (('fee_note = "Không thu."', ""), "resource.missing_key", "fee_note"),
        (('"birth_certificate"', '"birth_certificat"'), "resource.unknown_kind", "papers[1].kinds[1]"),
        (('"birth_certificate"', "1"), "resource.wrong_type", "papers[1].kinds"),
        (('name = "Tờ khai"', 'name = "Lưu ý"\noriginals = 0'), "resource.bad_value", "papers[1].originals"),
        (("[[papers]]", "[[papers"), "resource.unreadable", "at line 14"),
    ],
)
def test_a_wrong_file_is_refused_with_its_name_and_the_place(
    tmp_path: Path, change: tuple[str, str], code: str, place: str
) -> None:
    assert GOOD.count(change[0]) == 1
    written(tmp_path, GOOD.replace(*change))
    with pytest.raises(ResourceError) as caught:
        Procedures(tmp_path, KINDS)
    assert caught.value.code == code
    assert caught.value.parameters["file"] == "9.000001.toml"
    assert place in str(caught.value.parameters["place"])


def test_the_same_paper_twice_is_refused(tmp_path: Path) -> None:
    written(tmp_path, GOOD + '\n[[papers]]\nkey = "form"\nname = "Tờ khai khác"\n')
    with pytest.raises(ResourceError) as caught:
        Procedures(tmp_path, KINDS)
    assert caught.value.parameters["place"] == "papers[2].key"


def test_the_same_version_in_two_files_is_refused(tmp_path: Path) -> None:
    written(tmp_path, GOOD)
    written(tmp_path, GOOD, "copy.toml")
    with pytest.raises(ResourceError) as caught:
        Procedures(tmp_path, KINDS)
    assert (caught.value.code, caught.value.parameters["file"]) == ("resource.duplicate", "copy.toml")


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ResourceError) as caught:
        Procedures(tmp_path, KINDS)
    assert caught.value.code == "resource.none_found"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_refusal_can_be_told_to_a_person(tmp_path: Path, language: str) -> None:
    told = Language.load(language)
    written(tmp_path, GOOD.replace("time = 3", 'time = "3"'))
    with pytest.raises(ResourceError) as caught:
        Procedures(tmp_path, KINDS)
    text = told.error(caught.value)
    assert "9.000001.toml" in text.sentence
    assert "7" in text.sentence
    assert text.remedy


def test_the_kinds_are_those_of_the_documented_vocabulary() -> None:
    told = (Path(__file__).parents[3] / "docs" / "reading.md").read_text(encoding="utf-8")
    rows = told.partition("\n## Kinds and keys\n")[2].partition("\n## ")[0].splitlines()
    documented = {kind for row in rows if row.startswith("| `") for kind in re.findall(r"`(\w+)`", row.split("|")[1])}
    assert documented == set(KINDS)


def test_both_sides_of_a_card_are_asked_for_only_where_the_file_says_so(tmp_path: Path) -> None:
    card = GOOD.replace('kinds = ["birth_certificate"]', 'kinds = ["citizen_card_front"]\nboth_sides = true')
    (asked,) = Procedures(written(tmp_path, card), KINDS).get("9.000001").papers
    assert asked.both_sides
    (plain,) = Procedures(written(tmp_path, GOOD), KINDS).get("9.000001").papers
    assert not plain.both_sides
