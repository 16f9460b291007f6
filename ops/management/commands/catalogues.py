"""`manage.py catalogues`: check, fill and prune the translations. For developers: it reads the
sources with Babel, which requirements/dev.txt installs; `compile_catalogues` runs everywhere."""

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from ops import catalogues

ESCAPES = (("\\n", "\n"), ("\\t", "\t"), ('\\"', '"'))


def unescape(text: str) -> str:
    for written, meant in ESCAPES:
        text = text.replace(written, meant)
    return text


def escape(text: str) -> str:
    return text.replace("\n", "\\n").replace("\t", "\\t").replace('"', '\\"')


def read_fragment(path: Path) -> dict[str, str]:
    """Lines `msgid<TAB>msgstr`; empty lines and lines that begin with # are skipped.

    Raises:
        CommandError: a line has not exactly two columns, or an empty one.
    """
    texts = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        columns = [unescape(column) for column in line.split("\t")]
        if len(columns) != 2 or not all(column.strip() for column in columns):
            raise CommandError(f"{path}:{number}: expected msgid<TAB>msgstr")
        texts[columns[0]] = columns[1]
    return texts


class Command(BaseCommand):
    help = "Checks, fills and prunes the translation catalogues."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        task = parser.add_mutually_exclusive_group(required=True)
        task.add_argument("--check", action="store_true", help="fail for every text untranslated")
        task.add_argument(
            "--missing", action="store_true", help="print what --check finds, as TSV to fill in"
        )
        task.add_argument("--merge", nargs="+", metavar="FILE", help="TSV files: msgid<TAB>msgstr")
        task.add_argument("--prune", action="store_true", help="drop texts no source uses")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["check"]:
            self.check_translations()
        elif options["missing"]:
            self.print_missing()
        elif options["merge"]:
            self.merge([Path(name) for name in options["merge"]])
        else:
            self.stdout.write(f"{catalogues.prune()} unused texts dropped.")

    def check_translations(self) -> None:
        errors, vendor = catalogues.errors(), catalogues.vendor_missing()
        for message, error in errors:
            self.stderr.write(f"{message.location}: {error}: {escape(message.msgid)}")
        for message in vendor:
            self.stderr.write(f"(package) {message.location}: missing: {escape(message.msgid)}")
        if errors or vendor:
            raise CommandError(
                f"{len(errors)} of our texts and {len(vendor)} of other packages' have no good "
                "Vietnamese: `manage.py catalogues --missing` lists them."
            )
        for msgid in catalogues.unused():
            self.stdout.write(f"note: no longer used: {escape(msgid)}")
        self.stdout.write("Catalogues are complete.")

    def print_missing(self) -> None:
        messages = [message for message, _error in catalogues.errors()]
        for message in [*messages, *catalogues.vendor_missing()]:
            name = f"{message.context}|{message.msgid}" if message.context else message.msgid
            self.stdout.write(f"# {message.location}\n{escape(name)}\t")

    def merge(self, files: list[Path]) -> None:
        texts: dict[str, str] = {}
        for file in files:
            texts |= read_fragment(file)
        unknown = catalogues.merge(texts)
        for msgid in sorted(unknown):
            self.stderr.write(f"no source has: {escape(msgid)}")
        self.stdout.write(f"{len(texts) - len(unknown)} translations written.")
        call_command("compile_catalogues", stdout=self.stdout)
