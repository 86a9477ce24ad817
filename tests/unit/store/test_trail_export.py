"""An exported trail, changed in every way that somebody might: each is found, by the program and without it."""

from __future__ import annotations

import ast
import io
import json
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from station.clock import VIETNAM
from station.dossier.audit import AuditEntry
from station.dossier.trail import BEFORE_THE_FIRST, ShortHead, SignedHead, line_hash
from station.dossier.trail_check import Fault, TrailReport, check_trail, is_trail
from station.errors import InputError, RuleError
from station.store.store import Store
from station.store.trail import audit
from station.verify_trail import ALTERED, WELL, verify_trail

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=VIETNAM)
ALONE = Path(__file__).parents[3] / "packaging" / "verify_trail.py"
VECTOR = Path(__file__).parents[3] / "contract" / "v1" / "vectors" / "trail.json"
STRANGER = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
Records = list[dict[str, Any]]


def fill(store: Store, lines: int) -> None:
    with store.dossiers.transaction() as kept:
        for number in range(lines):
            kept.audit(AuditEntry("see_dossier", "canbo.mau", NOON, f"d{number}", {"nơi": "quầy 1"}))


@pytest.fixture
def exported(store: Store) -> Records:
    """Twelve lines, signed after the fifth and at the end."""
    fill(store, 5)
    store.audit.checkpoint()
    fill(store, 7)
    return [json.loads(line) for line in store.audit.export("T01")]


def signed_again(records: Records, key: Ed25519PrivateKey) -> Records:
    """Every line chained anew from the first, and the one head at the end signed by `key`."""
    lines = [dict(one) for one in records if "seq" in one]
    before = BEFORE_THE_FIRST
    for number, line in enumerate(lines, 1):
        line["seq"] = number
        said = (line["deed"], line["by"], line["at"], line["dossier_id"], line["detail"])
        before = line["hash"] = line_hash(before, number, *said)
    head = SignedHead.sign(len(lines), before, NOON, key)
    return [records[0], *lines, {"head": head.text}]


def check(records: Records, *outside: SignedHead | ShortHead) -> TrailReport:
    return check_trail([json.dumps(one, ensure_ascii=False) for one in records], outside)


def faults(report: TrailReport) -> list[tuple[Fault, int]]:
    return [(finding.fault, finding.seq) for finding in report.findings]


def alone(tmp_path: Path, records: Records, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The auditor's file in an interpreter that cannot import the station."""
    file = tmp_path / "trail.jsonl"
    file.write_text("".join(f"{json.dumps(one, ensure_ascii=False)}\n" for one in records), encoding="utf-8")
    command = [sys.executable, "-I", str(ALONE), str(file), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=tmp_path)


def rewrite(records: Records) -> Records:
    records[3]["by"] = "somebody.else"
    return records


def insert(records: Records) -> Records:
    return [*records[:4], dict(records[4]), *records[4:]]


def reorder(records: Records) -> Records:
    records[2], records[3] = records[3], records[2]
    return records


def take_out(records: Records) -> Records:
    return records[:2] + records[3:]


def cut_the_end(records: Records) -> Records:
    return records[:-3]


def cut_to_a_signature(records: Records) -> Records:
    return records[:7]


def sign_by_another(records: Records) -> Records:
    return signed_again(records, STRANGER)


def write_anew(records: Records) -> Records:
    records[3]["by"] = "somebody.else"
    return signed_again(records, STRANGER)


CHANGES: list[tuple[Callable[[Records], Records], tuple[Fault, int]]] = [
    (rewrite, (Fault.LINE_CHANGED, 3)),
    (insert, (Fault.OUT_OF_ORDER, 5)),
    (reorder, (Fault.OUT_OF_ORDER, 2)),
    (take_out, (Fault.OUT_OF_ORDER, 2)),
    (cut_the_end, (Fault.CUT_OFF, 11)),
    (cut_to_a_signature, (Fault.CUT_OFF, 6)),
    (sign_by_another, (Fault.OTHER_KEY, 12)),
    (write_anew, (Fault.WRITTEN_ANEW, 12)),
]


def test_the_auditor_s_file_is_short_and_knows_nothing_of_the_station() -> None:
    source = ALONE.read_text(encoding="utf-8")
    imported = {
        (node.module or "") if isinstance(node, ast.ImportFrom) else node.names[0].name
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Import | ast.ImportFrom)
    }
    others = {name.partition(".")[0] for name in imported} - sys.stdlib_module_names
    assert others == {"cryptography"}
    assert source.count("\n") <= 120


def test_an_export_as_it_was_written_is_well(exported: Records, store: Store, tmp_path: Path) -> None:
    head = store.audit.signed_head()
    report = check(exported, head, ShortHead.parse(head.short))
    assert (report.findings, report.lines, report.compared, report.station) == ((), 12, 2, "T01")
    assert report.key_ids == (head.key_id,)
    done = alone(tmp_path, exported, "--head", head.short, "--head", head.text, "--key", head.key_id)
    assert (done.returncode, done.stderr) == (0, "")
    assert "12 lines" in done.stdout


@pytest.mark.parametrize(("change", "found"), CHANGES, ids=lambda part: getattr(part, "__name__", ""))
def test_every_change_is_found(
    exported: Records,
    store: Store,
    tmp_path: Path,
    change: Callable[[Records], Records],
    found: tuple[Fault, int],
) -> None:
    head = store.audit.signed_head()
    changed = change(exported)
    assert found in faults(check(changed, head))
    done = alone(tmp_path, changed, "--head", head.text)
    assert done.returncode == 1
    assert f" {found[1]}" in done.stdout or "cut off" in done.stdout


