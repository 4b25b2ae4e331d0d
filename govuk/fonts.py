"""The fonts that documents are set in: from npm packages to build/fonts/, and which characters they can print.

Next to the files is a fontconfig configuration that knows this folder and no other (`FONTCONFIG_FILE` in
config/settings/base.py): what is installed on a machine changes no document. See docs/adr/0019-fonts.md.
"""

from __future__ import annotations

import shutil
import unicodedata
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "build" / "fonts"
# Latin, Greek, Cyrillic, Vietnamese and Hebrew: as wide as Arial, letter for letter. The stylesheets name it.
FIRST = "Arimo"
SCRIPTS = ("Arabic", "Bengali", "Devanagari", "Gujarati", "Gurmukhi", "Tamil")
GOOGLE = "@expo-google-fonts"
# Each typeface regular and bold: a letter is printable if both have it.
TYPEFACES = {
    FIRST: tuple(f"{GOOGLE}/arimo/{style}/Arimo_{style}.ttf" for style in ("400Regular", "700Bold"))
} | {
    f"Noto Sans {script}": tuple(
        f"{GOOGLE}/noto-sans-{script.lower()}/{style}/NotoSans{script}_{style}.ttf"
        for style in ("400Regular", "700Bold")
    )
    for script in SCRIPTS
}
TYPEFACES["Noto Sans S Chinese"] = tuple(
    f"@embedpdf/fonts-sc/fonts/NotoSansHans-{style}.otf" for style in ("Regular", "Bold")
)
CONFIGURATION = f"""<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <dir prefix="relative">.</dir>
  <alias binding="same"><family>Liberation Sans</family><prefer><family>{FIRST}</family></prefer></alias>
  <alias binding="same"><family>sans-serif</family><prefer><family>{FIRST}</family></prefer></alias>
</fontconfig>
"""
# Spaces, joiners, direction marks and variant selectors print nothing.
NO_INK = {"Cc", "Cf", "Zs", "Zl", "Zp"}
SELECTORS = frozenset(map(chr, range(0xFE00, 0xFE10)))


class FontsMissing(RuntimeError):
    """Nothing can be printed; the message says what to run."""


def copy_fonts(packages: Path) -> None:
    """Put the files, each with its licence, where documents look for them."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    for typeface, files in TYPEFACES.items():
        for file in files:
            shutil.copyfile(packages / file, FOLDER / Path(file).name)
        package = packages.joinpath(*Path(files[0]).parts[:2])
        licence = next(
            package / name for name in ("LICENSE_FONT", "LICENSE") if (package / name).exists()
        )
        shutil.copyfile(licence, FOLDER / f"{typeface}.LICENSE")
    (FOLDER / "fonts.conf").write_text(CONFIGURATION)


def are_there() -> bool:
    """Whether every file is in its place."""
    files = [Path(file).name for files in TYPEFACES.values() for file in files]
    return all((FOLDER / name).exists() for name in ("fonts.conf", *files))


@cache
def printable() -> frozenset[int]:
    """The code points that some typeface has, regular and bold."""
    if not are_there():
        raise FontsMissing(f"{FOLDER} lacks fonts: run `python -m govuk.frontend`.")
    known: set[int] = set()
    for files in TYPEFACES.values():
        known |= set.intersection(*(code_points(FOLDER / Path(file).name) for file in files))
    return frozenset(known)


def code_points(file: Path) -> set[int]:
    """What one file has glyphs for."""
    with TTFont(file, lazy=True) as font:
        return set(font.getBestCmap())


def glyphs_missing(text: str) -> frozenset[str]:
    """The characters that would be boxes on paper."""
    signs = frozenset(unicodedata.normalize("NFC", text))
    lacking = {sign for sign in signs if ord(sign) not in printable()} - SELECTORS
    return frozenset(sign for sign in lacking if unicodedata.category(sign) not in NO_INK)
