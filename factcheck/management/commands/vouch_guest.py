"""`manage.py vouch_guest`: the operator vouches where a unit has nobody else to do so."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.exceptions import DomainError
from factcheck.domain.editorial import guest_reviews
from factcheck.models import GuestReview


class Command(BaseCommand):
    help = "Vouches for a guest reviewer; without a number, lists those who wait."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("number", type=int, nargs="?")

    def handle(self, *args: Any, **options: Any) -> None:
        waiting = GuestReview.objects.filter(expires_at__isnull=True).select_related(
            "case", "office", "user"
        )
        if options["number"] is None:
            for guest in waiting:
                self.stdout.write(
                    f"{guest.pk}: {guest.case.code}, {guest.office}, {guest.user.email}"
                )
            return
        chosen = waiting.filter(pk=options["number"]).first()
        if chosen is None:
            raise CommandError("No guest reviewer waits under this number.")
        try:
            guest_reviews.vouch_by_operator(chosen)
        except DomainError as refusal:
            raise CommandError(str(refusal)) from refusal
        self.stdout.write("The guest gets the link.")
