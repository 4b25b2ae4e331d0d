"""Each kind of field, empty and with an error."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser

import pytest
from crispy_forms.helper import FormHelper
from crispy_forms.layout import Div, Fieldset, Layout, Submit
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string

from govuk.forms import GovukForm, Radios
from govuk.rendering import focus_id, kind_of
from govuk.tags.fields import govuk_fields

FOCUSABLE = {"input", "select", "textarea"}
KINDS = {
    "name": "input",
    "email": "input",
    "secret": "password",
    "places": "input",
    "fee": "input",
    "why": "textarea",
    "sector": "select",
    "mode": "radios",
    "needs": "checkboxes",
    "agree": "checkbox",
    "starts": "date",
    "evidence": "file",
    "token": "hidden",
}


class Elements(HTMLParser):
    """Collects the elements of a page by id, and what labels and descriptions refer to."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.by_id: dict[str, str] = {}
        self.ids: list[str] = []
        self.references: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.by_id[value] = tag
                self.ids.append(value)
            elif name in {"for", "aria-describedby", "aria-controls"} and value:
                self.references.extend(value.split())


@pytest.mark.parametrize(("name", "kind"), KINDS.items())
def test_every_widget_has_its_kind(every_field: type[GovukForm], name: str, kind: str) -> None:
    assert kind_of(every_field()[name]) == kind


@pytest.mark.parametrize("name", [name for name in KINDS if name != "token"])
def test_an_error_is_shown_beside_every_kind_of_field(
    every_field: type[GovukForm], draw: Callable[..., str], name: str
) -> None:
    form = every_field({})
    html = draw("{% govuk_field field %}", field=form[name])
    assert "govuk-form-group--error" in html
    assert form.errors[name][0].replace("<", "&lt;").replace(">", "&gt;") in html
    assert '<span class="govuk-visually-hidden">Error:</span>' in html


@pytest.mark.parametrize(
    ("name", "mark"),
    [
        ("name", "govuk-input--error"),
        ("secret", "govuk-input--error"),
        ("why", "govuk-textarea--error"),
        ("sector", "govuk-select--error"),
        ("starts", "govuk-input--error"),
        ("evidence", "govuk-file-upload--error"),
    ],
)
def test_inputs_with_an_error_get_a_red_border(
    every_field: type[GovukForm], draw: Callable[..., str], name: str, mark: str
) -> None:
    assert mark in draw("{% govuk_field field %}", field=every_field({})[name])
    assert mark not in draw("{% govuk_field field %}", field=every_field()[name])


def test_every_link_of_the_error_summary_leads_to_an_input(
    every_field: type[GovukForm], draw: Callable[..., str]
) -> None:
    form = every_field({})
    html = draw("{% error_summary form %}{{ form|crispy }}", form=form)
    targets = re.findall(r'<a href="#([^"]+)"', html)
    elements = Elements(html)
    assert len(targets) == len(form.errors)
    assert {elements.by_id[target] for target in targets} <= FOCUSABLE


@pytest.mark.parametrize("data", [None, {}])
def test_ids_are_unique_and_references_lead_somewhere(
    every_field: type[GovukForm], draw: Callable[..., str], data: dict[str, str] | None
) -> None:
    elements = Elements(draw("{{ form|crispy }}", form=every_field(data)))
    assert len(elements.ids) == len(set(elements.ids))
    assert set(elements.references) <= set(elements.ids)


def test_labels_and_help_texts_are_escaped(
    every_field: type[GovukForm], draw: Callable[..., str]
) -> None:
    html = draw("{% error_summary form %}{{ form|crispy }}", form=every_field({}))
    assert "<b>" not in html
    assert "<i>" not in html
    assert "Full &lt;b&gt;name&lt;/b&gt;" in html
    assert "&lt;i&gt;As on&lt;/i&gt; the badge" in html


