"""Draws from a corpus, the lenient measure for other programs, kept figures, and the page of the worst fields."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from bench.reading import corpus, figures, peers
from bench.reading.page import write_page
from bench.reading.report import score_all, table
from bench.reading.runs import ran, readings

ROOT = Path(__file__).resolve().parents[3]
PILE = ROOT / "resources" / "specimens" / "tray" / "2-ket-hon"


def test_a_draw_is_the_same_for_the_same_seed_and_has_every_kind_in_turn() -> None:
    truths = [
        {"file": f"{kind}{number}", "kind": kind, "damage": {"profile": "scan"}}
        for kind in "abc"
        for number in range(9)
    ]
    one = corpus.drawn(truths, 6, seed=4)
    assert one == corpus.drawn(truths, 6, seed=4)
    assert sorted(truth["kind"] for truth in one) == list("aabbcc")
    assert len(corpus.drawn(truths, 100)) == 27


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("1998-04-05", "Sinh ngày: 05/04/1998."),
        ("1998-04-05", "ngày 5 tháng 4 năm 1998"),
        ("2024-05-06T07:08", "07 giờ 08 phút, ngày 06 tháng 05 năm 2024"),
        ("female", "Giới tính: Nữ"),
        ("50000000", "50.000.000 đồng"),
        ("Thôn 3, xã A", "thôn 3 xã\nA"),
    ],
)
def test_a_peer_has_a_field_when_its_value_stands_in_the_text_as_papers_print_it(value: str, text: str) -> None:
    assert peers.occurs(value, text)


def test_a_value_that_is_not_there_does_not_occur() -> None:
    assert not peers.occurs("1998-04-05", "Sinh ngày: 06/04/1998")
    assert not peers.occurs("NGUYỄN VĂN AN", "NGUYEN VAN AN")


def test_what_a_program_costs_includes_its_children() -> None:
    work = "sum(range(12_000_000))"
    inner = f"import subprocess, sys; subprocess.run([sys.executable, '-c', '{work}'])"
    busy, idle = ran([sys.executable, "-c", inner], {}), ran([sys.executable, "-c", "print('x')"], {})
    assert (busy.status, idle.output.strip()) == (0, b"x")
    assert busy.cpu_seconds > idle.cpu_seconds + 0.05


def test_only_what_has_become_worse_is_a_drop() -> None:
    before = {"all": {"field": 0.95, "cer": 0.02, "invented": 1, "qr": None}}
    assert figures.drops(before, {"all": {"field": 0.96, "cer": 0.01, "invented": 0, "qr": 0.5}}) == []
    assert figures.drops(before, {"all": {"field": 0.949, "cer": 0.021, "invented": 1, "qr": None}}) == []
    worse = figures.drops(before, {"all": {"field": 0.94, "cer": 0.03, "invented": 2, "qr": None}})
    assert [drop.figure for drop in worse] == ["field", "cer", "invented"]


def test_figures_of_another_corpus_are_kept_beside(tmp_path: Path) -> None:
    kept = tmp_path / "figures" / "reading.json"
    figures.keep(kept, "one", {"all": {"field": 0.5}}, "command", {"page": 2.0})
    figures.keep(kept, "two", {"all": {"field": 0.7}}, "command", {})
    assert {name: data["figures"]["all"]["field"] for name, data in figures.load(kept).items()} == {
        "one": 0.5,
        "two": 0.7,
    }


def test_the_page_shows_each_mistake_with_its_piece_of_the_image(tmp_path: Path) -> None:
    truths = corpus.truths(PILE)[:1]
    key, value = "subject.full_name", truths[0]["fields"]["subject.full_name"]
    wrong = {
        "key": key, "value": value + "<X>", "status": "accepted", "source": "ocr", "box": [400, 300, 700, 360],
        "others": ["another"], "doubt": "reads_differ",
    }  # fmt: skip
    report = score_all(truths, {truths[0]["file"]: {"kind": truths[0]["kind"], "fields": [wrong], "text": ""}})
    target = tmp_path / "index.html"
    write_page(target, PILE, report.mistakes, truths, table(report, "overall"), 2)
    told = target.read_text(encoding="utf-8")
    assert "data:image/jpeg;base64," in told
    assert f"{value}<mark>&lt;X&gt;</mark>" in told
    assert "another" in told
    assert told.count("<tr><td") == 2
    with Image.open(tmp_path / "images" / truths[0]["file"]) as image:
        assert image.size[0] > 0


def test_the_command_scores_an_earlier_reading_and_says_what_became_worse(tmp_path: Path) -> None:
    truths = corpus.truths(PILE)
    perfect = [
        {
            "file": truth["file"], "kind": truth["kind"], "text": truth["text"], "mrz": truth.get("mrz", []),
            "codes": [{"text": truth.get("qr", "")}],
            "fields": [
                {"key": key, "value": value, "status": "accepted", "source": "ocr", "box": None, "others": []}
                for key, value in truth["fields"].items()
            ],
        }
        for truth in truths
    ]  # fmt: skip
    read, kept = tmp_path / "read.jsonl", tmp_path / "figures.json"

    def scored(lines: list[dict[str, object]], *more: str) -> subprocess.CompletedProcess[str]:
        read.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
        command = [sys.executable, "-m", "bench.reading", str(PILE), "--read", str(read), *more]
        return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    first = scored(perfect, "--keep", str(kept))
    assert first.returncode == 0, first.stderr
    again = scored(perfect, "--against", str(kept))
    assert (again.returncode, "nothing has become worse" in again.stdout) == (0, True)
    worse = scored(perfect[1:], "--against", str(kept))
    assert worse.returncode == 1
    assert "all field: 1 before" in worse.stdout
    assert readings(read.read_text(encoding="utf-8").splitlines())
