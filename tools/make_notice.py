"""Write NOTICE.md: what travels in the bundle and its licence, from `uv.lock`, package metadata and models.toml.

`python -m tools.make_notice` writes the file; with `--check` it only says whether the file is up to date.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
NOTICE = ROOT / "NOTICE.md"
PROGRAMS = ("digital-station", "provincial-hub")

SPDX = {
    # Read from their licence files, because their metadata has no SPDX expression or they are for other systems only.
    "aiosqlite": "MIT",
    "backports-tarfile": "MIT",
    "certifi": "MPL-2.0",
    "charset-normalizer": "MIT",
    "colorama": "BSD-3-Clause",
    "fido2": "BSD-2-Clause AND Apache-2.0 AND MPL-2.0",
    "flatbuffers": "Apache-2.0",
    "h11": "MIT",
    "httpx": "BSD-3-Clause",
    "importlib-metadata": "Apache-2.0",
    "jaraco-classes": "MIT",
    "jinja2": "BSD-3-Clause",
    "numpy": "BSD-3-Clause AND 0BSD AND MIT AND Zlib AND CC0-1.0",
    "obstore": "MIT",
    "onnxruntime": "MIT",
    "opencv-python-headless": "Apache-2.0",
    "protobuf": "BSD-3-Clause",
    "pypdfium2": "BSD-3-Clause AND Apache-2.0",
    "pyside6-essentials": "LGPL-3.0-only",
    "pyrage": "MIT",
    "pytesseract": "Apache-2.0",
    "pywin32-ctypes": "BSD-3-Clause",
    "reportlab": "BSD-3-Clause",
    "segno": "BSD-3-Clause",
    "shiboken6": "LGPL-3.0-only",
    "sqlcipher3": "Zlib",
    "tesserocr": "MIT",
}

HEAD = """\
# What the station is built from

The station and the hub are under the Apache License 2.0 (`LICENSE`). The installable bundle also carries the works
below, each under its own licence; the texts lie in the bundle's `licences/`. This file is written by
`python -m tools.make_notice` and checked by `make check`.

Under the GNU Lesser General Public License are **Qt** with its Python binding (LGPL-3.0), **FFmpeg** inside OpenCV and
GCC's libquadmath (LGPL-2.1). All are shared libraries of their own in the bundle, and can be replaced by a user's own
build. Nothing is under the GPL or AGPL, save PyInstaller's start program and the run-time libraries of GCC, whose
licences make an exception for just this use. Tesseract's program, SANE, CUPS, X11, GLib and D-Bus are not in the
bundle: they belong to the operating system. So does JBIG-KIT (GPL), which tesserocr's wheel brings and the bundle
leaves out.

## Python packages
"""

INSIDE = """\
## Inside those packages

| library | carried by | licence |
|---|---|---|
| Qt 6 | PySide6-Essentials | LGPL-3.0-only |
| FFmpeg | opencv-python-headless | LGPL-2.1-or-later |
| OpenCV | opencv-python-headless | Apache-2.0 |
| Tesseract, Leptonica | tesserocr | Apache-2.0, BSD-2-Clause |
| SQLCipher, SQLite | sqlcipher3 | BSD-3-Clause, public domain |
| OpenSSL | cryptography, sqlcipher3 | Apache-2.0 |
| PDFium | pypdfium2 | BSD-3-Clause AND Apache-2.0 |
| OpenBLAS | numpy, opencv-python-headless | BSD-3-Clause |
| libgfortran, libquadmath | numpy, opencv-python-headless | GPL-3.0 WITH GCC-exception-3.1, LGPL-2.1-or-later |
| libaom, libvpx, libavif | opencv-python-headless, Pillow | BSD-2-Clause, BSD-3-Clause |
| FreeType, HarfBuzz, Little CMS, brotli, zstd, liblzma | Pillow | permissive, each its own |
| ICU | PySide6-Essentials | Unicode-3.0 |
| libjpeg-turbo, libpng, libtiff, libwebp, OpenJPEG, zlib | Pillow, OpenCV, tesserocr | permissive, each its own |
| Argon2 reference implementation | argon2-cffi-bindings | CC0-1.0 OR Apache-2.0 |
| CPython | the bundle itself | PSF-2.0 |
| PyInstaller's start program | the bundle itself | GPL-2.0-or-later with the bootloader exception |