def test_item_labels_hints_and_values_are_escaped(draw: Callable[..., str]) -> None:
    class Hostile(GovukForm):
        answer = forms.ChoiceField(
            choices=[('"><x>', "<script>")], widget=forms.RadioSelect, label="<x>"
        )
        several = forms.MultipleChoiceField(
            choices=[("1", "<script>")], widget=forms.CheckboxSelectMultiple
        )

    html = draw("{{ form|crispy }}", form=Hostile({"answer": '"><x>'}))
    assert "<script>" not in html
    assert "<x>" not in html
    assert "&lt;script&gt;" in html


def test_inputs_do_without_the_browsers_own_bubbles(
    every_field: type[GovukForm], draw: Callable[..., str]
) -> None:
    html = draw('{% govuk_form form submit="Save" %}', form=every_field())
    assert "novalidate" in html
    assert " required" not in html
    assert 'enctype="multipart/form-data"' in html
    assert re.search(r"<button type=\"submit\"[^>]*>Save</button>", html)


def test_numbers_are_typed_without_spinners(
    every_field: type[GovukForm], draw: Callable[..., str]
) -> None:
    html = draw("{% govuk_field field %}", field=every_field()["places"])
    assert 'type="text"' in html
    assert 'inputmode="numeric"' in html
    assert "min=" not in html


def test_a_text_area_counts_down_without_any_hint(
    every_field: type[GovukForm], draw: Callable[..., str]
) -> None:
    html = draw("{% govuk_field field %}", field=every_field()["why"])
    assert 'data-maxlength="200"' in html
    assert "You can enter up to 200 characters" in html
    assert "maxlength=" not in html.replace("data-maxlength=", "")


def test_a_limit_above_a_thousand_has_no_comma(draw: Callable[..., str]) -> None:
    class Long(GovukForm):
        text = forms.CharField(widget=forms.Textarea, max_length=2000)

    assert 'data-maxlength="2000"' in draw("{{ form|crispy }}", form=Long())


def test_optional_fields_say_so_unless_the_form_asks_not_to(draw: Callable[..., str]) -> None:
    class Search(GovukForm):
        words = forms.CharField(required=False)

    class QuietSearch(Search):
        mark_optional = False

    assert "Words (optional)" in draw("{{ form|crispy }}", form=Search())
    assert "(optional)" not in draw("{{ form|crispy }}", form=QuietSearch())
    assert "(optional)" not in draw("{% filter_panel form %}", form=Search())


def test_a_filter_panel_is_folded_until_something_is_set(draw: Callable[..., str]) -> None:
    class Search(GovukForm):
        words = forms.CharField(required=False)

    assert 'app-filter__more">' in draw("{% filter_panel form %}", form=Search({"words": ""}))
    panel = draw("{% filter_panel form %}", form=Search({"words": "neglect"}))
    assert 'app-filter__more" open>' in panel


@pytest.mark.parametrize("name", ["name", "mode", "starts"])
def test_label_or_legend_can_be_the_pages_heading(
    every_field: type[GovukForm], draw: Callable[..., str], name: str
) -> None:
    html = draw('{% govuk_field field heading="l" %}', field=every_field()[name])
    assert html.count("<h1") == 1
    assert "govuk-label--l" in html or "govuk-fieldset__legend--l" in html


def test_typed_values_come_back(every_field: type[GovukForm], draw: Callable[..., str]) -> None:
    form = every_field(
        {
            "mode": "e",
            "needs": ["h"],
            "agree": "on",
            "starts_day": "31",
            "starts_month": "2",
            "name": "A&B",
        }
    )
    html = draw("{{ form|crispy }}", form=form)
    assert re.search(r'value="e" checked', html)
    assert re.search(r'name="agree" type="checkbox" checked', html)
    assert re.search(r'name="starts_day" type="text" value="31"', html)
    assert "A&amp;B" in html


