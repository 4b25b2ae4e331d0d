"""Turns a template into a tagged PDF (PDF/UA-1), for all apps."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Any

from django.contrib.staticfiles import finders
from django.core.exceptions import ImproperlyConfigured
from django.template.loader import render_to_string
from weasyprint import CSS, HTML
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher

from govuk.fonts import glyphs_missing
from partnerships.models import active_partnership
from partnerships.rules.printing import Unprintable

REPORT = "build/document.css"  # certificates and reports: our own design, with charts
PAPER = "pdf/paper.css"  # documents that are printed by the hundred


class FetchNothing(URLFetcher):
    """A document is self-contained: what people typed can never make the server fetch anything."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
        """Refuse, whatever the address."""
        raise ValueError("Documents fetch nothing.")


@cache
def fonts() -> FontConfiguration:
    """One per process: making one per document makes WeasyPrint slow and its memory grow.

    It finds build/fonts/ and nothing else, as FONTCONFIG_FILE says (config/settings/base.py).
    """
    return FontConfiguration()


@cache
def sheet(name: str) -> CSS:
    """One of our stylesheets, parsed once per process."""
    path = finders.find(name)
    if path is None:
        raise ImproperlyConfigured(f"{name} is missing: run `python -m govuk.frontend`.")
    return CSS(filename=path, font_config=fonts(), url_fetcher=FetchNothing())


@lru_cache(maxsize=256)
def colours(brand_colour: str) -> CSS:
    """The partnership's colour. It was validated when saved, so it cannot contain other rules."""
    css = f":root {{ --app-brand-colour: {brand_colour} }}"
    return CSS(string=css, font_config=fonts(), url_fetcher=FetchNothing())


def pdf_of(template: str, context: dict[str, Any], *, style: str = REPORT) -> bytes:
    """The document as bytes, in the active partnership's name and colour.

    Templates are whole HTML pages: ``lang`` and ``title`` are part of the tagging. Raises Unprintable instead of
    printing boxes.
    """
    partnership = active_partnership()
    html = render_to_string(template, {"partnership": partnership} | context)
    if lacking := glyphs_missing(html):
        raise Unprintable(lacking)
    return press(html, style=style, brand_colour=partnership.brand_colour)


def press(html: str, *, style: str, brand_colour: str) -> bytes:
    """Print the whole HTML page."""
    document: bytes = HTML(string=html, base_url=None, url_fetcher=FetchNothing()).write_pdf(
        stylesheets=[sheet(style), colours(brand_colour)],
        font_config=fonts(),
        pdf_variant="pdf/ua-1",
    )
    return document
