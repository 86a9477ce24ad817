"""The catalogue says what each procedure asks for, and refuses a file that is wrong with file, line and remedy."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from station import paths
from station.catalogue.procedures import Procedures
from station.dossier.procedure import Channel, Level, Per, Procedure, Tier, TimeUnit
from station.errors import ResourceError, RuleError
from station.language import Language
from station.scan.papers.folder import load_papers

KINDS = load_papers(paths.resources() / "papers").kinds

GOOD = """\
code = "9.000001"
version = "2026-01-01"
name = "Thủ tục mẫu"
short_name = "Mẫu"
field = "Thử nghiệm"
authority = "Ủy ban nhân dân cấp xã"
results = ["Văn bản mẫu"]
legal_basis = []
fee_note = "Không thu."

[[cases]]
key = "usual"
time = 3
unit = "working_day"

[[papers]]
key = "form"
name = "Tờ khai"
kinds = ["birth_certificate"]
"""
WHOLE = """\
code = "9.000002"
version = "2026-01-01"
name = "Thủ tục đủ mục"
short_name = "Đủ"
field = "Thử nghiệm"
authority = "Ủy ban nhân dân cấp xã"
level = "commune"
results = ["Văn bản mẫu", "Bản sao"]
legal_basis = ["01/2026/NĐ-CP"]
fee_note = "Theo biểu phí."
valid_from = 2026-01-01
valid_to = 2026-12-31
from_memory = ["authority", "cases.slow", "papers.deed", "fees.pages", "exemptions.poor"]

[[cases]]
key = "quick"
name = "Ngay"
time = 0
unit = "same_day"

[[cases]]
key = "slow"
name = "Phải xác minh"
time = 5
unit = "working_day"
note = "Có văn bản trả lời."

[[conditions]]
key = "married"
question = "Đã kết hôn chưa?"

[[fees]]
key = "pages"
name = "Phí"
amount = 2000
per = "page"
channels = { online = 1000 }
tiers = [{ start = 3, amount = 1000 }, { start = 10, amount = 500 }]
cap = 200000
cases = ["slow"]

[[exemptions]]
key = "poor"
name = "Hộ nghèo"
percent = 50

[[papers]]
key = "form"
name = "Tờ khai"
code = "000.00.00.G15-KQ003204"

[[papers]]
key = "deed"
name = "Giấy chứng nhận kết hôn"
one_of = "marriage"
cases = ["slow"]
when = ["married"]

