"""Tags for forms: whole forms, single fields, error summaries."""

from __future__ import annotations

from typing import Any

from django import template
from django.forms import BaseForm, BoundField, ClearableFileInput
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from govuk.errors import problems_in
from govuk.rendering import Options, field_context

register = template.Library()

# Names under which views usually pass a page's forms to the template.
USUAL_NAMES = ("form", "formset", "verify_form", "change_form", "forms", "formsets")


def render_field(bound: BoundField, options: Options) -> SafeString:
    """One field with label, hint, errors and input."""
    context = field_context(bound, options, revealed_by(bound))
    if context["kind"] == "file":
        context.update(file_words(bound))
    return render_to_string(f"govuk/fields/{context['kind']}.html", context)


def revealed_by(bound: BoundField) -> dict[str, SafeString]:
    """The fields that belong to one answer of this field, by answer."""
    reveals = getattr(bound.field.widget, "reveals", {})
    return {
        str(value): format_html_join(
            "\n", "{}", ((render_field(bound.form[name], Options()),) for name in names)
        )
        for value, names in reveals.items()
    }


def in_their_place(form: BaseForm) -> list[BoundField]:
    """The visible fields, without those that stand under an answer of another."""
    widgets = (field.widget for field in form.fields.values())
    elsewhere = {
        name
        for widget in widgets
        for names in getattr(widget, "reveals", {}).values()
        for name in names
    }
    return [bound for bound in form.visible_fields() if bound.name not in elsewhere]


def file_words(bound: BoundField) -> dict[str, Any]:
    """The file stored now, and the name of the box that removes it."""
    widget, value = bound.field.widget, bound.initial
    if not isinstance(widget, ClearableFileInput) or not widget.is_initial(value):
        return {}
    removable = not bound.field.required and not bound.field.disabled
    return {
        "current": value,
        "clear_name": widget.clear_checkbox_name(bound.html_name) if removable else "",
    }


@register.simple_tag
def govuk_field(bound: BoundField, **said: Any) -> SafeString:
    """`{% govuk_field form.name heading="l" label="..." hint="..." optional=False classes="..." %}`."""
    return render_field(bound, Options(**said))


@register.simple_tag
def govuk_fields(form: BaseForm) -> SafeString:
    """All fields of a form, without the form element."""
    hidden = format_html_join("", "{}", ((bound.as_hidden(),) for bound in form.hidden_fields()))
    visible = format_html_join(
        "\n", "{}", ((render_field(bound, Options()),) for bound in in_their_place(form))
    )
    return SafeString(hidden + visible)


@register.inclusion_tag("govuk/fields/form.html", takes_context=True)
def govuk_form(context: Context, form: BaseForm, **said: Any) -> dict[str, Any]:
    """`{% govuk_form form submit="Save" action=url cancel_url=url variant="warning" method="post" %}`."""
    words = {"submit": "Continue", "method": "post", "cancel": "Cancel", **said}
    return {"form": form, "csrf_token": context.get("csrf_token"), **words}


@register.inclusion_tag("govuk/components/error_summary.html")
def error_summary(*forms: Any) -> dict[str, Any]:
    """`{% error_summary form other_form %}`: nothing at all when there are no errors."""
    return {"problems": problems_in(forms)}


@register.inclusion_tag("govuk/components/error_summary.html", takes_context=True)
def page_error_summary(context: Context) -> dict[str, Any]:
    """The errors of all forms that the page's view passed under a usual name."""
    return {"problems": problems_in(page_forms(context))}


@register.simple_tag(takes_context=True)
def error_prefix(context: Context, *forms: Any) -> str:
    """ "Error: " for the page title when a form of the page has errors."""
    return "Error: " if problems_in(forms or page_forms(context)) else ""


def page_forms(context: Context) -> list[Any]:
    """The forms of a page, found by their usual names; a list of forms counts as its members."""
    found: list[Any] = []
    for name in USUAL_NAMES:
        value = context.get(name)
        found.extend(value if isinstance(value, (list, tuple)) else [value])
    return found
