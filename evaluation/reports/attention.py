"""What waits in evaluation: answers that do not come in, people nobody can ask."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.db.models import Count, F, Q
from django.urls import reverse
from django.utils import timezone

from evaluation.models import SurveyInvitation
from evaluation.rules.states import InvitationState, Stage
from partnerships.attention import AttentionItem
from partnerships.models import Membership
from partnerships.rules.roles import Permission
from partnerships.rules.wording import counted

# Fewer than half after both reminders is what nobody writes a report from.
LOW = 2
SETTLED = timedelta(days=14)
LOOKED_BACK = timedelta(days=60)


def attention(now: datetime, membership: Membership) -> list[AttentionItem]:
    """Questionnaires to answer of one's own, and events that few have answered about."""
    today = timezone.localdate(now)
    items = []
    own = SurveyInvitation.objects.filter(
        membership=membership, state=InvitationState.SENT, closes_on__gte=today
    ).count()
    if own:
        text = f"{counted(own, 'questionnaire')} for you to answer"
        items.append(AttentionItem(text, own, reverse("my_learning")))
    if membership.may(Permission.READ_INSIGHT):
        few = few_answers(now)
        if few:
            period = {"start": (today - LOOKED_BACK).isoformat(), "end": today.isoformat()}
            text = f"{counted(few, 'event')} with answers from fewer than half of those who came"
            address = f"{reverse('insight')}?{urlencode(period)}"
            items.append(AttentionItem(text, few, address))
    return items


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
