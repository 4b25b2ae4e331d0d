"""Policies in the admin: to look at, never to change."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from bookings.models import ChargingPolicy
from tests.world import World, charging_policy, page_as


@pytest.mark.parametrize(
    ("part", "status"), [("administrator", 200), ("coordinator", 200), ("finance", 403)]
)
def test_a_draft_is_shown_and_not_changed(world: World, part: str, status: int) -> None:
    draft = charging_policy(version=7, valid_from=date(2099, 1, 1), released_at=None)
    page = reverse("admin:bookings_chargingpolicy_change", args=[draft.pk])
    someone = page_as(world.harbour.cast[part])
    shown = someone.get(page)
    assert shown.status_code == status
    assert 'name="notice"' not in shown.content.decode()
    assert someone.post(page, {"notice": 1}).status_code == 403
    assert ChargingPolicy.objects.get(version=7).notice == draft.notice
