"""Delete what is known about emails that were sent long ago."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from partnerships.models import AccountMail

KEPT_FOR = timedelta(days=30)  # that it was sent, and when; its text is gone at once


@transaction.atomic
def forget_account_mails(*, now: datetime) -> int:
    """Delete what is known about emails that were queued long ago, and return how many."""
    done, _ = AccountMail.objects.filter(queued_at__lt=now - KEPT_FOR).delete()
    return done
