"""Which files people can send as evidence: what they are is read from their content, never from their names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import timedelta

from govuk.rules.choice import Choice
from govuk.rules.phrases import counted, listed
from partnerships.rules.reasons import Kind, Reason

# Together less than the web server lets through (config/web_worker.py), so that too much is said in a sentence.
MOST_FILES = 3
MEGABYTE = 1024 * 1024
LARGEST = 3 * MEGABYTE
LONGEST_NAME = 100
# After the decision, for whoever has to answer a question about it (docs/domain/rules.md, personal data).
EVIDENCE_KEPT_FOR = timedelta(days=180)


class FileKind(Choice):
    """What we take; the values are media types."""

    PDF = "application/pdf", "PDF"
    JPEG = "image/jpeg", "JPEG"
    PNG = "image/png", "PNG"
    HEIC = "image/heic", "HEIC"
    WORD = (
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "Word document (.docx)",
    )
    TEXT = "text/plain", "plain text"


# The ends of names that fit a kind; the first one is given to a file without any.
ENDINGS = {
    FileKind.PDF: ("pdf",),
    FileKind.JPEG: ("jpg", "jpeg"),
    FileKind.PNG: ("png",),
    FileKind.HEIC: ("heic", "heif"),
    FileKind.WORD: ("docx",),
    FileKind.TEXT: ("txt",),
}
TAKEN = listed([kind.label for kind in FileKind], "or")
# Letters, digits, spaces and a few signs: no path, no quote, nothing that a header or a shell would read as its own.
UNSAFE = re.compile(r"[^\w .()-]+")


@dataclass(frozen=True)
class SentFile:
    """A file as it was sent."""

    name: str
    content: bytes


def ending_of(name: str) -> str:
    """What follows the last dot of a name, in small letters; empty if there is none."""
    stem, dot, ending = name.rpartition(".")
    return ending.lower() if dot and stem else ""


def safe_name(name: str, kind: FileKind) -> str:
    """The name without folders and strange signs, with an ending that says what the file is."""
    last = re.split(r"[/\\]", name)[-1]
    plain = UNSAFE.sub("_", last).strip(" .")
    ending = ending_of(plain)
    stem = plain[: -len(ending) - 1] if ending in ENDINGS[kind] else plain
    kept = ending if ending in ENDINGS[kind] else ENDINGS[kind][0]
    stem = stem.strip(" .")[: LONGEST_NAME - len(kept) - 1] or "file"
    return f"{stem}.{kept}"


def file_reasons(name: str, size: int, kind: FileKind | None) -> tuple[Reason, ...]:
    """Why a file is not taken; ``kind`` is what its content is, None for anything that we do not take."""
    shown = UNSAFE.sub("_", re.split(r"[/\\]", name)[-1])[:LONGEST_NAME]
    if not size:
        return (refused(f"“{shown}” is empty.", "Choose another file."),)
    if size > LARGEST:
        limit = f"{LARGEST // MEGABYTE} MB"
        step = "Choose a smaller file, or a photo of lower quality."
        return (refused(f"“{shown}” is larger than {limit}.", step),)
    if kind is None:
        return (refused(f"“{shown}” is not a type of file that we accept.", f"Send {TAKEN}."),)
    if (ending := ending_of(name)) and ending not in ENDINGS[kind]:
        sentence = (
            f"“{shown}” is called .{UNSAFE.sub('_', ending)[:10]}, but its content is {kind.label}."
        )
        return (refused(sentence, "Save it again as the right type, or choose another file."),)
    return ()


def too_many_files(number: int) -> tuple[Reason, ...]:
    """Why so many files are not taken."""
    if number <= MOST_FILES:
        return ()
    return (refused(f"You can send {counted(MOST_FILES, 'file')} at most.", "Choose fewer."),)


def refused(sentence: str, step: str) -> Reason:
    return Reason(Kind.BLOCKS, "files", sentence, step)
