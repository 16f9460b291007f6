"""Name the offices of this installation in the registry of official sources.

On a terminal it asks for each; ``--office`` names them without asking, for machines that are set up
unattended. What is named already stays as it is.
"""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from factcheck.domain.editorial import sources
from factcheck.enums import SourceField
from factcheck.exceptions import ValidationError

QUESTIONS = (
    (SourceField.EDUCATION, "Sở Giáo dục và Đào tạo", "sgddt.tinh.gov.vn"),
    (SourceField.POLICE, "Công an tỉnh, thành phố", "congan.tinh.gov.vn"),
    (SourceField.HEALTH, "Sở Y tế", "soyte.tinh.gov.vn"),
)


class Command(BaseCommand):
    help = __doc__

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--office",
            action="append",
            default=[],
            metavar="FIELD:NAME=DOMAIN",
            help="education:Sở GD&ĐT Lâm Đồng=sgddt.lamdong.gov.vn; may be repeated",
        )
        parser.add_argument(
            "--if-unnamed", action="store_true", help="ask only when none was named yet"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        for text in options["office"]:
            field, _colon, rest = text.partition(":")
            name, _equals, domain = rest.rpartition("=")
            self._name(field.strip(), name.strip(), domain.strip())
        if options["office"]:
            return
        if options["if_unnamed"] and sources.any_named():
            return
        if not sys.stdin.isatty():
            self.stdout.write(self._how())
            return
        for field, office, example in QUESTIONS:
            name = input(f"{office} (Enter: bỏ qua): ").strip()
            if name:
                domain = input(f"  Tên miền của {name}, ví dụ {example}: ").strip()
                self._name(field, name, domain)

    def _how(self) -> str:
        return _(
            "No department, police or health office is named yet, so none can be cited. Name them "
            "with: manage.py name_sources --office “education:NAME=DOMAIN”"
        )

    def _name(self, field: str, name: str, domain: str) -> None:
        if field not in SourceField.values or not name:
            raise CommandError("--office FIELD:NAME=DOMAIN")
        try:
            source = sources.name_office(name_vi=name, domain=domain.lower(), field=field)
        except ValidationError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{source.name_vi}: {source.domain}")
