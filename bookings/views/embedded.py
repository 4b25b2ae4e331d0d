"""The list of coming events, for a frame in the partnership's own website."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from bookings.terms.places import listed_events, with_places
from bookings.views.catalogue import event_row
from courses.models import Event
from partnerships.access import TenantRequest, public
from tenancy import rulebook

SHOWN = 30


@rulebook()
@public
def embedded_events(request: TenantRequest) -> HttpResponse:
    """The next events, without navigation and without anything about the reader. Only the site that the partnership
    names may show it in a frame: the browser enforces that (Content-Security-Policy, frame-ancestors)."""
    site = request.partnership.embedding_site
    if not site:
        raise Http404
    now = timezone.now()
    events = listed_events(with_places(Event.objects.on_offer(now), now)[:SHOWN])
    context = {"rows": [event_row(event, now) for event in events]}
    response = render(request, "courses/embedded.html", context)
    response._csp_replace = {"frame-ancestors": [site]}  # type: ignore[attr-defined] # django-csp
    # The older header knows no list of sites; browsers that read the newer one ignore it.
    response.xframe_options_exempt = True
    return response
