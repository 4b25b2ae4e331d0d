"""Changing how an account is opened asks for the password again, and the person who held it before is told."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core import mail, signing
from django.urls import reverse
from django.utils import timezone

from partnerships.accounts import stop_token
from partnerships.models import AccountEvent, AccountEventKind, User
from tenancy import activate
from tests import world as make
from tests.accounts.mails import link_in, mails_to, send_mails
from tests.world import PASSWORD, Browser, World

pytestmark = pytest.mark.django_db

OTHER = "new-job@example.org"
CHOSEN = "quite-another-secret-2"


@pytest.fixture
def user(world: World) -> User:
    found: User = world.harbour.practitioner.user
    return found


def sign_in(user: User, password: str = PASSWORD) -> Browser:
    """By the form, so that the session knows how."""
    browser = Browser()
    answer = browser.post(reverse("account_login"), {"login": user.email, "password": password})
    assert answer.status_code == 302
    return browser


def again(browser: Browser, answer: Any, password: str = PASSWORD) -> Any:
    """Give the password again where that is asked, and go on with what was begun."""
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_reauthenticate")), answer["Location"]
    return browser.post(answer["Location"], {"password": password, **next_of(answer)})


def next_of(answer: Any) -> dict[str, str]:
    return {"next": parse_qs(urlsplit(answer["Location"]).query)["next"][0]}


def add_address(browser: Browser, address: str = OTHER) -> Any:
    return browser.post(reverse("account_email"), {"action_add": "", "email": address})


def second_address(user: User, address: str = OTHER, *, verified: bool = True) -> EmailAddress:
    made: EmailAddress = EmailAddress.objects.create(user=user, email=address, verified=verified)
    return made


CHANGES: dict[str, dict[str, str]] = {
    "adding an address": {"action_add": "", "email": OTHER},
    "making another the main address": {"action_primary": "", "email": OTHER},
    "removing an address": {"action_remove": "", "email": OTHER},
}


@pytest.mark.parametrize("change", CHANGES)
def test_addresses_are_changed_with_the_password_given_again_only(user: User, change: str) -> None:
    if change != "adding an address":
        second_address(user)
    browser = sign_in(user)
    before = set(EmailAddress.objects.values_list("email", "verified", "primary"))
    answer = browser.post(reverse("account_email"), CHANGES[change])
    assert set(EmailAddress.objects.values_list("email", "verified", "primary")) == before
    assert "The password is not correct" in again(browser, answer, "wrong").content.decode()
    again(browser, answer)
    assert set(EmailAddress.objects.values_list("email", "verified", "primary")) != before


@pytest.mark.parametrize(
    "name", ["mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"]
)
def test_a_second_step_is_changed_with_the_password_given_again_only(user: User, name: str) -> None:
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    if name == "mfa_activate_totp":
        Authenticator.objects.all().delete()
    answer = without_second_step(user).get(reverse(name))
    assert answer["Location"].startswith(reverse("account_reauthenticate"))


def without_second_step(user: User) -> Browser:
    browser = Browser()
    browser.force_login(user)
    return browser


def test_a_new_password_asks_for_the_old_one(user: User) -> None:
    browser = sign_in(user)
    sent = {"oldpassword": "wrong", "password1": CHOSEN, "password2": CHOSEN}
    browser.post(reverse("account_change_password"), sent)
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


def test_sessions_end_when_the_password_changes_but_the_one_that_changed_it(user: User) -> None:
    here, elsewhere = sign_in(user), sign_in(user)
    sent = {"oldpassword": PASSWORD, "password1": CHOSEN, "password2": CHOSEN}
    here.post(reverse("account_change_password"), sent)
    assert here.get(reverse("account")).status_code == 200
    assert elsewhere.get(reverse("account")).status_code == 302


def test_sessions_can_be_seen_and_ended(user: User) -> None:
    here, elsewhere = sign_in(user), Browser()
    elsewhere.post(
        reverse("account_login"),
        {"login": user.email, "password": PASSWORD},
        HTTP_USER_AGENT="Another browser",
    )
    shown = here.get(reverse("usersessions_list")).content.decode()
    assert "Another browser" in shown
    assert "127.0.0.1" in shown
    here.post(reverse("usersessions_list"))
    assert here.get(reverse("account")).status_code == 200
    assert elsewhere.get(reverse("account")).status_code == 302


def test_other_peoples_sessions_stay(world: World, user: User) -> None:
    colleague = sign_in(world.harbour.colleague.user)
    sign_in(user).post(reverse("usersessions_list"))
    assert colleague.get(reverse("account")).status_code == 200


@pytest.mark.django_db(transaction=True)
def test_switching_on_the_second_step_works_tells_its_owner_and_ends_other_sessions() -> None:
    """With real commits: the hooks of allauth run after the request, and answered 500."""
    with activate(make.partnership(slug="harbour")):
        person = make.person(name="Piet Harbour", email="piet@example.org")
        login, page = reverse("account_login"), reverse("mfa_activate_totp")
    here, elsewhere = Browser(), Browser()
    for browser in (here, elsewhere):
        browser.post(login, {"login": person.user.email, "password": PASSWORD})
    answer = here.get(page)
    here.post(answer["Location"], {"password": PASSWORD, **next_of(answer)})
    form = here.get(page).context["form"]
    answer = here.post(page, {"code": code_for(form.secret)})
    assert answer.status_code == 302
    assert here.get(answer["Location"]).status_code == 200
    assert Authenticator.objects.filter(user=person.user).count() == 2
    assert "An authenticator app was set up" in [
        sent.subject for sent in mails_to("piet@example.org")
    ]
    assert elsewhere.get("/harbour/account/").status_code == 302
    assert here.get("/harbour/account/").status_code == 200
    answer = here.post("/harbour/accounts/2fa/recovery-codes/generate/")
    assert answer.status_code == 302
    assert "New recovery codes were created" in [
        sent.subject for sent in mails_to("piet@example.org")
    ]


def code_for(secret: str) -> str:

    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


# --- what the old address is told -----------------------------------------------------------------


def test_the_old_address_is_told_before_a_new_one_can_be_used_and_how_to_stop_it(
    user: User,
) -> None:
    browser = sign_in(user)
    again(browser, add_address(browser))
    (told,) = mails_to(user.email)
    assert told.subject == "An email address was added to your account"
    assert OTHER in str(told.body)
    assert link_in(told).startswith("/harbour/accounts/stop/")
    assert re.search(r"IP address 127\.0\.0\.1 at \d+(:\d\d)?[ap]m on \w+day", str(told.body))


def test_the_old_main_address_is_told_of_the_new_one(user: User) -> None:
    old = user.email
    second_address(user)
    browser = sign_in(user)
    again(
        browser, browser.post(reverse("account_email"), CHANGES["making another the main address"])
    )
    user.refresh_from_db()
    assert user.email == OTHER
    assert [sent.subject for sent in mails_to(old)] == ["Your email address was changed"]


def test_an_address_that_is_removed_is_told_so_itself(user: User) -> None:
    second_address(user)
    browser = sign_in(user)
    again(browser, browser.post(reverse("account_email"), CHANGES["removing an address"]))
    [told] = mails_to(OTHER)
    assert told.subject == "An email address was removed from your account"
    assert "/stop/" not in str(told.body), (
        "a former employer's mailbox gets no power over the account"
    )
    assert len(mails_to(user.email)) == 1


def taken_over(user: User) -> str:
    """Someone who knew the password has made the account theirs; the first link that its owner was sent."""
    thief = sign_in(user)
    old = user.email
    again(thief, add_address(thief, "thief@example.org"))
    stop = link_in(mails_to(old)[0])
    EmailAddress.objects.filter(email="thief@example.org").update(verified=True)
    thief.post(reverse("account_email"), {"action_primary": "", "email": "thief@example.org"})
    thief.post(reverse("account_email"), {"action_remove": "", "email": old})
    sent = {"oldpassword": PASSWORD, "password1": CHOSEN, "password2": CHOSEN}
    thief.post(reverse("account_change_password"), sent)
    user.refresh_from_db()
    assert user.email == "thief@example.org"
    assert user.check_password(CHOSEN)
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    return stop


def test_the_link_gives_the_account_back_whatever_was_changed_since(user: User) -> None:
    old = user.email
    thief = sign_in(user)
    stop = taken_over(user)
    owner = Browser()
    assert "Stop the changes" in owner.get(stop).content.decode()
    own = EmailAddress.objects.filter(user=user)
    assert own.get().email == "thief@example.org", "looking changes nothing"
    assert "The changes have been stopped" in owner.post(stop).content.decode()
    user.refresh_from_db()
    assert (user.email, user.has_usable_password()) == (old, False)
    assert own.values_list("email", "verified", "primary").get() == (old, True, True)
    assert not Authenticator.objects.exists()
    assert thief.get(reverse("account")).status_code == 302
    reset = mails_to(old)[-1]
    form = owner.get(link_in(reset), follow=True)
    owner.post(form.redirect_chain[-1][0], {"password1": PASSWORD, "password2": PASSWORD})
    assert sign_in(user).get(reverse("account")).status_code == 200


def test_whoever_took_the_account_over_cannot_stop_its_owner_by_links_of_their_own(
    user: User,
) -> None:
    """They are told of changes as well, at the address that they made the main one; but later."""
    old = user.email
    stop = taken_over(user)
    theirs = link_in(mails_to("thief@example.org")[-1])
    assert Browser().post(theirs).status_code == 200
    user.refresh_from_db()
    assert user.email == "thief@example.org"
    assert "The changes have been stopped" in Browser().post(stop).content.decode()
    user.refresh_from_db()
    assert user.email == old
    assert Browser().post(theirs).status_code == 410
    user.refresh_from_db()
    assert user.email == old


def test_the_link_leaves_a_second_step_from_before_alone(user: User) -> None:
    """A mailbox alone must not do away with it."""
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    Authenticator.objects.update(created_at=timezone.now() - timedelta(days=4))
    Browser().post(reverse("account_stop", args=[stop_token(user, user.email, timezone.now())]))
    assert Authenticator.objects.filter(user=user).exists()


def test_the_link_works_once_and_no_later_one_undoes_what_its_owner_did(user: User) -> None:
    earlier = timezone.now() - timedelta(hours=1)
    links = [
        reverse("account_stop", args=[stop_token(user, user.email, earlier + later)])
        for later in (timedelta(0), timedelta(minutes=5))
    ]
    answers = [Browser().post(link) for link in (links[0], links[0], links[1])]
    assert [answer.status_code for answer in answers] == [200, 410, 410]
    assert "This link no longer works" in answers[-1].content.decode()
    assert AccountEvent.objects.filter(kind=AccountEventKind.CHANGES_STOPPED).count() == 1


def test_the_link_ends_after_three_days(user: User, monkeypatch: pytest.MonkeyPatch) -> None:
    link = reverse("account_stop", args=[stop_token(user, user.email, timezone.now())])
    now = signing.time.time()
    monkeypatch.setattr(signing.time, "time", lambda: now + 3 * 24 * 3600 + 1)
    assert Browser().get(link).status_code == 410
    assert Browser().get(link + "x").status_code == 404
    assert Browser().get(reverse("account_stop", args=["none:of:ours"])).status_code == 410


def test_an_address_that_is_somebody_elses_by_now_is_not_taken_back(
    world: World, user: User
) -> None:
    link = reverse("account_stop", args=[stop_token(user, OTHER, timezone.now())])
    second_address(world.harbour.colleague.user)
    answer = Browser().post(link)
    assert answer.status_code == 409
    assert "belongs to another account" in answer.content.decode()


# --- an address that someone else gave ---------------------------------------------------------------


def test_somebody_elses_sign_up_with_my_address_gives_them_nothing_once_i_confirm(
    world: World,
) -> None:
    thief, me = Browser(), Browser()
    mine = "nell@school.harbour.example.org"
    form = {"full_name": "Not Nell", "email": mine, "password1": PASSWORD}
    thief.post(reverse("account_signup"), form)
    link = link_in(mails_to(mine)[0])
    assert "Next, you will choose a password" in me.get(link).content.decode()
    answer = me.post(link, follow=True)
    assert "Choose a new password" in answer.content.decode()
    where = answer.redirect_chain[-1][0]
    stolen = {"login": mine, "password": PASSWORD}
    assert thief.post(reverse("account_login"), stolen).status_code == 200
    me.post(where, {"password1": CHOSEN, "password2": CHOSEN})
    assert thief.post(reverse("account_login"), stolen).status_code == 200
    assert thief.get(reverse("account")).status_code == 302
    assert sign_in(User.objects.get(email=mine), CHOSEN)


def test_an_address_added_to_somebodys_account_is_confirmed_by_that_account_only(
    world: World, user: User
) -> None:
    """Otherwise a stranger's click would give its agency to the person who added the address."""
    victim = "nurse@school.harbour.example.org"
    thief = sign_in(user)
    again(thief, add_address(thief, victim))
    link = link_in(mails_to(victim)[0])
    for browser in (Browser(), sign_in(world.harbour.colleague.user)):
        assert "First sign in" in browser.get(link).content.decode()
        browser.post(link)
        assert not EmailAddress.objects.get(email=victim).verified
    own = sign_in(user)
    own.post(link)
    assert EmailAddress.objects.get(email=victim).verified


