from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import translation

from factcheck.enums import CaseStatus
from factcheck.states import LABELS, TRANSITIONS, Actor, Transition

PATH = Path(settings.BASE_DIR) / "docs" / "reference" / "case-states.md"
HEAD = """# The states of a case

Made by `manage.py case_states` from `factcheck/states.py`; `make check` compares. Only
`factcheck/workflow.py` writes a status, and it refuses a verb that is not listed at the case's
status with a sentence.
"""
ACTORS = {
    Actor.SYSTEM: "the pipeline",
    Actor.UNIT: "anyone with the permission in the case's unit or above it",
    Actor.AUTHOR: "the author of the verdict",
    Actor.REVIEWER: "a reviewer who did not write the verdict",
    Actor.AUTHOR_OR_ROLE: "the author of the verdict, or anyone with the permission",
}


def _targets(row: Transition) -> list[tuple[str, str]]:
    if not row.sources:
        return [("[*]", str(row.target))]
    ordered = [status for status in CaseStatus if status in row.sources]
    return [
        (str(source.value), str(target.value))
        for source in ordered
        for target in CaseStatus
        if target in row.targets(source)
    ]


def _line(row: Transition) -> str:
    sources = ", ".join(f"`{s.value}`" for s in CaseStatus if s in row.sources) or "(none)"
    target = f"`{row.target.value}`" if row.target else "the same"
    if row.undoes:
        target = f"where `{row.undoes.value}` found it"
    permission = f"`{row.permission.value}`" if row.permission else ""
    cells = (f"`{row.verb.value}`", str(LABELS[row.verb]), sources, target, ACTORS[row.actor])
    return "| " + " | ".join((*cells, permission, f"`{row.event.value}`")) + " |"


def render_page() -> str:
    """The page as it should be."""
    with translation.override("en"):
        arrows = [
            f"    {source} --> {target}: {row.verb.value}"
            for row in TRANSITIONS.values()
            for source, target in _targets(row)
        ]
        table = [_line(row) for row in TRANSITIONS.values()]
        names = [f"- `{status.value}`: {status.label}" for status in CaseStatus]
    diagram = ["```mermaid", "stateDiagram-v2", *arrows, "```"]
    head = "| verb | on the button | from | to | who | permission | audit |"
    rule = "| --- " * 7 + "|"
    parts = [HEAD, *diagram, "", "## Verbs", "", head, rule, *table, "", "## Statuses", "", *names]
    return "\n".join(parts) + "\n"


class Command(BaseCommand):
    help = "Writes docs/reference/case-states.md from the state table; --check only compares."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--check", action="store_true", help="fail if the file is out of date")

    def handle(self, *args: Any, **options: Any) -> None:
        page = render_page()
        if options["check"]:
            if not PATH.exists() or PATH.read_text(encoding="utf-8") != page:
                raise CommandError("docs/reference/case-states.md is out of date: run case_states.")
            self.stdout.write("docs/reference/case-states.md is up to date")
            return
        PATH.parent.mkdir(parents=True, exist_ok=True)
        PATH.write_text(page, encoding="utf-8")
        self.stdout.write(f"wrote {PATH.relative_to(settings.BASE_DIR)}")
