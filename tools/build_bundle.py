"""Build dist/station/ with PyInstaller, put the licences in, and try the programs in it as a bare machine would.

`python -m tools.build_bundle`; with `--check` it only tries a bundle that is already there.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from importlib import metadata
from pathlib import Path, PurePosixPath
from typing import Any

from tools.make_notice import runtime_packages

ROOT = Path(__file__).resolve().parent.parent
BUNDLE = ROOT / "dist" / "station"
PILE = ROOT / "resources" / "specimens" / "tray" / "1-khai-sinh"
SPECIMEN = "01-citizen-card-front.jpg"
NAME = "subject.full_name"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="only try the bundle that is there")
    if not parser.parse_args().check:
        begun = time.monotonic()
        build()
        leave_to_the_system()
        add_licences()
        add_bill_of_materials()
        print(f"built in {time.monotonic() - begun:.0f} s")
    size = sum(file.stat().st_size for file in BUNDLE.rglob("*") if file.is_file() and not file.is_symlink())
    print(f"dist/station: {size / 1e6:.0f} MB")
    faults = [fault for trial in (tells_its_version, reads_a_specimen, walks_through_practice) if (fault := trial())]
    for fault in faults:
        print(f"The bundle does not work: {fault}", file=sys.stderr)
    return 1 if faults else 0


def build() -> None:
    log = ROOT / "build" / "bundle.log"
    log.parent.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN"]
    command += ["--distpath", str(ROOT / "dist"), "--workpath", str(ROOT / "build" / "pyinstaller"), "build.spec"]
    with log.open("w", encoding="utf-8") as output:
        done = subprocess.run(command, cwd=ROOT, stdout=output, stderr=subprocess.STDOUT, check=False)
    if done.returncode:
        sys.exit(f"PyInstaller failed:\n{log.read_text(encoding='utf-8')[-4000:]}")


def leave_to_the_system() -> None:
    """JBIG-KIT is under the GPL; tesserocr's wheel brings it for a kind of TIFF that never reaches Tesseract.

    The loader wants to see it all the same: a link to the system's own (libjbig0) takes its place.
    """
    for file in BUNDLE.rglob("libjbig*.so*"):
        if not file.is_symlink():
            file.unlink()
            file.symlink_to(f"/usr/lib/{platform.machine()}-linux-gnu/libjbig.so.0")


def add_licences() -> None:
    """Our licence, the list of what is inside, and every licence text that the packages carry."""
    folder = BUNDLE / "licences"
    for name in ("LICENSE", "NOTICE.md"):
        shutil.copy(ROOT / name, BUNDLE / name)
    shutil.copy(ROOT / "packaging" / "verify_trail.py", BUNDLE / "verify_trail.py")  # for auditors: runs without us
    for name, _ in runtime_packages():
        try:
            files = metadata.files(name) or []
        except metadata.PackageNotFoundError:  # needed on other systems only
            continue
        for file in files:
            if is_licence(file):
                target = folder / name / file.name
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(str(file.locate()), target)


def add_bill_of_materials() -> None:
    """What is inside, for whoever has to answer for it (CycloneDX)."""
    command = [sys.executable, "-m", "tools.make_sbom", str(BUNDLE / "sbom.cdx.json")]
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        sys.exit("The bill of materials could not be made.")


def is_licence(file: PurePosixPath) -> bool:
    plain_text = file.suffix.lower() not in (".py", ".pyc", ".pyi", ".so", ".json")
    return plain_text and file.name.upper().startswith(("LICENSE", "LICENCE", "COPYING", "NOTICE", "AUTHORS"))


def tells_its_version() -> str | None:
    told = call("station", "--version")
    expected = metadata.version("digital-station")
    return None if told.stdout.strip() == expected else f"station --version: {told.stdout}{told.stderr}"


def reads_a_specimen() -> str | None:
    """Models, image libraries and worker processes all have to be in their places for this."""
    begun = time.monotonic()
    told = call("station", "read", str(PILE / SPECIMEN), "--json")
    if told.returncode:
        return f"station read: {told.stderr[-2000:]}"
    page: dict[str, Any] = json.loads(told.stdout)
    truth = [json.loads(line) for line in (PILE / "truth.jsonl").read_text(encoding="utf-8").splitlines()]
    expected = next(paper["fields"][NAME] for paper in truth if paper["file"] == SPECIMEN).casefold()
    names = {field["source"]: field["value"] for field in page["fields"] if field["key"] == NAME}
    print(f"station read {SPECIMEN}: {names} in {time.monotonic() - begun:.1f} s")
    right = all(names.get(source, "").casefold() == expected for source in ("ocr", "qr"))
    return None if right else f"read {names}, not {expected} from print and from the code"


def walks_through_practice() -> str | None:
    """One dossier through both windows, printed, sealed and sent to the hub that lies beside the program."""
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        told = call("station", "practice", "--walk", "--data", folder, "--pictures", f"{folder}/pictures")
    print(f"station practice --walk: {time.monotonic() - begun:.0f} s")
    return f"station practice --walk: {told.stdout[-500:]}{told.stderr[-2000:]}" if told.returncode else None


BARE = {"PATH": os.defpath, "LANG": "C.UTF-8"}
"""The environment of the trials: the system's programs (Xvfb for the walk), nothing of the developer's."""


def call(program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    with tempfile.TemporaryDirectory() as elsewhere:
        return subprocess.run(
            [str(BUNDLE / program), *arguments],
            cwd=elsewhere,
            env=BARE,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=400,
            check=False,
        )


if __name__ == "__main__":
    sys.exit(main())
