"""The pages that everyone sees first."""

import pytest
from django.core.management import call_command
from django.urls import reverse

from tests import world as make
from tests.world import Browser, World, page_as

pytestmark = pytest.mark.django_db


def test_the_platform_lists_its_partnerships(world: World, client: Browser) -> None:
    towns = world.harbour, world.moorland
    content = client.get("/").content.decode()
    for town in towns:
        assert f'href="/{town.partnership.slug}/"' in content


def test_the_slash_at_the_end_may_be_left_out(world: World, client: Browser) -> None:
    assert client.get("/harbour")["Location"] == "/harbour/"
    assert client.get("/nowhere").status_code == 404


def test_a_platform_without_partnerships_says_so(db: None, client: Browser) -> None:
    assert "no partnerships on this site yet" in client.get("/").content.decode()


def test_a_visitor_finds_the_search_and_the_way_in(world: World, client: Browser) -> None:
    content = client.get(reverse("home")).content.decode()
    assert f'action="{reverse("courses")}"' in content
    assert reverse("account_signup") in content
    assert "For you" not in content


def test_everybody_sees_the_doors_that_open_to_them(world: World) -> None:
    doors = {
        "practitioner": {"my_learning"},
        "agency_lead": {"my_learning", "agency", "pending_people", "contact_accounts"},
        "trainer": {"my_learning", "registers"},
        "finance": {"my_learning", "finance"},
        "subgroup": {"my_learning", "insight"},
    }
    for part, names in doors.items():
        content = page_as(world.harbour.cast[part]).get(reverse("home")).content.decode()
        main = content.split("<main")[1].split("</main>")[0]
        doors_of_all = {name for each in doors.values() for name in each}
        for name in doors_of_all:
            shown = f'href="{reverse(name)}"' in main
            assert shown == (name in names), (part, name)


def test_somebody_signed_in_elsewhere_is_asked_where_they_work(world: World) -> None:
    content = page_as(world.moorland.practitioner).get(reverse("home")).content.decode()
    assert reverse("join") in content
    assert "For you" not in content


def test_the_colour_is_a_stylesheet_that_may_be_cached(world: World, client: Browser) -> None:
    response = client.get(reverse("theme"))
    assert response["Content-Type"] == "text/css; charset=utf-8"
    assert "max-age=86400" in response["Cache-Control"]
    assert (
        response.content == b":root{--app-brand-colour:#1d70b8;--app-brand-text-colour:#ffffff}\n"
    )
    assert "sessionid" not in response.cookies


@pytest.mark.parametrize("name", ["privacy", "accessibility"])
def test_every_partnership_has_its_statements(world: World, client: Browser, name: str) -> None:
    content = client.get(reverse(name)).content.decode()
    assert world.harbour.partnership.name in content
    assert world.harbour.partnership.contact_email in content


def test_the_front_page_needs_few_queries(
    world: World, django_assert_max_num_queries: object
) -> None:
    page = page_as(world.harbour.practitioner)
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        page.get(reverse("home"))


def test_a_strange_address_is_a_page_not_found(world: World, client: Browser) -> None:
    for address in (
        "/nowhere/",
        "/harbour/nowhere/",
        "/harbour%00/",
        "/harbour/courses/x%00/",
        "/%27%20OR%201=1--/",
    ):
        assert client.get(address).status_code == 404, address


def test_mails_of_a_real_site_cannot_be_read_in_the_browser(world: World, client: Browser) -> None:
    assert client.get("/mailbox/").status_code == 404
    assert client.get("/mailbox/abc/").status_code == 404


def test_mails_of_this_machine_can(
    world: World, client: Browser, settings: object, tmp_path: object
) -> None:
    settings.DEMO_MAILBOX = True  # type: ignore[attr-defined]
    settings.EMAIL_FILE_PATH = tmp_path  # type: ignore[attr-defined]
    settings.EMAIL_BACKEND = "outbox.mail.FolderBackend"  # type: ignore[attr-defined]
    assert "no emails yet" in client.get("/mailbox/").content.decode()
    make.message(subject="Your place is booked", text="See https://example.org/x <b>")
    with make.outside():
        call_command("sweep", partnership="harbour")
    content = client.get("/mailbox/").content.decode()
    assert "Your place is booked" in content
    link = content.split('href="/mailbox/')[1].split('"')[0]
    mail = client.get(f"/mailbox/{link}").content.decode()
    assert '<a href="https://example.org/x"' in mail
    assert "&lt;b&gt;" in mail
    assert client.get("/mailbox/..%2fsecrets/").status_code == 404
