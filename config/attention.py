"""What needs attention on the manage page, from every app in the order of the flow."""

from bookings.reports import attention as bookings
from competencies.reports import attention as competencies
from evaluation.reports import attention as evaluation
from partnerships import reports as partnerships
from partnerships.attention import AttentionProvider

# Each app that has something to tell is listed here.
PROVIDERS: tuple[AttentionProvider, ...] = (
    partnerships.attention,
    bookings.attention,
    evaluation.attention,
    competencies.attention,
)
