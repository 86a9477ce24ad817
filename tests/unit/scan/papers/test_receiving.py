"""What a description says about receiving its paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from station import paths
from station.dossier.kinds import ANY, Receiving
from station.errors import ResourceError
from station.scan.papers.folder import load_papers

PAPER = """
kind = "sample"
name = { vi = "Giấy mẫu", en = "Sample" }
titles = ["Giấy mẫu"]

[[section]]
prefix = "subject."
fields = [{ key = "full_name", labels = ["Họ và tên"], grammar = "name" }]

[[section]]
fields = [
    { key = "issue_date", grammar = "date", place = "letterhead" },
    { key = "signed_by", labels = ["Người ký"], grammar = "name", place = "signature" },
]

[receiving]
"""


def received(folder: Path, rules: str) -> Receiving:
    (folder / "lexicons.toml").write_text("")
    (folder / "sample.toml").write_text(PAPER + rules, encoding="utf-8")
    return load_papers(folder).kinds.receiving("sample")


def test_how_long_a_paper_holds_whose_it_is_and_what_is_brought_instead(tmp_path: Path) -> None:
    rules = 'valid_from = "issue_date"\nvalid_months = 6\nvalid_by = "Điều 23"\nabout = ["subject."]\nnear = ["sample"]'
    told = Receiving("", "issue_date", 6, "Điều 23", "signed_by", ("subject.",), ("sample",))
    assert received(tmp_path, rules) == told


@pytest.mark.parametrize(
    ("rules", "code", "place"),
    [
        ('valid_until = "expiry_date"', "bad_value", "receiving.valid_until"),
        ('valid_from = "issue_date"', "missing_key", "receiving.valid_from"),
        ("valid_months = 6", "missing_key", "receiving.valid_months"),
        ('about = ["owner."]', "bad_value", "receiving.about[1]"),
        ('near = ["nothing"]', "unknown_kind", "receiving.near[1]"),
        ("valid_days = 3", "unknown_key", "receiving.valid_days"),
    ],
)
def test_a_mistake_is_named_with_its_place(tmp_path: Path, rules: str, code: str, place: str) -> None:
    with pytest.raises(ResourceError) as raised:
        received(tmp_path, rules)
    assert raised.value.code == f"resource.{code}"
    assert (raised.value.parameters["place"], raised.value.parameters["line"]) == (place, 17)


def test_a_certificate_of_marital_status_holds_six_months_and_bears_a_signature() -> None:
    kinds = load_papers(paths.resources() / "papers").kinds
    rules = kinds.receiving("marital_status_certificate")
    assert (rules.valid_from, rules.valid_months, rules.signed) == ("issue_date", 6, "signed_by")
    assert kinds.receiving("other") == kinds.receiving(None) == ANY
