"""The specimens that ship are invented, marked, consistent within a pile, and what their truth says they are."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from PIL import Image

from station import paths
from station.scan.papers.folder import load_papers
from tools.make_specimens import write_pile
from tools.specimens.people import Person, check_digit
from tools.specimens.piles import PILES as STORIES
from tools.specimens.words import date_in_words

TRAY = paths.resources() / "specimens" / "tray"
PILES = ("1-khai-sinh", "2-ket-hon", "3-cu-tru", "4-chung-thuc")


def truth(pile: str) -> list[dict[str, Any]]:
    lines = (TRAY / pile / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


@pytest.mark.parametrize("pile", PILES)
def test_every_paper_of_a_pile_is_there_and_small_enough_for_the_repository(pile: str) -> None:
    papers = truth(pile)
    assert sorted(paper["file"] for paper in papers) == sorted(file.name for file in (TRAY / pile).glob("*.jpg"))
    for paper in papers:
        assert paper["kind"] in load_papers(paths.resources() / "papers").kinds
        assert (TRAY / pile / paper["file"]).stat().st_size <= 350_000


@pytest.mark.parametrize("pile", PILES)
def test_every_qr_code_reads_as_the_truth_says(pile: str) -> None:
    coded = [paper for paper in truth(pile) if "qr" in paper]
    assert coded
    for paper in coded:
        with Image.open(TRAY / pile / paper["file"]) as image:
            assert [found.text for found in zxingcpp.read_barcodes(image)] == [paper["qr"]]


@pytest.mark.parametrize("pile", PILES)
def test_every_mrz_has_valid_check_digits(pile: str) -> None:
    for paper in truth(pile):
        if "mrz" not in paper:
            continue
        first, second, third = paper["mrz"]
        assert {len(first), len(second), len(third)} == {30}
        assert first[14] == check_digit(first[5:14])
        assert second[6] == check_digit(second[:6])
        assert second[14] == check_digit(second[8:14])
        assert second[29] == check_digit(first[5:30] + second[:7] + second[8:15] + second[18:29])


@pytest.mark.parametrize("pile", PILES)
def test_a_pile_tells_one_story(pile: str) -> None:
    """Whoever's card lies in the pile stands, with the same number, on other papers of it; no number has two names."""
    papers = truth(pile)
    names: dict[str, set[str]] = {}
    for paper in papers:
        for key, number in paper["fields"].items():
            if key.endswith(".id_number"):
                name = paper["fields"].get(key.replace("id_number", "full_name"))
                names.setdefault(number, set()).update({name.upper()} if name else set())
    assert all(len(said) == 1 for said in names.values())
    holders = [paper["fields"]["subject.id_number"] for paper in papers if paper["kind"].endswith("card_front")]
    others = [paper["text"] for paper in papers if "_card_" not in paper["kind"]]
    assert any(holder in text for holder in holders for text in others)


def test_the_same_seed_draws_the_same_papers_as_before(tmp_path: Path) -> None:
    for time in ("one", "two"):
        write_pile(tmp_path / time / "2-ket-hon", STORIES["2-ket-hon"]()[3:4], 2026)
    for file in (tmp_path / "one" / "2-ket-hon").iterdir():
        assert file.read_bytes() == (tmp_path / "two" / "2-ket-hon" / file.name).read_bytes()


@pytest.mark.parametrize("pile", PILES)
def test_the_truth_that_ships_is_the_one_that_is_drawn_today(pile: str) -> None:
    drawn = [(specimen.kind, specimen.fields, "\n".join(specimen.lines)) for _, specimen in STORIES[pile]()]
    assert [(paper["kind"], paper["fields"], paper["text"]) for paper in truth(pile)] == drawn


def test_an_invented_number_must_have_the_valid_structure() -> None:
    with pytest.raises(ValueError, match="valid structure"):
        Person("Trần Thị Mẫu", date(2001, 1, 1), "female", "040101000001", "", "")


def test_the_mrz_folds_vietnamese_letters() -> None:
    person = Person("Đặng Thị Ngọc Ửng", date(1992, 1, 6), "female", "074192005839", "", "")
    assert person.mrz()[2].startswith("DANG<<THI<NGOC<UNG<")


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2007, 11, 18), "Ngày mười tám tháng mười một năm hai nghìn không trăm linh bảy"),
        (date(1995, 4, 21), "Ngày hai mươi mốt tháng tư năm một nghìn chín trăm chín mươi lăm"),
        (date(2000, 5, 15), "Ngày mười lăm tháng năm năm hai nghìn không trăm"),
    ],
)
def test_dates_are_written_out_as_on_papers(day: date, words: str) -> None:
    assert date_in_words(day) == words
