"""Who may reach which route: every route stands here, and a new one that does not is a failure."""

from __future__ import annotations

import pytest
from provincial_hub.web.headers import HEADERS, POLICY
from provincial_hub.web.routes import ROUTES

BOTH, SUPERVISOR, IT, ANYBODY = {"lan", "kien"}, {"lan"}, {"kien"}, {"lan", "kien", None}
ALLOWED = {
    ("GET", "/static/{name}"): ANYBODY,
    ("GET", "/dang-nhap"): ANYBODY,
    ("POST", "/dang-nhap"): ANYBODY,
    ("POST", "/dang-xuat"): BOTH,
    ("GET", "/mat-khau"): BOTH,
    ("POST", "/mat-khau"): BOTH,
    ("GET", "/"): BOTH,
    ("GET", "/tram"): BOTH,
    ("GET", "/tram/{station}"): BOTH,
    ("POST", "/tram/{station}/ngat"): IT,
    ("POST", "/tram/{station}/cho-lai"): IT,
    ("GET", "/ho-so"): BOTH,
    ("GET", "/ho-so/{dossier}"): SUPERVISOR,
    ("GET", "/ho-so/{dossier}/trang/{number}"): SUPERVISOR,
    ("GET", "/ho-so/{dossier}/xem-truoc/{number}"): SUPERVISOR,
    ("GET", "/ho-so/{dossier}/sua"): SUPERVISOR,
    ("POST", "/ho-so/{dossier}/sua"): SUPERVISOR,
    ("POST", "/ho-so/{dossier}/ma"): SUPERVISOR,
    ("POST", "/ho-so/{dossier}/tra-lai"): SUPERVISOR,
    ("POST", "/ho-so/{dossier}/trang-thai"): SUPERVISOR,
    ("GET", "/ho-so/{dossier}/cau-hoi/{question}"): SUPERVISOR,
    ("POST", "/ho-so/{dossier}/cau-hoi/{question}"): SUPERVISOR,
    ("GET", "/so-lieu"): BOTH,
    ("GET", "/so-lieu.csv"): BOTH,
    ("GET", "/canh-bao"): BOTH,
    ("POST", "/canh-bao/{alarm}"): BOTH,
    ("GET", "/lien-thong"): BOTH,
    ("POST", "/lien-thong/{target}/{message}/gui-lai"): IT,
    ("POST", "/lien-thong/{target}/{message}/bo"): IT,
    ("GET", "/nguoi"): BOTH,
}
PARTS = {"name": "hub.css", "station": "T05", "dossier": "allowed", "number": "1", "question": "x"}
PARTS |= {"alarm": "999", "target": "x", "message": "1"}


def test_every_route_stands_in_the_table():
    assert {(route.method, route.path) for route in ROUTES} == set(ALLOWED)


@pytest.fixture(scope="module")
def dossier(province):
    province.dossier("allowed")


@pytest.mark.parametrize("who", ["lan", "kien", None])
@pytest.mark.parametrize("route", list(ALLOWED), ids=" ".join)
def test_a_route_lets_in_whom_it_is_meant_for_and_nobody_else(province, dossier, route, who):
    method, path = route
    if route in {("POST", "/dang-xuat"), ("POST", "/dang-nhap")}:
        return  # test_sign_in.py does these: they end or begin a visit
    person = province.signed_in(who) if who else province.guest()
    address = path.format(**PARTS)
    answer = person.get(address) if method == "GET" else person.post(address, {}, "/mat-khau" if who else "/dang-nhap")
    sent_to_sign_in = answer.status_code == 303 and "/dang-nhap" in answer.headers["location"]
    refused = answer.status_code == 403 or sent_to_sign_in
    assert refused is (who not in ALLOWED[route]), answer.status_code
    assert answer.status_code < 500


def test_a_supervisor_of_one_commune_knows_nothing_of_another(province):
    province.dossier("of-t02", station="T02")
    minh = province.signed_in("minh")
    for path in ("/ho-so/of-t02", "/ho-so/of-t02/trang/1", "/ho-so/of-t02/sua?gia-tri=person/full_name", "/tram/T02"):
        assert minh.get(path).status_code == 404, path
    form = {"version": "1", "was": "received", "reason": "thử", "code": "H15.50.05.13-261008-0001"}
    for path in ("/ho-so/of-t02/ma", "/ho-so/of-t02/tra-lai"):
        assert minh.post(path, form).status_code == 404, path
    assert "T02" not in minh.text("/ho-so")
    assert "T02" not in minh.text("/tram")
    assert province.read("SELECT * FROM deed WHERE dossier_id='of-t02' AND by='minh'") == []


def test_it_sees_the_flow_of_dossiers_and_no_value_of_any(province):
    province.dossier("flow")
    kien = province.signed_in("kien")
    every = kien.text("/ho-so?tram=T01") + kien.text("/tram") + kien.text("/tram/T01") + kien.text("/so-lieu")
    assert "T01-261122-" in every
    assert "NGUYỄN VĂN MẪU" not in every
    assert "/ho-so/flow" not in kien.get("/ho-so").text


@pytest.mark.parametrize("path", ["/dang-nhap", "/tram", "/khong-co", "/ho-so/khong-co", "/so-lieu.csv", "/static/x"])
def test_every_answer_says_that_nothing_from_elsewhere_is_wanted(province, path):
    answer = province.signed_in("lan").get(path)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value, name
    assert "default-src 'none'" in POLICY
    assert "script" not in POLICY
    assert "<script" not in answer.text


def test_a_form_without_the_pages_own_token_or_from_another_site_does_nothing(province):
    kien = province.signed_in("kien")
    right = kien.token("/tram/T05")
    for form, headers in (
        ({"reason": "thử"}, {}),
        ({"reason": "thử", "token": "0" * 64}, {}),
        ({"reason": "thử", "token": province.signed_in("lan").token("/tram/T05")[::-1]}, {}),
        ({"reason": "thử", "token": right}, {"Sec-Fetch-Site": "cross-site"}),
        ({"reason": "thử", "token": right}, {"Sec-Fetch-Site": "same-site"}),
    ):
        answer = kien._send("POST", "/tram/T05/ngat", data=form, headers=headers)
        assert answer.status_code == 403
    assert province.read("SELECT shut_out_at FROM station WHERE name='T05'") == [{"shut_out_at": None}]


def test_a_form_that_is_larger_than_any_of_ours_is_not_read(province):
    kien = province.signed_in("kien")
    assert kien.post("/tram/T05/ngat", {"reason": "x" * 70_000}).status_code == 413


def test_nobody_looks_at_a_small_picture_without_being_written_down(province):
    province.preview(province.dossier("small"))
    lan = province.signed_in("lan")
    looks = "SELECT deed FROM deed WHERE dossier_id='small' AND by='lan' ORDER BY id"
    for _ in range(2):
        assert lan.get("/ho-so/small/xem-truoc/1").status_code == 200
    assert [row["deed"] for row in province.read(looks)] == ["looked_at_page"]
    lan.get("/ho-so/small")
    lan.get("/ho-so/small/xem-truoc/1")
    assert [row["deed"] for row in province.read(looks)] == ["looked_at_page", "looked"]


def test_an_address_that_not_every_database_can_be_asked_about_leads_nowhere(province):
    lan = province.signed_in("lan")
    for path in ("/ho-so/a%00b", "/ho-so?tim=a%00b", "/tram/%00"):
        assert lan.get(path).status_code == 404, path
