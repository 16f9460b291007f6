"""`manage.py catalogues`: check, fill, prune and compile the translations, without gettext."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from ops import catalogues
from ops.extraction import Untranslatable

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
    help = "Checks, fills, prunes and compiles the translation catalogues."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        task = parser.add_mutually_exclusive_group(required=True)
        task.add_argument("--check", action="store_true", help="fail for every text untranslated")
        task.add_argument(
            "--missing", action="store_true", help="print what --check finds, as TSV to fill in"
        )
        task.add_argument("--merge", nargs="+", metavar="FILE", help="TSV files: msgid<TAB>msgstr")
        task.add_argument("--prune", action="store_true", help="drop texts no source uses")
        task.add_argument("--compile", action="store_true", help="write the .mo files that are old")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["check"]:
                self.report_faults()
            elif options["missing"]:
                self.print_missing()
            elif options["merge"]:
                self.merge([Path(name) for name in options["merge"]])
            elif options["prune"]:
                self.stdout.write(f"{catalogues.prune()} unused texts dropped.")
            else:
                self.compile()
        except Untranslatable as error:
            raise CommandError(str(error)) from None

    def report_faults(self) -> None:
        faults, vendor = catalogues.faults(), catalogues.vendor_missing()
        for message, fault in faults:
            self.stderr.write(f"{message.place}: {fault}: {escape(message.msgid)}")
        for message in vendor:
            self.stderr.write(f"(package) {message.place}: missing: {escape(message.msgid)}")
        if faults or vendor:
            raise CommandError(
                f"{len(faults)} of our texts and {len(vendor)} of other packages' have no good "
                "Vietnamese: `manage.py catalogues --missing` lists them."
            )
        for msgid in catalogues.unused():
            self.stdout.write(f"note: no longer used: {escape(msgid)}")
        self.stdout.write("Catalogues are complete.")

    def print_missing(self) -> None:
        messages = [message for message, _fault in catalogues.faults()]
        for message in [*messages, *catalogues.vendor_missing()]:
            name = f"{message.context}|{message.msgid}" if message.context else message.msgid
            self.stdout.write(f"# {message.place}\n{escape(name)}\t")

    def merge(self, files: list[Path]) -> None:
        texts: dict[str, str] = {}
        for file in files:
            texts |= read_fragment(file)
        unknown = catalogues.merge(texts)
        for msgid in sorted(unknown):
            self.stderr.write(f"no source has: {escape(msgid)}")
        self.stdout.write(f"{len(texts) - len(unknown)} translations written.")
        self.compile()

    def compile(self) -> None:
        written = catalogues.compile_changed(settings.LOCALE_PATHS)
        self.stdout.write(f"{len(written)} catalogues compiled.")
