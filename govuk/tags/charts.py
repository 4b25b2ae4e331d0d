"""Tags that draw charts made by govuk.charts."""

from __future__ import annotations

from django import template
from django.utils.safestring import SafeString

from govuk.charts import BarChart, LineChart

register = template.Library()


@register.simple_tag
def bar_chart(chart: BarChart) -> SafeString:
    """`{% bar_chart chart %}`."""
    return chart.render()


@register.simple_tag
def line_chart(chart: LineChart) -> SafeString:
    """`{% line_chart chart %}`."""
    return chart.render()
