"""From no account to a member of an agency, by the mails that really go out."""

import pytest
from django.core import mail
from django.urls import reverse

from partnerships.models import Employment, User
from tests.accounts.mails import link_in, send_mails
from tests.world import PASSWORD, Browser, World

pytestmark = pytest.mark.django_db


def sign_up(client: Browser, email: str = "nell@school.harbour.example.org", **fields: str) -> str:
    form = {"full_name": "Nell Comer", "email": email, "password1": PASSWORD}
    return client.post(reverse("account_signup"), form | fields, follow=True).content.decode()


def test_signing_up_verifying_and_joining_is_one_way(world: World, client: Browser) -> None:
    assert "Check your email" in sign_up(client)
    send_mails()
    (message,) = mail.outbox
    assert message.to == ["nell@school.harbour.example.org"]
    assert message.subject == "Your sign-up with Harbour Safeguarding Children Partnership"
    response = client.post(link_in(message))
    assert response["Location"] == reverse("join"), "verified and signed in, in the same browser"
    assert "Harbour Primary School" in client.get(reverse("join")).content.decode()
    client.post(reverse("join"), {"agency": world.harbour.school.pk, "job_title": "Teacher"})
    employment = Employment.objects.get(membership__user__full_name="Nell Comer")
    assert employment.state == "confirmed"
    assert client.get(reverse("after_sign_in"))["Location"] == reverse("my_learning")


def test_opening_the_link_alone_changes_nothing(world: World, client: Browser) -> None:
    """Mail scanners open links; only the button confirms."""
    sign_up(client)
    send_mails()
    content = Browser().get(link_in(mail.outbox[0])).content.decode()
    assert "Confirm that" in content
    assert not User.objects.get(full_name="Nell Comer").emailaddress_set.get().verified  # type: ignore[attr-defined]


def test_verified_elsewhere_the_person_chooses_a_password_signs_in_and_is_asked_where_they_work(
    world: World, client: Browser
) -> None:
    sign_up(client)
    send_mails()
    phone = Browser()
    answer = phone.post(link_in(mail.outbox[0]), follow=True)
    chosen = "quite-another-secret-2"
    phone.post(answer.redirect_chain[-1][0], {"password1": chosen, "password2": chosen})
    response = phone.post(
        f"{reverse('account_login')}?next=/harbour/courses/",
        {
            "login": "nell@school.harbour.example.org",
            "password": chosen,
            "next": "/harbour/courses/",
        },
    )
    assert response["Location"] == "/harbour/join/?next=%2Fharbour%2Fcourses%2F"


def test_a_member_goes_straight_to_the_page_asked_for(world: World, client: Browser) -> None:
    response = client.post(
        reverse("account_login"),
        {
            "login": world.harbour.practitioner.user.email,
            "password": PASSWORD,
            "next": "/harbour/courses/",
        },
    )
    assert response["Location"] == "/harbour/courses/"


def test_unverified_people_cannot_sign_in(world: World, client: Browser) -> None:
    sign_up(client)
    response = Browser().post(
        reverse("account_login"),
        {"login": "nell@school.harbour.example.org", "password": PASSWORD},
    )
    assert response["Location"] == reverse("account_email_verification_sent")


def test_an_address_that_has_an_account_is_not_told_apart_on_the_page(
    world: World, client: Browser
) -> None:
    page = sign_up(client, email=world.harbour.practitioner.user.email)
    assert "Check your email" in page
    send_mails()
    (message,) = mail.outbox
    assert "You already have an account" in str(message.body)
    assert reverse("account_reset_password") in str(message.body)


def test_an_account_of_one_partnership_joins_another_with_the_same_sign_in(
    world: World, client: Browser
) -> None:
    other = f"/{world.moorland.partnership.slug}"
    response = client.post(
        f"{other}/accounts/login/",
        {"login": world.harbour.practitioner.user.email.upper(), "password": PASSWORD},
    )
    assert response["Location"] == f"{other}/join/"


def test_a_forgotten_password_is_set_anew_by_link(world: World, client: Browser) -> None:
    email = world.harbour.practitioner.user.email
    client.post(reverse("account_reset_password"), {"email": email})
    send_mails()
    (message,) = mail.outbox
    assert message.subject == "Your request for a new password"
    form = client.get(link_in(message), follow=True)
    new = "quite-another-secret-2"
    client.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})
    world.harbour.practitioner.user.refresh_from_db()
    assert world.harbour.practitioner.user.check_password(new)
    send_mails()
    assert mail.outbox[-1].subject == "Your password was reset", "its owner hears of it"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("full_name", ""),
        ("full_name", "x" * 151),
        ("full_name", "Nell\x00"),
        ("email", "no address"),
        ("email", "x" * 250 + "@example.org"),
        ("email", "nell\x00@example.org"),
        ("email", "a@" + "ü" * 60 + ".org"),
        ("password1", "short"),
        ("password1", "password1234"),
    ],
)
def test_bad_input_is_a_clear_error(world: World, client: Browser, field: str, value: str) -> None:
    page = sign_up(client, **{field: value})
    assert "There is a problem" in page
    assert not User.objects.filter(full_name__startswith="Nell").exists()
