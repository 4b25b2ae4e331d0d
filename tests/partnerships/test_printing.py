"""Documents look the same on every machine, and what their fonts lack is said instead of printed."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

from govuk import fonts
from partnerships.documents import PAPER, REPORT
from partnerships.rules.printing import Unprintable, unprintable

NAMES = {
    "Polish": "Łukasz Żółć-Wiśniewski",
    "Vietnamese": "Nguyễn Thị Ánh Đặng",
    "Welsh, Yoruba": "Ŵynne Ṣọlá",
    "Greek": "Γιώργος Παπαδόπουλος",
    "Ukrainian": "Юлія Їжакевич",
    "Hebrew": "דוד כהן",
    "Arabic": "محمد علي",
    "Urdu": "فاطمہ",
    "Bengali": "রহমান শেখ",
    "Hindi": "राजेश",
    "Punjabi": "ਸਿੰਘ",
    "Gujarati": "પટેલ",
    "Tamil": "தமிழ்",
    "Chinese": "王小明 陳大文",
}
# A program of its own on a machine without any font. It writes the document to standard output.
PRINT = """
import sys, django
django.setup()
from partnerships.documents import press
html = sys.stdin.buffer.read().decode()
sys.stdout.buffer.write(press(html, style=sys.argv[1], brand_colour="#000000"))
"""


def printed_on_a_bare_machine(words: str, style: str, folder: Path) -> tuple[bytes, str]:
    """The document, and what WeasyPrint said while it was made."""
    bare = folder / "fonts.conf"
    bare.write_text("<fontconfig></fontconfig>")
    environment = os.environ | {"FONTCONFIG_FILE": str(bare)}
    page = f'<html lang="en-GB"><title>Names</title><p>{words}</p><h2><b>{words}</b></h2></html>'
    command = [sys.executable, "-c", PRINT, style]
    done = subprocess.run(
        command, input=page.encode(), capture_output=True, env=environment, check=True
    )
    return done.stdout, done.stderr.decode()


@pytest.mark.parametrize("style", [PAPER, REPORT])
def test_on_a_machine_without_fonts_every_name_is_printed_in_ours(
    style: str, tmp_path: Path
) -> None:
    pdf, said = printed_on_a_bare_machine("<br>".join(NAMES.values()), style, tmp_path)
    assert ".notdef" not in said
    assert "No fonts configured" not in said
    page = PdfReader(io.BytesIO(pdf)).pages[0]
    text = page.extract_text()
    assert [name for name in NAMES.values() if text.count(name) < 2] == []
    embedded = {
        str(font.get_object()["/BaseFont"]).partition("+")[2].removesuffix("-Bold")
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    }
    assert embedded == {typeface.replace(" ", "-") for typeface in fonts.TYPEFACES}


def test_weasyprint_says_when_it_prints_a_box(tmp_path: Path) -> None:
    """Otherwise the test above would pass whatever happened."""
    _, said = printed_on_a_bare_machine("\ue000", PAPER, tmp_path)
    assert ".notdef" in said


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_nothing_is_missing_for_a_name(name: str) -> None:
    assert fonts.glyphs_missing(name) == set()


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        pytest.param("Ann \ue000", {"\ue000"}, id="private use"),
        pytest.param("Ann 😀", {"😀"}, id="a picture"),
        pytest.param("김민수", {"김", "민", "수"}, id="a script we have no font for"),
        pytest.param("Nguye\u0302\u0303n", set(), id="letters taken apart"),
        pytest.param("علی\u200cرضا \u200fב\u200e, a\u00a0b\tc\n", set(), id="no ink"),
        pytest.param("£5 – 10 → “€” ’ − … •", set(), id="signs of our own pages"),
    ],
)
def test_what_no_font_has_is_found(text: str, missing: set[str]) -> None:
    assert fonts.glyphs_missing(text) == missing


def test_the_sentence_names_each_character_and_its_code() -> None:
    reason = unprintable("The certificate", {"한", "\ue000"})
    assert reason.sentence == (
        "The certificate cannot be printed: our fonts do not include “한” (U+D55C), “\ue000” (U+E000)."
    )
    assert "This document cannot be printed" in str(Unprintable({"한"}))


def test_without_the_fonts_nothing_is_printed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(fonts, "FOLDER", tmp_path)
    assert not fonts.are_there()
    fonts.printable.cache_clear()
    with pytest.raises(fonts.FontsMissing, match=r"govuk\.frontend"):
        fonts.glyphs_missing("Ann")


def test_a_licence_lies_beside_each_font() -> None:
    for typeface in fonts.TYPEFACES:
        assert "SIL OPEN FONT LICENSE" in (fonts.FOLDER / f"{typeface}.LICENSE").read_text().upper()
