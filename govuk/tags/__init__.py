"""The template tags, by what they draw; govuk/templatetags/govuk.py gathers them."""
