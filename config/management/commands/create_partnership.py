"""``manage.py create_partnership``: start a partnership on this site."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from bookings.models import PlannedMail
from partnerships.models import User
from partnerships.operations.create_partnership import Administrator, create_partnership
from tenancy import activate


class Command(BaseCommand):
    help = "Start a partnership with its first administrator."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", help="the first part of its web address, such as 'southampton'")
        parser.add_argument("name", help="the partnership's full name")
        parser.add_argument(
            "--short-name", default="", help="the name shown in the header (default: the full name)"
        )
        parser.add_argument(
            "--contact-email",
            required=True,
            help="the email address of the office that answers questions",
        )
        parser.add_argument("--administrator-email", required=True)
        parser.add_argument("--administrator-name", required=True)

    def handle(self, *args: Any, **options: Any) -> None:
        first = Administrator(options["administrator_email"], options["administrator_name"])
        try:
            partnership = create_partnership(
                slug=options["slug"],
                name=options["name"],
                short_name=options["short_name"] or options["name"][:60],
                contact_email=options["contact_email"],
                first=first,
                at=timezone.now(),
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        with activate(partnership):
            PlannedMail.objects.create(subject="Reminder", days=5)
        # The person who runs this command vouches for the address.
        user = User.objects.get_by_natural_key(first.email)
        EmailAddress.objects.get_or_create(
            user=user, email=user.email, defaults={"verified": True, "primary": True}
        )
        self.stdout.write(
            f"{partnership.name} is at {partnership.prefix}. {user.email} chooses a password at "
            f"{partnership.prefix}accounts/password/reset/ and sets up the rest at {partnership.prefix}manage/."
        )
