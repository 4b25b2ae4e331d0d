"""Subjects of one person's mails about one course: each can be told from the others, and is read without stumbling."""

from __future__ import annotations

from collections import Counter

from django.utils import timezone

from bookings.emails.places import confirm_booking, tell_as_planned
from bookings.models import PlannedMail
from evaluation.emails import SUBJECTS, ask, ask_again
from outbox.models import Message
from tests.world import World, booking, course, event, invitation


def test_subjects_of_one_person_neither_run_into_the_title_nor_into_each_other(
    world: World,
) -> None:
    """ "Before you come Neglect" was one sentence, and a survey was called what the event's reminder is called."""
    now = timezone.now()
    place = booking(person=world.harbour.practitioner, event=event(course=course(title="Neglect")))
    confirm_booking(place, now)
    tell_as_planned(place, PlannedMail.objects.get(), now)
    for stage in SUBJECTS:
        asked = invitation(booking=place, stage=stage, closes_on=timezone.localdate())
        ask(asked, now)
        ask_again(asked, now)
    subjects = list(Message.objects.values_list("subject", flat=True))
    assert len(subjects) == 2 + 2 * len(SUBJECTS)
    assert [words for words, times in Counter(subjects).items() if times > 1] == []
    for subject in subjects:
        assert subject.removesuffix("Neglect").endswith((": ", "? ")), subject
