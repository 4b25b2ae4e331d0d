"""Writing a charging policy on our own pages: from nothing to in force."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone

from bookings.forms.policies import POLICY_PARTS, ExceptionForm, PriceForm, RegisterExceptionForm
from bookings.models import ChargingPolicy, NoticeException, PriceRow, RegisterException
from bookings.rules.prices import ChargeKind
from finance.models import VatRow
from partnerships.models import PayerClass
from tenancy import activate
from tests.world import World, charging_policy, page_as, price

NEXT_YEAR = timedelta(days=365)
A_PRICE = {
    "kind": "no_show",
    "outcome": "amount",
    "amount": "60",
    "base": "flat",
    "rounding": "penny",
    "plus_extras": "False",
}
A_NOTICE = {
    **{"is_charged": "True", "notice": "3", "unit": "working_days", "counting": "at_least"},
    **{"clear_days": "False", "skip_bank_holidays": "True", "cut_off": "12:00"},
}
AT_THE_EVENT = {
    **{"grace_minutes": "0", "late_admitted": "False"},
    **{"late_certificate": "False", "late_charged": "True"},
    **{"early_minutes": "", "early_counts": "False"},
    **{"early_certificate": "False", "early_charged": "False"},
    **{"walk_in_admitted": "True", "walk_in_certificate": "True", "walk_in_charged": "True"},
}
OTHER_ANSWERS = {"keep_late_charge": "True", "move_grace_hours": "72", "half_day_minutes": "240"}


@pytest.fixture
def draft(world: World) -> ChargingPolicy:
    """A version that no one has released, with one price."""
    made = charging_policy(
        version=7, valid_from=timezone.localdate() + NEXT_YEAR, released_at=None, prices={}
    )
    price(policy=made, kind=ChargeKind.ATTENDANCE)
    return made


def text_of(answer: Any) -> str:
    return " ".join(answer.content.decode().split())


def test_a_partnership_without_a_policy_gets_from_nothing_to_in_force(world: World) -> None:
    ChargingPolicy.objects.all().delete()
    administrator = page_as(world.harbour.administrator)
    assert "Start the first version" in text_of(administrator.get(reverse("policies")))
    administrator.post(reverse("new_policy"))
    made = ChargingPolicy.objects.get()
    assert made.clause == (
        "Cancelling is free with at least 10 working days of notice. Weekends and bank holidays are not counted."
    )
    refused = administrator.post(reverse("release_policy", args=[1]), follow=True)
    assert "The policy names no prices yet." in text_of(refused)
    administrator.post(reverse("policy_part", args=[1, "notice"]), A_NOTICE | OTHER_ANSWERS)
    for kind in ("attendance", "late_cancellation", "no_show"):
        administrator.post(reverse("new_policy_price", args=[1]), A_PRICE | {"kind": kind})
    administrator.post(reverse("release_policy", args=[1]))
    made.refresh_from_db()
    assert (made.notice, made.cut_off.isoformat()) == (3, "12:00:00")
    assert made.released_by == world.harbour.administrator
    assert "£60.00" in text_of(page_as(world.harbour.practitioner).get(reverse("charging")))


def test_a_price_without_a_sentence_is_given_one(world: World, draft: ChargingPolicy) -> None:
    chosen = PayerClass.objects.get(code="partner")
    page_as(world.harbour.administrator).post(
        reverse("new_policy_price", args=[7]), A_PRICE | {"payer_class": chosen.pk}
    )
    made = draft.prices.get(kind="no_show")
    assert made.clause == f"Not attending ({chosen.name[0].lower()}{chosen.name[1:]}): £60.00."
    assert made.amount == Decimal("60.00")


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ({"amount": ""}, "Enter how much it costs"),
        ({"amount": "-5"}, "Enter an amount above zero"),
        (
            {"kind": "attendance", "base": "percent_of_attendance"},
            "a percentage of the attendance fee",
        ),
        ({"at_least": "50", "at_most": "40"}, "The most must not be below the least."),
        (
            {"shortest": "120", "longest": "60"},
            "The longest length must not be below the shortest.",
        ),
        ({"notice_under": "5"}, "Only a late cancellation can depend on the notice given"),
        ({"less": "-1"}, "Amount"),
    ],
)
def test_a_price_that_cannot_be_is_refused_with_nothing_lost(
    world: World, draft: ChargingPolicy, said: dict[str, str], sentence: str
) -> None:
    administrator = page_as(world.harbour.administrator)
    page = reverse("new_policy_price", args=[7])
    answer = administrator.post(page, A_PRICE | {"clause": "Typed with care"} | said)
    assert answer.status_code == 200
    assert "There is a problem" in text_of(answer)
    assert "Typed with care" in text_of(answer)
    assert draft.prices.count() == 1


def test_what_is_typed_is_tried_and_not_saved(world: World, draft: ChargingPolicy) -> None:
    administrator = page_as(world.harbour.administrator)
    page = reverse("policy_part", args=[7, "notice"])
    typed = (
        A_NOTICE
        | OTHER_ANSWERS
        | {"notice": "1", "try": "1"}
        | {"try-day": (timezone.localdate() + timedelta(days=40)).isoformat()}
    )
    shown = text_of(administrator.post(page, typed))
    assert "The 1st working day before" in shown
    draft.refresh_from_db()
    assert draft.notice == 10


def test_a_price_is_tried_among_the_others(world: World, draft: ChargingPolicy) -> None:
    page = reverse("new_policy_price", args=[7])
    shown = text_of(page_as(world.harbour.administrator).post(page, A_PRICE | {"try": "1"}))
    assert "£60.00" in shown
    assert draft.prices.count() == 1


def test_an_exception_names_the_places_it_is_for(world: World, draft: ChargingPolicy) -> None:
    administrator = page_as(world.harbour.administrator)
    page = reverse("new_policy_exception", args=[7])
    for_all = administrator.post(page, A_NOTICE | {"name": "Briefings"})
    assert "Choose at least one thing that these places have in common." in text_of(for_all)
    administrator.post(page, A_NOTICE | {"name": "Briefings", "event_type": "briefing"})
    made = NoticeException.objects.get(policy=draft)
    assert "at least 3 working days" in made.clause
    administrator.post(reverse("remove_policy_part", args=[7, "exceptions", made.pk]))
    assert not NoticeException.objects.filter(policy=draft).exists()


@pytest.mark.parametrize("is_agreed", [False, True])
def test_a_released_version_does_not_change(
    world: World, draft: ChargingPolicy, is_agreed: bool
) -> None:
    now = timezone.now()
    ChargingPolicy.objects.filter(pk=draft.pk).update(
        released_at=now, agreed_since=now if is_agreed else None
    )
    administrator = page_as(world.harbour.administrator)
    row = draft.prices.get()
    for page, said in (
        (reverse("policy_part", args=[7, "notice"]), A_NOTICE | OTHER_ANSWERS),
        (reverse("policy_price", args=[7, row.pk]), A_PRICE),
        (
            reverse("new_policy_exception", args=[7]),
            A_NOTICE | {"name": "x", "event_type": "course"},
        ),
        (
            reverse("new_policy_register_exception", args=[7]),
            AT_THE_EVENT | {"name": "x", "event_type": "course"},
        ),
        (reverse("remove_policy_part", args=[7, "prices", row.pk]), {}),
        (reverse("discard_policy", args=[7]), {}),
    ):
        assert "released" in text_of(administrator.post(page, said, follow=True))
    draft.refresh_from_db()
    assert (draft.notice, draft.prices.get().kind) == (10, "attendance")
    assert not draft.notice_exceptions.exists()
    assert not draft.register_exceptions.exists()
    administrator.post(reverse("withdraw_policy", args=[7]))
    draft.refresh_from_db()
    assert (draft.released_at is None) is not is_agreed


def test_prices_that_contradict_each_other_are_not_released(
    world: World, draft: ChargingPolicy
) -> None:
    ChargingPolicy.objects.filter(pk=draft.pk).update(valid_from=timezone.localdate())
    for amount in ("50.00", "60.00"):
        price(policy=draft, kind=ChargeKind.NO_SHOW, amount=amount, clause=f"{amount} a place.")
    administrator = page_as(world.harbour.administrator)
    assert "apply equally" in text_of(administrator.get(reverse("policy", args=[7])))
    administrator.post(reverse("release_policy", args=[7]))
    draft.refresh_from_db()
    assert draft.released_at is None


def test_words_that_contradict_the_data_are_named(world: World, draft: ChargingPolicy) -> None:
    ChargingPolicy.objects.filter(pk=draft.pk).update(notice=3, clause="Cancel 72 hours before.")
    shown = text_of(page_as(world.harbour.administrator).get(reverse("policy", args=[7])))
    assert "The text says “72 hours”, but the notice to cancel is at least 3 working days." in shown


def test_a_kind_of_charge_without_vat_treatment_is_named(
    world: World, draft: ChargingPolicy
) -> None:
    VatRow.objects.filter(kind=ChargeKind.NO_SHOW).delete()
    price(policy=draft, kind=ChargeKind.NO_SHOW, amount="60.00")
    shown = text_of(page_as(world.harbour.administrator).get(reverse("policy", args=[7])))
    assert "Finance has not yet set a VAT treatment for non-attendance fees." in shown


def test_the_table_of_prices_changes_plain_ones_and_leaves_the_others(
    world: World, draft: ChargingPolicy
) -> None:
    tier = price(policy=draft, kind=ChargeKind.LATE_CANCELLATION, amount="90.00", notice_under=2)
    kept = price(policy=draft, kind=ChargeKind.NO_SHOW, amount="60.00", clause="As ever, £60.00.")
    administrator = page_as(world.harbour.administrator)
    page = reverse("policy_prices", args=[7])
    assert "As ever" not in text_of(administrator.get(page))
    typed = {
        "attendance.": "",
        "no_show.": "60",
        "no_show.partner": "free",
        "late_cancellation.": "ask",
    }
    assert administrator.post(page, typed).status_code == 302
    rows = {(row.kind, row.payer_class and row.payer_class.code): row for row in draft.prices.all()}
    assert ("attendance", None) not in rows
    assert rows["no_show", None].pk == kept.pk
    assert rows["no_show", None].clause == "As ever, £60.00."
    assert rows["no_show", "partner"].outcome == "free"
    assert draft.prices.filter(kind="late_cancellation").count() == 2
    assert draft.prices.filter(pk=tier.pk).exists()


def test_a_wrong_cell_of_the_table_is_named_and_nothing_is_saved(
    world: World, draft: ChargingPolicy
) -> None:
    page = reverse("policy_prices", args=[7])
    typed = {"attendance.": "", "no_show.": "lots", "late_cancellation.": "45"}
    shown = text_of(page_as(world.harbour.administrator).post(page, typed))
    assert (
        "Not attending, Everyone else: enter an amount in pounds, such as 60, or “free” or “ask”"
        in shown
    )
    assert 'value="lots"' in shown
    assert 'value="45"' in shown
    assert draft.prices.get().kind == "attendance"


@pytest.mark.parametrize(
    ("part", "reads", "writes"),
    [
        ("administrator", 200, 200),
        ("coordinator", 200, 403),
        ("finance", 200, 403),
        ("practitioner", 403, 403),
        ("agency_lead", 403, 403),
    ],
)
def test_who_reads_and_who_writes(
    world: World, draft: ChargingPolicy, part: str, reads: int, writes: int
) -> None:
    someone = page_as(world.harbour.cast[part])
    for page in (reverse("policies"), reverse("policy", args=[7])):
        assert someone.get(page).status_code == reads
    assert someone.get(reverse("policy_part", args=[7, "notice"])).status_code == writes
    assert someone.post(reverse("release_policy", args=[99])).status_code in {403, 404}


def test_unknown_parts_are_not_found(world: World, draft: ChargingPolicy) -> None:
    administrator = page_as(world.harbour.administrator)
    assert administrator.get(reverse("policy_part", args=[7, "nothing"])).status_code == 404
    assert administrator.get(reverse("policy_price", args=[7, 999999])).status_code == 404
    removed = administrator.post(reverse("remove_policy_part", args=[7, "nothing", 1]))
    assert removed.status_code == 404
    assert administrator.get(reverse("policy", args=[999])).status_code == 404


@pytest.mark.parametrize("said", ["", "x", "31-31-2026", "²"])
def test_a_nonsense_event_to_try_gives_the_usual_one(
    world: World, draft: ChargingPolicy, said: str
) -> None:
    query = {"try-day_0": said, "try-at": said, "try-course": said, "try-sector": said}
    shown = page_as(world.harbour.administrator).get(reverse("policy", args=[7]), query)
    assert shown.status_code == 200
    assert "An event that starts at 9:30am" in text_of(shown)


def test_pages_take_the_same_queries_however_many_prices_there_are(
    world: World, draft: ChargingPolicy, django_assert_max_num_queries: Any
) -> None:
    administrator = page_as(world.harbour.administrator)
    partner = PayerClass.objects.get(code="partner")
    pages = [
        reverse("policies"),
        reverse("policy", args=[7]),
        reverse("policy_part", args=[7, "notice"]),
        reverse("new_policy_price", args=[7]),
        reverse("policy_prices", args=[7]),
        reverse("new_policy_register_exception", args=[7]),
    ]
    for page in pages:
        administrator.get(page)
    for number in (1, 12):
        for delivery in ("", "in_person", "virtual", "blended")[: 1 + number]:
            price(
                policy=draft,
                kind=ChargeKind.NO_SHOW,
                amount=f"{number}.00",
                shortest=number,
                delivery=delivery,
                payer_class="partner",
            )
        for model in (NoticeException, RegisterException):
            model.objects.create(policy=draft, name="Some", longest=number, payer_class=partner)
        for page in pages:
            with django_assert_max_num_queries(16):  # four of them open and close the partnership
                administrator.get(page)


def test_choices_are_those_of_the_partnership_that_asks(
    world: World, draft: ChargingPolicy
) -> None:
    """The form's class is made once, in whichever partnership came first."""
    page_as(world.harbour.administrator).get(reverse("new_policy_price", args=[7]))
    with activate(world.moorland.partnership):
        PayerClass.objects.create(code="theirs", name="Their own class", position=99)
        charging_policy(version=8, released_at=None, prices={})
        shown = text_of(
            page_as(world.moorland.administrator).get(reverse("new_policy_price", args=[8]))
        )
        assert "Their own class" in shown
    assert "Their own class" not in text_of(
        page_as(world.harbour.administrator).get(reverse("new_policy_price", args=[7]))
    )


