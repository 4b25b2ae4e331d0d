"""One row that cannot be done keeps no other waiting: for every sweep there is."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import models
from django.urls import reverse
from django.utils import timezone

from bookings.models import Offer
from bookings.operations import offer_freed_places as offering
from competencies.operations import remind_renewals
from config.sweeps import SWEEPS, TIDYING, run_sweep, run_sweeps
from outbox import sweeps
from outbox.models import SetAside
from outbox.sweeps import Sweep
from tests import world as make
from tests.sweeps.due import DUE
from tests.world import World, outside, page_as

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def einvoices_go_somewhere(settings: Any) -> None:
    settings.EINVOICE_PROVIDER = "tests.sweeps.due.Anywhere"


class Poison:
    """Makes the first row that a sweep takes up fail, each time, until ``cured``."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.row: tuple[str, int] | None = None
        self.cured = False
        self.monkeypatch = monkeypatch
        work_on = sweeps.work_on

        def work_on_and_fail(row: models.Model | None) -> None:
            work_on(row)
            if row is not None:
                self.act_on(row)

        monkeypatch.setattr(sweeps, "work_on", work_on_and_fail)
        remind = remind_renewals.remind

        def fail_and_remind(person: Any, *args: Any) -> int:
            self.act_on(person)
            return remind(person, *args)

        monkeypatch.setattr(remind_renewals, "remind", fail_and_remind)

    def act_on(self, row: models.Model) -> None:
        key = (row._meta.label, row.pk)
        self.row = self.row or key
        if key == self.row and not self.cured:
            raise ValueError("This row\x0bcannot be done\x00")


def run(sweep: Sweep, world: World, now: datetime) -> int:
    with outside():
        return run_sweep(sweep, world.harbour.partnership, now)


@pytest.mark.parametrize("sweep", SWEEPS, ids=lambda sweep: sweep.name)
def test_the_next_row_is_done_and_the_poisoned_one_set_aside_until_it_can_be(
    world: World, monkeypatch: pytest.MonkeyPatch, sweep: Sweep
) -> None:
    DUE[sweep.name](world)
    poison = Poison(monkeypatch)
    now = timezone.now()
    assert run(sweep, world, now) > 0, "the second row is done"
    aside = SetAside.objects.get()
    assert (aside.model, aside.row) == poison.row
    assert (aside.sweep, aside.attempts) == (sweep.name, 1)
    assert aside.error == "ValueError: This row cannot be done "
    assert run(sweep, world, now + timedelta(seconds=59)) == 0, "it is passed over for a while"
    run(sweep, world, aside.try_again_at)
    aside.refresh_from_db()
    assert aside.attempts == 2
    assert aside.try_again_at - aside.failed_at == timedelta(minutes=2), "longer each time"
    poison.cured = True
    assert run(sweep, world, aside.try_again_at) > 0
    assert not SetAside.objects.exists()


def test_one_who_waits_and_cannot_be_written_to_keeps_nobody_of_the_same_event_waiting(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = make.event(capacity=1)
    first, second = (
        make.waiting_entry(person=who, event=at)
        for who in (world.harbour.practitioner, world.harbour.colleague)
    )
    make_known = offering.make_offer_known

    def fail_or_make_known(offer: Offer, now: datetime) -> None:
        if offer.entry_id == first.pk:
            raise ValueError("This row cannot be done")
        make_known(offer, now)

    monkeypatch.setattr(offering, "make_offer_known", fail_or_make_known)
    [sweep] = [each for each in SWEEPS if each.run is offering.offer_freed_places]
    assert run(sweep, world, timezone.now()) == 1
    assert Offer.objects.get().entry == second
    aside = SetAside.objects.get()
    assert (aside.model, aside.row) == (first._meta.label, first.pk)


def test_every_sweep_has_rows_to_be_tried_with() -> None:
    assert DUE.keys() == {sweep.name for sweep in SWEEPS}


def test_a_row_that_is_no_longer_due_is_forgotten(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = make.message()
    sweep = next(each for each in SWEEPS if each.name == "messages sent")
    Poison(monkeypatch)
    run(sweep, world, timezone.now())
    message.delete()
    run(sweep, world, timezone.now() + timedelta(hours=1))
    assert not SetAside.objects.exists()


def test_a_sweep_that_fails_before_it_has_a_row_stops_no_other(
    world: World, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def breaks(now: datetime) -> int:
        raise RuntimeError("broken on purpose")

    broken = (Sweep("broken", breaks, batch=True), *SWEEPS)
    monkeypatch.setattr("config.sweeps.SWEEPS", broken)
    make.message()
    with outside():
        done = {sweep.name: n for _, sweep, n in run_sweeps(timezone.now())}
    assert done["messages sent"] == 1
    assert "broken on purpose" in caplog.text
    assert not SetAside.objects.exists()


def test_a_knock_of_one_partnership_sends_account_mails_and_leaves_tidying_to_beat(
    world: World,
) -> None:
    """Someone waits for the mail; no one waits for the tidying, which looks through whole tables."""
    with outside():
        knocked = {
            sweep.name for _, sweep, _ in run_sweeps(timezone.now(), world.harbour.partnership)
        }
        beaten = {sweep.name for _, sweep, _ in run_sweeps(timezone.now())}
    assert "account emails sent" in knocked
    assert beaten - knocked == {sweep.name for sweep in TIDYING}


def aside(**fields: Any) -> SetAside:
    now = timezone.now()
    given = {"sweep": "messages sent", "model": "partnerships.Message", "row": 1, "title": "About"}
    times = {"failed_at": now, "try_again_at": now + timedelta(days=1)}
    made: SetAside = SetAside.objects.create(error="ValueError: no", attempts=9, **given | times)
    return made


def test_the_manage_page_says_so_and_leads_to_what_failed_and_why(world: World) -> None:
    aside()
    page = page_as(world.harbour.coordinator)
    home = page.get(reverse("manage")).content.decode()
    address = reverse("admin:outbox_setaside_changelist")
    assert "1 failed task that will be tried again" in home
    assert address in home
    assert "ValueError: no" in page.get(address).content.decode()


def test_a_coordinator_has_it_tried_again_at_once(world: World) -> None:
    row = aside()
    page = page_as(world.harbour.coordinator)
    address = reverse("admin:outbox_setaside_changelist")
    answer = page.post(address, {"action": "again", "_selected_action": [row.pk]}, follow=True)
    assert "will be tried again in a moment" in answer.content.decode()
    row.refresh_from_db()
    assert row.try_again_at <= timezone.now()


def test_somebody_who_does_not_run_training_sees_nothing_of_it(world: World) -> None:
    aside()
    page = page_as(world.harbour.finance)
    assert page.get(reverse("admin:outbox_setaside_changelist")).status_code == 403
