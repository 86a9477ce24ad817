"""Typefaces with every Vietnamese letter: those of the system, those that training uses, and some that it never sees.

The system's come from Debian: fonts-liberation2 fonts-freefont-ttf fonts-noto-core fonts-texgyre fonts-roboto-unhinted
fonts-open-sans fonts-lato fonts-crosextra-carlito fonts-linuxlibertine fonts-cantarell fonts-croscore fonts-sil-charis
fonts-sil-andika fonts-sil-gentiumplus fonts-inter fonts-quicksand fonts-junicode fonts-dejavu. The handwritten and the
unseen ones come from npm: `python -m tools.specimens.varied.fonts` (with fonttools, brotli) puts them in build/fonts.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from PIL import ImageFont

from station import paths

ROOT = Path(__file__).resolve().parents[3]
ROOTS = (
    paths.resources() / "fonts", ROOT / "build" / "fonts", Path("/usr/share/fonts"), Path("/usr/share/texmf/fonts"),
)  # fmt: skip
REGULAR, BOLD, ITALIC = range(3)
TRUETYPE = ("-Regular.ttf", "-Bold.ttf", "-Italic.ttf")
OPENTYPE = ("-Regular.otf", "-Bold.otf", "-Italic.otf")
PACKAGED = ("-400-normal.ttf", "-700-normal.ttf", "-400-italic.ttf")
GYRE = ("-regular.otf", "-bold.otf", "-italic.otf")

SERIF = {
    "LiberationSerif": TRUETYPE, "Tinos": TRUETYPE, "NotoSerif": TRUETYPE, "CharisSIL": TRUETYPE,
    "GentiumPlus": TRUETYPE, "FreeSerif": (".ttf", "Bold.ttf", "Italic.ttf"),
    "DejaVuSerifCondensed": (".ttf", "-Bold.ttf", "-Italic.ttf"), "texgyretermes": GYRE, "texgyrepagella": GYRE,
    "texgyreschola": GYRE, "texgyrebonum": GYRE, "LinLibertine": ("_R.otf", "_RB.otf", "_RI.otf"),
}  # fmt: skip
SANS = {
    "LiberationSans": ("-Regular.ttf", "-Bold.ttf", "-Regular.ttf"), "Arimo": TRUETYPE, "NotoSans": TRUETYPE,
    "OpenSans": TRUETYPE, "Roboto": TRUETYPE,
    "RobotoCondensed": TRUETYPE, "Carlito": TRUETYPE, "Andika": TRUETYPE,
    "FreeSans": (".ttf", "Bold.ttf", "Oblique.ttf"),
    "DejaVuSansCondensed": (".ttf", "-Bold.ttf", "-Oblique.ttf"), "texgyreheros": GYRE, "texgyreadventor": GYRE,
    "Inter": OPENTYPE, "Quicksand": ("-Regular.ttf", "-Bold.ttf", "-Regular.ttf"),
}  # fmt: skip
TYPEWRITER = {
    "LiberationMono": TRUETYPE, "Cousine": TRUETYPE, "texgyrecursor": GYRE,
    "FreeMono": (".ttf", "Bold.ttf", "Oblique.ttf"),
}  # fmt: skip
UNSEEN_SERIF = {
    "stix-two-text": PACKAGED, "andada-pro": PACKAGED, "brygada-1918": PACKAGED, "fraunces": PACKAGED,
    "LinBiolinum": ("_R.otf", "_RB.otf", "_RI.otf"), "JunicodeTwoBeta": OPENTYPE,
}  # fmt: skip
UNSEEN_SANS = {
    "Lato": TRUETYPE, "hanken-grotesk": PACKAGED, "Cantarell": ("-Regular.otf", "-Bold.otf", "-Regular.otf"),
    "wix-madefor-text": ("-400-normal.ttf", "-700-normal.ttf", "-400-normal.ttf"),
}  # fmt: skip
HANDS = ("patrick-hand", "sedgwick-ave", "mali", "dancing-script", "charm", "sriracha", "mansalva", "fuzzy-bubbles")
UNSEEN_HANDS = ("mynerve", "shantell-sans", "borel")
FAMILIES = {
    **SERIF, **SANS, **TYPEWRITER, **UNSEEN_SERIF, **UNSEEN_SANS,
    **dict.fromkeys((*HANDS, *UNSEEN_HANDS), ("-400-normal.ttf",) * 3),
}  # fmt: skip
PACKAGES = {
    "unseen": [name for name, ends in (UNSEEN_SERIF | UNSEEN_SANS).items() if ends[0] == PACKAGED[0]],
    "unseen-hand": list(UNSEEN_HANDS),
    "handwritten": list(HANDS),
}
"""Folder in build/fonts to packages of npm's @fontsource; all under the SIL Open Font Licence."""


@cache
def _files() -> dict[str, Path]:
    """Every font file by name; an earlier root wins."""
    found: dict[str, Path] = {}
    for root in ROOTS:
        for file in sorted([*root.rglob("*.ttf"), *root.rglob("*.otf")]):
            found.setdefault(file.name, file)
    return found


def installed(family: str) -> bool:
    return all(family + end in _files() for end in FAMILIES[family])


@cache
def face(family: str, style: int, points: float) -> ImageFont.FreeTypeFont:
    """A family at 300 dpi; raises `KeyError` where it is not installed."""
    return ImageFont.truetype(str(_files()[family + FAMILIES[family][style]]), round(points * 300 / 72))


def those(families: dict[str, tuple[str, str, str]]) -> tuple[str, ...]:
    """The installed ones of these; the project's own serif and sans always are."""
    return tuple(name for name in families if installed(name))


def main() -> None:
    from tools.training.fonts import FONTS, download, from_package

    for folder, packages in PACKAGES.items():
        for package in packages:
            download(package)
            from_package(package, FONTS / folder)


if __name__ == "__main__":
    main()
