"""`python -m tools.fuzz --seconds 600`: each parser of outside data in a process of its own, and a table at the end."""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
import time
from importlib.util import find_spec

from tools.fuzz.targets import ROOT, TARGETS, Target

SPARE = 90
"""Seconds beyond its time after which a parser counts as hanging."""


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.fuzz", description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=60.0, help="in all, shared by the parsers")
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--only", default="", help="parsers whose name holds this")
    told = parser.parse_args()
    chosen = [target for target in TARGETS if told.only in target.name]
    share = told.seconds / len(chosen)
    print(f"seed {told.seed}, {share:.0f} s a parser")
    print(f"{'parser':28} {'by':9} {'inputs':>9} {'seconds':>8} {'slowest':>9}  result")
    failed = [target.name for target in chosen if not one(target, share, told.seed)]
    return 1 if failed else 0


def one(target: Target, seconds: float, seed: int) -> bool:
    guided = not target.native and find_spec("atheris") is not None
    folder = ROOT / "build" / "fuzz" / re.sub(r"\W+", "-", target.name)
    command = [sys.executable, "-m", "tools.fuzz.one", target.name, str(seconds), str(seed), str(folder)]
    begun = time.monotonic()
    try:
        done = subprocess.run(
            [*command, *(["--atheris"] if guided else [])],
            cwd=ROOT, capture_output=True, text=True, errors="replace", timeout=seconds + SPARE, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return tell(target, guided, 0, time.monotonic() - begun, "", f"HANGS: {folder}/current")
    seconds = time.monotonic() - begun
    if done.returncode:
        why = (done.stderr.strip().splitlines() or [""])[-1][:90]
        last = next((line for line in done.stderr.splitlines() if "Error" in line), why)[:90]
        return tell(target, guided, 0, seconds, "", f"FAILED ({done.returncode}): {last} see {folder}")
    if guided:
        count = re.search(r"number_of_executed_units:\s*(\d+)", done.stderr)
        slowest = re.search(r"slowest_unit_time_sec:\s*(\d+)", done.stderr)
        return tell(
            target, guided, int(count[1]) if count else 0, seconds, f"<{int(slowest[1]) + 1 if slowest else 0} s", ""
        )
    said = json.loads(done.stdout.splitlines()[-1])
    return tell(target, guided, said["inputs"], said["seconds"], f"{said['slowest'] * 1e3:.0f} ms", "")


def tell(target: Target, guided: bool, inputs: int, seconds: float, slowest: str, failure: str) -> bool:
    by = "coverage" if guided else "mutation"
    print(f"{target.name:28} {by:9} {inputs:9} {seconds:8.1f} {slowest:>9}  {failure or 'ok'}", flush=True)
    return not failure


if __name__ == "__main__":
    sys.exit(main())
