"""A certificate is issued anew under a corrected name; the old one says so."""

from __future__ import annotations

import io

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from bookings.rules.states import Mark
from evaluation.models import Certificate
from evaluation.operations.reissue_certificate import reissue_certificate
from evaluation.rules.certificate import Withdrawal, spaced
from outbox.models import Message
from partnerships.rules.refused import Refused
from tests import world as make
from tests.evaluation.certifying import (
    WITHDRAWN,
    certified,
    check_all,
    checked,
    close,
    reopen,
)
from tests.world import World

pytestmark = pytest.mark.django_db


def test_a_new_one_under_a_corrected_name_takes_the_place_of_the_old_one(world: World) -> None:
    town, certificate = world.harbour, certified(world.harbour)
    coordinator = make.page_as(town.coordinator)
    address = reverse("reissue_certificate", args=[certificate.code])
    assert 'value="Piet Harbour"' in coordinator.get(address).content.decode()
    typed = {"holder_name": "Piet van der Harbour", "reason": "The name was cut short."}
    done = coordinator.post(address, typed, follow=True)
    assert "The new certificate has been issued" in done.content.decode()
    new = Certificate.objects.valid().get()
    assert new.holder_name == "Piet van der Harbour"
    assert town.practitioner.user.full_name == "Piet Harbour"
    assert "Piet van der Harbour" in checked(new)
    old = checked(certificate)
    assert WITHDRAWN in old
    assert "Another certificate was issued in its place" in old
    certificate.refresh_from_db()
    assert certificate.withdrawal == Withdrawal.REPLACED
    assert "The name was cut short." in certificate.why_withdrawn
    mail = Message.objects.get(key=f"certificate:{new.code}")
    assert spaced(certificate.code) in mail.text
    assert spaced(new.code) in mail.text
    assert not Message.objects.filter(subject__contains="no longer counts").exists()

    again = coordinator.post(address, typed)
    assert "already been issued" in again.content.decode()
    assert "The name was cut short." in again.content.decode()
    assert Certificate.objects.count() == 2


def test_the_name_of_an_account_changes_no_certificate(world: World) -> None:
    certificate = certified(world.harbour)
    user = world.harbour.practitioner.user
    user.full_name = "Piet Married"
    user.save()
    certificate.refresh_from_db()
    assert certificate.holder_name == "Piet Harbour"
    assert "Piet Harbour" in checked(certificate)


def test_what_the_course_teaches_later_changes_no_certificate(world: World) -> None:
    """The document is drawn when it is first opened; it used to say what the course said then."""
    certificate = certified(world.harbour)
    at_issue = list(certificate.outcomes)
    assert at_issue
    certificate.booking.event.course.outcomes.update(text="Something else.")
    page = make.page_as(world.harbour.practitioner).get(certificate.get_absolute_url())
    pages = PdfReader(io.BytesIO(page.content)).pages
    text = " ".join(" ".join(each.extract_text() for each in pages).split())
    assert at_issue[0] in text
    assert "Something else." not in text


def test_no_new_one_is_issued_that_the_register_does_not_bear_out(world: World) -> None:
    town, certificate = world.harbour, certified(world.harbour)
    reopen(certificate.booking, town)
    close(certificate.booking, Mark.ABSENT, town)
    check_all()
    address = reverse("reissue_certificate", args=[certificate.code])
    typed = {"holder_name": "Piet Harbour", "reason": "He says that he was there."}
    page = make.page_as(town.coordinator).post(address, typed).content.decode()
    assert "A certificate requires attendance at the whole event." in page
    assert "He says that he was there." in page
    with pytest.raises(Refused):
        reissue_certificate(
            certificate=certificate, **typed, by=town.coordinator, now=timezone.now()
        )
    assert Certificate.objects.count() == 1
