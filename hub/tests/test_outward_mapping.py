"""Saying a dossier in another system's words: what is mapped, what is left out, and what a wrong mapping is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from provincial_hub.errors import SetupError
from provincial_hub.outward import mapping
from provincial_hub.outward.record import Record, record_of, with_message
from provincial_hub.outward.targets import MessageRefusedError
from provincial_hub.outward.translation import translate

EXAMPLES = Path(__file__).parents[2] / "contract" / "v1" / "examples"
SHIPPED = mapping.load("opencps-v2", Path())
CASE = {
    "dossier_id": "d1",
    "station": "T01",
    "hub_number": "H00.00.00-261120-0001",
    "official_code": None,
    "version": 1,
    "state": "received",
    "received_at": "2026-11-20T08:21:07+07:00",
    "ended_at": None,
}
SMALL = """
[services.S]
whole = true
topics = ["dossier.received"]
[services.S.members]
Ma = "hub_number"
"""


def body(example: str = "deliver-shown-and-signed") -> Any:
    told = json.loads((EXAMPLES / f"{example}.json").read_text(encoding="utf-8"))
    return told["exchanges"][1 if example == "deliver" else 0]["request"]["json"]["events"][0]["body"]


def record(texts: dict[str, str] | None = None, **case: Any) -> Record:
    return record_of(body(), {**CASE, **case}, texts or {})


def test_a_dossier_becomes_a_record_of_the_exchange_vocabulary() -> None:
    told = translate(record(), SHIPPED, SHIPPED.whole)
    assert told.service == "DongBoHoSoMC"
    wanted = {
        "MaHoSo": "H00.00.00-261120-0001",
        "ChuHoSo": "NGUYỄN VĂN MẪU",
        "NgayTiepNhan": "20261120082107",
        "TrangThaiHoSo": "receiving",
        "HinhThuc": "0",
        "NgayTra": "",
    }
    assert {name: told.document[name] for name in wanted} == wanted
    (fee,) = told.document["DanhSachLePhi"]
    assert fee == {
        "TenPhiLePhi": "Phí cấp bản sao trích lục",
        "MaPhiLePhi": "extract",
        "HinhThucThu": "1",
        "Gia": 16000,
        "LoaiPhiLePhi": "1",
    }
    first = told.document["TaiLieuNop"][0]
    assert first["DuongDanTaiTepTin"] == f"pages/{first['TepDinhKemId']}"


def test_the_official_code_takes_the_place_of_the_hubs_number() -> None:
    told = translate(record(official_code="H00.00.00-261120-9999"), SHIPPED, SHIPPED.whole)
    assert told.document["MaHoSo"] == "H00.00.00-261120-9999"


def test_a_correction_is_told_and_not_what_stood_there_before() -> None:
    told = translate(record({"person/full_name": "NGUYỄN VĂN MẪU HAI"}), SHIPPED, SHIPPED.whole)
    assert told.document["ChuHoSo"] == "NGUYỄN VĂN MẪU HAI"


def test_the_mapping_that_comes_with_the_hub_forgets_nothing_of_the_examples() -> None:
    assert translate(record(), SHIPPED, SHIPPED.whole).untold == ()


def test_what_a_mapping_neither_sends_nor_leaves_out_is_reported() -> None:
    small = mapping.read(SMALL, "small")
    untold = translate(record(), small, small.whole).untold
    assert {"person.full_name", "procedure", "charges.amount", "pages.sha256", "values.value"} <= set(untold)
    quiet = mapping.read(f'left_out = ["values", "pages", "charges.amount"]\n{SMALL}', "quiet")
    untold = translate(record(), quiet, quiet.whole).untold
    assert not {name for name in untold if name.startswith(("values", "pages"))}
    assert "charges.amount" not in untold
    assert "charges.name" in untold


def test_progress_is_told_with_who_and_when() -> None:
    service = SHIPPED.service_for("dossier.state")
    assert service is not None
    facts = {"state": "more_wanted", "by": "lan", "note": "Thiếu tờ khai"}
    told = translate(with_message(record(), "dossier.state", "2026-11-21T01:00:00+00:00", facts), SHIPPED, service)
    assert told.document["TrangThai"] == "waiting"
    assert told.document["ThoiDiemXuLy"] == "20261121080000"
    assert told.document["NguoiXuLy"] == "lan"
    assert SHIPPED.service_for("dossier.unheard_of") is None


def test_a_code_that_stands_in_no_table_is_refused_by_the_name_of_the_table() -> None:
    with pytest.raises(MessageRefusedError) as refused:
        translate(record(state="unheard_of"), SHIPPED, SHIPPED.whole)
    assert refused.value.code == "mapping.no_code:states"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("[services.S", "small: "),
        ("", "services wants to be a table"),
        (SMALL.replace("whole = true", "whole = false"), "exactly one service with whole = true"),
        (SMALL.replace('"hub_number"', '"hub_nummer"'), "services.S.members.Ma names hub_nummer"),
        (SMALL + 'Trang = { of = "state", tabel = "x" }', "services.S.members.Trang.tabel is not known"),
        (SMALL + 'Trang = { of = "state", table = "x" }', "names a table that does not stand"),
        (SMALL + 'Trang = { of = "state", always = "x" }', "wants either of"),
        (SMALL + "Trang = {}", "wants either of"),
        (SMALL + 'Ngay = { of = "due_at", as = "tme" }', "services.S.members.Ngay.as wants text, number, time, date"),
        (SMALL + '[services.S.lists.T]\neach = "papers"\nmembers = {}', "wants one of our lists"),
        (SMALL + '[services.S.lists.T]\neach = "pages"\nmembers = { A = "amount" }', "names amount, which is not"),
        (SMALL + '[services.T]\ntopics = ["dossier.received"]\nmembers = {}', "name the same topic twice"),
        (SMALL.replace("received", "recieved"), "services name dossier.recieved; the hub tells dossier.received"),
        ('left_out = ["persons"]\n' + SMALL, "left_out names persons"),
        ("timezone = 7\n" + SMALL, "timezone is not known here"),
    ],
)
def test_a_wrong_mapping_is_refused_with_the_place_and_what_is_wanted(wrong: str, said: str) -> None:
    with pytest.raises(SetupError) as refused:
        mapping.read(wrong, "small")
    assert said in str(refused.value)


def test_a_mapping_is_found_by_name_or_as_a_file_of_the_hubs_folder(tmp_path: Path) -> None:
    (tmp_path / "tinh.toml").write_text(SMALL, encoding="utf-8")
    assert mapping.load("tinh.toml", tmp_path).whole.name == "S"
    for missing in ("tinh", "../tinh.toml", "nowhere.toml"):
        with pytest.raises(SetupError, match="there is no mapping"):
            mapping.load(missing, tmp_path)
