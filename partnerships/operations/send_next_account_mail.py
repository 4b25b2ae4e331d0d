"""Send emails about accounts, one per transaction, and delete their text."""

from __future__ import annotations

import logging
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction

from govuk.text import one_line
from outbox.operations.send_next_message import FIRST_PAUSE
from outbox.rules.retrying import fault_in_words, pause_after
from outbox.sender import mail_domain, mailbox
from partnerships.models import AccountMail, AccountMailState

logger = logging.getLogger(__name__)


@transaction.atomic
def send_next_account_mail(*, now: datetime) -> int:
    """Send the email that has been due longest; 0 when none is due. Once sent or given up, its text is deleted.

    An error affects only that email: it waits longer each time, and the others go out.
    """
    rows = AccountMail.objects.due(now).select_for_update(skip_locked=True)
    mail = rows.order_by("due_at", "id").first()
    if mail is None:
        return 0
    mail.attempts += 1
    try:
        as_mail(mail).send()
    except Exception as error:  # from a server, or from text that cannot become an email
        mail.error = fault_in_words(error)
        mail.due_at = now + pause_after(mail.attempts, FIRST_PAUSE)
        logger.warning("Account mail %s could not be sent: %s", mail.pk, mail.error)
        if mail.attempts >= settings.MESSAGE_ATTEMPTS:
            mail.state, mail.text, mail.html = AccountMailState.GIVEN_UP, "", ""
    else:
        mail.state, mail.sent_at, mail.error = AccountMailState.SENT, now, ""
        mail.text, mail.html = "", ""
    mail.save()
    return 1


def as_mail(mail: AccountMail) -> EmailMultiAlternatives:
    """The email as it goes out, in the name of the partnership where it was requested."""
    message = EmailMultiAlternatives(
        subject=one_line(mail.subject),
        body=mail.text,
        from_email=mailbox(mail.from_name, settings.DEFAULT_FROM_EMAIL),
        to=[mailbox("", mail.to_email)],
        reply_to=[mail.reply_to],
        headers={"Message-ID": f"<account.{mail.pk}@{mail_domain()}>"},
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message
