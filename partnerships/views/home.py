"""The partnership's front page and its colour."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.cache import patch_cache_control

from partnerships.access import TenantRequest, membership_or_none, public
from partnerships.models import Membership, Partnership
from partnerships.rules.roles import Permission

ONE_DAY = 60 * 60 * 24


@dataclass(frozen=True)
class Doorway:
    """A link on the front page and what lies behind it."""

    text: str
    about: str
    url: str


class Door(NamedTuple):
    """A doorway for people with a permission."""

    text: str
    about: str
    url_name: str
    permission: Permission


DOORWAYS = (
    Door(
        "My learning",
        "Your bookings, evaluations, certificates and pathway.",
        "my_learning",
        Permission.BOOK_FOR_SELF,
    ),
    Door(
        "My agency", "Your staff’s training and bookings.", "agency", Permission.ANSWER_FOR_AGENCY
    ),
    Door(
        "People to confirm",
        "People who say that they work for your agency.",
        "pending_people",
        Permission.ANSWER_FOR_AGENCY,
    ),
    Door(
        "Invoices to my agency",
        "Invoices, credit notes and purchase order numbers.",
        "contact_accounts",
        Permission.PAY_FOR_AGENCY,
    ),
    Door("Registers", "Mark who came to your events.", "registers", Permission.MARK_REGISTER),
    Door(
        "Restrictions",
        "People who cannot book as usual for a while, and their appeals.",
        "restrictions",
        Permission.RUN_TRAINING,
    ),
    Door(
        "Requests for dates",
        "How many people from each agency want dates of a course.",
        "interest",
        Permission.RUN_TRAINING,
    ),
    Door("Finance", "Charges, invoices and credit notes.", "finance", Permission.MANAGE_MONEY),
    Door(
        "Insight", "Attendance and what the training changed.", "insight", Permission.READ_INSIGHT
    ),
    Door(
        "Charging policy",
        "How much notice a place needs, and what things cost.",
        "policies",
        Permission.MANAGE_PARTNERSHIP,
    ),
    Door(
        "Sign-ins and account changes",
        "Failed sign-ins, and who changed how they sign in.",
        "account_events",
        Permission.MANAGE_PARTNERSHIP,
    ),
    Door(
        "Manage",
        "Courses, events, people and what needs attention.",
        "manage",
        Permission.RUN_TRAINING,
    ),
)


@public
def home(request: TenantRequest) -> HttpResponse:
    """Welcome, the search, and links to what this person can open."""
    membership = membership_or_none(request)
    context = {"doorways": doorways(membership), "is_member": membership is not None}
    return render(request, "partnerships/home.html", context)


def doorways(membership: Membership | None) -> list[Doorway]:
    """What the person may open once they have a second factor, if one is required: the link leads to setting it up."""
    held = membership.granted if membership else frozenset()
    return [
        Doorway(door.text, door.about, reverse(door.url_name))
        for door in DOORWAYS
        if door.permission in held and exists(door.url_name)
    ]


def exists(name: str) -> bool:
    """Whether the site has the page; an app can be left out."""
    try:
        reverse(name)
    except NoReverseMatch:
        return False
    return True


@public
def theme(request: TenantRequest) -> HttpResponse:
    """The brand colour as a stylesheet: the content security policy allows no style in the page itself."""
    response = HttpResponse(sheet(request.partnership), content_type="text/css; charset=utf-8")
    patch_cache_control(response, public=True, max_age=ONE_DAY)
    return response


def sheet(partnership: Partnership) -> str:
    """White is readable on every brand colour, which is checked when it is saved."""
    return (
        f":root{{--app-brand-colour:{partnership.brand_colour};--app-brand-text-colour:#ffffff}}\n"
    )
