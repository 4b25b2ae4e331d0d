"""Queries across people and agencies."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, QuerySet
from django.urls import reverse
from django.utils import timezone

from govuk.rules.phrases import counted
from outbox.models import Message, MessageState, SetAside
from partnerships.attention import AttentionItem
from partnerships.models import (
    AccountEvent,
    Agency,
    AgencyDomain,
    Employment,
    Membership,
    User,
    WorkforceGroup,
    active_partnership,
    spelt,
)
from partnerships.rules.people import email_domain
from partnerships.rules.roles import Permission
from partnerships.terms import agencies_led_by, verified_addresses


def agencies_by_address(user: User) -> QuerySet[Agency]:
    """Agencies with the domain of one of the person's verified addresses."""
    domains = {email_domain(address) for address in verified_addresses(user)}
    matches = AgencyDomain.objects.filter(domain__in=domains)
    found: QuerySet[Agency] = Agency.objects.active().filter(pk__in=matches.values("agency"))
    return found


def employments_to_confirm(
    membership: Membership, today: date, *, decided: bool = False
) -> QuerySet[Employment]:
    """Jobs that this person may confirm or refuse, never their own; including decided ones if asked for."""
    pending: Any = Employment.objects.on(today).exclude(membership=membership)
    if not decided:
        pending = pending.pending()
    if not membership.may(Permission.MANAGE_PEOPLE):
        pending = pending.filter(agency__in=agencies_led_by(membership, today))
    found: QuerySet[Employment] = pending.select_related("membership__user", "agency", "group")
    return found.order_by("starts_on", "id")


def groups_to_settle(
    membership: Membership, today: date, *, settled: bool = False
) -> QuerySet[Employment]:
    """Jobs without a workforce group that this person may enter, never their own; including the rest if asked for."""
    jobs = Employment.objects.jobs_on(today)
    jobs = jobs.filter(membership__in=Membership.objects.active()).exclude(membership=membership)
    if not settled:
        jobs = jobs.filter(group__isnull=True)
    if not membership.may(Permission.MANAGE_PEOPLE):
        jobs = jobs.filter(agency__in=agencies_led_by(membership, today))
    if not WorkforceGroup.objects.exists():
        jobs = jobs.none()
    found: QuerySet[Employment] = jobs.select_related("membership__user", "agency")
    return found.order_by("starts_on", "id")


def people_of(jobs: QuerySet[Employment]) -> int:
    """How many people hold these jobs."""
    return jobs.order_by().values("membership").distinct().count()


def people_to_answer_for(membership: Membership, today: date) -> int:
    """How many people are waiting for this person: to be confirmed, or to have their group entered."""
    pending, unknown = (
        employments_to_confirm(membership, today),
        groups_to_settle(membership, today),
    )
    return pending.values("membership").union(unknown.values("membership")).count()


def attention(now: datetime, membership: Membership) -> list[AttentionItem]:
    """People who wait to be confirmed, and messages that did not arrive."""
    items = []
    waiting = people_of(employments_to_confirm(membership, timezone.localdate(now)))
    if waiting:
        text = f"{counted(waiting, 'person', 'people')} to confirm"
        items.append(AttentionItem(text, waiting, reverse("pending_people")))
    groups = people_of(groups_to_settle(membership, timezone.localdate(now)))
    if groups:
        term = active_partnership().group_term.lower()
        text = f"{counted(groups, 'person', 'people')} whose {term} is not known"
        items.append(AttentionItem(text, groups, f"{reverse('pending_people')}#groups"))
    if membership.may(Permission.MANAGE_PARTNERSHIP):
        items += often_tried(now)
    if not membership.may(Permission.RUN_TRAINING):
        return items
    failed = Message.objects.filter(state=MessageState.FAILED).count()
    if failed:
        text = f"{counted(failed, 'message')} not delivered"
        address = f"{reverse('admin:outbox_message_changelist')}?state={MessageState.FAILED}"
        items.append(AttentionItem(text, failed, address))
    return items + failed_work()


MANY_FAILURES = 10  # failures in a day, for one person's account


def events_of_members(text: str = "", *, failures_only: bool = False) -> QuerySet[AccountEvent]:
    """What happened to active members' accounts, the newest first; those whose name or address contains the text."""
    members = Membership.objects.active()
    if text:
        members = members.filter(spelt(text, "user__full_name", "user__email"))
    events: Any = AccountEvent.objects.failures() if failures_only else AccountEvent.objects.all()
    found: QuerySet[AccountEvent] = events.filter(user__in=members.values("user"))
    return found.select_related("user")


def often_tried(now: datetime) -> list[AttentionItem]:
    """Members whose accounts had many failed sign-ins within a day."""
    events: Any = events_of_members(failures_only=True)
    counts = events.since(now - timedelta(days=1)).order_by().values("user")
    often = counts.annotate(failures=Count("pk")).filter(failures__gte=MANY_FAILURES).count()
    if not often:
        return []
    text = f"{counted(often, 'person', 'people')} with many failed sign-ins since yesterday"
    return [AttentionItem(text, often, f"{reverse('account_events')}?failures=on")]


def failed_work() -> list[AttentionItem]:
    """Background tasks that failed and wait to be tried again."""
    aside = SetAside.objects.count()
    if not aside:
        return []
    text = f"{counted(aside, 'failed task')} that will be tried again"
    return [AttentionItem(text, aside, reverse("admin:outbox_setaside_changelist"))]
