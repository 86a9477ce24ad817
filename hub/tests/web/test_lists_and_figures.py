"""Lists by deadline, the health of stations, and figures that are only shown where there is something to divide."""

from __future__ import annotations

import csv
import io
from datetime import datetime, timedelta

import pytest
from provincial_hub.keeping.figure_books import MonthCount
from provincial_hub.keeping.station_view_books import StationSeen
from provincial_hub.web.csv_table import csv_table
from provincial_hub.web.dossiers import end_of_tomorrow
from provincial_hub.web.figures import figures
from provincial_hub.web.station_health import health

from .conftest import GIB, NOW, at


def test_overdue_dossiers_come_first_and_every_one_stands_on_exactly_one_page(province):
    dues = [timedelta(hours=2 * step) for step in range(-30, 30)]
    for number, due in enumerate(dues):
        province.dossier(f"due-{number:02d}", due, station="T09", procedure="9.1")
    province.dossier("due-none", None, station="T09", procedure="9.2")
    province.write_station("T09")
    lan = province.signed_in("lan")
    page, seen, address = "", [], "/ho-so?tram=T09"
    while address:
        page = lan.get(address).text
        seen += [part.split('"')[0] for part in page.split('<th scope="row"><a href="/quan-ly/ho-so/')[1:]]
        further = page.partition('rel="next"')[0].rpartition('href="')[2].split('"')[0] if 'rel="next"' in page else ""
        address = f"/ho-so{further.replace('&amp;', '&')}" if further else ""
    assert seen == [*(f"due-{number:02d}" for number in range(60)), "due-none"]
    assert "Quá hạn" in lan.text("/ho-so?tram=T09")
    overdue = lan.get("/ho-so?tram=T09&xem=overdue").text
    assert overdue.count('<th scope="row">') == 30
    soon = lan.get("/ho-so?tram=T09&xem=soon").text
    assert soon.count('<th scope="row">') == 20  # until the end of tomorrow


def test_a_deadline_is_near_until_the_end_of_tomorrow_by_vietnams_calendar():
    assert end_of_tomorrow(datetime.fromisoformat("2026-11-22T18:00:00+00:00")) == "2026-11-25T00:00:00+07:00"


def test_a_dossier_is_found_by_its_number_in_any_state(province):
    province.dossier("found", state="done", ended_at=at())
    number = province.read("SELECT number FROM dossier_case WHERE dossier_id='found'")[0]["number"]
    lan = province.signed_in("lan")
    assert "/quan-ly/ho-so/found" in lan.get(f"/ho-so?tim={number}").text
    assert "Không tìm thấy" in lan.text("/ho-so?tim=%25")


def station(name: str, **told: object) -> StationSeen:
    well = {"version": "1.2.0", "waiting": 0, "refused": 0, "oldest_waiting_at": None, "free_bytes": 50 * GIB}
    report = {**well, **told.pop("report", {})}  # type: ignore[dict-item]
    facts = {
        "enrolled_at": at(-timedelta(days=9)),
        "seen_at": at(),
        "shut_out_at": None,
        "shut_out_by": None,
        "shut_out_reason": None,
        "reported_at": at(),
        "clock_offset_ms": 0,
        "alarms": 0,
        "incomplete": 0,
    }
    return StationSeen(name=name, report=report, **(facts | told))


@pytest.mark.parametrize(
    ("told", "key", "level"),
    [
        ({"alarms": 1}, "alarms", "grave"),
        ({"seen_at": at(-timedelta(days=5))}, "silent", "grave"),
        ({"seen_at": at(-timedelta(days=2))}, "silent", "watch"),
        ({"seen_at": None}, "never_seen", "watch"),
        ({"report": {"refused": 2}}, "refused", "grave"),
        ({"report": {"waiting": 3, "oldest_waiting_at": at(-timedelta(days=5))}}, "waiting", "grave"),
        ({"report": {"free_bytes": GIB}}, "disk", "grave"),
        ({"report": {"free_bytes": 5 * GIB}}, "disk", "watch"),
        ({"clock_offset_ms": 6 * 60_000}, "clock_ahead", "watch"),
        ({"clock_offset_ms": -24 * 3_600_000}, "clock_behind", "grave"),
    ],
)
def test_each_trouble_is_told_with_how_grave_it_is(told, key, level):
    (one,) = health([station("T01", **told)], NOW)
    assert (one.level, [need.key for need in one.needs]) == (level, [key])


def test_who_needs_help_most_comes_first_and_who_is_shut_out_last():
    seen = [
        station("A-out", shut_out_at=at(), alarms=3),
        station("B-well"),
        station("C-old", report={"version": "1.1.9"}),
        station("D-alarm", alarms=1),
    ]
    judged = health(seen, NOW)
    assert [one.station.name for one in judged] == ["D-alarm", "C-old", "B-well", "A-out"]
    assert [one.level for one in judged] == ["grave", "watch", "well", "out"]


def test_the_page_says_of_each_station_what_to_do(province):
    text = province.signed_in("kien").text("/tram")
    assert "Hồ sơ chờ gửi lâu nhất đã 5 ngày; đang chờ 7 hồ sơ." in text
    assert "gửi bằng USB" in text
    assert "Đồng hồ của trạm chậm 7 phút." in text


def test_shares_are_made_of_sums_and_never_of_shares():
    total = figures([MonthCount("T01", "2026-11", 1, 1, 0, 1, 1), MonthCount("T02", "2026-11", 9, 0, 0, 9, 0)])
    assert total.digitised.share == pytest.approx(0.1)
    assert total.points == pytest.approx(2.0)
    assert figures([]).points is None
    assert figures([]).reused.share is None


def test_figures_are_counted_by_station_and_month_with_their_denominators(province):
    old = {"station": "T08", "sealed_at": "2026-03-05T10:00:00+07:00", "due_at": "2026-03-20T17:00:00+07:00"}
    province.write_station("T08")
    province.dossier("f1", **old, state="done", ended_at="2026-03-19T10:00:00+07:00", reused_pages=1)
    province.dossier("f2", **old, state="done", ended_at="2026-04-02T10:00:00+07:00")
    province.dossier("f3", **old, state="withdrawn", ended_at="2026-03-06T10:00:00+07:00", pages=0)
    lan = province.signed_in("lan")
    answer = lan.get("/so-lieu.csv?tu=2026-03&den=2026-04&tram=T08")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[1:] == [["T08", "2026-03", "3", "2", "1", "1", "1"], ["T08", "2026-04", "0", "0", "0", "1", "0"]]
    text = lan.text("/so-lieu?tu=2026-03&den=2026-04&tram=T08")
    assert "66,7 % 2 trên 3 hồ sơ" in text
    assert "50,0 % 1 trên 2 hồ sơ tương ứng 10,0 trên 20 điểm" in text
    empty = lan.text("/so-lieu?tu=2020-01&den=2020-02")
    assert empty.count("chưa có dữ liệu 0 trên 0 hồ sơ") == 3
    assert "Mức độ hài lòng" in empty


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\t=1", "\r=1", "  =1", "＝1"])
def test_no_cell_of_a_csv_can_become_a_formula(cell):
    text = csv_table([["station", cell, 5, -5, None]]).decode("utf-8-sig")
    (row,) = csv.reader(io.StringIO(text, newline=""))
    assert row == ["station", f"'{cell}", "5", "-5", ""]
