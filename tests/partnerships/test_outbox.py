"""The outbox: one mail that cannot be sent keeps no other waiting, and no one who is gone is written to."""

from __future__ import annotations

from datetime import timedelta
from email import message_from_bytes, policy
from typing import Any

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import timezone

from config.sweeps import SWEEPS, run_sweep, run_sweeps
from outbox.models import Message, MessageState, SetAside
from outbox.operations.queue_message import Mail, queue_message
from partnerships.models import Membership
from tenancy import activate
from tests import world as make
from tests.world import World, outside, page_as

pytestmark = pytest.mark.django_db
SENDER = next(sweep for sweep in SWEEPS if sweep.name == "messages sent")


def send(world: World, minutes: int = 0) -> None:
    with outside():
        run_sweep(SENDER, world.harbour.partnership, timezone.now() + timedelta(minutes=minutes))


def poisoned(**fields: Any) -> Message:
    """A row as it may lie in an outbox of last year: nothing tidied it on its way in."""
    message = make.message(due_at=timezone.now() - timedelta(hours=1))
    Message.objects.filter(pk=message.pk).update(**fields)
    message.refresh_from_db()
    return message


@pytest.mark.parametrize(
    "fields",
    [
        {"to_email": "ada@" + "ü" * 60 + ".org"},
        {"to_email": "grüße@example.org"},
        {"attachments": [{"name": "a.pdf", "type": "application/pdf", "encoding": "base64"}]},
    ],
)
def test_a_mail_that_cannot_be_made_is_marked_and_the_next_one_goes_out(
    world: World, fields: dict[str, Any]
) -> None:
    first, second = poisoned(**fields), make.message()
    send(world)
    first.refresh_from_db()
    second.refresh_from_db()
    assert second.state == MessageState.SENT
    assert (first.state, first.attempts) == (MessageState.PENDING, 1)
    assert "Error" in first.error
    assert first.due_at > timezone.now() + timedelta(minutes=9), "it waits"


def test_it_waits_longer_each_time_then_rests_and_the_manage_page_says_so(world: World) -> None:
    message = poisoned(to_email="grüße@example.org")
    pauses = []
    for _ in range(4):
        before = max(message.due_at, timezone.now())
        with outside():
            run_sweep(SENDER, world.harbour.partnership, before)
        message.refresh_from_db()
        pauses.append(round((message.due_at - before) / timedelta(minutes=1)))
    assert pauses == [10, 20, 40, 80]
    with outside():
        run_sweep(SENDER, world.harbour.partnership, message.due_at)
    message.refresh_from_db()
    assert message.state == MessageState.FAILED
    home = page_as(world.harbour.coordinator).get(reverse("manage")).content.decode()
    assert "1 message not delivered" in home


@pytest.mark.parametrize("name", ["Ada\nExample", "Ada\x0bExample", "Ada\r\nBcc: all@example.org"])
def test_a_name_or_title_with_control_characters_is_sent_in_one_line(
    world: World, name: str
) -> None:
    """As they come out of a slide, also where they are in the row already."""
    poisoned(to_name=name, subject=f"Your place: {name}")
    send(world)
    (sent,) = mail.outbox
    read = message_from_bytes(sent.message().as_bytes(), policy=policy.default)
    assert read["Subject"].startswith("Your place: Ada ")
    assert len(read["To"].addresses) == 1
    assert read["Bcc"] is None


def test_what_is_queued_is_in_one_line_already(world: World) -> None:
    queue_message(
        mail=Mail(
            key="test",
            why="A test wants it.",
            to_email="ada@example.org",
            to_name="Ada\nExample",
            subject="Course\x0btitle",
            template="account/mail",
            context={"body": "Text"},
        ),
        due_at=timezone.now(),
    )
    row = Message.objects.get()
    assert (row.to_name, row.subject) == ("Ada Example", "Course title")


def test_whatever_else_fails_the_mail_is_set_aside_and_others_go_out(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not only what sending raises: here the row cannot be saved."""
    first, second = poisoned(), make.message()
    save = Message.save

    def fails_for_the_first(self: Message, *args: Any, **kwargs: Any) -> None:
        if self.pk == first.pk:
            raise RuntimeError("broken on purpose")
        save(self, *args, **kwargs)

    monkeypatch.setattr(Message, "save", fails_for_the_first)
    send(world)
    second.refresh_from_db()
    assert second.state == MessageState.SENT
    assert SetAside.objects.get().row == first.pk


def test_an_international_domain_is_written_to_in_its_ascii_form(world: World) -> None:
    make.message(to="ada@müller.example")
    send(world)
    assert mail.outbox[0].to == ["ada@xn--mller-kva.example"]


@pytest.mark.parametrize("closed", ["account", "access"])
def test_a_message_to_somebody_whose_account_is_closed_is_withdrawn_with_a_reason(
    world: World, closed: str
) -> None:
    person = world.harbour.practitioner
    message = make.message(to=person.user.email.upper())
    if closed == "account":
        person.user.is_active = False
        person.user.save()
    else:
        person.is_active = False
        person.save()
    send(world)
    message.refresh_from_db()
    assert message.state == MessageState.CANCELLED
    assert message.error.startswith(f"Not sent: this person’s {closed}")
    assert mail.outbox == []


def test_an_agencys_own_mailbox_is_written_to_whoever_once_signed_in_with_it(world: World) -> None:
    person = world.harbour.practitioner
    person.is_active = False
    person.save()
    world.harbour.school.finance_email = person.user.email
    world.harbour.school.save()
    make.message(to=person.user.email)
    send(world)
    assert len(mail.outbox) == 1


def test_somebody_whose_access_is_closed_elsewhere_is_written_to_here(world: World) -> None:
    with activate(world.moorland.partnership):
        Membership.objects.create(user=world.harbour.practitioner.user, is_active=False)
    make.message(to=world.harbour.practitioner.user.email)
    send(world)
    assert len(mail.outbox) == 1


def test_a_server_that_refuses_one_mail_gets_the_next(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver = EmailMessage.send

    def refuses_ada(self: EmailMessage, fail_silently: bool = False) -> int:
        if "ada@" in self.to[0]:
            raise ValueError("550 no such\x00 user")
        return deliver(self, fail_silently)

    monkeypatch.setattr(EmailMessage, "send", refuses_ada)
    first, second = make.message(to="ada@example.org"), make.message(to="bo@example.org")
    with outside():
        list(run_sweeps(timezone.now()))
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.error, second.state) == ("ValueError: 550 no such  user", MessageState.SENT)
