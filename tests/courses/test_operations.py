"""Publishing and rescheduling, by themselves and through the admin."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from courses.models import Event
from courses.operations.publish_event import publish_event
from courses.operations.reschedule_event import reschedule_event
from courses.rules.states import EventState
from courses.terms.staffing import publishing_reasons
from partnerships.rules.reasons import codes
from partnerships.rules.refused import Refused
from tests.world import (
    World,
    course,
    event,
    in_days,
    page_as,
    programme,
    trainer,
    trainer_qualification,
    venue,
)

pytestmark = pytest.mark.django_db


def draft(**fields: Any) -> Event:
    return event(state=EventState.DRAFT, **fields)


def refusal_of(call: Any, **words: Any) -> frozenset[str]:
    with pytest.raises(Refused) as caught:
        call(**words)
    return codes(caught.value.reasons)


def test_a_draft_with_its_trainers_is_published(world: World) -> None:
    strict = course(minimum_trainers=2, needs_safeguarding_trainer=True)
    team = [trainer(safeguarding_background=True), trainer()]
    ready = draft(course=strict, trainers=team)
    published = publish_event(event=ready, now=timezone.now())
    assert published.state == EventState.PUBLISHED
    assert refusal_of(publish_event, event=ready, now=timezone.now()) == {"not_a_draft"}


@pytest.mark.parametrize(("places", "warned"), [(12, set()), (13, {"room_too_small"})])
def test_a_room_that_is_too_small_is_said_and_stops_nothing(
    world: World, places: int, warned: set[str]
) -> None:
    ready = draft(venue=venue(capacity=12), capacity=places, trainers=[trainer()])
    assert codes(publishing_reasons(ready, timezone.now())) == warned
    assert publish_event(event=ready, now=timezone.now()).state == EventState.PUBLISHED
    page = page_as(world.harbour.coordinator).get(
        reverse("admin:courses_event_change", args=[ready.pk])
    )
    assert ("holds 12 people" in page.content.decode()) == bool(warned)


def test_what_is_missing_keeps_it_a_draft(world: World) -> None:
    strict = course(minimum_trainers=2, needs_safeguarding_trainer=True)
    lapsed = trainer(safeguarding_background=True)
    trainer_qualification(trainer=lapsed, expires_on=date(2025, 1, 1))
    alone = draft(course=strict, trainers=[lapsed, trainer()])
    found = refusal_of(publish_event, event=alone, now=timezone.now())
    assert found == {"too_few_trainers", "no_safeguarding_background"}
    assert Event.objects.get(pk=alone.pk).state == EventState.DRAFT
    assert refusal_of(publish_event, event=draft(starts_at=in_days(-2)), now=timezone.now()) == {
        "in_the_past",
        "too_few_trainers",
    }


def test_a_programme_has_to_be_approved_on_the_day(world: World) -> None:
    plan = programme(starts_on=date(2025, 4, 1), ends_on=date(2035, 3, 31))
    planned = draft(programme=plan, trainers=[trainer()])
    assert refusal_of(publish_event, event=planned, now=timezone.now()) == {"not_approved"}


def test_an_event_begins_and_ends_with_its_sessions(world: World) -> None:
    run = draft()
    later = run.ends_at + timedelta(days=7)
    changed = reschedule_event(
        event=run,
        times=[(later, later + timedelta(hours=3)), (run.starts_at, run.ends_at)],
    )
    assert (changed.starts_at, changed.ends_at) == (run.starts_at, later + timedelta(hours=3))
    assert [each.position for each in changed.sessions.all()] == [1, 2]
    assert changed.revision == 1
    again = reschedule_event(event=changed, times=[(run.starts_at, run.ends_at)])
    assert (again.sessions.count(), again.revision) == (1, 2)
    assert reschedule_event(event=again, times=[(run.starts_at, run.ends_at)]).revision == 2


def test_impossible_times_change_nothing(world: World) -> None:
    run = event()
    start, end = run.starts_at, run.ends_at
    hour = timedelta(hours=1)
    for times, code in (
        ([], "no_session"),
        ([(end, start)], "ends_before_it_starts"),
        ([(start, end), (end - hour, end + hour)], "sessions_overlap"),
        ([(start + hour, end)], "start_is_published"),
    ):
        assert refusal_of(reschedule_event, event=run, times=times) == {code}
    over = event(state=EventState.CANCELLED)
    assert refusal_of(reschedule_event, event=over, times=[(start, end)]) == {"event_over"}


ADMIN_LISTS = [
    *("course", "event", "venue", "trainer", "programme", "trainingrecord"),
]


@pytest.mark.parametrize("name", ADMIN_LISTS)
def test_coordinators_see_every_table_and_practitioners_none(world: World, name: str) -> None:
    url = reverse(f"admin:courses_{name}_changelist")
    assert page_as(world.harbour.coordinator).get(url).status_code == 200
    assert page_as(world.harbour.practitioner).get(url).status_code in {302, 403, 404}


def test_an_event_is_made_rescheduled_and_published_in_the_admin(world: World) -> None:
    page = page_as(world.harbour.administrator)
    when = in_days(90)
    made = {
        "course": course(minimum_trainers=1).pk,
        "reference": "NEW",
        "delivery": "virtual",
        "capacity": "20",
        **split("starts_at", when),
        **split("ends_at", when + timedelta(hours=3)),
        **management("event_trainers", 0),
    }
    answer = page.post(reverse("admin:courses_event_add"), made)
    assert answer.status_code == 302, answer.context["errors"]
    run = Event.objects.get(reference="NEW")
    assert (run.state, run.sessions.count()) == (EventState.DRAFT, 1)
    url = reverse("admin:courses_event_change", args=[run.pk])
    assert "A session needs 1 trainer; this one has 0." in page.get(url).content.decode()

    first = run.sessions.get()
    changed = {
        **{key: made[key] for key in ("course", "delivery", "capacity")},
        **management("sessions", 1),
        "sessions-0-id": first.pk,
        "sessions-0-event": run.pk,
        **split("sessions-0-starts_at", when),
        **split("sessions-0-ends_at", when + timedelta(hours=5)),
        **management("event_trainers", 0),
        "event_trainers-TOTAL_FORMS": "1",
        "event_trainers-0-trainer": trainer().pk,
    }
    assert page.post(url, changed).status_code == 302
    run.refresh_from_db()
    assert run.ends_at == when + timedelta(hours=5)

    revision = run.revision
    page.post(url, changed | {"venue": venue().pk, "event_trainers-TOTAL_FORMS": "0"})
    run.refresh_from_db()
    assert run.revision == revision + 1

    act = {"action": "publish", "_selected_action": [run.pk]}
    page.post(reverse("admin:courses_event_changelist"), act)
    run.refresh_from_db()
    assert run.state == EventState.PUBLISHED


def split(name: str, instant: Any) -> dict[str, str]:
    """A date and a time as the admin's form sends them."""
    local = timezone.localtime(instant)
    return {f"{name}_0": f"{local:%Y-%m-%d}", f"{name}_1": f"{local:%H:%M:%S}"}


def management(prefix: str, number: int) -> dict[str, str]:
    """What a form set wants to know of itself."""
    return {
        f"{prefix}-TOTAL_FORMS": str(number),
        f"{prefix}-INITIAL_FORMS": str(number),
        f"{prefix}-MIN_NUM_FORMS": "0",
        f"{prefix}-MAX_NUM_FORMS": "1000",
    }
