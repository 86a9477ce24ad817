"""Put the programs that the benchmark compares with in place: Tesseract's Vietnamese model, OCRmyPDF in build/peers.

They are called as programs of their own, no part of the project: OCRmyPDF is MPL-2.0 and may call Ghostscript (AGPL).
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv

from bench.reading.peers import PEERS

SYSTEM = ("tesseract-ocr-vie", "tesseract-ocr-osd", "ghostscript")
OCRMYPDF = "ocrmypdf==17.13.0"


def main() -> int:
    if shutil.which("apt-get"):
        as_root = [] if os.geteuid() == 0 else ["sudo"]
        subprocess.run([*as_root, "apt-get", "install", "-qq", "--yes", "--no-install-recommends", *SYSTEM], check=True)
    if not (PEERS / "ocrmypdf").is_file():
        venv.create(PEERS.parent, with_pip=True, clear=True)
        pip = [str(PEERS / "python"), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", OCRMYPDF]
        subprocess.run(pip, check=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