[[papers]]
key = "word"
name = "Văn bản cam đoan"
one_of = "marriage"
when = ["!married"]
"""


def written(folder: Path, text: str, name: str = "9.000001.toml") -> Path:
    (folder / name).write_text(text, encoding="utf-8")
    return folder


def whole(folder: Path, *change: str) -> Procedure:
    written(folder, WHOLE.replace(*change) if change else WHOLE, "9.000002.toml")
    return Procedures(folder, KINDS).get("9.000002")


def test_every_field_of_a_file_is_read(tmp_path: Path) -> None:
    read = whole(tmp_path)
    assert [(case.key, case.time, case.unit) for case in read.cases] == [
        ("quick", 0, TimeUnit.SAME_DAY),
        ("slow", 5, TimeUnit.WORKING_DAY),
    ]
    assert read.case("slow").note == "Có văn bản trả lời."
    (fee,) = read.fees
    assert (fee.amount, fee.per, fee.channels, fee.cap) == (2000, Per.PAGE, {Channel.ONLINE: 1000}, 200000)
    assert fee.tiers == (Tier(3, 1000), Tier(10, 500))
    assert fee.cases == ("slow",)
    assert [(one.key, one.percent) for one in read.exemptions] == [("poor", 50)]
    assert [(one.key, one.question) for one in read.conditions] == [("married", "Đã kết hôn chưa?")]
    assert (read.valid_from, read.valid_to) == (date(2026, 1, 1), date(2026, 12, 31))
    assert read.results == ("Văn bản mẫu", "Bản sao")
    assert "papers.deed" in read.from_memory
    assert "authority" in read.from_memory
    assert "papers.form" not in read.from_memory


def test_a_paper_is_asked_for_by_case_and_by_answers(tmp_path: Path) -> None:
    form, deed, word = whole(tmp_path).papers
    assert form.is_asked("quick", {})
    assert deed.is_asked("quick", {"married": True}) is False
    assert deed.is_asked("slow", {}) is None
    assert deed.is_asked("slow", {"married": True}) is True
    assert word.is_asked("quick", {"married": False}) is True
    assert word.is_asked("quick", {"married": True}) is False


def test_how_long_a_dossier_stays_may_stand_in_its_procedure(tmp_path: Path) -> None:
    assert whole(tmp_path).retention_days is None
    line = 'version = "2026-01-01"'
    stays = whole(tmp_path, line, f"{line}\nretention_days = 90\n")
    assert stays.retention_days == 90


def test_an_unknown_code_or_version_is_refused(tmp_path: Path) -> None:
    catalogue = Procedures(written(tmp_path, GOOD), KINDS)
    for asked in (("0.000000", None), ("9.000001", "1999-01-01")):
        with pytest.raises(RuleError) as caught:
            catalogue.get(*asked)
        assert caught.value.code == "dossier.no_such_procedure"


def test_an_old_version_stays_available_beside_the_newest(tmp_path: Path) -> None:
    written(tmp_path, GOOD, "9.000001@2026-01-01.toml")
    written(tmp_path, GOOD.replace("2026-01-01", "2027-01-01").replace("time = 3", "time = 5"))
    catalogue = Procedures(tmp_path, KINDS)
    newest = catalogue.get("9.000001")
    assert newest.case().time == 5
    assert catalogue.get("9.000001", "2026-01-01").case().time == 3
    assert len(catalogue.all()) == 1
    before = catalogue.before(newest)
    assert before is not None
    assert before.version == "2026-01-01"
    assert catalogue.before(before) is None


def test_only_what_is_valid_on_the_day_is_offered(tmp_path: Path) -> None:
    begins = GOOD.replace("2026-01-01", "2026-12-01").replace("legal_basis", "valid_from = 2027-01-01\nlegal_basis")
    written(tmp_path, GOOD, "9.000001@2026-01-01.toml")
    written(tmp_path, begins)
    catalogue = Procedures(tmp_path, KINDS)
    assert [one.version for one in catalogue.all(date(2026, 12, 31))] == ["2026-01-01"]
    assert [one.version for one in catalogue.all(date(2027, 1, 1))] == ["2026-12-01"]


def test_what_has_ended_is_offered_no_more_and_older_dossiers_still_find_it(tmp_path: Path) -> None:
    written(tmp_path, GOOD)
    written(tmp_path, WHOLE, "9.000002.toml")
    catalogue = Procedures(tmp_path, KINDS)
    assert [one.code for one in catalogue.all(date(2026, 12, 31))] == ["9.000002", "9.000001"]
    assert [one.code for one in catalogue.all(date(2027, 1, 1))] == ["9.000001"]
    assert catalogue.get("9.000002", "2026-01-01").short_name == "Đủ"


def test_what_the_province_receives_is_not_offered_at_the_commune(tmp_path: Path) -> None:
    written(tmp_path, GOOD)
    written(tmp_path, WHOLE.replace('level = "commune"', 'level = "province"'), "9.000002.toml")
    catalogue = Procedures(tmp_path, KINDS)
    assert [one.code for one in catalogue.all()] == ["9.000001"]
    assert [one.code for one in catalogue.all(level=Level.PROVINCE)] == ["9.000002"]


@pytest.mark.parametrize(
    ("change", "code", "place"),
    [
        (("legal_basis = []", "legal_basis = []\nfee = 0"), "resource.unknown_key", "fee"),
        (('name = "Tờ khai"', 'name = "Tờ khai"\nkind = "other"'), "resource.unknown_key", "papers[1].kind"),
        (("time = 3", 'time = "3"'), "resource.wrong_type", "cases[1].time"),
        (("time = 3", "time = true"), "resource.wrong_type", "cases[1].time"),
        (("time = 3", "time = 0"), "resource.bad_value", "cases[1].time"),
        (('unit = "working_day"', 'unit = "week"'), "resource.bad_value", "cases[1].unit"),
        (('unit = "working_day"', 'unit = "same_day"'), "resource.bad_value", "cases[1].time"),
        (('version = "2026-01-01"', 'version = "mới"'), "resource.bad_value", "version"),
        (('version = "2026-01-01"', 'version = "20260101"'), "resource.bad_value", "version"),
        (('code = "9.000001"', 'code = "9.1"'), "resource.bad_value", "code"),
        (('code = "9.000001"', 'code = "9.000009"'), "resource.wrong_name", "code"),
        (('fee_note = "Không thu."', ""), "resource.missing_key", "fee_note"),
        (('results = ["Văn bản mẫu"]', "results = []"), "resource.missing_key", "results"),
        (('"birth_certificate"', '"birth_certificat"'), "resource.unknown_kind", "papers[1].kinds[1]"),
        (('"birth_certificate"', "1"), "resource.wrong_type", "papers[1].kinds"),
        (('name = "Tờ khai"', 'name = "Lưu ý"\noriginals = 0'), "resource.bad_value", "papers[1].originals"),
        (('key = "form"', 'key = "Tờ khai"'), "resource.bad_value", "papers[1].key"),
        (('key = "form"', 'key = "form"\none_of = "proof"'), "resource.lonely", "papers[1].one_of"),
        (("legal_basis = []", "legal_basis = []\nretention_days = 0"), "resource.bad_value", "retention_days"),
        (("legal_basis = []", 'legal_basis = []\nretention_days = "ít lâu"'), "resource.wrong_type", "retention_days"),
        (("[[papers]]", "[[papers"), "resource.unreadable", "line 16"),
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


@pytest.mark.parametrize(
    ("change", "code", "place"),
    [
        (('when = ["married"]', 'when = ["maried"]'), "resource.unknown_name", "papers[2].when[1]"),
        (('cases = ["slow"]\nwhen', 'cases = ["late"]\nwhen'), "resource.unknown_name", "papers[2].cases[1]"),
        (('cases = ["slow"]\n\n', 'cases = ["late"]\n\n'), "resource.unknown_name", "fees[1].cases[1]"),
        (('"papers.deed"', '"papers.deeds"'), "resource.unknown_name", "from_memory[3]"),
        (('"papers.deed"', '"authority"'), "resource.duplicate", "from_memory[3]"),
        (('name = "Phải xác minh"\n', ""), "resource.missing_key", "cases[2].name"),
        (('key = "slow"', 'key = "quick"'), "resource.duplicate", "cases[2].key"),
        (("valid_to = 2026-12-31", "valid_to = 2025-12-31"), "resource.bad_value", "valid_to"),
        (("valid_to = 2026-12-31", 'valid_to = "2026-12-31"'), "resource.wrong_type", "valid_to"),
        (("start = 10", "start = 3"), "resource.bad_value", "fees[1].tiers[2].start"),
        (("start = 3,", "start = 1,"), "resource.bad_value", "fees[1].tiers[1].start"),
        (("cap = 200000", "cap = 0"), "resource.bad_value", "fees[1].cap"),
        (("amount = 2000", "amount = -1"), "resource.bad_value", "fees[1].amount"),
        (("online = 1000", "phone = 1000"), "resource.unknown_key", "fees[1].channels.phone"),
        (("percent = 50", "percent = 150"), "resource.bad_value", "exemptions[1].percent"),
        (('code = "000.00.00.G15-KQ003204"', 'code = "KQ"'), "resource.bad_value", "papers[1].code"),
        (('when = ["!married"]', "required = false"), "resource.bad_value", "papers[3].required"),
        (('key = "married"', 'key = "widowed"'), "resource.unknown_name", "papers[2].when[1]"),
        (('key = "word"', 'key = "deed"'), "resource.duplicate", "papers[3].key"),
    ],
)
def test_a_contradiction_within_a_file_is_refused(
    tmp_path: Path, change: tuple[str, str], code: str, place: str
) -> None:
    assert WHOLE.count(change[0]) == 1
    with pytest.raises(ResourceError) as caught:
        whole(tmp_path, *change)
    assert (caught.value.code, caught.value.parameters["place"]) == (code, place)


def test_a_question_that_decides_nothing_is_refused(tmp_path: Path) -> None:
    idle = '[[conditions]]\nkey = "idle"\nquestion = "Có mưa không?"\n\n[[fees]]'
    with pytest.raises(ResourceError) as caught:
        whole(tmp_path, "[[fees]]", idle)
    assert (caught.value.code, caught.value.parameters["line"]) == ("resource.unused", 33)


def test_every_mistake_of_a_folder_can_be_asked_for_at_once(tmp_path: Path) -> None:
    written(tmp_path, GOOD.replace('"birth_certificate"', '"birth"').replace('unit = "working_day"', 'unit = "week"'))
    written(tmp_path, "code = ", "9.000003.toml")
    problems: list[ResourceError] = []
    Procedures(tmp_path, KINDS, problems)
    assert {(one.code, one.parameters["file"]) for one in problems} == {
        ("resource.bad_value", "9.000001.toml"),
        ("resource.unknown_kind", "9.000001.toml"),
        ("resource.unreadable", "9.000003.toml"),
    }


def test_the_same_paper_twice_is_refused(tmp_path: Path) -> None:
    written(tmp_path, GOOD + '\n[[papers]]\nkey = "form"\nname = "Tờ khai khác"\n')
    with pytest.raises(ResourceError) as caught:
        Procedures(tmp_path, KINDS)
    assert caught.value.parameters["place"] == "papers[2].key"


def test_the_same_version_in_two_files_is_refused(tmp_path: Path) -> None:
    written(tmp_path, GOOD)
    written(tmp_path, GOOD, "9.000001@2026-01-01.toml")
    with pytest.raises(ResourceError) as caught:
        Procedures(tmp_path, KINDS)
    assert caught.value.code == "resource.duplicate"


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ResourceError) as caught:
        Procedures(tmp_path, KINDS)
    assert caught.value.code == "resource.none_found"


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    "change",
    [
        ("time = 3", 'time = "3"'),
        ('key = "form"', 'key = "form"\none_of = "proof"'),
        ('key = "form"', 'key = "form"\nwhen = ["late"]'),
        ('code = "9.000001"', 'code = "9.000009"'),
        ("[[cases]]", '[[conditions]]\nkey = "idle"\nquestion = "Có mưa không?"\n\n[[cases]]'),
    ],
)
def test_every_refusal_can_be_told_to_a_person(tmp_path: Path, language: str, change: tuple[str, str]) -> None:
    written(tmp_path, GOOD.replace(*change))
    with pytest.raises(ResourceError) as caught:
        Procedures(tmp_path, KINDS)
    text = Language.load(language).error(caught.value)
    assert "9.000001.toml" in text.sentence
    assert str(caught.value.parameters["line"]) in text.sentence
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