def test_a_stored_file_can_be_seen_and_removed(draw: Callable[..., str]) -> None:
    class Stored:
        name, url = "plan.pdf", "/media/plan.pdf"

        def __str__(self) -> str:
            return self.name

    class Upload(GovukForm):
        plan = forms.FileField(required=False)

    html = draw("{{ form|crispy }}", form=Upload(initial={"plan": Stored()}))
    assert 'href="/media/plan.pdf"' in html
    assert 'name="plan-clear"' in html
    assert Upload({}, {"plan": SimpleUploadedFile("a.txt", b"x")}).is_valid()


def test_errors_of_a_whole_form_lead_to_its_first_input(draw: Callable[..., str]) -> None:
    class Pair(GovukForm):
        first = forms.CharField(required=False)

        def clean(self) -> None:
            raise forms.ValidationError("Those two don't go together")

    html = draw("{% error_summary form %}", form=Pair({}))
    assert '<a href="#id_first">Those two don&#x27;t go together</a>' in html


def test_a_form_without_errors_has_no_summary(
    every_field: type[GovukForm], draw: Callable[..., str]
) -> None:
    assert draw("{% error_summary form %}", form=every_field()).strip() == ""


def test_the_page_title_says_that_there_are_errors(every_field: type[GovukForm]) -> None:
    assert "<title>Error: " in render_to_string("govuk/base.html", {"form": every_field({})})
    assert "<title>Error: " not in render_to_string("govuk/base.html", {"form": every_field()})


def test_form_sets_report_the_errors_of_their_members(draw: Callable[..., str]) -> None:
    class Row(GovukForm):
        day = forms.CharField(label="Day")

    rows = forms.formset_factory(Row, extra=1, min_num=1, validate_min=True)
    sent = {"form-TOTAL_FORMS": "1", "form-INITIAL_FORMS": "0", "form-0-day": ""}
    html = draw(
        "{% load crispy_forms_filters %}{% error_summary formset %}{{ formset|crispy }}",
        formset=rows(sent),
    )
    targets = re.findall(r'<a href="#([^"]+)"', html)
    assert targets
    assert set(targets) <= set(Elements(html).ids)


def test_focus_goes_to_the_first_item_of_a_group(every_field: type[GovukForm]) -> None:
    form = every_field({})
    assert focus_id(form["mode"]) == "id_mode_0"
    assert focus_id(form["needs"]) == "id_needs_0"
    assert focus_id(form["starts"]) == "id_starts_day"


def test_a_form_helper_with_a_layout_is_drawn_in_the_same_look(draw: Callable[..., str]) -> None:
    class Laid(GovukForm):
        day = forms.CharField(label="Day")
        place = forms.CharField(label="<x>")

    form = Laid({})
    form.helper = FormHelper()
    form.helper.layout = Layout(Fieldset("Where", "place"), Div("day"))
    form.helper.add_input(Submit("save", "Save"))
    html = draw("{% crispy form %}", form=form, csrf_token="token")
    assert "novalidate" in html
    assert 'govuk-fieldset__legend--m">Where</legend>' in html
    assert html.count("govuk-form-group--error") == 2
    assert "<x>" not in html
    assert re.search(r'<button type="submit" class="govuk-button[^>]*>Save</button>', html)


class Trip(GovukForm):
    """What is asked depends on the answer to the first question."""

    by = forms.ChoiceField(
        choices=[("car", "By car"), ("train", "By train")],
        widget=Radios(reveals={"car": ("plate",)}),
    )
    plate = forms.CharField(label="Number plate of the car", required=False)
    name = forms.CharField()


def test_a_field_of_one_answer_stands_under_it() -> None:
    page = str(govuk_fields(Trip()))
    assert page.count('name="plate"') == 1
    assert page.count('<div class="govuk-radios__conditional">') == 1
    assert page.index("By car") < page.index('name="plate"') < page.index("By train")
    assert page.index("By train") < page.index('name="name"')
