"""What needs attention in evaluation: questionnaires to answer, events with few answers, certificates not printable."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import timezone

from courses.models import LearningOutcome
from evaluation.models import SurveyInvitation
from evaluation.rules.states import InvitationState, Stage
from evaluation.terms.certificates import bookings_to_certify
from govuk.fonts import glyphs_missing
from govuk.rules.phrases import counted
from partnerships.attention import AttentionItem
from partnerships.models import Membership, active_partnership
from partnerships.rules.printing import signs_named
from partnerships.rules.roles import Permission

# With fewer than half after both reminders, no one can write a report.
LOW = 2
SETTLED = timedelta(days=14)
LOOKED_BACK = timedelta(days=60)
LOOKED_AT = 200


def attention(now: datetime, membership: Membership) -> list[AttentionItem]:
    """The reader's own questionnaires to answer, and events that few people have answered about."""
    today = timezone.localdate(now)
    items = []
    own = SurveyInvitation.objects.filter(
        membership=membership, state=InvitationState.SENT, closes_on__gte=today
    ).count()
    if own:
        text = f"{counted(own, 'questionnaire')} for you to answer"
        items.append(AttentionItem(text, own, reverse("my_learning")))
    if membership.may(Permission.RUN_TRAINING):
        items += certificates_not_printable()
    if membership.may(Permission.READ_INSIGHT):
        few = few_answers(now)
        if few:
            period = {"start": (today - LOOKED_BACK).isoformat(), "end": today.isoformat()}
            text = f"{counted(few, 'event')} with answers from fewer than half of those who came"
            address = f"{reverse('insight')}?{urlencode(period)}"
            items.append(AttentionItem(text, few, address))
    return items


def certificates_not_printable() -> list[AttentionItem]:
    """Certificates that are earned but wait because our fonts lack a character in them. Two queries.

    A sweep issues all others within a minute, so few are looked at.
    """
    here = active_partnership().name
    said = ("membership__user__full_name", "agency__name", "event__course__title")
    rows = bookings_to_certify().order_by("pk").values_list("reference", "event__course", *said)
    waiting = list(rows[:LOOKED_AT])
    outcomes: dict[int, str] = {}
    courses = {course for _, course, *_ in waiting}
    taught = LearningOutcome.objects.filter(course__in=courses).values_list("course", "text")
    for course, text in taught:
        outcomes[course] = f"{outcomes.get(course, '')} {text}"
    lacking = {
        reference: signs
        for reference, course, *texts in waiting
        if (signs := glyphs_missing(" ".join([here, *texts, outcomes.get(course, "")])))
    }
    if not lacking:
        return []
    signs = frozenset.union(*lacking.values())
    text = f"{counted(len(lacking), 'certificate')} with characters that cannot be printed: {signs_named(signs)}"
    address = f"{reverse('admin:bookings_booking_changelist')}?{urlencode({'q': min(lacking)})}"
    return [AttentionItem(text, len(lacking), address)]


def few_answers(now: datetime) -> int:
    """Events of the last weeks about which fewer than half of those asked have answered."""
    asked = SurveyInvitation.objects.asked().filter(
        stage=Stage.IMMEDIATE,
        event__ends_at__gte=now - LOOKED_BACK,
        event__ends_at__lt=now - SETTLED,
    )
    answered = Count("pk", filter=Q(state=InvitationState.ANSWERED))
    rows = asked.order_by().values("event").annotate(asked=Count("pk"), answered=answered)
    return int(rows.filter(asked__gt=F("answered") * LOW).count())
