"""Who gets in, how often somebody may try, and when a visit is over."""

from __future__ import annotations

from datetime import timedelta

import pytest
from provincial_hub.web.passphrases import FREE_FAULTS, FREE_FROM_ONE_PLACE, LONGEST_WAIT, name_hash, wait_after
from provincial_hub.web.sign_in import own_path


def test_somebody_with_the_right_passphrase_comes_in_and_it_is_written_down(province):
    person = province.guest()
    answer = person.sign_in("minh")
    assert (answer.status_code, answer.headers["location"]) == (303, "/quan-ly/")
    assert "TRẦN VĂN MẪU MINH" in person.text("/ho-so")
    assert province.read("SELECT * FROM deed WHERE by = 'minh' AND deed = 'signed_in'")


def test_the_cookie_is_for_this_host_over_tls_and_no_script_and_its_token_is_kept_nowhere(province):
    person = province.guest()
    told = [one for one in person.sign_in("lan").headers.get_list("set-cookie") if one.startswith("__Host-quan-ly=")]
    (cookie,) = told
    wanted = {"HttpOnly", "Path=/", "SameSite=strict", "Secure"}
    assert wanted == {part.strip() for part in cookie.split(";")[1:]}
    token = person.cookies["__Host-quan-ly"]
    assert len(token) >= 43
    assert token.encode() not in province.file.read_bytes()
    assert token.encode() not in province.file.with_name("hub.db-wal").read_bytes()


@pytest.mark.parametrize("name", ["hoa", "tam"])
def test_an_officer_and_somebody_whose_time_is_over_do_not_come_in(province, name):
    person = province.guest()
    answer = person.sign_in(name)
    assert answer.status_code == 401
    assert "__Host-quan-ly" not in person.cookies


def test_a_name_that_nobody_has_reads_like_a_wrong_passphrase(province):
    known, unknown = province.guest().sign_in("lan", "khong dung"), province.guest().sign_in("khong-co", "khong dung")
    assert known.status_code == unknown.status_code == 401
    assert "không đúng" in known.text
    assert known.text.replace("lan", "") != ""
    assert province.guest().sign_in("lan").status_code == 303  # and the mistake is forgiven


def test_mistakes_make_the_name_wait_longer_each_time_even_for_the_right_passphrase(clock):
    clock.write_person("cham")
    for _ in range(FREE_FAULTS):
        assert clock.guest().sign_in("cham", "sai sai sai sai").status_code == 401
    assert clock.guest().sign_in("cham", "sai sai sai sai").status_code == 401
    held = clock.guest().sign_in("cham")
    assert held.status_code == 429
    assert "09:00 23/11/2026" in held.text
    clock.now += timedelta(seconds=31)
    assert clock.guest().sign_in("cham").status_code == 303
    assert not clock.read("SELECT * FROM sign_in_fault WHERE name_sha256 = :under", under=name_hash("cham"))


def test_one_passphrase_tried_on_many_names_makes_the_place_wait(clock):
    for number in range(FREE_FROM_ONE_PLACE + 1):
        assert clock.guest().sign_in(f"ten-{number}", "mat khau mua xuan", at="10.9.8.7").status_code == 401
    held = clock.guest().sign_in("lan", at="10.9.8.7")
    assert held.status_code == 429
    assert "Từ máy hoặc mạng này" in held.text
    assert clock.guest().sign_in("lan", at="10.9.8.6").status_code == 303, "everybody else comes in"
    clock.now += timedelta(seconds=31)
    for _ in range(3):  # whoever has one passphrase gains nothing by it, and makes no colleague wait
        assert clock.guest().sign_in("lan", at="10.9.8.7").status_code == 303
    assert clock.guest().sign_in("ten-1", "mat khau mua ha", at="10.9.8.7").status_code == 401
    assert clock.guest().sign_in("lan", at="10.9.8.7").status_code == 429


@pytest.mark.parametrize(
    ("tried", "held", "let_in"),
    [
        ("2001:db8:1:2::{:x}", "2001:db8:1:2:ffff::1", "2001:db8:1:3::1"),
        ("::ffff:10.9.7.7", "10.9.7.7", "::ffff:10.9.7.8"),
    ],
)
def test_a_household_is_one_place_however_many_addresses_it_takes(clock, tried, held, let_in):
    for number in range(FREE_FROM_ONE_PLACE + 1):
        named = f"{held}-{number}"
        assert clock.guest().sign_in(named, "mat khau mua xuan", at=tried.format(number)).status_code == 401
    assert clock.guest().sign_in("lan", at=held).status_code == 429
    assert clock.guest().sign_in("lan", at=let_in).status_code == 303


