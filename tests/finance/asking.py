"""Charges that someone asks about, reasons to give, and files to send."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from bookings.models import WaiverReason
from bookings.rules.prices import ChargeKind
from bookings.rules.states import BookingState
from finance.models import Charge, MitigationCase
from finance.operations.decide_mitigation import decide_mitigation
from finance.operations.open_mitigation import open_mitigation
from finance.rules.evidence import FileKind
from finance.rules.states import ChargeState, MitigationState
from partnerships.models import Membership
from tests.world import booking, charge, event, in_days

PROGRAM = b"MZ\x90\x00" + b"\x00" * 200  # how a Windows program begins


def word(*, macros: bool = False) -> bytes:
    """A Word document as small as one can be."""
    made = BytesIO()
    with ZipFile(made, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", "<document/>")
        if macros:
            archive.writestr("word/vbaProject.bin", "Sub AutoOpen")
    return made.getvalue()


# The beginning of a file of each kind that we take.
SAMPLES = {
    FileKind.PDF: ("note.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"),
    FileKind.JPEG: ("photo.jpg", b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + b"\x00" * 30),
    FileKind.PNG: ("photo.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 30),
    FileKind.HEIC: (
        "photo.heic",
        b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 9,
    ),
    FileKind.WORD: ("letter.docx", word()),
    FileKind.TEXT: ("note.txt", "I was ill – all day.\n".encode()),
}


def upload(name: str = "note.pdf", content: bytes = SAMPLES[FileKind.PDF][1]) -> SimpleUploadedFile:
    """A file as a browser sends it, which calls everything a PDF."""
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def absent(who: Membership, *, days: int = 3, **fields: Any) -> Charge:
    """£50 for an absence of this person some days ago; the charge was raised today."""
    past = event(starts_at=in_days(-days))
    place = booking(person=who, event=past, state=BookingState.NO_SHOW)
    return charge(booking=place, amount="50.00", **{"state": ChargeState.APPROVED} | fields)


def late(who: Membership, **fields: Any) -> Charge:
    """£50 for a place at a coming event that was given up late."""
    place = booking(person=who, event=event(), state=BookingState.LATE_CANCELLED, **fields)
    return charge(booking=place, kind=ChargeKind.LATE_CANCELLATION, amount="50.00")


def listed(**fields: Any) -> WaiverReason:
    """A reason of the list that anyone can give within 28 days of the charge."""
    made: WaiverReason = WaiverReason.objects.create(**{"name": "A reason of ours"} | fields)
    return made


def ask(one: Charge, by: Membership | None = None, **said: Any) -> MitigationCase:
    """The delegate asks, unless someone else does."""
    defaults: dict[str, Any] = {"reason": "Ill", "evidence": "", "at": timezone.now()}
    who = by or one.booking.membership
    return open_mitigation(charge=one, by=who, **defaults | said)


def decide(
    case: MitigationCase, by: Membership, outcome: MitigationState, **said: Any
) -> MitigationCase:
    """Someone decides on a request or an appeal."""
    defaults: dict[str, Any] = {"decision": "As the policy says.", "at": timezone.now()}
    return decide_mitigation(case=case, outcome=outcome, by=by, **defaults | said)
