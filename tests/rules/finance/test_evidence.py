"""Files that people send as evidence: which are taken, and what they are called."""

import pytest

from finance.rules.evidence import (
    LARGEST,
    LONGEST_NAME,
    MOST_FILES,
    FileKind,
    ending_of,
    file_reasons,
    safe_name,
    too_many_files,
)
from partnerships.rules.reasons import Kind, Reason

TAKEN = "Send PDF, JPEG, PNG, HEIC, Word document (.docx) or plain text."
RIGHT_TYPE = "Save it again as the right type, or choose another file."
SMALLER = "Choose a smaller file, or a photo of lower quality."


def refused(sentence: str, step: str) -> tuple[Reason, ...]:
    return (Reason(Kind.BLOCKS, "files", sentence, step),)


@pytest.mark.parametrize(
    ("name", "size", "kind"),
    [
        ("note.pdf", 1, FileKind.PDF),
        ("NOTE.JPEG", LARGEST, FileKind.JPEG),
        ("letter", 9, FileKind.WORD),
        ("note.of.may.pdf", 9, FileKind.PDF),
    ],
)
def test_which_files_are_taken(name: str, size: int, kind: FileKind) -> None:
    assert file_reasons(name, size, kind) == ()


@pytest.mark.parametrize(
    ("name", "size", "kind", "sentence", "step"),
    [
        ("note.pdf", 0, None, "“note.pdf” is empty.", "Choose another file."),
        ("note.pdf", LARGEST + 1, FileKind.PDF, "“note.pdf” is larger than 3 MB.", SMALLER),
        ("rota.pdf", 9, None, "“rota.pdf” is not a type of file that we accept.", TAKEN),
        ('../<b>"x".exe', 9, None, "“_b_x_.exe” is not a type of file that we accept.", TAKEN),
        ("C:\\<b>.exe", 9, None, "“_b_.exe” is not a type of file that we accept.", TAKEN),
        (
            *("x" * 300, 9, None),
            f"“{'x' * LONGEST_NAME}” is not a type of file that we accept.",
            TAKEN,
        ),
        (
            *("rota.pdf", 9, FileKind.TEXT),
            "“rota.pdf” is called .pdf, but its content is plain text.",
            RIGHT_TYPE,
        ),
        (
            *("photo.png", 9, FileKind.JPEG),
            "“photo.png” is called .png, but its content is JPEG.",
            RIGHT_TYPE,
        ),
        (
            *("run.<b>abcdefgh", 9, FileKind.TEXT),
            "“run._b_abcdefgh” is called ._b_abcdefg, but its content is plain text.",
            RIGHT_TYPE,
        ),
    ],
)
def test_what_is_not_taken_and_why(
    name: str, size: int, kind: FileKind | None, sentence: str, step: str
) -> None:
    assert file_reasons(name, size, kind) == refused(sentence, step)


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("note.pdf", "pdf"),
        ("NOTE.PDF", "pdf"),
        ("note.of.may.pdf", "pdf"),
        ("note.", ""),
        ("note", ""),
        (".pdf", ""),
        ("", ""),
    ],
)
def test_what_a_name_ends_in(name: str, ending: str) -> None:
    assert ending_of(name) == ending


@pytest.mark.parametrize(
    ("name", "kind", "safe"),
    [
        ("note.pdf", FileKind.PDF, "note.pdf"),
        ("..\\..\\C:\\note.PDF", FileKind.PDF, "note.pdf"),
        ("/etc/passwd", FileKind.TEXT, "passwd.txt"),
        ('a"; filename="b.exe', FileKind.PDF, "a_ filename_b.exe.pdf"),
        ("sick\r\nnote.jpeg", FileKind.JPEG, "sick_note.jpeg"),
        ("  .docx", FileKind.WORD, "docx.docx"),
        ("Fräulein Ü (2).heic", FileKind.HEIC, "Fräulein Ü (2).heic"),
        ("X-RAY BOX.png", FileKind.PNG, "X-RAY BOX.png"),
        ("note.pdf.", FileKind.PDF, "note.pdf"),
        ("note..pdf", FileKind.PDF, "note.pdf"),
        ("...", FileKind.PNG, "file.png"),
        ("x" * 300 + ".pdf", FileKind.PDF, "x" * (LONGEST_NAME - 4) + ".pdf"),
    ],
)
def test_names_are_made_safe(name: str, kind: FileKind, safe: str) -> None:
    assert safe_name(name, kind) == safe
    assert len(safe) <= LONGEST_NAME


def test_there_is_a_limit_to_the_number_of_files() -> None:
    assert too_many_files(MOST_FILES) == ()
    assert too_many_files(MOST_FILES + 1) == refused(
        "You can send 3 files at most.", "Choose fewer."
    )
