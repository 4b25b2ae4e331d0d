"""The partnership itself, its agencies and its rules."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from bookings.models import BookingPractice, PlannedMail
from bookings.operations.set_waiver_practice import set_waiver_practice
from bookings.operations.write_next_planned_mail import write_next_planned_mail
from bookings.rules.waivers import Accepts
from evaluation.models import EvaluationPlan
from finance.models import BillingProfile, VatRow
from finance.operations.set_billing_details import set_billing_details
from finance.operations.set_ledger_codes import set_ledger_codes
from finance.operations.start_ledger_columns import start_ledger_columns
from finance.rules.ledger_files import DateStyle, FileColumn, KnownAs, LedgerField
from partnerships.models import (
    Agency,
    AgencyDomain,
    AgencyFacts,
    ClosureDay,
    Partnership,
    PayerClass,
    Sector,
    WorkforceGroup,
)
from partnerships.operations.create_partnership import Administrator, create_partnership
from partnerships.rules.electronic_addresses import AddressScheme, ElectronicAddress
from tenancy import activate
from tools.demo.extras import load_grants
from tools.demo.policies import load_policies
from tools.demo.reader import Facts, Seed
from tools.demo.town import Town

# So long before the day of loading the partnership planned its first email.
REMINDED_SINCE = timedelta(days=14)
ELECTRONIC = ("electronic_scheme", "electronic_address")


def make_partnership(seed: Seed, at: datetime) -> Partnership:
    """The row that everything else belongs to, with its first administrator."""
    facts, first = seed.partnership, seed.person("administrator")
    partnership = create_partnership(
        slug=seed.slug,
        name=facts["name"],
        short_name=facts["short_name"],
        contact_email=facts["contact_email"],
        first=Administrator(first["email"], first["name"]),
        at=at,
    )
    partnership.strapline = facts["introduction"]
    partnership.nation = facts["nation"]
    partnership.group_term = facts["group_term"]
    partnership.training_year_start_month = facts["training_year_start_month"]
    partnership.brand_colour = facts["brand_colour"]
    partnership.contact_phone = facts["contact_phone"]
    partnership.address = facts["address"]
    partnership.staff_second_factor_required = facts["staff_second_factor"]
    partnership.is_demo = True
    with activate(partnership):
        partnership.save()
    return partnership


def load_rules(town: Town) -> None:
    """Groups, agencies, closure days, charging policies, practice, billing, evaluation plan."""
    facts = town.seed.partnership
    load_groups(town, facts["groups"])
    load_agencies(town, facts["agencies"])
    ClosureDay.objects.bulk_create(
        ClosureDay(day=date.fromisoformat(str(day)), name="Office closed")
        for day in facts["closure_days"]
    )
    load_policies(town)
    load_grants(town)
    load_practice(town, facts["waiting_list"])
    load_waiver_practice(facts["waivers"])
    load_billing(facts["billing"])
    if "ledger" in facts:
        load_ledger(facts["ledger"])
    load_plan(facts["evaluation"])


def load_groups(town: Town, rows: list[Facts]) -> None:
    made = WorkforceGroup.objects.bulk_create(
        [
            WorkforceGroup(
                code=row["code"],
                name=row["name"],
                description=row["description"],
                position=position,
            )
            for position, row in enumerate(rows, 1)
        ]
    )
    town.groups = {group.code: group for group in made}


def load_agencies(town: Town, rows: list[Facts]) -> None:
    """Agencies with the class in which they pay and the domains whose holders join at once."""
    town.agencies = {row["key"]: agency(row) for row in rows}
    classes = {one.code: one for one in PayerClass.objects.all()}
    sectors = {one.code: one for one in Sector.objects.all()}
    AgencyFacts.objects.bulk_create(
        AgencyFacts(
            agency=town.agencies[row["key"]],
            valid_from=town.long_ago,
            sector=sectors[row["sector"]],
            payer_class=classes.get(row["payer_class"]),
        )
        for row in rows
    )
    AgencyDomain.objects.bulk_create(
        AgencyDomain(agency=town.agencies[row["key"]], domain=domain)
        for row in rows
        for domain in row["email_domains"]
    )


def agency(row: Facts) -> Agency:
    """With what finance enters for its invoices."""
    return set_billing_details(
        agency=Agency.objects.create(reference=row["key"], name=row["name"]),
        address=row["address"],
        postcode=row["postcode"],
        finance_email=row["finance_email"],
        purchase_order=row["po_reference"],
        purchase_order_required=row["po_required"],
        known_as=KnownAs(
            ElectronicAddress(AddressScheme(row["electronic"][0]), row["electronic"][1])
            if "electronic" in row
            else None
        ),
    )


def load_practice(town: Town, facts: Facts) -> None:
    """How long places are held, and the reminder that goes out before every event."""
    BookingPractice.objects.create(
        offer_hours=facts["offer_hours"], offer_cut_off_hours=facts["offer_cut_off_hours"]
    )
    since = town.midnight - REMINDED_SINCE
    PlannedMail.objects.create(subject="Reminder", days=5, since=since)
    for evening in range(1, REMINDED_SINCE.days):
        town.diary.note(town.midnight - timedelta(days=evening - 1, minutes=1), write_reminders)


def load_waiver_practice(facts: Facts) -> None:
    """Which requests to waive a charge are answered; the reasons are those that every partnership starts with."""
    set_waiver_practice(
        accepts=Accepts(facts["accepts"]),
        ask_days=facts["ask_days"],
        appeal_days=facts["appeal_days"],
    )


def write_reminders(at: datetime) -> None:
    while write_next_planned_mail(now=at):
        pass


def load_billing(facts: Facts) -> None:
    """Who writes invoices, on what terms, and the VAT treatment of each kind of charge."""
    BillingProfile.objects.create(
        issuer_name=facts["name"],
        issuer_address=facts["address"],
        issuer_email=facts["email"],
        vat_number=facts["vat_number"],
        bank_details=(
            f"{facts['bank_name']} (example), sort code {facts['bank_sort_code']}, "
            f"account {facts['bank_account']}"
        ),
        payment_terms_days=facts["terms_days"],
        invoice_prefix=facts["invoice_prefix"],
        credit_note_prefix=facts["credit_note_prefix"],
        **dict(zip(ELECTRONIC, facts.get("electronic", ()), strict=False)),
    )
    VatRow.objects.bulk_create(
        VatRow(kind=row["charge_kind"], code=row["code"], rate=row["rate"], reason=row["reason"])
        for row in facts["vat"]
    )


def load_ledger(facts: Facts) -> None:
    """The columns and codes of the file for the accounting system."""
    start_ledger_columns(
        columns=[FileColumn(name, LedgerField(what), text) for name, what, text in facts["columns"]]
    )
    set_ledger_codes(
        codes={(coded, value): code for coded, value, code in facts["codes"]},
        dates=DateStyle.UK,
        signed=True,
        with_payments=False,
    )


def load_plan(facts: Facts) -> None:
    """When people are asked, and whether the certificate waits for their answer."""
    first, second = facts["reminder_days"]
    EvaluationPlan.objects.create(
        baseline_at_booking=facts["baseline"],
        impact_months=facts["impact_months"],
        first_reminder_days=first,
        second_reminder_days=second,
        certificate_needs_evaluation=facts["certificate_after"] == "immediate",
    )
