"""Drafts: two hands on one, a form sent twice, and a text left empty."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from bookings.models import ChargingPolicy
from bookings.operations.change_draft import change_draft
from bookings.rules.policy_words import notice_in_words
from tests.world import World, charging_policy, page_as

pytestmark = pytest.mark.django_db


def test_two_people_who_answer_different_parts_at_once_lose_nothing(
    world: World,
) -> None:
    draft = charging_policy(version=7, released_at=None, prices={})
    seen_before = ChargingPolicy.objects.get(pk=draft.pk)
    ChargingPolicy.objects.filter(pk=draft.pk).update(notice=3)
    seen_before.grace_minutes = 15
    change_draft(part=seen_before, answered=["grace_minutes"])
    draft.refresh_from_db()
    assert (draft.notice, draft.grace_minutes) == (3, 15)


def test_a_copy_that_is_asked_for_twice_is_one_draft(world: World) -> None:
    administrator = page_as(world.harbour.administrator)
    shown = administrator.get(reverse("policies")).content.decode()
    assert 'name="newest" value="1"' in shown
    sent = {"version": "1", "newest": "1"}
    first = administrator.post(reverse("new_policy"), sent)
    again = administrator.post(reverse("new_policy"), sent)
    assert first["Location"] == again["Location"] == reverse("policy", args=[2])
    assert ChargingPolicy.objects.count() == 2
    administrator.post(reverse("new_policy"), {"version": "1", "newest": "2"})  # a page shown since
    assert ChargingPolicy.objects.count() == 3


def test_a_policy_without_a_text_says_its_notice(world: World) -> None:
    draft = charging_policy(version=7, released_at=None, prices={})
    said = {"valid_from": timezone.localdate().isoformat(), "counts_from": "bookings"}
    answer = page_as(world.harbour.administrator).post(
        reverse("policy_part", args=[7, "start"]), said | {"is_example": "False", "clause": ""}
    )
    assert answer.status_code == 302
    draft.refresh_from_db()
    assert draft.clause == notice_in_words(draft.as_rule())
