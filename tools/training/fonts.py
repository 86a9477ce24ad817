"""Get the typefaces of `fonts.toml` into build/fonts, each cut down to our alphabet: `python -m tools.training.fonts`.

Needs fonttools and brotli beside the project's own packages.
"""

from __future__ import annotations

import argparse
import itertools
import subprocess
import tarfile
import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tools.training.alphabet import ALPHABET

HERE = Path(__file__).parent
BUILD = HERE.parents[1] / "build"
FONTS = BUILD / "fonts"
"""`printed/`, `handwritten/` and `zone/` (OCR-B), one TrueType or OpenType file a style."""

PACKAGES = BUILD / "font-packages"
STYLES = ("400-normal", "700-normal", "400-italic")
SUBSETS = ("vietnamese", "latin-ext", "latin")
SYSTEM = (Path("/usr/share/fonts"), Path("/usr/share/texmf/fonts"))
NEEDED = "ăâđêôơưẤẾỘỢựỹẵ0123456789"


def font_files(kind: str = "printed") -> list[Path]:
    """The files of one kind, `printed`, `handwritten` or `zone`, in a fixed order. Empty before they were got."""
    return sorted((FONTS / kind).glob("*.[ot]tf"))


def main() -> None:
    argparse.ArgumentParser(description=__doc__).parse_args()
    wanted = tomllib.loads((HERE / "fonts.toml").read_text(encoding="utf-8"))
    for kind in ("printed", "handwritten"):
        with ThreadPoolExecutor(2) as pool:
            list(pool.map(download, wanted[kind]))
        for family in wanted[kind]:
            from_package(family, FONTS / kind)
    for kind, patterns in (("printed", wanted["system"]), ("zone", wanted["zone"])):
        for root, pattern in itertools.product(SYSTEM, patterns):
            for file in sorted(root.glob(pattern)):
                cut_down(file, FONTS / kind)
    for kind in ("printed", "handwritten", "zone"):
        print(f"{kind}: {len(font_files(kind))} files")


def download(family: str) -> None:
    """Unpack the npm package `@fontsource/<family>`, unless it is there."""
    folder = PACKAGES / family
    if folder.is_dir():
        return
    folder.mkdir(parents=True)
    name = subprocess.run(
        ["npm", "pack", "--silent", f"@fontsource/{family}"],
        cwd=folder, check=True, capture_output=True, text=True,
    ).stdout.strip()  # fmt: skip
    with tarfile.open(folder / name) as archive:
        archive.extractall(folder, filter="data")
    (folder / name).unlink()


def from_package(family: str, target: Path) -> None:
    """Join a family's subsets to one file a style."""
    from fontTools import merge

    for style in STYLES:
        output = target / f"{family}-{style}.ttf"
        parts = [PACKAGES / family / "package" / "files" / f"{family}-{subset}-{style}.woff2" for subset in SUBSETS]
        if output.exists() or not parts[0].is_file():
            continue
        plain = [unpacked(part) for part in parts if part.is_file()]
        try:
            joined = merge.Merger().merge([str(part) for part in plain])
        except Exception as error:
            print(f"{output.name} left out: {error}")
            continue
        target.mkdir(parents=True, exist_ok=True)
        whole = plain[0].with_name(f"{family}-{style}-whole.ttf")
        joined.save(whole)
        cut_down(whole, target, output.name)


def unpacked(file: Path) -> Path:
    """A woff2 as plain TrueType without its layout tables, which cannot always be merged."""
    from fontTools.ttLib import TTFont

    font = TTFont(file)
    font.flavor = None
    for table in (
        "GSUB",
        "GPOS",
        "GDEF",
        "BASE",
        "STAT",
        "DSIG",
        "fpgm",
        "prep",
        "cvt ",
        "gasp",
        "meta",
        "hdmx",
        "VDMX",
    ):
        if table in font:
            del font[table]
    plain = file.with_suffix(".ttf")
    font.save(plain)
    return plain


def cut_down(file: Path, target: Path, name: str | None = None) -> None:
    """Keep the alphabet's glyphs only; a file without all Vietnamese letters is left out (OCR-B has capitals only)."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    output = target / (name or file.name)
    if output.exists():
        return
    font = TTFont(file)
    known = font.getBestCmap() or {}
    if target.name != "zone" and not all(ord(letter) in known for letter in NEEDED):
        return
    options = subset.Options(
        hinting=False, layout_features=[], notdef_outline=True, drop_tables=["DSIG", "GSUB", "GPOS", "GDEF"]
    )
    cutter = subset.Subsetter(options)
    cutter.populate(text=ALPHABET)
    cutter.subset(font)
    target.mkdir(parents=True, exist_ok=True)
    font.save(output)


def styles_of(files: list[Path]) -> Iterator[tuple[str, list[Path]]]:
    """Files grouped by family, so that a family drawn by lot weighs as much as any other."""
    for family, group in itertools.groupby(files, key=lambda file: file.name.partition("-")[0]):
        yield family, list(group)


if __name__ == "__main__":
    main()
