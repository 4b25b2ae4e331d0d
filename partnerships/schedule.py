"""What the clock starts in this app."""

from partnerships.operations.record_account_event import forget_account_events, forget_sessions
from partnerships.operations.send_account_mail import forget_account_mails, send_next_account_mail
from partnerships.operations.send_message import send_next_message
from partnerships.sweeps import Sweep

SWEEPS: tuple[Sweep, ...] = (Sweep("messages sent", send_next_message, batch=True),)

# Rows of no partnership: mails that somebody waits for, and what is only tidied up, which no knock hurries.
SITE_SWEEPS: tuple[Sweep, ...] = (Sweep("account mails sent", send_next_account_mail, batch=True),)
TIDYING: tuple[Sweep, ...] = (
    Sweep("account mails forgotten", forget_account_mails),
    Sweep("account events forgotten", forget_account_events),
    Sweep("sessions forgotten", forget_sessions),
)
