"""Roles, learning from elsewhere, reminders of renewals."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from competencies.models import RoleAssignment
from competencies.operations.assign_role_profiles import assign_role_profiles
from competencies.operations.recognise_learning import AlreadyRecognised, recognise_learning
from competencies.operations.record_outside_learning import record_outside_learning
from competencies.operations.remind_renewals import remind_renewals
from competencies.schedule import SWEEPS
from courses.models import TrainingRecord
from courses.rules.states import RecordSource
from outbox.models import Message
from partnerships.models import Membership
from partnerships.rules.months import add_months
from tests.world import World, course, record, requirement, role_profile

pytestmark = pytest.mark.django_db

JANUARY, MARCH = date(2026, 1, 1), date(2026, 3, 1)


def roles(person: Membership) -> list[tuple[str, date, date | None]]:
    rows = RoleAssignment.objects.filter(membership=person).order_by("since", "pk")
    return [(row.role_profile.code, row.since, row.until) for row in rows]


def test_new_roles_begin_and_old_ones_end_the_day_before(world: World) -> None:
    me = world.harbour.practitioner
    lead, visitor = role_profile(code="lead"), role_profile(code="visitor")
    assign_role_profiles(person=me, profiles=[lead], since=JANUARY)
    assign_role_profiles(person=me, profiles=[visitor], since=MARCH)
    assert roles(me) == [("lead", JANUARY, date(2026, 2, 28)), ("visitor", MARCH, None)]


def test_a_role_that_goes_on_keeps_its_first_day(world: World) -> None:
    me, lead, visitor = world.harbour.practitioner, role_profile(code="lead"), role_profile()
    assign_role_profiles(person=me, profiles=[lead], since=JANUARY)
    for _ in range(2):  # sent twice
        made = assign_role_profiles(person=me, profiles=[lead, visitor], since=MARCH)
    assert made == []
    assert ("lead", JANUARY, None) in roles(me)
    assert len(roles(me)) == 2


def test_a_role_chosen_by_mistake_is_taken_back_on_the_same_day(world: World) -> None:
    me, lead = world.harbour.practitioner, role_profile()
    assign_role_profiles(person=me, profiles=[lead], since=MARCH)
    assign_role_profiles(person=me, profiles=[], since=MARCH)
    assert roles(me) == []


def test_a_role_that_began_earlier_than_thought_is_moved_back(world: World) -> None:
    me, lead = world.harbour.practitioner, role_profile(code="lead")
    assign_role_profiles(person=me, profiles=[lead], since=MARCH)
    assign_role_profiles(person=me, profiles=[lead], since=JANUARY)
    assert roles(me) == [("lead", JANUARY, None)]


def test_a_role_that_was_to_end_goes_on_when_it_is_named_again(world: World) -> None:
    me, lead = world.harbour.practitioner, role_profile(code="lead")
    assign_role_profiles(person=me, profiles=[lead], since=JANUARY)
    RoleAssignment.objects.update(until=date(2026, 12, 31))
    assign_role_profiles(person=me, profiles=[lead], since=MARCH)
    assert roles(me) == [("lead", JANUARY, None)]


def outside(person: Membership) -> TrainingRecord:
    return record_outside_learning(
        person=person,
        title="Neglect",
        provider="A charity",
        completed_on=JANUARY,
        minutes=90,
        participatory=True,
    )


def test_the_same_learning_is_recorded_once(world: World) -> None:
    assert outside(world.harbour.practitioner) == outside(world.harbour.practitioner)
    assert outside(world.harbour.practitioner) != outside(world.harbour.colleague)


def test_learning_from_elsewhere_is_recognised_once(world: World) -> None:
    made, neglect = outside(world.harbour.practitioner), course()
    assert recognise_learning(record=made, course=neglect).course == neglect
    with pytest.raises(AlreadyRecognised):
        recognise_learning(record=made, course=course())
    made.refresh_from_db()
    assert made.course == neglect


def test_what_our_own_register_wrote_is_never_reinterpreted(world: World) -> None:
    made = record(person=world.harbour.practitioner, course=course(), source=RecordSource.EVENT)
    TrainingRecord.objects.update(course=None)
    with pytest.raises(AlreadyRecognised):
        recognise_learning(record=made, course=course())


class TestRemindersOfRenewals:
    """One a person, requirement and due date, ninety days ahead."""

    def due_in(self, world: World, days: int) -> Membership:
        """Someone whose Level 3 runs out in so many days."""
        me, update = world.harbour.practitioner, course(title="Level 3 update")
        requirement(courses=[update], title="Level 3", group=world.harbour.groups[2], months=36)
        due_on = timezone.localdate() + timedelta(days=days)
        record(person=me, course=update, completed_on=add_months(due_on, -36))
        return me

    def test_are_written_once_when_the_time_has_come(self, world: World) -> None:
        me = self.due_in(world, 60)
        assert remind_renewals(now=timezone.now()) == 1
        assert remind_renewals(now=timezone.now()) == 0
        mail = Message.objects.get(key__startswith="renewal:")
        assert mail.to_email == me.user.email
        assert "Level 3 is due by" in mail.text
        assert "Level 3 update" in mail.text
        assert "/harbour/my/" in mail.text

    @pytest.mark.parametrize("days", [100, -5])
    def test_are_neither_early_nor_late(self, world: World, days: int) -> None:
        self.due_in(world, days)
        assert remind_renewals(now=timezone.now()) == 0

    def test_catch_up_when_the_clock_stood_still(self, world: World) -> None:
        self.due_in(world, 100)
        assert remind_renewals(now=timezone.now() + timedelta(days=95)) == 1

    def test_are_not_for_those_who_have_renewed(self, world: World) -> None:
        me = self.due_in(world, 60)
        record(person=me, course=TrainingRecord.objects.get().course)
        assert remind_renewals(now=timezone.now()) == 0

    def test_are_not_for_those_who_have_gone(self, world: World) -> None:
        me = self.due_in(world, 60)
        me.is_active = False
        me.save()
        assert remind_renewals(now=timezone.now()) == 0

    def test_are_not_for_those_of_whom_it_is_not_required(self, world: World) -> None:
        me = self.due_in(world, 60)
        me.employments.update(group=world.harbour.groups[0])  # type: ignore[attr-defined]
        assert remind_renewals(now=timezone.now()) == 0

    def test_are_started_by_the_clock(self) -> None:
        assert remind_renewals in [sweep.run for sweep in SWEEPS]
