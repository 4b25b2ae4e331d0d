"""What a file is, by its content, and whether the host's own program lets it through."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from io import BytesIO
from zipfile import BadZipFile, ZipFile

import filetype
from django.conf import settings
from django.utils.module_loading import import_string

from finance.rules.evidence import FileKind, SentFile, file_reasons, refused, too_many_files
from partnerships.rules.reasons import Reason

logger = logging.getLogger(__name__)

Scanner = Callable[[str, bytes], str]
# Word's own parts; a document with macros has the last one, and is not taken.
WORD_TEXT, WORD_MACROS = "word/document.xml", "vbaproject.bin"
TEXT_CONTROLS = frozenset(range(32)) - set(b"\t\n\r\f")


def kind_of(content: bytes) -> FileKind | None:
    """What a file is; None if it is nothing that we take."""
    guessed = filetype.guess_mime(content)
    if guessed is None:
        return FileKind.TEXT if is_text(content) else None
    if guessed in {FileKind.WORD, "application/zip"}:
        return FileKind.WORD if is_word(content) else None
    return FileKind(guessed) if guessed in FileKind.values() else None


def is_text(content: bytes) -> bool:
    """Whether it reads as text and has none of the control characters of a program."""
    try:
        content.decode()
    except UnicodeDecodeError:
        return False
    return TEXT_CONTROLS.isdisjoint(content)


def is_word(content: bytes) -> bool:
    """Whether an archive is a Word document without macros."""
    try:
        names = ZipFile(BytesIO(content)).namelist()
    except (BadZipFile, NotImplementedError, ValueError, UnicodeDecodeError):
        return False
    return WORD_TEXT in names and not any(one.lower().endswith(WORD_MACROS) for one in names)


def objections(files: Iterable[SentFile]) -> tuple[Reason, ...]:
    """Why files are not taken, each with what to do. The host's scanner sees only what we would take."""
    sent = tuple(files)
    found = list(too_many_files(len(sent)))
    for one in sent:
        reasons = file_reasons(one.name, len(one.content), kind_of(one.content))
        found += reasons or scanned(one)
    return tuple(found)


def scanned(file: SentFile) -> tuple[Reason, ...]:
    """What the program that the settings name says against a file. If it fails, the file is not taken."""
    if not settings.EVIDENCE_SCANNER:
        return ()
    try:
        scan: Scanner = import_string(settings.EVIDENCE_SCANNER)
        objection = scan(file.name, file.content)
    except Exception:
        logger.exception("The scanner of evidence failed.")
        return (refused("We could not check your file just now.", "Try again later."),)
    if not objection:
        return ()
    return (refused(f"Our security check refused your file: {objection}", "Choose another file."),)
