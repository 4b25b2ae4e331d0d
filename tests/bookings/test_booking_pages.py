"""The pages of a booking, as each person meets them."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from bookings.models import Booking, ChargingPolicy, WaitingListEntry
from bookings.rules.states import BookingState
from courses.models import Event
from evaluation.models import Answer, Questionnaire, SurveyInvitation
from evaluation.operations.plan_next_baseline import plan_next_baseline
from evaluation.rules.states import Stage
from tenancy import activate
from tests.world import (
    Browser,
    World,
    booking_form,
    course,
    employment,
    event,
    fill,
    page_as,
    questionnaire,
    user,
)


class TestTheBookPage:
    def test_sends_the_signed_out_to_sign_in(self, client: Browser, address: str) -> None:
        answer = client.get(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/harbour/accounts/login/?next=/harbour/events/")

    def test_sends_strangers_to_join_and_back(self, world: World, address: str) -> None:
        answer = page_as(user()).get(address)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/harbour/join/?next=%2Fharbour%2Fevents%2F")

    def test_says_what_it_costs_and_until_when_it_is_free(self, world: World, address: str) -> None:
        text = page_as(world.harbour.practitioner).get(address).content.decode()
        assert "Cancelling is free until" in text
        assert "£75.00" in text
        assert "ten working days" in text
        assert world.harbour.policy.clause in text

    def test_books_in_two_requests_and_shows_the_booking(self, world: World, address: str) -> None:
        browser = page_as(world.harbour.practitioner)
        browser.get(address)
        answer = browser.post(address, booking_form(access_needs="Loop"), follow=True)
        made = Booking.objects.get()
        assert answer.redirect_chain == [(f"/harbour/bookings/{made.reference}/", 302)]
        text = answer.content.decode()
        assert "You have a place" in text
        assert "Loop" in text
        assert "Booking history" in text

    def test_sent_twice_it_is_one_booking(self, world: World, address: str) -> None:
        browser = page_as(world.harbour.practitioner)
        answers = [browser.post(address, booking_form()) for _ in range(2)]
        assert Booking.objects.count() == 1
        assert {answer.status_code for answer in answers} == {302}
        assert answers[0]["Location"] == answers[1]["Location"]

    def test_a_second_form_leads_to_the_place_there_is(self, world: World, address: str) -> None:
        browser = page_as(world.harbour.practitioner)
        browser.post(address, booking_form())
        text = browser.post(address, booking_form(submission="two"), follow=True).content.decode()
        assert Booking.objects.count() == 1
        assert "we did not make another one" in text
        assert "You already have a booking for this event." in browser.get(address).content.decode()

    def test_mistakes_keep_everything_typed(self, world: World, address: str) -> None:
        answer = page_as(world.harbour.practitioner).post(address, {"access_needs": "Loop <b>"})
        text = answer.content.decode()
        assert "Accept the charging policy to continue" in text
        assert "Ask your manager first" in text
        assert "Loop &lt;b&gt;" in text
        assert "Error: " in text
        assert not Booking.objects.exists()

    def test_an_over_long_answer_is_a_sentence(self, world: World, address: str) -> None:
        answer = page_as(world.harbour.practitioner).post(
            address, booking_form(access_needs="x" * 1001)
        )
        assert "must be 1000 characters or fewer" in answer.content.decode()

    def test_full_it_is_the_waiting_list(self, world: World, at: Event, address: str) -> None:
        fill(at)
        browser = page_as(world.harbour.practitioner)
        assert "Join the waiting list" in browser.get(address).content.decode()
        answer = browser.post(address, booking_form(), follow=True)
        assert WaitingListEntry.objects.count() == 1
        assert "You are number 1 on the waiting list" in answer.content.decode()

    def test_full_in_between_it_is_the_waiting_list_too(
        self, world: World, at: Event, address: str
    ) -> None:
        browser = page_as(world.harbour.practitioner)
        browser.get(address)
        fill(at)
        answer = browser.post(address, booking_form(), follow=True)
        assert "The event is full" in answer.content.decode()
        assert WaitingListEntry.objects.count() == 1

    @pytest.mark.parametrize("who", ["nobody", "12345678901234567890", "0", "1 OR 1=1", ""])
    def test_for_somebody_unknown_there_is_no_page(
        self, world: World, address: str, who: str
    ) -> None:
        answer = page_as(world.harbour.coordinator).get(address, {"for": who})
        assert answer.status_code == 404

    def test_an_agency_lead_books_for_own_staff_only(self, world: World, address: str) -> None:
        town = world.harbour
        browser = page_as(town.agency_lead)
        own = browser.post(f"{address}?for={town.colleague.pk}", booking_form())
        assert own.status_code == 302
        made = Booking.objects.get()
        assert (made.membership, made.booked_by) == (town.colleague, town.agency_lead)
        assert browser.get(f"{address}?for={town.other_practitioner.pk}").status_code == 404

    def test_a_practitioner_books_for_nobody_else(self, world: World, address: str) -> None:
        browser = page_as(world.harbour.practitioner)
        assert browser.get(f"{address}?for={world.harbour.colleague.pk}").status_code == 404

    def test_with_two_jobs_the_place_is_for_one_of_them(self, world: World, address: str) -> None:
        town = world.harbour
        second = employment(person=town.practitioner, agency=town.other_agency)
        browser = page_as(town.practitioner)
        assert "Which job is this for?" in browser.get(address).content.decode()
        assert "Select" in browser.post(address, booking_form()).content.decode()
        browser.post(address, booking_form(employment=str(second.pk)))
        assert Booking.objects.get().agency == town.other_agency

    def test_the_training_team_sets_rules_aside_with_a_reason(self, world: World) -> None:
        town = world.harbour
        at = event(course=course(group=town.groups[0]))
        url = f"{reverse('book', args=[at.reference])}?for={town.practitioner.pk}"
        browser = page_as(town.coordinator)
        assert "Why you are setting the usual rules aside" in browser.get(url).content.decode()
        browser.post(url, booking_form(override="New in the role."))
        assert Booking.objects.get().state == BookingState.BOOKED

    def test_takes_the_same_few_queries_however_full_it_is(
        self, world: World, at: Event, address: str, django_assert_max_num_queries: Any
    ) -> None:
        """The form without its rules, with the rules in memory, sent, and the page of the booking.

        Sending reads for the first time whether questions follow; later bookings have that in memory.
        """
        browser = page_as(world.harbour.practitioner)
        fill(at, leaving=1)
        # As after the first booking, which fixes what it was made on.
        ChargingPolicy.objects.update(agreed_since=timezone.now())
        for budget in (22, 11):
            with django_assert_max_num_queries(budget):
                browser.get(address)
        with django_assert_max_num_queries(25):  # one counts calendar entries sent before
            sent = browser.post(address, booking_form())
        with django_assert_max_num_queries(10):
            browser.get(sent.headers["Location"])


class TestTheBaseline:
    @pytest.fixture
    def asked(self, world: World) -> Questionnaire:
        made = questionnaire(stage=Stage.BASELINE)
        made.questions.update(text='How sure are you? <script>alert("x")</script>')
        return made

    def answers(self, asked: Questionnaire) -> dict[str, str]:
        scales = asked.questions.filter(kind="scale")
        return {f"question_{one.pk}": "4" for one in scales}

    def questions_of(self, browser: Any, address: str) -> str:
        """The address that booking leads to."""
        sent = browser.post(address, booking_form())
        assert sent.status_code == 302
        return str(sent.headers["Location"])

    def test_booking_asks_only_what_booking_needs(
        self, world: World, asked: Questionnaire, address: str
    ) -> None:
        text = page_as(world.harbour.practitioner).get(address).content.decode()
        assert "How sure are you?" not in text
        assert 'type="radio"' not in text

    def test_the_questions_are_the_next_page_and_can_wait(
        self, world: World, asked: Questionnaire, address: str
    ) -> None:
        browser = page_as(world.harbour.practitioner)
        text = browser.get(self.questions_of(browser, address)).content.decode()
        assert "You have a place. The confirmation is on its way." in text
        assert Booking.objects.get().get_absolute_url() in text  # Answer later

    def test_questions_are_text_and_never_markup(
        self, world: World, asked: Questionnaire, address: str
    ) -> None:
        browser = page_as(world.harbour.practitioner)
        text = browser.get(self.questions_of(browser, address)).content.decode()
        assert "How sure are you? &lt;script&gt;" in text
        assert "<script>alert" not in text

    def test_answers_are_kept_with_the_booking(
        self, world: World, asked: Questionnaire, address: str
    ) -> None:
        browser = page_as(world.harbour.practitioner)
        questions = self.questions_of(browser, address)
        missing = browser.post(questions, {}).content.decode()
        assert "Choose an answer" in missing
        browser.post(questions, self.answers(asked))
        assert SurveyInvitation.objects.get().booking == Booking.objects.get()
        assert list(Answer.objects.values_list("number", flat=True)) == [4, 4]

    @pytest.mark.parametrize("value", ["0", "6", "nine", "٤"])
    def test_an_answer_off_the_scale_is_refused(
        self, world: World, asked: Questionnaire, address: str, value: str
    ) -> None:
        browser = page_as(world.harbour.practitioner)
        wrong = dict.fromkeys(self.answers(asked), value)
        answer = browser.post(self.questions_of(browser, address), wrong)
        assert answer.status_code == 200
        assert not Answer.objects.exists()

    def test_nobody_is_asked_while_they_wait(
        self, world: World, asked: Questionnaire, at: Event, address: str
    ) -> None:
        fill(at)
        page_as(world.harbour.practitioner).post(address, booking_form())
        assert WaitingListEntry.objects.count() == 1
        assert not SurveyInvitation.objects.exists()

    def test_a_lead_does_not_answer_for_staff(
        self, world: World, asked: Questionnaire, address: str
    ) -> None:
        town = world.harbour
        page_as(town.agency_lead).post(f"{address}?for={town.colleague.pk}", booking_form())
        assert Booking.objects.exists()
        assert not SurveyInvitation.objects.exists()
        now = timezone.now()
        assert (plan_next_baseline(now=now), plan_next_baseline(now=now)) == (1, 0)
        asked_later = SurveyInvitation.objects.get()
        assert (asked_later.membership, asked_later.state) == (town.colleague, "planned")


class TestOneBooking:
    @pytest.fixture
    def place(self, world: World, at: Event) -> Booking:
        browser = page_as(world.harbour.practitioner)
        browser.post(reverse("book", args=[at.reference]), booking_form())
        made: Booking = Booking.objects.get()
        return made

    def url(self, name: str, place: Booking) -> str:
        return reverse(name, args=[place.reference])

    @pytest.mark.parametrize(
        ("who", "status"),
        [
            ("practitioner", 200),
            ("agency_lead", 200),
            ("coordinator", 200),
            ("colleague", 404),
            ("manager", 404),
            ("other_agency_lead", 404),
            ("finance", 404),
        ],
    )
    def test_is_seen_by_those_whom_it_concerns(
        self, world: World, place: Booking, who: str, status: int
    ) -> None:
        browser = page_as(getattr(world.harbour, who))
        for name in ("booking", "booking_ics", "cancel_booking", "send_colleague"):
            assert browser.get(self.url(name, place)).status_code == status

    def test_of_another_partnership_is_no_page(self, world: World, place: Booking) -> None:
        with activate(world.moorland.partnership):
            url = self.url("booking", place)
            assert page_as(world.moorland.coordinator).get(url).status_code == 404

    def test_tells_the_joining_details_to_whoever_has_the_place(
        self, world: World, place: Booking
    ) -> None:
        Event.objects.update(joining_url="https://meet.example.org/room")
        browser = page_as(world.harbour.practitioner)
        assert "meet.example.org" in browser.get(self.url("booking", place)).content.decode()
        browser.post(self.url("cancel_booking", place), {"reason": ""})
        assert "meet.example.org" not in browser.get(self.url("booking", place)).content.decode()

    def test_is_cancelled_free_in_time(self, world: World, place: Booking) -> None:
        browser = page_as(world.harbour.practitioner)
        assert (
            "Cancelling now is free"
            in browser.get(self.url("cancel_booking", place)).content.decode()
        )
        answer = browser.post(self.url("cancel_booking", place), {"reason": "Ill"}, follow=True)
        assert "The place has been cancelled" in answer.content.decode()
        again = browser.post(self.url("cancel_booking", place), {"reason": "Ill"})
        assert again.status_code == 409
        assert "already ended" in again.content.decode()

    def test_shows_the_fee_and_its_arithmetic_before_the_button(
        self, world: World, place: Booking
    ) -> None:
        Booking.objects.update(free_until=timezone.now() - timedelta(hours=1))
        browser = page_as(world.harbour.practitioner)
        text = browser.get(self.url("cancel_booking", place)).content.decode()
        fee, button = text.index("£40.00"), text.index("govuk-button--warning")
        assert fee < button
        assert "A flat fee of £40.00." in text
        browser.post(self.url("cancel_booking", place), {"reason": ""})
        assert (
            "Late cancellation fee: £40.00"
            in browser.get(self.url("booking", place)).content.decode()
        )

    def late_by_an_hour(self) -> str:
        """The deadline passed an hour ago; an instant before it, as typed."""
        earlier = timezone.now() - timedelta(hours=3)
        Booking.objects.update(
            free_until=earlier + timedelta(hours=1), booked_at=earlier - timedelta(days=1)
        )
        return timezone.localtime(earlier).strftime("%Y-%m-%dT%H:%M")

    def test_a_lead_cannot_say_when_the_message_came(self, world: World, place: Booking) -> None:
        """It made a late cancellation of £40 free."""
        received = self.late_by_an_hour()
        browser = page_as(world.harbour.agency_lead)
        page = browser.get(self.url("cancel_booking", place)).content.decode()
        assert "received_at" not in page
        assert "They can enter when your message arrived" in page
        browser.post(self.url("cancel_booking", place), {"received_at": received, "reason": "Ill"})
        place.refresh_from_db()
        assert place.state == BookingState.LATE_CANCELLED
        assert place.cancel_received_at == place.cancel_entered_at

    def test_the_training_team_says_when_it_came_with_a_reason(
        self, world: World, place: Booking
    ) -> None:
        received = self.late_by_an_hour()
        browser = page_as(world.harbour.coordinator)
        answer = browser.post(
            self.url("cancel_booking", place), {"received_at": received, "reason": " "}
        )
        assert "Enter how the message arrived" in answer.content.decode()
        place.refresh_from_db()
        assert place.state == BookingState.BOOKED
        browser.post(
            self.url("cancel_booking", place), {"received_at": received, "reason": "Phoned at 9"}
        )
        place.refresh_from_db()
        assert place.state == BookingState.CANCELLED
        assert place.transitions.get(to_state=BookingState.CANCELLED).why == "Phoned at 9"
        assert place.cancel_received_at is not None
        assert place.cancel_entered_at is not None
        assert place.cancel_entered_at - place.cancel_received_at > timedelta(hours=2)

    @pytest.mark.parametrize("value", ["", "yesterday", "2026-02-31T10:00", "99999-01-01T00:00"])
    def test_a_bad_date_is_a_sentence(self, world: World, place: Booking, value: str) -> None:
        browser = page_as(world.harbour.coordinator)
        answer = browser.post(self.url("cancel_booking", place), {"received_at": value})
        assert answer.status_code == 200
        assert "govuk-error-summary" in answer.content.decode()

    def test_a_colleague_is_named_by_address(self, world: World, place: Booking) -> None:
        browser = page_as(world.harbour.practitioner)
        url = self.url("send_colleague", place)
        nobody = browser.post(url, {"email": "other-practitioner@harbour.example.org"})
        assert "No one at Harbour Primary School is registered" in nobody.content.decode()
        browser.post(url, {"email": "Colleague@harbour.example.org"})
        assert Booking.objects.get(membership=world.harbour.colleague).replaces == place

    def test_calendar_file(self, world: World, place: Booking) -> None:
        answer = page_as(world.harbour.practitioner).get(self.url("booking_ics", place))
        assert answer["Content-Type"] == "text/calendar"
        assert b"BEGIN:VCALENDAR" in answer.content