def test_a_trail_that_whoever_has_the_key_wrote_anew_shows_only_against_a_head_from_elsewhere(
    exported: Records, store: Store
) -> None:
    own = Ed25519PrivateKey.from_private_bytes(store.secrets.trail)
    printed = ShortHead.parse(store.audit.signed_head().short)
    exported[3]["by"] = "somebody.else"
    anew = signed_again(exported, own)
    assert check(anew).findings == ()
    assert faults(check(anew, printed)) == [(Fault.WRITTEN_ANEW, 12)]


def test_an_export_whose_last_head_was_taken_away_says_that_its_end_may_be_missing(exported: Records) -> None:
    assert faults(check(exported[:-1])) == [(Fault.NOT_SIGNED, 12)]


def test_a_signature_that_was_changed_is_found(exported: Records, tmp_path: Path) -> None:
    exported[-1]["head"] = exported[-1]["head"].replace("T12:00:00", "T13:00:00")
    at = exported[-1]["head"].split("|")[3]
    exported[-1]["head"] = exported[-1]["head"].replace(at, "2027-01-01T00:00:00+07:00")
    assert faults(check(exported)) == [(Fault.BAD_SIGNATURE, 12)]
    assert alone(tmp_path, exported).returncode == 1


@pytest.mark.parametrize("records", [[], [{}], [{"trail": "2"}]])
def test_the_auditor_s_file_says_in_a_sentence_what_is_no_trail(records: Records, tmp_path: Path) -> None:
    told = alone(tmp_path, records)
    assert told.returncode == 2
    assert "the file is empty, or it is not the exported trail of a station" in told.stderr


def test_the_head_is_signed_and_kept_every_hundred_lines_and_at_the_end(store: Store) -> None:
    for _ in range(3):
        fill(store, 60)
    heads = [json.loads(line)["head"].split("|")[1] for line in store.audit.export("T01") if '"head"' in line]
    assert heads == ["120", "180"]
    store.audit.checkpoint()
    store.audit.checkpoint()
    heads = [json.loads(line)["head"].split("|")[1] for line in store.audit.export("T01") if '"head"' in line]
    assert heads == ["120", "180", "180"]


def test_an_empty_trail_can_be_exported_and_checked(store: Store, tmp_path: Path) -> None:
    records = [json.loads(line) for line in store.audit.export("T01")]
    assert check(records, store.audit.signed_head()).findings == ()
    assert alone(tmp_path, records).returncode == 0


def test_the_head_for_the_hub_is_signed_again_only_when_there_is_a_new_line(store: Store) -> None:
    fill(store, 1)
    first = store.audit.head_to_tell()
    assert store.audit.head_to_tell() == first
    fill(store, 1)
    second = store.audit.head_to_tell()
    assert second is not None
    assert SignedHead.parse(second).seq == 2


def test_the_vector_of_the_contract_is_said_as_it_stands() -> None:
    vector = json.loads(VECTOR.read_text(encoding="utf-8"))
    before = BEFORE_THE_FIRST
    for line in vector["lines"]:
        said = (line["deed"], line["by"], line["at"], line["dossier_id"], line["detail"])
        before = line_hash(before, line["seq"], *said)
        assert before == line["hash"]
    key = Ed25519PrivateKey.from_private_bytes(bytes(range(32, 64)))
    head = SignedHead.sign(3, before, datetime.fromisoformat(vector["at"]), key)
    assert head.text == vector["head"]
    assert SignedHead.parse(vector["head"]) == head
    assert head.is_genuine()


@pytest.mark.parametrize("text", ["", "12", "12:abc", "TSN1|1|2|3", "x:" + "a" * 20, "12:" + "g" * 20])
def test_what_is_no_head_is_refused(text: str) -> None:
    with pytest.raises(InputError, match=r"trail\.no_head"):
        ShortHead.parse(text)
    with pytest.raises(InputError, match=r"trail\.no_head"):
        SignedHead.parse(text)


@pytest.mark.parametrize("text", ["", "{}", '{"trail":"2"}', '{"trail":"1"}', '{"trail":"1","station":"T"}\n[]'])
def test_what_is_no_trail_is_refused(text: str) -> None:
    with pytest.raises(InputError, match=r"trail\.malformed"):
        check_trail(text.splitlines())
    assert not is_trail("nothing of the kind")


def test_the_program_tells_in_words_what_a_trail_is_worth(exported: Records, store: Store, tmp_path: Path) -> None:
    file, heads = tmp_path / "trail.jsonl", tmp_path / "heads.txt"
    file.write_text("\n".join(json.dumps(one) for one in exported), encoding="utf-8")
    heads.write_text(store.audit.signed_head().text + "\n", encoding="utf-8")
    out = io.StringIO()
    assert verify_trail(file, [], heads, None, out) == WELL
    assert "T01" in out.getvalue()
    assert "{" not in out.getvalue()
    file.write_text("\n".join(json.dumps(one) for one in rewrite(exported)), encoding="utf-8")
    assert verify_trail(file, [], None, None, out) == ALTERED


def test_a_line_goes_with_the_deed_that_came_to_nothing(store: Store) -> None:
    def come_to_nothing() -> None:
        with store.dossiers.transaction() as kept:
            kept.audit(AuditEntry("see_dossier", "canbo.mau", NOON))
            kept.load("no such dossier")

    with pytest.raises(RuleError, match=r"dossier\.unknown"):
        come_to_nothing()
    assert store.audit.head() == audit.Head(0, BEFORE_THE_FIRST)
