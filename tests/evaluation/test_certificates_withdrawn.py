"""A certificate never outlives the attendance that it certifies, and ends openly."""

from __future__ import annotations

from datetime import timedelta
from itertools import product

import pytest
from django.db import transaction
from django.db.utils import DatabaseError
from django.urls import reverse
from django.utils import timezone

from bookings.models import Booking
from bookings.rules.states import Mark
from courses.rules.states import EventState
from evaluation.access import survey_token
from evaluation.models import Certificate
from evaluation.operations.answer_survey import answer_survey
from evaluation.operations.check_next_certificate import check_next_certificate
from evaluation.operations.issue_next_certificate import issue_next_certificate
from evaluation.operations.reissue_certificate import reissue_certificate
from evaluation.operations.withdraw_certificate import withdraw_certificate
from evaluation.rules.certificate import Withdrawal, follows_by_itself, spaced
from evaluation.steps.certificate import certificate_of
from evaluation.terms.certificates import bookings_to_certify
from govuk.rules.phrases import short_date
from outbox.models import Message
from tenancy import activate
from tests import world as make
from tests.evaluation.certifying import (
    BEING_CHECKED,
    REASON,
    VALID,
    WITHDRAWN,
    certified,
    check_all,
    checked,
    close,
    reopen,
)
from tests.world import Browser, World

pytestmark = pytest.mark.django_db


def test_while_the_register_is_open_again_nobody_is_told_that_it_is_valid(world: World) -> None:
    town, certificate = world.harbour, certified(world.harbour)
    assert VALID in checked(certificate)
    reopen(certificate.booking, town)
    page = checked(certificate)
    assert BEING_CHECKED in page
    assert VALID not in page
    assert "Piet Harbour" not in page
    assert check_all() == 0
    certificate.refresh_from_db()
    assert certificate.is_valid


def test_it_is_withdrawn_with_the_attendance_and_the_page_is_true_before_the_clock_has_run(
    world: World,
) -> None:
    town, certificate = world.harbour, certified(world.harbour)
    reopen(certificate.booking, town)
    close(certificate.booking, Mark.ABSENT, town)
    assert BEING_CHECKED in checked(certificate)
    assert check_all() == 1
    page = checked(certificate)
    assert WITHDRAWN in page
    assert f"withdrew it on {short_date(timezone.localdate())}" in page
    assert "in its place" not in page
    for private in ("Piet Harbour", "Neglect", "register was corrected"):
        assert private not in page, private


def test_the_holder_is_told_once_and_why(world: World) -> None:
    town, certificate = world.harbour, certified(world.harbour)
    reopen(certificate.booking, town)
    close(certificate.booking, Mark.ABSENT, town)
    check_all()
    check_all()
    mail = Message.objects.get(subject="Your certificate no longer counts: Neglect")
    assert mail.to_email == town.practitioner.user.email
    for words in (spaced(certificate.code), "the register was corrected", "whole event"):
        assert words in mail.text, words
        assert words in mail.html, words
    offered = Message.objects.get(subject="Your certificate: Neglect")
    assert offered.state == "cancelled"


def test_a_register_closed_again_as_it_was_leaves_the_certificate_as_it_was(world: World) -> None:
    town, certificate = world.harbour, certified(world.harbour)
    reopen(certificate.booking, town)
    closed_at = close(certificate.booking, Mark.PRESENT, town)
    assert VALID in checked(certificate)
    assert (check_all(), issue_next_certificate(now=timezone.now())) == (1, 0)
    certificate.refresh_from_db()
    assert (certificate.is_valid, certificate.stands_since) == (True, closed_at)
    assert check_all() == 0
    assert Message.objects.count() == 1


def test_a_new_one_follows_when_the_register_is_put_right(world: World) -> None:
    town, certificate = world.harbour, certified(world.harbour)
    reopen(certificate.booking, town)
    close(certificate.booking, Mark.ABSENT, town)
    check_all()
    reopen(certificate.booking, town)
    close(certificate.booking, Mark.PRESENT, town)
    assert (check_all(), issue_next_certificate(now=timezone.now())) == (0, 1)
    new = Certificate.objects.valid().get()
    assert new.code != certificate.code
    assert VALID in checked(new)
    page = checked(certificate)
    assert WITHDRAWN in page
    assert "Another certificate was issued in its place" in page
    assert new.code not in page
    assert Message.objects.filter(subject="Your certificate: Neglect").count() == 2


