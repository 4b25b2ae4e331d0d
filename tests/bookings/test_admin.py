"""Policies in the admin: what someone has agreed to is not edited."""

from __future__ import annotations

from datetime import date

from django.urls import reverse
from django.utils import timezone

from bookings.models import ChargingPolicy
from tests.world import World, charging_policy, page_as


def address(model: str, page: str = "changelist", *args: object) -> str:
    """A page of a table."""
    return reverse(f"admin:bookings_{model}_{page}", args=args)


def test_a_policy_that_somebody_agreed_to_is_not_edited_but_copied(world: World) -> None:
    agreed = world.harbour.policy
    ChargingPolicy.objects.update(agreed_since=timezone.now())
    administrator = page_as(world.harbour.administrator)
    page = address("chargingpolicy", "change", agreed.pk)
    assert administrator.get(page).status_code == 200
    assert administrator.post(page, {"notice": 1}).status_code == 403
    said = {"action": "new_version", "_selected_action": [agreed.pk]}
    administrator.post(address("chargingpolicy"), said)
    made = ChargingPolicy.objects.get(version=2)
    assert (made.notice, made.clause) == (agreed.notice, agreed.clause)
    assert made.valid_from == timezone.localdate()
    editable = address("chargingpolicy", "change", made.pk)
    assert 'name="notice"' in administrator.get(editable).content.decode()


def test_a_policy_nobody_has_agreed_to_is_still_a_draft(world: World) -> None:
    draft = charging_policy(version=7, valid_from=date(2099, 1, 1), released_at=None)
    page = address("chargingpolicy", "change", draft.pk)
    for part, status in (("administrator", 200), ("coordinator", 200), ("finance", 403)):
        assert page_as(world.harbour.cast[part]).get(page).status_code == status
    assert 'name="notice"' not in page_as(world.harbour.coordinator).get(page).content.decode()
