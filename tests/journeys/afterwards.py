"""After the event: the register, the money, the evaluation, the certificate."""

from __future__ import annotations

import csv
import io
import re

from pypdf import PdfReader

from tests.journeys.booking import answer_scales
from tests.journeys.coordinating import Planned
from tests.journeys.mailbox import link_in, text_of
from tests.journeys.person import Person
from tests.journeys.towns import Town

CODE = re.compile(r"/verify/([A-Z0-9-]+)/")


# --- the register -----------------------------------------------------------------------------------
def when_the_trainer_marks(trainer: Person, event: Planned, *, absent: str) -> None:
    """On a tablet: one person by a tap, everyone else at once."""
    trainer.open("/register/")
    trainer.follow(event.title)
    row = trainer.page.get_by_role("group", name=absent)
    row.get_by_label("Absent").check()
    trainer.press("Save, and mark everyone else present")
    trainer.sees("2 of 2 marked in every session")


def when_the_coordinator_closes(coordinator: Person, event: Planned) -> None:
    """The page says first what closing will do."""
    coordinator.open(f"/register/{event.reference}/")
    coordinator.follow("Close the register")
    coordinator.sees("record 1 as having attended", "record 1 as not having attended")
    coordinator.press("Close the register")
    coordinator.sees("The register is closed.")


# --- the money --------------------------------------------------------------------------------------
def when_finance_approves(finance: Person, town: Town, booking: str) -> None:
    """The charge with its clause, inputs and arithmetic."""
    finance.open("/finance/")
    finance.follow("charges to review")
    finance.follow(booking)
    finance.sees(town.no_show, town.no_show_clause, town.other_employer)
    finance.press("Approve the charge")


def when_finance_invoices(finance: Person, town: Town) -> str:
    """All that the agency owes, on one invoice. Gives its number."""
    finance.open("/finance/invoices/new/")
    finance.follow(town.other_employer)
    finance.press("Issue the invoice")
    number = finance.page.url.rstrip("/").rsplit("/", 1)[-1]
    finance.sees(f"Invoice {number}", town.no_show_clause, "Due")
    return number


def then_the_invoice_can_be_read(finance: Person, town: Town, number: str) -> None:
    """The PDF has number, clause and amount; the CSV has a line of it."""
    text = pdf_at(finance, finance.link_to("Invoice as issued (PDF)"))
    for words in (number, town.no_show_clause, town.no_show, town.other_employer):
        assert " ".join(words.split()) in text, text
    kind, content = finance.fetch(f"/{town.slug}/finance/invoices.csv")
    assert kind.startswith("text/csv")
    assert number in [row[0] for row in csv.reader(io.StringIO(content.decode("utf-8-sig")))]


def when_the_charge_is_waived(person: Person, finance: Person, booking: str, number: str) -> None:
    """Asked for by the person, granted by finance: a credit note for the line."""
    person.open(f"/bookings/{booking}/")
    person.follow("Ask for this charge to be waived")
    person.tick("Another reason")
    person.fill("What happened?", "I was taken to hospital on the way.")
    person.press("Send the request")
    finance.open("/finance/requests/")
    finance.page.locator("main tbody a").first.click()
    finance.look()
    finance.sees("taken to hospital", number)
    finance.tick("Waive the charge")
    finance.fill("Reason", "An accident on the day.")
    finance.press("Save the decision")
    finance.open(f"/finance/invoices/{number}/")
    finance.sees("Credit notes")
    note = finance.page.locator("main a[href*='/credit-notes/']").first
    address = note.get_attribute("href")
    assert address is not None
    assert number in pdf_at(finance, address)


def pdf_at(person: Person, address: str) -> str:
    """A document's text, in one line."""
    kind, content = person.fetch(address)
    assert kind == "application/pdf"
    pages = PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


# --- the evaluation ---------------------------------------------------------------------------------
def when_they_evaluate(person: Person, town: Town, about: str, answer: int) -> None:
    """By the link in the mail, without signing in."""
    mail = person.site.mails.latest(person.email, about)
    person.open(link_in(mail, "/survey/"))
    person.sees(town.course)
    answer_scales(person, answer)
    person.press("Send my answers")
    person.sees("Thank you")


def then_they_have_a_certificate(person: Person, stranger: Person, town: Town, name: str) -> str:
    """A PDF with name and code, which anyone can check. Gives the code."""
    found = CODE.search(person.link_to("check it using its code"))
    assert found is not None
    text = pdf_at(person, person.link_to("Open your certificate (PDF)"))
    assert name in text
    assert town.course in text
    stranger.open(f"/verify/{found.group(1)}/")
    stranger.sees("This certificate is valid", name, town.course)
    stranger.open("/verify/ABCD-EFGH-JKLM/", status=404)
    stranger.sees("No certificate has this code")
    return found.group(1)


def when_the_certificate_is_replaced(coordinator: Person, code: str, name: str) -> None:
    """From the page that anyone sees, under a corrected name."""
    coordinator.open(f"/verify/{code}/")
    coordinator.follow("Withdraw or replace this certificate")
    coordinator.follow("Withdraw the certificate")
    coordinator.sees("This cannot be undone.")
    coordinator.follow("replace it with a new one")
    coordinator.press("Issue the new certificate")
    coordinator.sees("There is a problem")
    coordinator.fill("Name on the new certificate", name)
    coordinator.fill("Why is a new one being issued?", "The name was wrong.")
    coordinator.press("Issue the new certificate")
    coordinator.sees("Valid", name, "it was replaced by another certificate")


def then_the_old_one_is_withdrawn(holder: Person, stranger: Person, code: str, name: str) -> None:
    """The public page says when, the holder is told and has the new one."""
    stranger.open(f"/verify/{code}/")
    stranger.sees("This certificate was withdrawn", "Another certificate was issued in its place")
    mail = holder.site.mails.latest(holder.email, "Your certificate")
    assert "replaces the certificate with the code" in text_of(mail)
    holder.sign_in()
    holder.open(f"/certificates/{code}.pdf", status=410)
    assert name in pdf_at(holder, holder.link_to("Open the certificate that replaced it"))
