"""Mails that may open an account belong to no partnership: no one reads, searches or sends them again."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib import admin
from django.core import mail
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from outbox.models import Message
from partnerships.admin.site import manage_site
from partnerships.models import AccountMail, AccountMailState
from partnerships.operations.forget_account_mails import forget_account_mails
from partnerships.operations.send_next_account_mail import send_next_account_mail
from tenancy.models import Change
from tests.accounts.mails import link_in, send_mails
from tests.world import PASSWORD, Browser, World, page_as

pytestmark = pytest.mark.django_db


def ask_for_a_new_password(client: Browser, email: str, place: str = "/harbour") -> None:
    client.post(f"{place}/accounts/password/reset/", {"email": email})


def test_a_reset_asked_for_at_a_partnership_does_not_lie_in_its_outbox_nor_its_history(
    world: World, client: Browser
) -> None:
    before = Change.objects.count()
    ask_for_a_new_password(client, world.harbour.administrator.user.email)
    assert not Message.objects.exists()
    assert Change.objects.count() == before
    assert AccountMail.objects.get().state == AccountMailState.PENDING


def test_no_admin_shows_account_mails(world: World) -> None:
    assert AccountMail not in manage_site._registry
    assert AccountMail not in admin.site._registry


def test_a_coordinator_finds_nothing_by_searching_the_text_of_messages(
    world: World, client: Browser
) -> None:
    """As the attack did, which read a link letter by letter by ``?text__regex=``."""
    ask_for_a_new_password(client, world.harbour.administrator.user.email)
    page = page_as(world.harbour.coordinator)
    address = reverse("admin:outbox_message_changelist")
    for query in ("q=password", "q=Administrator", ""):
        shown = page.get(f"{address}?{query}").content.decode()
        assert world.harbour.administrator.user.email not in shown


def test_its_text_is_gone_once_it_is_sent(world: World, client: Browser) -> None:
    ask_for_a_new_password(client, world.harbour.practitioner.user.email)
    assert "password/reset/key" in AccountMail.objects.get().text
    send_mails()
    row = AccountMail.objects.get()
    assert (row.state, row.text, row.html) == (AccountMailState.SENT, "", "")
    assert "password/reset/key" in str(mail.outbox[0].body)


def test_the_database_itself_keeps_no_text_of_what_is_not_to_be_sent(
    world: World, client: Browser
) -> None:
    ask_for_a_new_password(client, world.harbour.practitioner.user.email)
    with pytest.raises(IntegrityError), transaction.atomic():
        AccountMail.objects.update(state=AccountMailState.SENT)


def test_it_comes_in_the_name_of_the_partnership_asked_and_leads_back_there(
    world: World, client: Browser
) -> None:
    email = world.harbour.practitioner.user.email
    ask_for_a_new_password(client, email, f"/{world.moorland.partnership.slug}")
    send_mails()
    (sent,) = mail.outbox
    assert sent.from_email == "Moorland <training@example.org>"
    assert sent.reply_to == ["training@moorland.example.org"]
    assert link_in(sent).startswith("/moorland/accounts/password/reset/key/")
    assert sent.to == [email]


def subject_of(client: Browser, address: str, fields: dict[str, str]) -> str:
    client.post(reverse(address), fields)
    send_mails()
    return mail.outbox[-1].subject


@pytest.mark.parametrize(
    ("address", "fields"),
    [
        ("account_reset_password", {}),
        ("account_signup", {"full_name": "Nell Comer", "password1": PASSWORD}),
    ],
)
def test_the_subject_does_not_tell_whether_there_is_an_account(
    world: World, client: Browser, address: str, fields: dict[str, str]
) -> None:
    known = world.harbour.practitioner.user.email
    subjects = {
        subject_of(client, address, fields | {"email": email})
        for email in (known, "nobody@example.org")
    }
    assert len(mail.outbox) == 2
    assert len(subjects) == 1


def queued(**fields: Any) -> AccountMail:
    now = timezone.now()
    given: dict[str, Any] = {
        "kind": "password_reset_key",
        "from_name": "Harbour",
        "reply_to": "training@harbour.example.org",
        "to_email": "ada@example.org",
        "subject": "Your request",
        "text": "https://example.org/secret",
        "queued_at": now,
        "due_at": now - timedelta(minutes=1),
    }
    return AccountMail.objects.create(**given | fields)


def test_one_that_cannot_be_made_is_marked_and_the_next_goes_out(world: World) -> None:
    first = queued()
    AccountMail.objects.update(to_email="a@" + "ü" * 60 + ".org")
    queued(to_email="bo@example.org", due_at=timezone.now())
    send_mails()
    first.refresh_from_db()
    assert [sent.to for sent in mail.outbox] == [["bo@example.org"]]
    assert (first.state, first.attempts) == (AccountMailState.PENDING, 1)
    assert first.error.startswith("UnicodeError")
    assert first.due_at > timezone.now()


def test_it_is_given_up_in_the_end_and_its_text_goes(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuses(self: EmailMessage, fail_silently: bool = False) -> int:
        raise ConnectionError("nobody there")

    monkeypatch.setattr(EmailMessage, "send", refuses)
    row = queued()
    for _ in range(5):
        assert send_next_account_mail(now=max(row.due_at, timezone.now())) == 1
        row.refresh_from_db()
    assert (row.state, row.text) == (AccountMailState.GIVEN_UP, "")
    assert send_next_account_mail(now=timezone.now() + timedelta(days=1)) == 0


def test_what_was_sent_is_forgotten_after_a_month(world: World) -> None:
    queued(queued_at=timezone.now() - timedelta(days=31))
    kept = queued()
    assert forget_account_mails(now=timezone.now()) == 1
    assert AccountMail.objects.get() == kept
