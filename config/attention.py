"""What needs attention on the manage page, from every app in the order of the flow."""

from bookings.reports.attention import attention as in_bookings
from competencies.reports.attention import attention as in_competencies
from evaluation.reports.attention import attention as in_evaluation
from finance.reports.attention import attention as in_finance
from partnerships.attention import AttentionProvider
from partnerships.reports import attention as in_partnerships

# Each app that has something to tell is listed here.
PROVIDERS: tuple[AttentionProvider, ...] = (
    in_partnerships,
    in_bookings,
    in_finance,
    in_evaluation,
    in_competencies,
)
