"""What needs attention on the manage page, from every app in the order of the flow."""

from evaluation.reports import attention as evaluation
from partnerships import reports as partnerships
from partnerships.attention import AttentionProvider

# Add an app's ``reports.attention`` here when it has one.
PROVIDERS: tuple[AttentionProvider, ...] = (partnerships.attention, evaluation.attention)
