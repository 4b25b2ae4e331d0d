"""Tags for finding your way: breadcrumbs, back links, pagination, filters, task lists."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.core.paginator import Page
from django.forms import BaseForm
from django.http import QueryDict
from django.template import Context

from govuk.components import page_links
from govuk.rendering import Options
from govuk.tags.fields import render_field

register = template.Library()


@register.inclusion_tag("govuk/components/breadcrumbs.html")
def breadcrumbs(*steps: str) -> dict[str, Any]:
    """`{% breadcrumbs "Home" url "Courses" url2 %}`; a last text without a link may follow."""
    pairs = [steps[index : index + 2] for index in range(0, len(steps), 2)]
    return {
        "steps": [{"text": pair[0], "href": pair[1] if len(pair) > 1 else ""} for pair in pairs]
    }


@register.inclusion_tag("govuk/components/back_link.html")
def back_link(url: str, text: str = "Back") -> dict[str, str]:
    """`{% back_link url "Back to courses" %}`."""
    return {"url": url, "text": text}


@register.inclusion_tag("govuk/components/pagination.html", takes_context=True)
def pagination(
    context: Context, page: Page[Any], param: str = "page", label: str = "Pages", url: str = ""
) -> dict[str, Any]:
    """`{% pagination page %}`: nothing for a single page; every link keeps the rest of the query string.

    ``url`` is the list's address, if the page can have another one.
    """
    request = context.get("request")
    query = request.GET.copy() if request else QueryDict(mutable=True)
    query.pop(param, None)
    rest = query.urlencode()
    links = page_links(page) if page.paginator.num_pages > 1 else []
    return {
        "page": page,
        "links": links,
        "lead": f"{url}?{rest}&{param}=" if rest else f"{url}?{param}=",
        "label": label,
    }


@register.inclusion_tag("govuk/components/filter_panel.html")
def filter_panel(form: BaseForm, title: str = "Filter", **said: Any) -> dict[str, Any]:
    """`{% filter_panel form title="Filter courses" clear_url=url submit="Show" is_set=True %}`: a GET form.

    On a phone it is folded while nothing is set.
    """
    hidden = list(form.hidden_fields())
    fields = [render_field(bound, Options(optional=False)) for bound in form.visible_fields()]
    is_set = any(form.data.get(form.add_prefix(name)) for name in form.fields)
    drawn = {"title": title, "hidden": hidden, "fields": fields, "is_set": is_set}
    return {**drawn, "submit": "Apply filters", **said}


@register.inclusion_tag("govuk/components/htmx.html")
def htmx() -> dict[str, Any]:
    """The htmx script, for pages that use it."""
    return {}


@register.inclusion_tag("govuk/components/messages.html")
def notices(messages: Iterable[Any]) -> dict[str, Any]:
    """Django's messages as banners: successes first, so that the most serious is nearest to the page."""
    drawn = [
        {"text": message, "level": getattr(message, "level_tag", "")} for message in messages or ()
    ]
    return {"notices": drawn}