def test_errors_name_what_was_asked(world: World, draft: ChargingPolicy) -> None:
    page = page_as(world.harbour.administrator)
    places = reverse("policy_part", args=[draft.version, "places"])
    shown = page.post(places, {"closing_notice": "x", "substitution_hours": ""}).content.decode()
    assert "How long before the event bookings close must be a whole number" in shown
    assert "Enter the number of hours before the event" in shown
    shown = page.post(
        reverse("new_policy_price", args=[draft.version]), {"amount": ""}
    ).content.decode()
    assert "Select what the price is for" in shown
    assert "Select what it costs" in shown
    assert shown.count("Choose one") == 1  # a list, not the radio buttons


def test_every_column_of_a_policy_is_asked_on_some_page() -> None:
    asked = {name for part in POLICY_PARTS.values() for name in part.form.base_fields}
    assert asked == editable(ChargingPolicy) - {"version"}
    assert set(ExceptionForm.base_fields) == editable(NoticeException) - {"policy"}
    assert set(RegisterExceptionForm.base_fields) == editable(RegisterException) - {"policy"}
    assert set(PriceForm.base_fields) == editable(PriceRow) - {"policy"}


def editable(model: type[Model]) -> set[str]:
    """The columns that people fill in."""
    fields = model._meta.concrete_fields
    return {one.name for one in fields if one.editable and not one.primary_key} - {"partnership"}


@pytest.mark.parametrize("amount", ["100", "100.01", "500"])
@pytest.mark.parametrize("base", ["percent_of_list_price", "percent_of_extras", "flat"])
def test_a_percentage_above_100_is_refused_next_to_its_box(
    world: World, draft: ChargingPolicy, base: str, amount: str
) -> None:
    answer = page_as(world.harbour.administrator).post(
        reverse("new_policy_price", args=[7]), A_PRICE | {"base": base, "amount": amount}
    )
    refused = base != "flat" and amount != "100"
    assert draft.prices.filter(kind="no_show").exists() is not refused
    if refused:
        assert text_of(answer).count("A percentage cannot be above 100.") == 2  # summary and field
        assert f'value="{amount}"' in text_of(answer)