def test_an_office_that_signs_in_rightly_never_waits(clock):
    for _ in range(FREE_FROM_ONE_PLACE + 5):
        assert clock.guest().sign_in("lan", at="10.9.8.5").status_code == 303


def test_waiting_grows_and_has_an_end():
    waits = [wait_after(faults) for faults in range(1, 40)]
    assert waits[FREE_FAULTS - 1] == timedelta(0)
    assert waits == sorted(waits)
    assert waits[-1] == LONGEST_WAIT


def test_a_visit_ends_half_an_hour_after_the_last_page_and_after_ten_hours_in_any_case(clock):
    person = clock.guest()
    person.sign_in("lan")
    for _ in range(24):
        clock.now += timedelta(minutes=24)
        assert person.get("/tram").status_code == 200
    clock.now += timedelta(minutes=25)
    assert person.get("/tram").status_code == 303
    other = clock.guest()
    other.sign_in("lan")
    clock.now += timedelta(minutes=31)
    assert other.get("/tram").headers["location"].startswith("/quan-ly/dang-nhap")


def test_a_form_sent_after_the_visit_ended_is_told_that_nothing_was_kept(clock):
    clock.dossier("after-the-visit")
    person = clock.guest()
    person.sign_in("lan")
    form = {"token": person.token("/ho-so/after-the-visit"), "reason": "thiếu Giấy chứng sinh"}
    clock.now += timedelta(minutes=31)
    answer = person.post("/ho-so/after-the-visit/tra-lai", form, "/dang-nhap")
    assert answer.status_code == 303
    assert "Điều vừa gửi chưa được ghi" in person.text(answer.headers["location"].removeprefix("/quan-ly"))
    assert clock.read("SELECT state FROM dossier_case WHERE dossier_id='after-the-visit'") == [{"state": "received"}]


def test_whoever_leaves_the_roster_is_out_at_the_next_page(province):
    province.write_person("roi")
    person = province.guest()
    person.sign_in("roi")
    assert person.get("/tram").status_code == 200
    province.remove_person("roi")
    assert person.get("/tram").status_code == 303


def test_signing_out_ends_the_visit_for_whoever_has_the_cookie(province):
    person = province.guest()
    person.sign_in("lan")
    copied = dict(person.cookies)
    assert person.post("/dang-xuat", {}).status_code == 303
    person.cookies = copied
    assert person.get("/tram").status_code == 303


def test_a_first_passphrase_opens_nothing_but_the_choice_of_ones_own(province):
    person = province.guest()
    assert person.sign_in("moi").status_code == 303
    for path in ("/ho-so", "/tram", "/so-lieu", "/nguoi"):
        assert person.get(path).headers["location"] == "/quan-ly/mat-khau"
    short = {"before": "bon tu nay la mau", "chosen": "ngan", "again": "ngan"}
    assert person.post("/mat-khau", short, "/mat-khau").status_code == 422
    chosen = {**short, "chosen": "mot cau khac han", "again": "mot cau khac han"}
    other = province.guest()
    other.sign_in("moi")
    assert person.post("/mat-khau", chosen, "/mat-khau").status_code == 303
    assert person.get("/ho-so").status_code == 200
    assert other.get("/ho-so").status_code == 303  # signed out with the old one
    assert province.guest().sign_in("moi").status_code == 401
    assert province.guest().sign_in("moi", "mot cau khac han").status_code == 303


@pytest.mark.parametrize(
    "asked",
    [
        "https://noi.khac/",
        "//noi.khac",
        "/quan-ly//noi.khac",
        "/quan-ly/\\noi.khac",
        "/quan-ly/\r\nSet-Cookie: a=b",
        "/v1/events",
        "javascript:alert(1)",
        "/quan-ly/../v1",
        "",
    ],
)
def test_after_the_sign_in_nobody_is_sent_elsewhere(asked):
    assert own_path(asked).startswith("/quan-ly/")
    assert ".." not in own_path(asked)
    assert "noi.khac" not in own_path(asked)


def test_the_page_that_was_asked_for_comes_after_the_sign_in(province):
    person = province.guest()
    asked = person.get("/ho-so?xem=overdue").headers["location"]
    form = person.get(asked.removeprefix("/quan-ly")).text
    assert 'value="/quan-ly/ho-so?xem=overdue"' in form
    assert person.sign_in("lan", back="/quan-ly/ho-so?xem=overdue").headers["location"] == "/quan-ly/ho-so?xem=overdue"
