"""`manage.py doctor`: what is set up so that it cannot work, and how to mend it."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _
from django.utils.translation import override

from ops import doctor


class Command(BaseCommand):
    help = "Lists units about which nobody could decide, cases that wait for nobody, and the like."

    def handle(self, *args: Any, **options: Any) -> None:
        with override(settings.LANGUAGE_CODE):
            sentences = doctor.findings()
            for sentence in sentences:
                self.stdout.write(f"- {sentence}")
            if not sentences:
                self.stdout.write(_("Nothing to mend."))