def test_the_training_team_withdraws_one_with_a_reason_that_only_the_holder_reads(
    world: World,
) -> None:
    town, certificate = world.harbour, certified(world.harbour)
    coordinator = make.page_as(town.coordinator)
    page = coordinator.get(reverse("certificate_page", args=[certificate.code])).content.decode()
    address = reverse("withdraw_certificate", args=[certificate.code])
    assert address in page
    empty = coordinator.post(address, {"reason": " "}).content.decode()
    assert "There is a problem" in empty
    assert certificate.is_valid
    done = coordinator.post(address, {"reason": REASON}, follow=True).content.decode()
    assert "We will email the holder" in done
    assert f"by the training team. Reason: {REASON}" in done
    certificate.refresh_from_db()
    assert (certificate.withdrawal, certificate.withdrawn_by) == (
        Withdrawal.DECIDED,
        town.coordinator,
    )
    public = checked(certificate)
    assert WITHDRAWN in public
    assert REASON not in public
    assert REASON in Message.objects.get(subject__contains="no longer counts").text


def test_what_a_person_withdrew_does_not_come_back_by_itself(world: World) -> None:
    town = world.harbour
    event = make.event(starts_at=make.in_days(-2))
    booking = make.booking(person=town.practitioner, event=event)
    close(booking, Mark.PRESENT, town)
    invitation = make.invitation(booking=booking)
    assert answer_survey(invitation=invitation, answers=[], now=timezone.now()) is not None
    certificate = Certificate.objects.get()
    for _ in range(2):
        withdraw_certificate(
            certificate=certificate, reason=REASON, by=town.coordinator, now=timezone.now()
        )
    assert issue_next_certificate(now=timezone.now()) == 0
    assert answer_survey(invitation=invitation, answers=[], now=timezone.now()) is None
    assert Certificate.objects.count() == 1
    assert Message.objects.filter(subject__contains="no longer counts").count() == 1
    new = reissue_certificate(
        certificate=certificate,
        holder_name="Piet Harbour",
        reason="It was his after all.",
        by=town.coordinator,
        now=timezone.now(),
    )
    assert VALID in checked(new)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_the_clock_looks_for_those_that_follow_by_themselves(world: World, number: int) -> None:
    """The query and the rule, over every way in which earlier ones were withdrawn."""
    town = world.harbour
    event = make.event(starts_at=make.in_days(-2))
    close(make.booking(person=town.practitioner, event=event), Mark.PRESENT, town)
    booking = Booking.objects.get()
    for withdrawals in product(Withdrawal, repeat=number):
        with transaction.atomic():
            for withdrawal in withdrawals:
                by = None if withdrawal is Withdrawal.ATTENDANCE else town.coordinator
                made = certificate_of(booking, "Piet Harbour", timezone.now())
                made.withdraw(withdrawal, at=timezone.now(), by=by)
            assert bookings_to_certify().exists() is follows_by_itself(withdrawals)
            certificate_of(booking, "Piet Harbour", timezone.now())
            assert not bookings_to_certify().exists()
            transaction.set_rollback(True)


@pytest.mark.parametrize(
    "name", ["certificate_page", "withdraw_certificate", "reissue_certificate"]
)
def test_only_the_training_team_changes_certificates(world: World, name: str) -> None:
    town = world.harbour
    url = reverse(name, args=[certified(town).code])
    allowed = {"coordinator", "administrator"}
    for part, who in town.cast.items():
        expected = 200 if part in allowed else 403
        assert make.page_as(who).get(url).status_code == expected, part
    assert make.page_as(world.moorland.coordinator).get(url).status_code == 404
    with activate(world.moorland.partnership):
        elsewhere = reverse(name, args=[Certificate.objects.count() or "ACDEFGHJKMNP"])
    assert make.page_as(world.moorland.coordinator).get(elsewhere).status_code == 404


def test_the_training_team_finds_the_way_from_the_check_page_and_from_the_admin(
    world: World,
) -> None:
    town, certificate = world.harbour, certified(world.harbour)
    address = reverse("certificate_page", args=[certificate.code])
    check = reverse("certificate_check", args=[certificate.code])
    listed = reverse("admin:evaluation_certificate_changelist")
    assert address in make.page_as(town.coordinator).get(check).content.decode()
    assert address in make.page_as(town.coordinator).get(listed).content.decode()
    assert address not in make.page_as(town.practitioner).get(check).content.decode()


