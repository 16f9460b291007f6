"""How many dangerous texts are handled as urgent, and how many others are, too.

    python -m benchmarks.danger F [F2 …]

Each ``F`` is a JSON list of ``{"id", "text", "urgent", "kind"}``. Prints a Markdown table: of the
urgent texts those that get an urgent lane (recall) and those that a person sees within 30 minutes
of working time at least; of the others those that get one all the same. The texts are read as if
seen on a Thursday morning.
"""

import argparse
import json
import os
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import django
from django.utils import timezone

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from factcheck.domain.cases.urgency import suggest_urgency  # noqa: E402 (models need the set-up)
from factcheck.enums import Urgency  # noqa: E402
from intake.domain.dates import ZONE  # noqa: E402


def _lane(text: str, now: datetime) -> str:
    urgency = suggest_urgency(text, timezone.localdate(now, ZONE), now).urgency
    if urgency in (Urgency.VERY_URGENT, Urgency.URGENT):
        return "urgent"
    return "unsure" if urgency == Urgency.UNSURE else "normal"


def count(rows: list[dict[str, Any]], now: datetime) -> Counter[tuple[bool, str]]:
    """Count (labelled urgent, lane)."""
    return Counter((bool(row["urgent"]), _lane(row["text"], now)) for row in rows)


def table_row(path: Path, now: datetime) -> str:
    """Return one row of the table."""
    counted = count(json.loads(path.read_text(encoding="utf-8")), now)
    dangerous = sum(n for (urgent, _lane), n in counted.items() if urgent)
    others = counted.total() - dangerous
    seen = counted[True, "urgent"] + counted[True, "unsure"]
    return (
        f"| {path.stem} | {counted[True, 'urgent']} of {dangerous} | {seen} of {dangerous} "
        f"| {counted[False, 'urgent']} of {others} | {counted[False, 'unsure']} of {others} |"
    )


def main() -> None:
    """Print the table for the files of the arguments."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    files = parser.parse_args().files
    now = datetime(2026, 11, 26, 10, 0, tzinfo=ZONE)
    print("| texts | urgent | urgent or looked at first | others urgent | others looked at first |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for path in files:
        print(table_row(path, now))


if __name__ == "__main__":
    main()