## Text models and fonts
"""

DERIVED = {
    "models/Vietnamese.traineddata": ("models/line_reader.onnx", "trained further from"),
    "models/vie.traineddata": ("models/vie.onnx", "the same numbers in another form, from"),
    "models/vie_fast.traineddata": ("models/vie_fast.onnx", "the same numbers in another form, from"),
}
"""The tracked text models, by what each is derived from (`tools/training/line_reader`)."""

DATA = """\
## Data

| files | from | licence |
|---|---|---|
| resources/units/*.csv | vietnamadminunits 1.0.4, © 2025 Tran Ngoc Minh Hieu (text beside the files) | MIT |
| resources/units/*.csv | checked against vietnam-address-converter 1.0.5 | Apache-2.0 |
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="only say whether NOTICE.md is up to date")
    check = parser.parse_args().check
    text = notice()
    if not check:
        NOTICE.write_text(text, encoding="utf-8")
        return 0
    if NOTICE.exists() and NOTICE.read_text(encoding="utf-8") == text:
        return 0
    print("NOTICE.md is not what uv.lock says: python -m tools.make_notice", file=sys.stderr)
    return 1


def notice() -> str:
    packages = ["| package | version | licence |", "|---|---|---|"]
    packages += [f"| {name} | {version} | {licence(name)} |" for name, version in runtime_packages()]
    files = ["| file | from | licence |", "|---|---|---|"]
    models = tomllib.loads((ROOT / "resources" / "models.toml").read_text(encoding="utf-8"))
    for entry in models["file"]:
        files.append(f"| {entry['path']} | {entry['package']} {entry['version']} | {entry['licence']} |")
        if entry["path"] in DERIVED:
            made, how = DERIVED[entry["path"]]
            files.append(f"| {made} | {how} {entry['package']} {entry['version']} | {entry['licence']} |")
    return "\n".join([HEAD, *packages, "", INSIDE, *files, "", DATA])


def runtime_packages() -> list[tuple[str, str]]:
    """Name and version of all that the two programs need, on any system that `uv.lock` covers."""
    locked: dict[str, list[dict[str, Any]]] = {}
    for package in tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]:
        locked.setdefault(package["name"], []).append(package)
    needed: set[str] = set()
    waiting: list[tuple[str, tuple[str, ...]]] = [(program, ()) for program in PROGRAMS]
    done: set[tuple[str, tuple[str, ...]]] = set()
    while waiting:
        if (wanted := waiting.pop()) in done:
            continue
        done.add(wanted)
        for package in locked[wanted[0]]:
            for need in needs(package, wanted[1]):
                needed.add(need["name"])
                waiting.append((need["name"], tuple(need.get("extra", ()))))
    return [(name, ", ".join(package["version"] for package in locked[name])) for name in sorted(needed)]


def needs(package: dict[str, Any], extras: tuple[str, ...]) -> Iterator[dict[str, Any]]:
    yield from package.get("dependencies", ())
    for extra in extras:
        yield from package.get("optional-dependencies", {}).get(extra, ())


def licence(name: str) -> str:
    """The SPDX expression of a package; exits with a sentence where nobody has read its licence yet."""
    if name in SPDX:
        return SPDX[name]
    try:
        told = metadata.metadata(name)
    except metadata.PackageNotFoundError:
        told = None
    if told is None or "License-Expression" not in told:
        sys.exit(f"{name} does not name its licence: read it, and enter it into SPDX in tools/make_notice.py")
    return str(told["License-Expression"])


if __name__ == "__main__":
    sys.exit(main())
