"""No page of the admin holds out a link that its reader may not follow."""

from __future__ import annotations

import html
import re

import pytest
from django.urls import reverse

from tests.isolation.everything import one_of_everything
from tests.manage.rubbish import address, every_admin
from tests.world import World, page_as

pytestmark = pytest.mark.django_db
LINK = re.compile(r'href="(/harbour/[^"#]*)"')


@pytest.mark.parametrize("role", ["finance", "coordinator"])
def test_no_link_leads_to_a_refusal(world: World, role: str) -> None:
    one_of_everything(world.harbour)
    browser = page_as(world.harbour.cast[role])
    pages = [reverse("manage"), reverse("admin:index"), reverse("home")]
    for its_admin in every_admin():
        row = its_admin.model._default_manager.first()
        own = [address(its_admin, "changelist"), address(its_admin, "add")]
        own += [address(its_admin, name, row.pk) for name in ("change", "history")] if row else []
        pages += [page for page in own if browser.get(page).status_code == 200]
    assert len(pages) > 10
    links: dict[str, tuple[str, str]] = {}  # one of a kind
    for page in pages:
        for link in LINK.findall(browser.get(page).content.decode()):
            kind = re.sub(r"\d+", "#", link.partition("?")[0])
            links.setdefault(kind, (html.unescape(link), page))
    refused = {
        link: page
        for link, page in links.values()
        if "logout" not in link and browser.get(link).status_code == 403
    }
    assert refused == {}
