"""Whether a package of `uv.lock` has a known weakness, asked of OSV and, where that is away, of PyPI (pip-audit).

Exit 1 for a weakness. Where nobody can be asked it says so, loudly, and is not green: «NOT CHECKED» is no «none known».
An answer holds for three days of the same lock file (`build/audit.json`).
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from hashlib import sha256
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / "build" / "audit.json"
HOLDS = 3 * 24 * 3600.0
SERVICES = ("osv", "pypi")
PATIENCE = 60

Answer = dict[str, Any]


def main() -> int:
    lock = sha256((ROOT / "uv.lock").read_bytes()).hexdigest()
    answer = kept(KEPT, lock, time.time()) or asked(lock)
    if answer is None:
        print(f"!! NOT CHECKED for known weaknesses: no network to {' or '.join(SERVICES)}. Run it again online.")
        return 0
    KEPT.parent.mkdir(exist_ok=True)
    KEPT.write_text(json.dumps(answer), encoding="utf-8")
    return tell(answer)


def tell(answer: Answer) -> int:
    """Print what is known; 1 where there is a weakness."""
    weak = [one for one in answer["dependencies"] if one.get("vulns")]
    unknown = [one["name"] for one in answer["dependencies"] if "skip_reason" in one]
    for one in weak:
        for weakness in one["vulns"]:
            mended = ", ".join(weakness.get("fix_versions", ())) or "no version yet"
            print(f"{one['name']} {one['version']}: {weakness['id']}, mended in {mended}", file=sys.stderr)
    if unknown:
        print(f"!! NOT CHECKED for known weaknesses: {len(unknown)} packages, {', '.join(unknown[:5])} …")
    return 1 if weak else 0


def asked(lock: str) -> Answer | None:
    """What the first service that answers says; None where none of them knows even one package."""
    uv = os.environ.get("UV") or str(ROOT / "build" / "uv" / "bin" / "uv")
    listed = ROOT / "build" / "audit.txt"
    listed.parent.mkdir(exist_ok=True)
    export = [uv, "export", "--locked", "--quiet", "--no-emit-workspace", "--all-packages", "--all-groups"]
    try:
        subprocess.run(
            [*export, "--output-file", str(listed)], cwd=ROOT, check=True, capture_output=True, timeout=PATIENCE
        )
    except (OSError, subprocess.SubprocessError) as error:
        print(f"uv could not list the packages: {error}", file=sys.stderr)
        return None
    for service in SERVICES:
        command = [sys.executable, "-m", "pip_audit", "--require-hashes", "--disable-pip", "--progress-spinner", "off"]
        try:
            done = subprocess.run(
                [*command, "--format", "json", "--vulnerability-service", service, "--requirement", str(listed)],
                cwd=ROOT, capture_output=True, text=True, timeout=PATIENCE, check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            continue
        if answer := understood(done.stdout):
            return {**answer, "lock": lock, "at": time.time(), "service": service}
    return None


def understood(text: str) -> Answer | None:
    """pip-audit's answer, where it is one about at least one package."""
    try:
        answer: Answer = json.loads(text)
        known = [one for one in answer["dependencies"] if "vulns" in one]
    except (ValueError, KeyError, TypeError):
        return None
    return answer if known else None


def kept(file: Path, lock: str, now: float) -> Answer | None:
    """A recent answer about the same packages."""
    try:
        answer: Answer = json.loads(file.read_text(encoding="utf-8"))
        fresh = answer["lock"] == lock and 0 <= now - answer["at"] < HOLDS and answer["dependencies"]
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return answer if fresh else None


if __name__ == "__main__":
    sys.exit(main())
