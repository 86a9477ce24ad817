"""The page as the hub itself serves it, beside what stations speak to."""

from __future__ import annotations

import json

from .conftest import Person


def test_somebody_whom_the_command_named_signs_in_and_finds_the_station_there(hub):
    told = hub.command("people-add", "--id", "mau", "--name", "MẪU", "--role", "supervisor", "--station", "*")
    first = json.loads(told.stdout)["first_passphrase"]
    person = Person(hub.address)
    assert person.sign_in("mau", first).status_code == 303
    assert person.get("/tram").headers["location"] == "/quan-ly/mat-khau"
    chosen = {"before": first, "chosen": "mot cau cua rieng minh", "again": "mot cau cua rieng minh"}
    assert person.post("/mat-khau", chosen, "/mat-khau").status_code == 303
    assert hub.one in person.text("/tram")
    assert person.get("/ho-so").status_code == 200
    assert "mau" not in hub.log.read_text()


def test_a_station_and_the_page_do_not_mistake_each_other_for_themselves(hub):
    station = hub.station()
    assert station.get("/quan-ly/tram").headers["location"].startswith("/quan-ly/dang-nhap")
    assert station.get("/v1/khong-co").json()["error"]["code"]
    missing = station.get("/quan-ly/khong-co")
    assert missing.status_code == 404
    assert missing.headers["content-security-policy"].startswith("default-src 'none'")


def test_who_types_the_name_of_the_hub_alone_comes_to_the_page(hub):
    answer = hub.station().get("/")
    assert (answer.status_code, answer.headers["location"]) == (307, "/quan-ly/")
