"""What the clock starts in this app."""

from outbox.sweeps import Sweep
from partnerships.operations.forget_account_events import forget_account_events
from partnerships.operations.forget_account_mails import forget_account_mails
from partnerships.operations.forget_sessions import forget_sessions
from partnerships.operations.send_next_account_mail import send_next_account_mail

# Rows of no partnership: emails that someone is waiting for, and tidying up, which no knock starts.
SITE_SWEEPS: tuple[Sweep, ...] = (Sweep("account emails sent", send_next_account_mail, batch=True),)
TIDYING: tuple[Sweep, ...] = (
    Sweep("account emails deleted", forget_account_mails),
    Sweep("account events deleted", forget_account_events),
    Sweep("sessions deleted", forget_sessions),
)
