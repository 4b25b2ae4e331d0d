"""The account pages say what to do, field by field, in the words of all other pages."""

from __future__ import annotations

import re
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP
from cryptography.hazmat.primitives.asymmetric import ec
from django.core import mail
from django.core.cache import cache
from django.urls import reverse
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
    CollectedClientData,
)

from config.settings import base
from partnerships.models import User
from tests.accounts.mails import mails_to, send_mails
from tests.accounts.test_account_changes import again, sign_in
from tests.world import PASSWORD, Browser, World

pytestmark = pytest.mark.django_db


def empty_send(name: str, browser: Browser | None = None, **fields: str) -> str:
    return (browser or Browser()).post(reverse(name), fields).content.decode()


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("account_login", ["Enter your email address", "Enter your password"]),
        (
            "account_signup",
            ["Enter your full name", "Enter your email address", "Enter a password"],
        ),
        ("account_reset_password", ["Enter your email address"]),
    ],
)
def test_an_empty_form_names_each_field_that_is_missing(
    world: World, name: str, said: list[str]
) -> None:
    page = empty_send(name)
    assert "This field is required" not in page
    for sentence in said:
        assert page.count(sentence) == 2, "in the summary and at the field"


def test_so_do_the_forms_of_somebody_signed_in(world: World) -> None:
    browser = sign_in(world.harbour.practitioner.user)
    page = empty_send("account_change_password", browser)
    for sentence in (
        "Enter your current password",
        "Enter a new password",
        "Enter the new password again",
    ):
        assert sentence in page
    again(browser, browser.post(reverse("account_email"), {"action_add": "", "email": "a@b.org"}))
    page = empty_send("account_email", browser, action_add="")
    assert "Enter your email address" in page
    page = empty_send("mfa_activate_totp", browser)
    assert "Enter the code" in page


def test_the_second_step_names_its_field_too(world: World) -> None:
    user = world.harbour.practitioner.user
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    browser = Browser()
    browser.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert "Enter the code" in empty_send("mfa_authenticate", browser)
    assert "The code is not correct" in empty_send("mfa_authenticate", browser, code="000000")


def has_a_key(user: User) -> None:
    """A security key, as a browser registers it."""
    key = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    credential = AttestedCredentialData.create(Aaguid.NONE, b"the key's id", key)
    made = AuthenticatorData.create(bytes(32), 0x41, 0, credential)
    told = CollectedClientData.create("webauthn.create", b"challenge", "http://testserver")
    response = {
        "clientDataJSON": websafe_encode(told),
        "attestationObject": websafe_encode(AttestationObject.create("none", made, {})),
    }
    identity = websafe_encode(b"the key's id")
    data = {"id": identity, "rawId": identity, "type": "public-key", "response": response}
    Authenticator.objects.create(
        user=user, type=Authenticator.Type.WEBAUTHN, data={"name": "Key", "credential": data}
    )


@pytest.mark.parametrize("with_key", [True, False])
def test_the_second_step_offers_a_key_to_those_who_have_one(world: World, with_key: bool) -> None:
    user = world.harbour.practitioner.user
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    if with_key:
        has_a_key(user)
    browser = Browser()
    browser.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    page = browser.get(reverse("mfa_authenticate")).content.decode()
    assert ("Use a passkey or security key" in page) is with_key


@pytest.mark.parametrize("address", ["no address", "ada@", "ada@example"])
def test_an_address_in_the_wrong_format_is_said_how_it_should_be(
    world: World, address: str
) -> None:
    page = empty_send("account_login", login=address, password="x")
    assert "Enter an email address in the correct format, like name@example.org" in page


def test_forgot_your_password_stands_after_the_form_not_between_its_fields(world: World) -> None:
    page = Browser().get(reverse("account_login")).content.decode()
    main = page[page.index("<main") :]
    order = [
        main.index(sought)
        for sought in (
            'name="login"',
            'name="password"',
            ">Sign in</button>",
            "Forgot your password?",
        )
    ]
    assert order == sorted(order)
    assert main.count("Forgot your password?") == 1


@pytest.mark.parametrize("known", [False, True])
def test_check_your_email_says_where_to_and_sends_again(world: World, known: bool) -> None:
    """The same whether there is an account: its owner is told by mail, no one on the page."""
    email = world.harbour.practitioner.user.email if known else "nell@example.org"
    browser = Browser()
    form = {"full_name": "Nell Comer", "email": email, "password1": PASSWORD}
    page = browser.post(reverse("account_signup"), form, follow=True).content.decode()
    assert email in page
    answer = browser.post(reverse("account_email_verification_sent"), follow=True)
    assert "We have sent the email again" in answer.content.decode()
    assert len(mails_to(email)) == 2


def test_it_is_not_sent_again_without_end(world: World, settings: Any) -> None:
    cache.clear()
    settings.ACCOUNT_RATE_LIMITS = base.ACCOUNT_RATE_LIMITS
    browser = Browser()
    form = {"full_name": "Nell Comer", "email": "nell@example.org", "password1": PASSWORD}
    browser.post(reverse("account_signup"), form)
    answer = browser.post(reverse("account_email_verification_sent"), follow=True)
    assert "Wait three minutes" in answer.content.decode()
    assert len(mails_to("nell@example.org")) == 1
    cache.clear()


def test_check_your_email_tells_somebody_else_nothing(world: World) -> None:
    page = Browser().get(reverse("account_email_verification_sent")).content.decode()
    assert "Check your email" in page
    assert "@" not in re.sub(r"mailto:\S+", "", page[page.index("<main") :])
    Browser().post(reverse("account_email_verification_sent"))
    send_mails()
    assert mail.outbox == []


def test_after_asking_for_a_new_password_too(world: World) -> None:
    browser, email = Browser(), world.harbour.practitioner.user.email
    asked = browser.post(reverse("account_reset_password"), {"email": email}, follow=True)
    page = asked.content.decode()
    assert email in page
    assert "Send the email again" in page
    browser.post(reverse("account_reset_password"), {"email": email})
    assert len(mails_to(email)) == 2


@pytest.mark.parametrize("length", [129, 5000])
def test_a_password_longer_than_anybody_types_is_refused(world: World, length: int) -> None:
    form = {"full_name": "Nell", "email": "nell@example.org", "password1": "aB1-" * length}
    page = Browser().post(reverse("account_signup"), form).content.decode()
    assert "Password must be 128 characters or fewer" in page
    assert not User.objects.filter(email="nell@example.org").exists()


def test_email_is_spelt_one_way_on_account_pages(world: World) -> None:
    browser = sign_in(world.harbour.practitioner.user)
    public = [Browser().get(reverse(name)) for name in ("account_login", "account_signup")]
    own = [
        browser.get(reverse(name))
        for name in ("account", "account_email", "account_change_password", "mfa_index")
    ]
    for page in public + own:
        assert not re.search(r"e-mail", page.content.decode(), re.IGNORECASE)