def test_the_database_deletes_no_certificate_and_changes_no_withdrawn_one(world: World) -> None:
    town, certificate = world.harbour, certified(world.harbour)
    with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic():
        certificate.delete()
    withdraw_certificate(
        certificate=certificate, reason=REASON, by=town.coordinator, now=timezone.now()
    )
    with pytest.raises(DatabaseError, match="never deleted"), transaction.atomic():
        Certificate.objects.all().delete()
    with pytest.raises(DatabaseError, match="stays as it is"), transaction.atomic():
        Certificate.objects.update(withdrawn_at=None, withdrawal="", withdrawn_by=None)


def test_the_document_of_a_withdrawn_one_is_refused_and_says_why(world: World) -> None:
    town, old = world.harbour, certified(world.harbour)
    token = survey_token(make.invitation(booking=old.booking))
    new = reissue_certificate(
        certificate=old,
        holder_name="Piet H.",
        reason="Too long.",
        by=town.coordinator,
        now=timezone.now(),
    )
    holder = make.page_as(town.practitioner)
    page = holder.get(old.get_absolute_url())
    assert page.status_code == 410
    assert "it was replaced by another certificate" in page.content.decode()
    assert new.get_absolute_url() in page.content.decode()
    assert holder.get(new.get_absolute_url())["Content-Type"] == "application/pdf"
    by_link = reverse("survey_certificate", args=[token])
    assert Browser().get(by_link)["Content-Type"] == "application/pdf"
    withdraw_certificate(certificate=new, reason=REASON, by=town.coordinator, now=timezone.now())
    gone = Browser().get(by_link)
    assert gone.status_code == 410
    assert REASON in gone.content.decode()
    assert make.page_as(town.other_practitioner).get(old.get_absolute_url()).status_code == 404


def test_the_reason_is_for_the_holder_and_the_training_team_alone(world: World) -> None:
    """As the form promises: neither the agency's lead nor anyone with the code reads it."""
    town, certificate = world.harbour, certified(world.harbour)
    withdraw_certificate(
        certificate=certificate, reason=REASON, by=town.coordinator, now=timezone.now()
    )
    for who, reads in (
        (town.practitioner, True),
        (town.coordinator, True),
        (town.agency_lead, False),
    ):
        page = make.page_as(who).get(certificate.get_absolute_url())
        assert page.status_code == 410
        assert "by the training team" in page.content.decode()
        assert (REASON in page.content.decode()) is reads, who


def test_it_goes_with_an_event_that_is_cancelled_after_its_register_was_opened_again(
    world: World,
) -> None:
    """No one will close that register, so no one waits for it."""
    town, certificate = world.harbour, certified(world.harbour)
    reopen(certificate.booking, town)
    event = certificate.booking.event
    event.refresh_from_db()
    event.state, event.cancelled_at = EventState.CANCELLED, timezone.now()
    event.cancelled_reason = "It never took place."
    event.save()
    assert check_all() == 1
    assert WITHDRAWN in checked(certificate)


def test_my_learning_shows_certificates_that_do_not_count(world: World) -> None:
    town, certificate = world.harbour, certified(world.harbour)
    holder, url = make.page_as(town.practitioner), reverse("my_learning")
    before = holder.get(url).content.decode()
    assert certificate.get_absolute_url() in before
    assert "do not currently count" not in before
    reopen(certificate.booking, town)
    assert "Being checked" in holder.get(url).content.decode()
    close(certificate.booking, Mark.ABSENT, town)
    check_all()
    page = holder.get(url).content.decode()
    assert "Certificates that do not currently count" in page
    assert "the register was corrected" in page
    reopen(certificate.booking, town)
    close(certificate.booking, Mark.PRESENT, town)
    issue_next_certificate(now=timezone.now())
    after = holder.get(url).content.decode()
    assert Certificate.objects.valid().get().get_absolute_url() in after
    assert certificate.get_absolute_url() not in after
    assert "do not currently count" not in after


def test_the_register_outlasts_a_sweep_whose_instant_lies_before_its_closing(world: World) -> None:
    """A knock tells every sweep the instant at which it began; a register may be closed meanwhile."""
    town, certificate = world.harbour, certified(world.harbour)
    began = timezone.now() - timedelta(minutes=1)
    reopen(certificate.booking, town)
    close(certificate.booking, Mark.PRESENT, town)
    assert [check_next_certificate(now=began) for _ in range(2)] == [1, 0]
