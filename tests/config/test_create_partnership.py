"""A host starts a partnership by one command."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from partnerships.models import Membership, Partnership
from partnerships.rules.roles import Permission
from tenancy import activate

pytestmark = pytest.mark.django_db


def start(slug: str = "estuary", email: str = "Jo@Example.org") -> str:
    out = StringIO()
    call_command(
        "create_partnership",
        slug,
        "Estuary Safeguarding Children Partnership",
        contact_email="training@example.org",
        administrator_email=email,
        administrator_name="Jo Example",
        stdout=out,
    )
    return out.getvalue()


def test_the_first_administrator_may_set_everything_up() -> None:
    assert "/estuary/manage/" in start()
    with activate(Partnership.objects.get(slug="estuary")):
        only = Membership.objects.get()
        assert only.user.email == "jo@example.org"
        assert not only.user.has_usable_password()
        assert only.may(Permission.MANAGE_PARTNERSHIP)


def test_the_same_person_may_start_two_partnerships() -> None:
    start()
    start("headland")
    assert Partnership.objects.count() == 2


@pytest.mark.parametrize(
    ("slug", "sentence"),
    [("accounts", "platform"), ("Has Spaces", "letters"), ("estuary", "already exists")],
)
def test_an_address_that_cannot_be_used_is_refused_in_a_sentence(slug: str, sentence: str) -> None:
    start()
    with pytest.raises(CommandError, match=sentence):
        start(slug, "another@example.org")
