"""What supervisors and IT do on the page, and what stands in the books afterwards."""

from __future__ import annotations

import json
import re

import pytest
from provincial_hub.keeping import tables

from .conftest import at

NAME = "person/full_name"


@pytest.fixture
def lan(province):
    return province.signed_in("lan")


def correction(version: int = 1, text: str = "NGUYỄN VĂN MẪU HAI", reason: str = "gõ sai tên đệm") -> dict[str, str]:
    return {"gia-tri": NAME, "version": str(version), "text": text, "reason": reason}


def test_each_look_at_a_dossier_and_at_a_whole_page_is_written_down(province, lan):
    province.dossier("looks")
    assert lan.get("/ho-so/looks").status_code == 200
    image = lan.get("/ho-so/looks/trang/1")
    assert image.headers["content-type"] == "image/png"
    assert image.content.startswith(b"\x89PNG")
    assert "sandbox" in image.headers["content-security-policy"]
    deeds = province.read("SELECT by, deed FROM deed WHERE dossier_id='looks' ORDER BY id")
    assert deeds == [{"by": "lan", "deed": "looked"}, {"by": "lan", "deed": "looked_at_page"}]


def test_a_correction_keeps_both_texts_tells_the_station_and_shows_who_did_it(province, lan):
    province.dossier("corrected")
    answer = lan.post("/ho-so/corrected/sua", correction())
    assert answer.status_code == 303, answer.text
    told = province.read("SELECT * FROM change WHERE subject='dossier.corrected'")[-1]
    body = json.loads(told["document"])["body"]
    assert (body["dossier_id"], body["version"], body["by"]) == ("corrected", 2, "lan")
    shown = lan.text("/ho-so/corrected")
    assert "NGUYỄN VĂN MẪU → NGUYỄN VĂN MẪU HAI" in shown
    assert "gõ sai tên đệm" in shown


def test_a_correction_without_a_reason_is_not_made_and_keeps_what_was_typed(province, lan):
    province.dossier("no-reason")
    answer = lan.post("/ho-so/no-reason/sua", correction(reason="  "))
    assert answer.status_code == 422
    assert "Chưa có lý do" in answer.text
    assert "NGUYỄN VĂN MẪU HAI</textarea>" in answer.text
    assert province.read("SELECT * FROM revision WHERE dossier_id='no-reason'") == []


def test_a_day_that_is_none_is_not_kept_and_may_be_left_as_printed(province, lan):
    province.dossier("no-day")
    asked = lan.get("/ho-so/no-day/sua?gia-tri=p1/subject.birth_date").text
    assert "Viết ngày/tháng/năm" in asked
    assert 'name="key" value="subject.birth_date"' in asked
    form = {**correction(text="31/02/1990"), "gia-tri": "p1/subject.birth_date", "key": "subject.birth_date"}
    answer = lan.post("/ho-so/no-day/sua", form)
    assert answer.status_code == 422
    assert "không có ngày này trong lịch" in answer.text
    assert "31/02/1990</textarea>" in answer.text
    assert 'aria-describedby="fault form"' in answer.text
    assert province.read("SELECT * FROM revision WHERE dossier_id='no-day'") == []
    assert lan.post("/ho-so/no-day/sua", {**form, "printed": "1"}).status_code == 303
    (kept,) = province.read("SELECT changes FROM revision WHERE dossier_id='no-day'")
    assert json.loads(kept["changes"])[0]["as_printed"] is True
    assert "→ 31/02/1990" in lan.text("/ho-so/no-day")


def test_a_third_text_of_a_question_has_its_form_or_is_printed_so(province, lan):
    province.dossier("third")
    province.ask("third", "third-q", value="p1/subject.birth_date", base="1990-02-01", hub="1990-02-02", station="1991")
    path = "/ho-so/third/cau-hoi/third-q"
    named = {"value-1": "p1/subject.birth_date", "key-1": "subject.birth_date", "seen-1": "1990-02-02"}
    form = {**named, "station-1": "1991", "choice-1": "other", "other-1": "31/02/1990"}
    answer = lan.post(path, form)
    assert answer.status_code == 422
    assert 'value="31/02/1990"' in answer.text
    assert "không có ngày này trong lịch" in answer.text
    assert lan.post(path, {**form, "printed-1": "1"}).status_code == 303
    assert "→ 31/02/1990" in lan.text("/ho-so/third")


