"""The bill of materials (CycloneDX 1.6): every package of `uv.lock` that is built in, every model, font and icon.

`python -m tools.make_sbom FILE` writes it; each component has its licence and the SHA-256 by which it was got.
"""

from __future__ import annotations

import json
import sys
import tomllib
import uuid
from datetime import UTC, datetime
from hashlib import sha256
from importlib import metadata
from pathlib import Path
from typing import Any

from tools.make_notice import licence, needs, runtime_packages

ROOT = Path(__file__).resolve().parent.parent
MADE_HERE = ("models/line_finder.onnx", "models/line_reader.onnx", "models/vie.onnx", "models/vie_fast.onnx")
"""Trained for this project, or written in another form, from what is told in docs/decisions."""


def main() -> int:
    (name,) = sys.argv[1:]
    text = json.dumps(bill(), ensure_ascii=False, indent=1, sort_keys=True)
    if fault := what_is_wrong_with(text):
        print(f"The bill of materials is not valid: {fault}", file=sys.stderr)
        return 1
    Path(name).write_text(text + "\n", encoding="utf-8")
    return 0


def bill() -> dict[str, Any]:
    """The whole document."""
    locked = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]
    program = {
        "type": "application",
        "name": "digital-station",
        "version": metadata.version("digital-station"),
        "bom-ref": "digital-station",
        "licenses": [{"expression": "Apache-2.0"}],
    }
    inside = {name for name, _ in runtime_packages()}
    # A version that two systems share is locked twice.
    packages = list({ref(one): package(one) for one in locked if one["name"] in inside}.values())
    files = data_files()
    return {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, lock_hash())}",
        "version": 1,
        "metadata": {"timestamp": datetime.now(UTC).isoformat(timespec="seconds"), "component": program},
        "components": [*packages, *files],
        "dependencies": [
            {"ref": "digital-station", "dependsOn": [one["bom-ref"] for one in (*packages, *files)]},
            *_dependencies([one for one in locked if one["name"] in inside]),
        ],
    }


def package(locked: dict[str, Any]) -> dict[str, Any]:
    """One package, with the hash of each of its files that an installation would take."""
    files = [*locked.get("wheels", ()), *([locked["sdist"]] if "sdist" in locked else [])]
    return {
        "type": "library",
        "name": locked["name"],
        "version": locked["version"],
        "purl": ref(locked),
        "bom-ref": ref(locked),
        "licenses": [{"expression": licence(locked["name"])}],
        "externalReferences": [
            {"type": "distribution", "url": file_name(one["url"]), "hashes": [_sha256(one["hash"])]} for one in files
        ],
    }


def data_files() -> list[dict[str, Any]]:
    """Models, fonts and icons: those of others with where they are from, and those made for this project."""
    told = tomllib.loads((ROOT / "resources" / "models.toml").read_text(encoding="utf-8"))["file"]
    found = [
        _file(one["path"], one["sha256"], one["licence"], f"{one['package']} {one['version']} ({one['from']})")
        for one in told
    ]
    for path in MADE_HERE:
        content = (ROOT / "resources" / path).read_bytes()
        found.append(_file(path, sha256(content).hexdigest(), "Apache-2.0", "made for this project"))
    return found


def _file(path: str, digest: str, terms: str, origin: str) -> dict[str, Any]:
    kind = "machine-learning-model" if path.startswith("models/") else "file"
    return {
        "type": kind,
        "name": path,
        "bom-ref": f"file:{path}",
        "description": origin,
        "hashes": [_sha256(digest)],
        "licenses": [{"license": {"name": terms}}],
    }


def what_is_wrong_with(text: str) -> str:
    """What the schema of CycloneDX says against it; empty where it is valid."""
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    fault = JsonStrictValidator(SchemaVersion.V1_6).validate_str(text)
    return str(fault)[:500] if fault else ""


def lock_hash() -> str:
    """One lock file, one serial number."""
    return sha256((ROOT / "uv.lock").read_bytes() + (ROOT / "resources" / "models.toml").read_bytes()).hexdigest()


def ref(locked: dict[str, Any]) -> str:
    """The package URL."""
    return f"pkg:pypi/{locked['name']}@{locked['version']}"


def file_name(url: str) -> str:
    """Without the host: which mirror the lock file was written from says nothing about the file."""
    return url.rpartition("/")[2]


def _dependencies(locked: list[dict[str, Any]]) -> list[dict[str, Any]]:
    refs: dict[str, list[str]] = {}
    for one in locked:
        refs.setdefault(one["name"], []).append(ref(one))
    below: dict[str, set[str]] = {}
    for one in locked:
        found = below.setdefault(ref(one), set())
        found.update(other for need in needs(one, ()) for other in refs.get(need["name"], ()))
    return [{"ref": name, "dependsOn": sorted(found)} for name, found in sorted(below.items())]


def _sha256(digest: str) -> dict[str, str]:
    return {"alg": "SHA-256", "content": digest.removeprefix("sha256:")}


if __name__ == "__main__":
    sys.exit(main())