def test_staff_with_a_second_step_change_their_address_too(user: User) -> None:
    TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    browser = without_second_step(user)
    again(browser, add_address(browser))
    assert EmailAddress.objects.filter(user=user, email=OTHER).exists()


# --- what is kept -----------------------------------------------------------------------------------


def test_failed_sign_ins_and_changes_are_kept_without_what_was_tried(user: User) -> None:
    Browser().post(
        reverse("account_login"),
        {"login": user.email, "password": "my-cats-name-9"},
        HTTP_USER_AGENT="A browser",
    )
    browser = sign_in(user)
    again(browser, add_address(browser))
    kept = list(AccountEvent.objects.order_by("id").values_list("kind", "detail"))
    assert kept == [
        ("wrong_password", ""),
        ("signed_in", ""),
        ("address_added", OTHER),
    ]
    first = AccountEvent.objects.order_by("id")[0]
    assert (first.user, first.network_address, first.browser) == (user, "127.0.0.1", "A browser")
    assert "my-cats-name-9" not in str(AccountEvent.objects.values())


def test_a_try_at_an_address_without_an_account_is_not_kept(world: World) -> None:
    Browser().post(reverse("account_login"), {"login": "no@example.org", "password": "x"})
    assert not AccountEvent.objects.exists()


def test_they_are_forgotten_after_half_a_year(user: User) -> None:
    old = timezone.now() - timedelta(days=181)
    AccountEvent.objects.create(user=user, kind=AccountEventKind.SIGNED_IN, at=old)
    sign_in(user)
    send_mails()
    assert AccountEvent.objects.count() == 1
    assert mail.outbox == []
