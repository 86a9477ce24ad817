"""One parser fuzzed in this process: `python -m tools.fuzz.one NAME SECONDS SEED FOLDER`, a JSON line at the end.

The input under way lies in FOLDER/current: should the process die, that is what killed it. With atheris installed
(`pip install atheris`), parsers in Python are fuzzed by coverage: `--atheris`.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import random
import sys
import time
import warnings
from pathlib import Path

from tools.fuzz.mutate import mutated
from tools.fuzz.targets import TARGETS, Target

SLOW = 20.0
"""Seconds that one small input may take: far above the worst that was seen, far below a hang."""


def fuzz(
    target: Target, seconds: float, seed: int, folder: Path | None = None, most: int | None = None
) -> dict[str, float]:
    """Feed mutated seeds until the time is up; raises the first error that is not the parser's right answer."""
    rng, seeds = random.Random(seed), target.seeds()  # noqa: S311 – inputs, not keys
    begun, count, slowest, refused = time.monotonic(), 0, 0.0, 0
    while time.monotonic() - begun < seconds and (most is None or count < most):
        content = seeds[count] if count < len(seeds) else mutated(seeds, rng)
        if folder and target.native:
            (folder / "current").write_bytes(content)
        started = time.monotonic()
        refused += not taken(target, content, folder)
        took = time.monotonic() - started
        slowest, count = max(slowest, took), count + 1
        if took > SLOW:
            keep(folder, target, content)
            raise TimeoutError(f"{took:.0f} s for one input")
    return {"inputs": count, "refused": refused, "seconds": time.monotonic() - begun, "slowest": slowest}


def taken(target: Target, content: bytes, folder: Path | None) -> bool:
    """Whether the parser took it; False where it refused as it should. Any other error is kept and raised."""
    try:
        target.call(content)
    except target.allowed:
        return False
    except BaseException:
        keep(folder, target, content)
        raise
    return True


def keep(folder: Path | None, target: Target, content: bytes) -> None:
    if folder:
        name = f"{target.name.replace(' ', '-')}-{hashlib.sha256(content).hexdigest()[:12]}.bin"
        (folder.parent / name.replace("/", "-")).write_bytes(content)


def by_coverage(target: Target, seconds: float, folder: Path) -> None:
    """Never returns: libFuzzer ends the process and says on stderr how many inputs it tried."""
    import atheris

    corpus = folder / "corpus"
    corpus.mkdir(exist_ok=True)
    for number, seed in enumerate(target.seeds()):
        (corpus / f"seed-{number}").write_bytes(seed)
    with atheris.instrument_imports(include=["station"]), contextlib.suppress(*target.allowed):
        target.call(target.seeds()[0])  # the parsers are imported where they are first called
    options = [f"-max_total_time={seconds:.0f}", "-max_len=8192", "-print_final_stats=1", "-rss_limit_mb=3000"]
    atheris.Setup(
        [sys.argv[0], *options, f"-artifact_prefix={folder}/", str(corpus)],
        lambda content: taken(target, content, folder) and None,
    )
    atheris.Fuzz()


def main() -> int:
    name, seconds, seed, place, *rest = sys.argv[1:]
    logging.disable(logging.CRITICAL)
    warnings.simplefilter("ignore")
    target = next(one for one in TARGETS if one.name == name)
    folder = Path(place)
    folder.mkdir(parents=True, exist_ok=True)
    if "--atheris" in rest:
        by_coverage(target, float(seconds), folder)
    print(json.dumps(fuzz(target, float(seconds), int(seed), folder)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