def test_a_stale_form_writes_nothing_and_says_what_was_changed_in_between(province, lan):
    province.dossier("stale")
    assert lan.post("/ho-so/stale/sua", correction(text="NGUYỄN VĂN MẪU BA")).status_code == 303
    late = lan.post("/ho-so/stale/sua", correction(text="NGUYỄN VĂN MẪU TƯ"))
    assert late.status_code == 409
    assert "Có người đã thay đổi hồ sơ" in late.text
    assert re.search(r"NGUYỄN VĂN MẪU</del> → <ins[^>]*>NGUYỄN VĂN MẪU BA", late.text)
    assert 'name="version" value="2"' in late.text  # whoever sends it again has seen it
    assert len(province.read("SELECT * FROM revision WHERE dossier_id='stale'")) == 1
    assert lan.post("/ho-so/stale/sua", correction(2, "NGUYỄN VĂN MẪU TƯ")).status_code == 303


def test_an_official_code_is_given_once_and_to_one_dossier(province, lan):
    province.dossier("coded")
    province.dossier("other")
    looked = {"version": "1", "was": "received", "had": ""}
    assert lan.post("/ho-so/coded/ma", {**looked, "code": "số 15"}).status_code == 422
    assert lan.post("/ho-so/coded/ma", {**looked, "code": "h15.50.05.13-261008-0975"}).status_code == 303
    assert "H15.50.05.13-261008-0975" in lan.text("/ho-so/coded")
    taken = lan.post("/ho-so/other/ma", {**looked, "code": "H15.50.05.13-261008-0975"})
    assert taken.status_code == 409
    assert "Hồ sơ khác đã có mã này" in taken.text
    assert "T01-" in lan.text("/ho-so?tim=H15.50.05.13-261008")


def test_a_dossier_is_returned_with_a_reason_that_the_station_is_told(province, lan):
    province.dossier("returned")
    looked = {"version": "1", "was": "received", "had": ""}
    assert lan.post("/ho-so/returned/tra-lai", {**looked, "reason": ""}).status_code == 422
    assert lan.post("/ho-so/returned/tra-lai", {**looked, "reason": "thiếu Giấy chứng sinh"}).status_code == 303
    told = province.read("SELECT document FROM change WHERE subject='dossier.returned'")[-1]
    assert json.loads(told["document"])["body"]["reason"] == "thiếu Giấy chứng sinh"
    stale = lan.post("/ho-so/returned/tra-lai", {**looked, "reason": "lần nữa"})
    assert stale.status_code == 409
    assert "Chờ bổ sung" in stale.text
    assert province.read("SELECT state FROM dossier_case WHERE dossier_id='returned'") == [{"state": "more_wanted"}]


def test_a_result_is_written_down_with_its_day_and_ends_the_dossier(province, lan):
    province.dossier("ended")
    looked = {"version": "1", "was": "received", "had": "", "state": "done", "note": ""}
    assert lan.post("/ho-so/ended/trang-thai", {**looked, "on": "2026-11-22"}).status_code == 422
    assert lan.post("/ho-so/ended/trang-thai", {**looked, "on": "24/11/2026"}).status_code == 422
    assert lan.post("/ho-so/ended/trang-thai", {**looked, "on": "22/11/2026"}).status_code == 303
    row = province.read("SELECT state, ended_at FROM dossier_case WHERE dossier_id='ended'")[0]
    assert row["state"] == "done"
    assert row["ended_at"].startswith("2026-11-22")


def test_a_question_is_settled_by_choosing_one_of_two_texts(province, lan):
    province.dossier("asked")
    province.ask("asked", "asked-q")
    assert "Hai nơi đã sửa" in lan.text("/ho-so/asked")
    page = lan.get("/ho-so/asked/cau-hoi/asked-q").text
    assert "NGUYỄN VĂN MẪU MÁY CHỦ TỈNH" in page
    assert "NGUYỄN VĂN MẪU TRẠM" in page
    assert "lan, 06:00 23/11/2026: theo thẻ căn cước" in page
    assert "canbo.mau, 07:00 23/11/2026: theo tờ khai" in page
    seen = {"value-1": NAME, "seen-1": "NGUYỄN VĂN MẪU MÁY CHỦ TỈNH", "station-1": "NGUYỄN VĂN MẪU TRẠM", "other-1": ""}
    assert lan.post("/ho-so/asked/cau-hoi/asked-q", seen).status_code == 422
    chosen = {**seen, "choice-1": "station", "reason": ""}
    assert lan.post("/ho-so/asked/cau-hoi/asked-q", chosen).status_code == 303
    assert "NGUYỄN VĂN MẪU TRẠM" in lan.text("/ho-so/asked")
    again = lan.post("/ho-so/asked/cau-hoi/asked-q", chosen)
    assert again.status_code == 409
    assert "đã có người giải quyết" in again.text


