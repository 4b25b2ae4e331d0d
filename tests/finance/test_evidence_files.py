"""Files of evidence: known by their content, kept in the partnership, seen by few, scanned if the host wants it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.db.utils import IntegrityError
from django.urls import reverse
from django.utils import timezone

from bookings.access import waiver_token
from config.web_worker import LARGEST_BODY
from finance.models import Charge, EvidenceFile, MitigationCase
from finance.operations.appeal import appeal
from finance.operations.forget_next_evidence import forget_next_evidence
from finance.rules.evidence import LARGEST, MOST_FILES, FileKind, SentFile
from finance.rules.states import MitigationState
from finance.terms.evidence import kind_of
from tenancy import activate
from tenancy.models import Change
from tests.finance.asking import PROGRAM, SAMPLES, absent, ask, decide, upload, word
from tests.world import Browser, World, page_as

pytestmark = pytest.mark.usefixtures("unprinted")
GRANTED, REFUSED = MitigationState.GRANTED, MitigationState.REFUSED
STORY = "I was taken to hospital on the way."


def send(world: World, *files: SimpleUploadedFile) -> tuple[Charge, str]:
    """A request with these files in the browser; the page that comes back."""
    one = absent(world.harbour.practitioner)
    address = reverse("ask_waiver", args=[one.booking.reference])
    sent: dict[str, Any] = {"charge": one.pk, "ground": "other", "reason": STORY, "attached": files}
    answer = page_as(world.harbour.practitioner).post(address, sent, follow=True)
    return one, " ".join(answer.content.decode().split())


@pytest.mark.parametrize("kind", list(FileKind))
def test_each_kind_is_known_by_its_content(kind: FileKind) -> None:
    assert kind_of(SAMPLES[kind][1]) is kind


@pytest.mark.parametrize(
    "content",
    [
        PROGRAM,
        b"\x7fELF\x02\x01\x01" + b"\x00" * 60,
        b"PK\x03\x04" + b"\x00" * 60,
        word(macros=True),
        b"GIF89a" + b"\x00" * 60,
        b"text with a bell \x07",
        b"\xff\xfe\x00\x01",
    ],
)
def test_nothing_else_is_taken(content: bytes) -> None:
    assert kind_of(content) is None


def test_the_limits_fit_into_what_the_web_server_lets_through() -> None:
    assert MOST_FILES * LARGEST + 100_000 < LARGEST_BODY


def test_files_are_kept_and_downloaded_as_they_were(world: World) -> None:
    send(world, upload(), upload("C:\\notes\\photo.jpg", SAMPLES[FileKind.JPEG][1]))
    case = MitigationCase.objects.get()
    found = list(case.files.all())
    assert [(one.name, one.kind) for one in found] == [
        ("note.pdf", FileKind.PDF),
        ("photo.jpg", FileKind.JPEG),
    ]
    answer = page_as(world.harbour.finance).get(reverse("waiver_file", args=[found[0].pk]))
    assert answer.content == SAMPLES[FileKind.PDF][1]
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == 'attachment; filename="note.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("rota.pdf", PROGRAM, "“rota.pdf” is not a type of file that we accept."),
        ("rota.pdf", b"#!/bin/sh\nrm -rf /\n", "is called .pdf, but its content is plain text."),
        ("rota.pdf", b"", "“rota.pdf” is empty."),
        ("rota.pdf", b"%PDF" + b"0" * LARGEST, "“rota.pdf” is larger than 3 MB."),
        ("rota.docx", word(macros=True), "“rota.docx” is not a type of file that we accept."),
        ("<img src=x>.pdf", PROGRAM, "“_img src_x_.pdf” is not a type of file that we accept."),
    ],
)
def test_a_bad_file_is_refused_in_a_sentence_and_nothing_typed_is_lost(
    world: World, name: str, content: bytes, said: str
) -> None:
    _, page = send(world, upload(), SimpleUploadedFile(name, content))
    assert said in page
    assert STORY in page
    assert "Choose your files again." in page
    assert not MitigationCase.objects.exists()
    assert not EvidenceFile.objects.exists()


def test_too_many_files_are_refused(world: World) -> None:
    _, page = send(world, *(upload(f"{number}.pdf") for number in range(MOST_FILES + 1)))
    assert "You can send 3 files at most." in page
    assert not EvidenceFile.objects.exists()


@pytest.mark.parametrize(
    ("part", "status"),
    [
        ("practitioner", 200),  # who sent it
        ("finance", 200),
        ("coordinator", 200),
        ("administrator", 200),
        ("agency_lead", 404),
        ("manager", 404),
        ("colleague", 404),
        ("other_agency_lead", 404),
        ("trainer", 404),
        ("subgroup", 404),
    ],
)
def test_only_those_who_decide_and_who_sent_it_can_download(
    world: World, part: str, status: int
) -> None:
    send(world, upload())
    address = reverse("waiver_file", args=[EvidenceFile.objects.get().pk])
    assert page_as(world.harbour.cast[part]).get(address).status_code == status
    assert Browser().get(address).status_code == 302, "sign in"


def test_by_the_link_only_whoever_sent_it_can_download(world: World) -> None:
    one, _ = send(world, upload())
    file = EvidenceFile.objects.get()
    for who, status in ((world.harbour.practitioner, 200), (world.harbour.agency_lead, 404)):
        token = waiver_token(one.booking, who)
        address = reverse("waiver_file_by_link", args=[token, file.pk])
        assert Browser().get(address).status_code == status
    other = absent(world.harbour.practitioner, days=9)
    token = waiver_token(other.booking, world.harbour.practitioner)
    address = reverse("waiver_file_by_link", args=[token, file.pk])
    assert Browser().get(address).status_code == 404, "a link is for one booking"


def test_another_partnership_never_sees_it(world: World) -> None:
    with activate(world.moorland.partnership):
        files = [SentFile(*SAMPLES[FileKind.PDF])]
        ask(absent(world.moorland.practitioner), files=files)
        there = EvidenceFile.objects.get().pk
    assert not EvidenceFile.objects.exists()
    address = reverse("waiver_file", args=[there])
    assert page_as(world.harbour.administrator).get(address).status_code == 404


def test_the_history_of_a_file_has_no_content_and_the_file_cannot_be_replaced(
    world: World,
) -> None:
    send(world, upload())
    file = EvidenceFile.objects.get()
    change = Change.objects.of(file).get()
    assert "content" not in (change.after or {})
    with pytest.raises(IntegrityError, match="cannot be changed"), transaction.atomic():
        EvidenceFile.objects.filter(pk=file.pk).update(content=b"%PDF-other")
    file.delete()
    assert not EvidenceFile.objects.exists()


def test_an_appeal_can_bring_files_of_its_own(world: World) -> None:
    case = ask(absent(world.harbour.practitioner))
    decide(case, world.harbour.finance, REFUSED)
    case.refresh_from_db()
    made = appeal(
        case=case,
        reason="See the letter.",
        by=world.harbour.practitioner,
        at=case.decided_at,
        files=[SentFile(*SAMPLES[FileKind.WORD])],
    )
    assert [one.kind for one in made.files.all()] == [FileKind.WORD]


@pytest.mark.parametrize(
    ("refused", "appeals", "days", "left"),
    [
        (False, None, 179, 1),
        (False, None, 181, 0),
        (True, None, 181, 0),
        (True, "open", 400, 1),
        (True, "decided", 181, 1),  # since the first decision; the second came later
        (True, "decided", 400, 0),
    ],
)
def test_files_are_deleted_half_a_year_after_the_last_decision(
    world: World, refused: bool, appeals: str | None, days: int, left: int
) -> None:
    town, now = world.harbour, timezone.now()
    case = ask(absent(town.practitioner), files=[SentFile(*SAMPLES[FileKind.PDF])])
    case = decide(case, town.finance, REFUSED if refused else GRANTED)
    if appeals:
        second = appeal(case=case, reason="No", by=town.practitioner, at=now)
        if appeals == "decided":
            decide(second, town.coordinator, GRANTED, at=now + timedelta(days=10))
    while forget_next_evidence(now=now + timedelta(days=days)):
        pass
    assert EvidenceFile.objects.count() == left
    assert MitigationCase.objects.filter(pk=case.pk).exists()


# --- the host's scanner ------------------------------------------------------------------------------


def refuses(name: str, content: bytes) -> str:
    """A scanner that finds something."""
    assert (name, content) == SAMPLES[FileKind.PDF]
    return "it contains a virus."


def passes(name: str, content: bytes) -> str:
    return ""


def breaks(name: str, content: bytes) -> str:
    raise OSError("The scanner is away.")


@pytest.mark.parametrize(
    ("scanner", "said"),
    [
        ("refuses", "Our security check refused your file: it contains a virus."),
        ("breaks", "We could not check your file just now. Try again later."),
        ("not_there", "We could not check your file just now."),
        ("passes", "We have received your request."),
    ],
)
def test_the_scanner_that_the_host_names_has_the_last_word(
    world: World, settings: Any, scanner: str, said: str
) -> None:
    settings.EVIDENCE_SCANNER = f"{__name__}.{scanner}"
    _, page = send(world, upload())
    assert said in page
    assert EvidenceFile.objects.exists() is (scanner == "passes")
