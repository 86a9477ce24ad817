"""What the station is built from: locked by hash, listed, and asked after."""

from __future__ import annotations

import json
import re
import time
import tomllib
from pathlib import Path

import pytest

from tools import audit_packages
from tools.make_notice import runtime_packages
from tools.make_sbom import bill, what_is_wrong_with

ROOT = Path(__file__).resolve().parents[3]
LOCK = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]
SHA256 = re.compile(r"[0-9a-f]{64}")


def test_every_package_is_locked_with_the_hash_of_every_file() -> None:
    from_outside = [one for one in LOCK if "registry" in one["source"]]
    assert len(from_outside) > 50
    assert all(set(one["source"]) <= {"registry", "editable", "virtual"} for one in LOCK), "no git, no bare address"
    for package in from_outside:
        files = [*package.get("wheels", ()), *([package["sdist"]] if "sdist" in package else [])]
        assert files, package["name"]
        assert all(SHA256.fullmatch(file["hash"].removeprefix("sha256:")) for file in files), package["name"]


def test_every_installation_asks_for_the_lock_and_its_hashes() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for line in makefile.replace("\\\n", " ").splitlines():
        if re.search(r"\bsync\b|\buv\b.*\brun\b", line) and "$(UV)" in line:
            assert "--locked" in line
        if "pip install" in line:
            assert "--require-hashes" in line
            assert "--only-binary :all:" in line
    assert makefile.count("--locked") >= 1
    uv = (ROOT / "packaging" / "uv.txt").read_text(encoding="utf-8")
    assert "--hash=sha256:" in uv


def test_every_model_and_font_of_others_is_fetched_by_its_hash() -> None:
    files = tomllib.loads((ROOT / "resources" / "models.toml").read_text(encoding="utf-8"))["file"]
    assert files
    assert all(SHA256.fullmatch(file["sha256"]) for file in files)


def test_the_bill_of_materials_is_valid_and_leaves_nothing_out() -> None:
    made = bill()
    assert what_is_wrong_with(json.dumps(made)) == ""
    names = {one["name"] for one in made["components"]}
    assert {name for name, _ in runtime_packages()} <= names
    assert {f"models/{file.name}" for file in (ROOT / "resources" / "models").iterdir()} <= names
    assert {f"fonts/{file.name}" for file in (ROOT / "resources" / "fonts").iterdir()} <= names
    assert all(one["licenses"] for one in made["components"])
    assert all(one.get("hashes") or one["externalReferences"] for one in made["components"])


WEAK = '{"dependencies": [{"name": "a", "version": "1", "vulns": [{"id": "X-1", "fix_versions": ["2"]}]}]}'
UNKNOWN = '{"dependencies": [{"name": "a", "skip_reason": "Dependency not found"}]}'
FINE = '{"dependencies": [{"name": "a", "version": "1", "vulns": []}]}'


def test_a_weakness_fails_the_check_and_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    answer = audit_packages.understood(WEAK)
    assert answer is not None
    assert audit_packages.tell(answer) == 1
    assert "a 1: X-1, mended in 2" in capsys.readouterr().err


@pytest.mark.parametrize("text", ["", "Traceback", "{}", UNKNOWN])
def test_silence_is_no_answer(text: str) -> None:
    assert audit_packages.understood(text) is None


def test_a_package_that_nobody_knows_is_told_loudly(capsys: pytest.CaptureFixture[str]) -> None:
    answer = audit_packages.understood(FINE)
    assert answer is not None
    assert audit_packages.tell({"dependencies": [*answer["dependencies"], {"name": "b", "skip_reason": "?"}]}) == 0
    assert "NOT CHECKED" in capsys.readouterr().out


def test_an_answer_holds_for_the_same_packages_and_not_for_ever(tmp_path: Path) -> None:
    file = tmp_path / "audit.json"
    now = time.time()
    file.write_text(json.dumps({**json.loads(FINE), "lock": "x", "at": now}))
    assert audit_packages.kept(file, "x", now + 60)
    assert audit_packages.kept(file, "y", now + 60) is None
    assert audit_packages.kept(file, "x", now + audit_packages.HOLDS) is None
    file.write_text("[")
    assert audit_packages.kept(file, "x", now) is None