def test_a_station_is_shut_out_and_let_in_with_a_reason_by_it(province):
    kien = province.signed_in("kien")
    assert kien.post("/tram/T04/ngat", {"reason": ""}).status_code == 422
    assert kien.post("/tram/T04/ngat", {"reason": "máy bị mất"}).status_code == 303
    assert province.read("SELECT shut_out_by FROM station WHERE name='T04'") == [{"shut_out_by": "kien"}]
    assert "máy bị mất" in kien.text("/tram/T04")
    assert kien.post("/tram/T04/cho-lai", {"reason": "đã tìm lại"}).status_code == 303
    assert province.read("SELECT shut_out_at FROM station WHERE name='T04'") == [{"shut_out_at": None}]
    deeds = [row["deed"] for row in province.read("SELECT deed FROM deed WHERE station='T04' ORDER BY id")]
    assert deeds == ["station_shut_out", "station_let_in"]


def test_an_alarm_is_settled_with_a_finding_once(province, lan):
    province.write(
        tables.alarms,
        {"id": 41, "station": "T05", "kind": "went_back", "seq": 7, "text": "", "raised_at": at()},
    )
    assert lan.post("/canh-bao/41", {"note": " "}).status_code == 422
    assert lan.post("/canh-bao/41", {"note": "khôi phục từ bản sao lưu"}).headers["location"].endswith("alarm_settled")
    assert lan.post("/canh-bao/41", {"note": "lần nữa"}).headers["location"].endswith("was_settled")
    assert province.read("SELECT settled_by, note FROM trail_alarm WHERE id=41") == [
        {"settled_by": "lan", "note": "khôi phục từ bản sao lưu"}
    ]


def test_a_message_that_was_set_aside_is_sent_again_or_given_up_by_it(province):
    kien = province.signed_in("kien")
    for number, path in ((2001, "gui-lai"), (2002, "bo")):
        province.set_aside(number, f"aside-{number}")
        assert kien.post(f"/lien-thong/mot-cua/{number}/{path}", {}).status_code == 303
    rows = province.read("SELECT set_aside_at, done_at FROM handover WHERE outgoing_id > 2000 ORDER BY outgoing_id")
    assert rows[0] == {"set_aside_at": None, "done_at": None}
    assert rows[1]["done_at"]
    assert kien.post("/lien-thong/mot-cua/2002/bo", {}).headers["location"].endswith("outward_was_settled")
    assert [
        row["deed"] for row in province.read("SELECT deed FROM deed WHERE by='kien' AND deed LIKE '%outward%'")
    ] == [
        "sent_outward_again",
        "gave_up_outward",
    ]


def test_what_a_citizen_or_a_station_wrote_stays_text(province, lan):
    evil = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7*7 }}"
    body = {"values": [{**MODEL, "value": evil, "key": evil, "readings": [{**READING, "printed": evil}]}]}
    province.dossier("evil", body=body, procedure=evil)
    province.write(
        tables.alarms,
        {"id": 42, "station": "T05", "kind": evil, "text": evil, "raised_at": at(), "settled_at": at(), "note": evil},
    )
    for path in ("/ho-so/evil", "/ho-so", "/canh-bao", "/ho-so/evil/sua?gia-tri=x", f"/ho-so?tim={'<script>'}"):
        page = lan.get(path).text
        assert "<script" not in page, path
        assert "<img src=x" not in page, path
        assert "49" not in re.sub(r"[0-9a-f]{64}", "", page) or "7*7" in page, path
    assert "&lt;script&gt;alert(1)" in lan.get("/ho-so/evil").text


READING = {"value": "x", "printed": "x", "source": "ocr", "status": "review", "confidence": 0.5}
MODEL = {
    "id": "x",
    "key": "full_name",
    "page": None,
    "value": "x",
    "source": "ocr",
    "trusted": False,
    "checked_by": None,
    "answer": None,
    "corrections": [],
    "readings": [READING],
}
